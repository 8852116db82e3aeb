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

// places are the ranges that are not the internet (IANA special-purpose registries).
var places = struct{ own, never []netip.Prefix }{
	own: prefixes("10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"),
	never: prefixes("0.0.0.0/8", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "::/128", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
		"3fff::/20", "5f00::/16", "fec0::/10", "ff00::/8"),
}

func prefixes(list ...string) (all []netip.Prefix) {
	for _, p := range list {
		all = append(all, netip.MustParsePrefix(p))
	}
	return all
}

// takes returns nil when a may be dialled; plain says that nothing is encrypted.
func (r reach) takes(a netip.Addr, plain bool) error {
	a = inner(a.WithZone("").Unmap())
	switch {
	case a.IsLoopback():
		if r.here || r.near {
			return nil
		}
		return errNear
	case !a.IsValid(), within(a, places.never):
		return errNever
	case within(a, places.own):
		if r.near {
			return nil
		}
		return errNear
	case plain:
		return errFar
	}
	return nil
}

var (
	nat64     = netip.MustParsePrefix("64:ff9b::/96")
	sixToFour = netip.MustParsePrefix("2002::/16")
	embedded  = netip.MustParsePrefix("::/96")
)

// inner returns the IPv4 address that a translated one stands for (RFC 6052, RFC 3056).
func inner(a netip.Addr) netip.Addr {
	if !a.Is6() {
		return a
	}
	b := a.As16()
	switch {
	case nat64.Contains(a):
		return netip.AddrFrom4([4]byte(b[12:16]))
	case sixToFour.Contains(a):
		return netip.AddrFrom4([4]byte(b[2:6]))
	case embedded.Contains(a) && !a.IsLoopback() && !a.IsUnspecified():
		return netip.AddrFrom4([4]byte(b[12:16]))
	}
	return a
}

func within(a netip.Addr, list []netip.Prefix) bool {
	for _, p := range list {
		if p.Contains(a) {
			return true
		}
	}
	return false
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
