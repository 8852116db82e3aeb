package caldav

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"kwadrans/internal/calendar"
)

// reach says which machines may be spoken to. What counts is the address that is
// dialled: a name may lead anywhere.
type reach struct {
	here bool // this computer: the person gave its address
	near bool // the own network: the person allowed it
}

var (
	errFar   = errors.New("an address on the internet, without encryption")
	errNear  = errors.New("an address in the own network")
	errNever = errors.New("an address that no server has")
)

// takes returns nil when a may be dialled; plain says that nothing is encrypted.
func (r reach) takes(a netip.Addr, plain bool) error {
	place := calendar.PlaceOf(a)
	switch {
	case a.WithZone("").Unmap().IsLoopback() && r.here:
		return nil
	case place == calendar.Nowhere:
		return errNever
	case place == calendar.Near && !r.near:
		return errNear
	case place == calendar.Public && plain:
		return errFar
	}
	return nil
}

// isHere says whether a host is this computer by its name alone.
func isHere(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.Unmap().IsLoopback()
}

// plainKey marks the context of a request that is not encrypted.
type plainKey struct{}

func (r reach) dial(ctx context.Context, network, address string) (net.Conn, error) {
	plain, _ := ctx.Value(plainKey{}).(bool)
	d := net.Dialer{Timeout: 10 * time.Second, Control: func(_, dialled string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(dialled)
		if err != nil {
			return err
		}
		return r.takes(ap.Addr(), plain)
	}}
	return d.DialContext(ctx, network, address)
}

// client is made for one session: connections that others may dial are never shared.
func (s *Server) client(r reach) *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			DialContext:            r.dial, // and no proxy: it would dial for us
			TLSClientConfig:        &tls.Config{RootCAs: s.Roots, MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout:    10 * time.Second,
			MaxResponseHeaderBytes: 64 << 10,
			MaxConnsPerHost:        2,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// origin is scheme, name and port (RFC 6454 §4).
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Scheme + "://" + strings.ToLower(u.Hostname()) + ":" + port
}
