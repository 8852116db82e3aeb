package calendar

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

func TestPlaces(t *testing.T) {
	for want, list := range map[Place][]string{
		Public: {"8.8.8.8", "93.184.215.14", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "198.17.0.1", "192.169.0.1",
			"2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8", "2a00::1"},
		Near: {"127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.127.255.255",
			"169.254.169.254", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fdff::1%1", "::ffff:127.0.0.1", "::ffff:192.168.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a00:1"},
		Nowhere: {"0.0.0.0", "0.1.2.3", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1",
			"240.0.0.1", "255.255.255.255", "::", "::7f00:1", "::127.0.0.1", "64:ff9b:1::1", "100::1", "100:0:0:1::1", "2001::1", "2001:2::1", "2001:10::1", "2001:db8::1",
			"2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fec0::1", "ff02::1", "4000::1", "::ffff:0.0.0.0", "::ffff:0:127.0.0.1", "ff02::1%eth0"},
	} {
		for _, s := range list {
			if got := PlaceOf(netip.MustParseAddr(s)); got != want {
				t.Errorf("%s is at %d, not at %d", s, got, want)
			}
		}
	}
	if PlaceOf(netip.Addr{}) == Public {
		t.Error("no address is public")
	}
}

func TestAdmit(t *testing.T) {
	for _, row := range []struct {
		to             string
		allowed, plain bool
		words          string
	}{
		{"8.8.8.8:443", false, false, ""},
		{"8.8.8.8:8443", false, false, "another port"},
		{"8.8.8.8:8443", true, false, ""},
		{"8.8.8.8:80", false, true, "not encrypted"},
		{"8.8.8.8:80", true, true, "not encrypted"},
		{"127.0.0.1:443", false, false, "own network"},
		{"127.0.0.1:5232", true, true, ""},
		{"[fe80::1%lo]:443", false, false, "own network"},
		{"224.0.0.1:443", true, false, "no server"},
	} {
		err := admit(netip.MustParseAddrPort(row.to), row.allowed, row.plain)
		if row.words == "" && err != nil {
			t.Errorf("%+v: %v", row, err)
		}
		if row.words != "" {
			code := kwadrans.CodeInvalid
			if row.words == "own network" {
				code = kwadrans.CodeCalendarNear
			}
			wants(t, err, code, row.words)
		}
	}
}

// spellings are ways to write this computer's own addresses into an address. Names
// are resolved as a system would do it that takes the old forms of IPv4.
var spellings = []string{
	"127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "localhost.", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]",
	"[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1%25lo]", "[::]", "[::7f00:1]", "127.0.0.1.example", "１２７.0.0.1",
}

// hitsBy reads every spelling, by both schemes, from a server that only this
// computer should see, and counts what arrives.
func hitsBy(t *testing.T, g guard) int32 {
	var hits atomic.Int32
	count := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { hits.Add(1) })
	plain := httptest.NewServer(count)
	defer plain.Close()
	sealed := newSite(t, count)
	g.resolver = names(func(string, int) netip.Addr { return netip.MustParseAddr("127.0.0.1") })
	g.roots = sealed.guard.roots
	f := Feed{way: func(bool) http.RoundTripper { return g.transport() }}
	for _, s := range spellings {
		for scheme, at := range map[string]string{"http": plain.Listener.Addr().String(), "https": sealed.Listener.Addr().String(), "webcal": sealed.Listener.Addr().String()} {
			_, port, _ := strings.Cut(at, ":")
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond) // some lead to where nobody answers
			_, err := f.Read(ctx, kwadrans.Calendar{Address: scheme + "://" + s + ":" + port + "/" + token}, "", nil)
			cancel()
			if err == nil {
				t.Errorf("%s://%s can be read", scheme, s)
			}
			discreet(t, err)
		}
	}
	return hits.Load()
}

func TestNoSpellingLeadsInside(t *testing.T) {
	if n := hitsBy(t, guard{}); n > 0 {
		t.Errorf("%d requests arrived", n)
	}
}

// The control: without the guard's check most spellings arrive.
func TestSpellingsWouldLeadInside(t *testing.T) {
	if n := hitsBy(t, guard{near: true}); n < 14 {
		t.Errorf("only %d requests arrived", n)
	}
}

// A name that is public when it is first asked for, and not when asked again.
func TestRebinding(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
	})
	inner := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer inner.Close()
	calls := 0
	s.guard.resolver = names(func(_ string, n int) netip.Addr {
		if calls = n; n == 1 {
			return s.addr().Addr()
		}
		return netip.MustParseAddr("127.0.0.2")
	})
	_, port, _ := strings.Cut(s.Listener.Addr().String(), ":")
	_, err := s.read(t, func(c *kwadrans.Calendar) { c.Address = "https://example.com:" + port + "/" + token })
	wants(t, err, kwadrans.CodeCalendarNear, "own network")
	if s.hits.Load() != 1 || calls < 2 {
		t.Errorf("%d requests, %d look-ups", s.hits.Load(), calls)
	}
}

func TestRedirectInside(t *testing.T) {
	inner := newSite(t, text(empty))
	for _, to := range []string{inner.URL, strings.Replace(inner.URL, "https", "http", 1), "http://127.0.0.1:80/", "file:///etc/passwd", "gopher://127.0.0.1/"} {
		s := newSite(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", to+"/"+token)
			w.WriteHeader(http.StatusFound)
		})
		s.guard.roots.AddCert(inner.Certificate())
		_, err := s.read(t)
		want := kwadrans.CodeInvalid
		if to == inner.URL {
			want = kwadrans.CodeCalendarNear
		}
		if kwadrans.CodeOf(err) != want {
			t.Errorf("%s: %v", to, err)
		}
	}
	if n := inner.hits.Load(); n > 0 {
		t.Errorf("%d requests arrived", n)
	}
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, inner.url(), http.StatusFound) })
	s.guard.stands[inner.addr()] = true
	s.guard.roots.AddCert(inner.Certificate())
	if _, err := s.read(t); err != nil || inner.hits.Load() != 1 { // the control
		t.Errorf("where it is allowed: %v", err)
	}
}

// What began encrypted stays so, in the own network too.
func TestRedirectDoesNotLoseEncryption(t *testing.T) {
	plain := httptest.NewServer(text(empty))
	defer plain.Close()
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, plain.URL, http.StatusFound) })
	_, err := s.read(t, func(c *kwadrans.Calendar) { c.Near = true })
	wants(t, err, kwadrans.CodeInvalid, "not encrypted")
}

// The environment names a proxy, which would go round the check of addresses.
func TestNoProxy(t *testing.T) {
	proxy := newSite(t, text(empty))
	for _, name := range []string{"HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy"} {
		t.Setenv(name, proxy.URL)
	}
	for _, w := range []*http.Transport{guard{}.way(true), guard{}.way(false)} {
		if w.Proxy != nil {
			t.Error("a proxy is asked for")
		}
	}
}

func TestNearAllowsThisComputer(t *testing.T) {
	s := httptest.NewServer(text(empty))
	defer s.Close()
	for _, near := range []bool{true, false} {
		_, err := Feed{}.Read(t.Context(), kwadrans.Calendar{Address: s.URL, Near: near}, "", nil)
		if near && err != nil {
			t.Error(err)
		}
		if !near {
			wants(t, err, kwadrans.CodeCalendarNear, "own network")
		}
	}
}
