package calendar

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"kwadrans/internal/kwadrans"
)

// Transport returns the way to calendars in the network. Every address that is
// dialled is checked after its name was resolved, so neither a spelling nor
// a name that changes leads into the own network, unless near allows that; no
// proxy of the environment is used. Beyond the own network only https at port 443
// is spoken (with near at any port). What it refuses is a *kwadrans.Error with
// CodeInvalid, or CodeCalendarNear where near would allow it. CloseIdleConnections ends what it kept open.
func Transport(near bool) http.RoundTripper { return guard{near: near}.transport() }

// guard makes transports. What stands for the internet in a test is in the
// fields that nobody outside can set.
type guard struct {
	near     bool
	stands   map[netip.AddrPort]bool // addresses that count as public, at the port 443
	resolver *net.Resolver
	roots    *x509.CertPool
}

// transport keeps encrypted and plain connections apart, so that each knows what
// it may lead to.
type transport struct{ sealed, plain *http.Transport }

func (g guard) transport() *transport { return &transport{g.way(false), g.way(true)} }

func (g guard) way(plain bool) *http.Transport {
	dialer := &net.Dialer{
		Timeout: 10 * time.Second, Resolver: g.resolver,
		Control: func(_, address string, _ syscall.RawConn) error { return g.control(address, plain) },
	}
	return &http.Transport{
		DialContext: dialer.DialContext, TLSClientConfig: &tls.Config{RootCAs: g.roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout: 10 * time.Second, ForceAttemptHTTP2: true, IdleConnTimeout: 30 * time.Second, MaxIdleConnsPerHost: 2,
		MaxResponseHeaderBytes: 64 << 10, DisableCompression: true,
	}
}

func (g guard) control(address string, plain bool) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "calendar: the address leads to no server").WithHint(hintCopy)
	}
	if !plain && g.stands[to] {
		return nil
	}
	return admit(to, g.near, plain)
}

// RoundTrip sends a request by the way that its scheme names.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	switch r.URL.Scheme {
	case "https":
		return t.sealed.RoundTrip(r)
	case "http":
		return t.plain.RoundTrip(r)
	}
	if r.Body != nil {
		_ = r.Body.Close()
	}
	return nil, unencrypted()
}

// CloseIdleConnections ends what is open and not in use.
func (t *transport) CloseIdleConnections() {
	t.sealed.CloseIdleConnections()
	t.plain.CloseIdleConnections()
}
