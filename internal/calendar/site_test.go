package calendar

import (
	"context"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"kwadrans/internal/kwadrans"
)

const (
	token = "s3cr3t-t0k3n"
	empty = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nEND:VCALENDAR\r\n"
)

// site is a server on this computer that stands for one in the internet.
type site struct {
	*httptest.Server
	hits  atomic.Int32
	guard guard
}

func newSite(t *testing.T, h http.HandlerFunc) *site {
	t.Helper()
	s := &site{}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.hits.Add(1)
		h(w, r)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	s.guard = guard{roots: roots, stands: map[netip.AddrPort]bool{s.addr(): true}}
	return s
}

func (s *site) addr() netip.AddrPort { return netip.MustParseAddrPort(s.Listener.Addr().String()) }

func (s *site) url() string { return s.URL + "/private/" + token + "/basic.ics" }

// feed reads by the way of the site's guard.
func (s *site) feed() Feed {
	return Feed{way: func(near bool) http.RoundTripper {
		g := s.guard
		g.near = near
		return g.transport()
	}}
}

func (s *site) read(t *testing.T, change ...func(*kwadrans.Calendar)) (kwadrans.CalendarChange, error) {
	t.Helper()
	c := kwadrans.Calendar{Kind: kwadrans.CalendarFeed, Address: s.url()}
	for _, f := range change {
		f(&c)
	}
	got, err := s.feed().Read(t.Context(), c, "", nil)
	discreet(t, err)
	return got, err
}

// discreet fails when anything in an error holds the secret part of an address.
func discreet(t *testing.T, err error) {
	t.Helper()
	for _, at := range leaks(err) {
		t.Errorf("the address stands in %s", at)
	}
}

func leaks(err error) (found []string) {
	for ; err != nil; err = errors.Unwrap(err) {
		text := fmt.Sprintf("%v %+v", err, err)
		if e, ok := err.(*kwadrans.Error); ok {
			text += fmt.Sprint(e.Message, e.Hint, e.Said, e.Advised)
		}
		if strings.Contains(text, token) {
			found = append(found, text)
		}
	}
	return found
}

// The control: a leak at any depth is found.
func TestLeaksAreFound(t *testing.T) {
	plain := fmt.Errorf("get https://x/%s", token)
	for _, err := range []error{plain, kwadrans.Errorf(kwadrans.CodeOffline, "calendar: x").Because(plain), kwadrans.Errorf(kwadrans.CodeOffline, "calendar: x").WithHint("see %s", token)} {
		if len(leaks(err)) == 0 {
			t.Errorf("%T: nothing is found", err)
		}
	}
}

func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
}

func wants(t *testing.T, err error, code kwadrans.Code, words string) {
	t.Helper()
	e, ok := kwadrans.AsError(err)
	if !ok {
		t.Fatalf("%v, not an error with a code", err)
	}
	if e.Code != code || !strings.Contains(e.Message, words) || e.Hint == "" {
		t.Errorf("%s %q (%q), not %s %q with a hint", e.Code, e.Message, e.Hint, code, words)
	}
}

// names is a resolver that answers from a function, without any network.
func names(answer func(name string, n int) netip.Addr) *net.Resolver {
	var asked atomic.Int32
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go serveNames(theirs, func(name string) netip.Addr { return answer(name, int(asked.Add(1))) })
		return ours, nil
	}}
}

// serveNames speaks DNS as over TCP: each message after its length (RFC 1035 §4.2.2).
func serveNames(c net.Conn, answer func(string) netip.Addr) {
	defer func() { _ = c.Close() }()
	for {
		var size [2]byte
		if _, err := io.ReadFull(c, size[:]); err != nil {
			return
		}
		ask := make([]byte, binary.BigEndian.Uint16(size[:]))
		var m dnsmessage.Message
		if _, err := io.ReadFull(c, ask); err != nil || m.Unpack(ask) != nil || len(m.Questions) == 0 {
			return
		}
		q := m.Questions[0]
		m.Header.Response, m.Header.Authoritative, m.Additionals = true, true, nil
		if q.Type == dnsmessage.TypeA {
			m.Answers = []dnsmessage.Resource{{
				Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, Type: q.Type},
				Body:   &dnsmessage.AResource{A: answer(strings.TrimSuffix(q.Name.String(), ".")).As4()},
			}}
		}
		out, err := m.Pack()
		if err != nil {
			return
		}
		if _, err := c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(out))), out...)); err != nil {
			return
		}
	}
}
