package caldav

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

func TestReach(t *testing.T) {
	public, own, here, never := "public", "own", "here", "never"
	for address, where := range map[string]string{
		"8.8.8.8": public, "193.0.0.1": public, "2a00:1450::1": public, "64:ff9b::808:808": public, "::ffff:8.8.8.8": public,
		"10.1.2.3": own, "172.16.0.1": own, "192.168.1.1": own, "100.64.0.1": own, "169.254.169.254": own, "fd00::1": own, "fe80::1%eth0": own,
		"::ffff:10.0.0.1": own, "64:ff9b::a00:1": own, "64:ff9b::7f00:1": own, "2002:a00:1::": never, "::a00:1": never,
		"127.0.0.1": here, "127.9.9.9": here, "::1": here, "::ffff:127.0.0.1": here, "2002:7f00:1::": never,
		"0.0.0.0": never, "::": never, "255.255.255.255": never, "224.0.0.1": never, "ff02::1": never, "198.18.0.1": never, "192.0.2.1": never,
		"2001:db8::1": never, "2001::1": never, "fec0::1": never, "64:ff9b::e000:1": never, "240.0.0.1": never,
	} {
		a := netip.MustParseAddr(address)
		for _, r := range []reach{{}, {here: true}, {near: true}} {
			for _, plain := range []bool{false, true} {
				want := where == public && !plain || where == here && (r.here || r.near) || where == own && r.near
				if got := r.takes(a, plain) == nil; got != want {
					t.Errorf("%s, %+v, plain %v: taken is %v", address, r, plain, got)
				}
			}
		}
	}
	if (reach{}).takes(netip.Addr{}, false) == nil {
		t.Error("no address is taken")
	}
}

// However a machine of the own network is spelled, it gets nothing.
func TestOwnNetworkIsNotDialled(t *testing.T) {
	hit := make(chan string, 10)
	front := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { hit <- r.Host }))
	defer front.Close()
	port := front.URL[strings.LastIndex(front.URL, ":"):]
	s := &Server{Timeout: 500 * time.Millisecond}
	for _, host := range []string{"10.0.0.1", "192.168.1.1", "[fe80::1%25lo]", "[fd00::1]", "[::ffff:10.0.0.1]", "169.254.169.254", "0.0.0.0", "[::]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"} {
		_, err := s.Discover(t.Context(), "https://"+host+port, login, secret, false)
		want := kwadrans.CodeCalendarNear
		if host == "0.0.0.0" || host == "[::]" || host == "[2002:7f00:1::]" { // nowhere, so nothing to be allowed
			want = kwadrans.CodeInvalid
		}
		if kwadrans.CodeOf(err) != want {
			t.Errorf("%s: %v", host, err)
		}
	}
	for _, host := range []string{"127.1", "2130706433", "0x7f.1", "0177.0.0.1"} {
		if _, err := s.Discover(t.Context(), "https://"+host+port, login, secret, false); err == nil {
			t.Errorf("%s was read", host)
		}
	}
	if len(hit) > 0 {
		t.Errorf("reached by %s", <-hit)
	}
	// The control: the same door is open to who knocks by its name.
	if _, err := s.Discover(t.Context(), "http://127.0.0.1"+port, login, secret, false); err == nil || len(hit) == 0 {
		t.Errorf("not reached: %v", err)
	}
}

// A name that leads to this computer is not this computer (DNS rebinding).
func TestNameThatLeadsHome(t *testing.T) {
	if _, err := (reach{}).dial(t.Context(), "tcp", "localhost:1"); !errors.Is(err, errNear) {
		t.Errorf("%v", err)
	}
	if _, err := (reach{here: true}).dial(t.Context(), "tcp", "localhost:1"); errors.Is(err, errNear) {
		t.Errorf("the control: %v", err)
	}
	if _, err := (reach{near: true}).dial(context.WithValue(t.Context(), plainKey{}, true), "tcp", "8.8.8.8:80"); !errors.Is(err, errFar) {
		t.Errorf("a password would leave the network in plain: %v", err)
	}
}

func TestAddresses(t *testing.T) {
	for given, want := range map[string]string{
		"example.com":                        "https://example.com/",
		" https://example.com ":              "https://example.com/",
		"caldavs://example.com/a":            "https://example.com/a",
		"caldav://example.com/a":             "https://example.com/a",
		"https://example.com:8443/x%40y/?q#": "https://example.com:8443/x%40y/",
		"https://anna@example.com/":          "https://example.com/",
		"localhost:5232":                     "http://localhost:5232/",
		"127.0.0.1:5232/anna":                "http://127.0.0.1:5232/anna",
		"https://anna:tajne@example.com/":    "",
		"ftp://example.com":                  "",
		"file:///etc/passwd":                 "",
		"":                                   "",
		"https://":                           "",
		"http://exa mple.com":                "",
	} {
		u, err := parse(given)
		if want == "" {
			if kwadrans.CodeOf(err) != kwadrans.CodeInvalid || strings.Contains(err.Error(), "tajne") {
				t.Errorf("%q: %v %v", given, u, err)
			}
			continue
		}
		if err != nil || u.String() != want {
			t.Errorf("%q is %v, %v", given, u, err)
		}
	}
	if _, err := new(Server).open("http://example.com/", "", "", false); kwadrans.CodeOf(err) != kwadrans.CodeInvalid {
		t.Errorf("plain to the internet: %v", err)
	}
	if _, err := new(Server).open("http://nas.lan/", "", "", true); err != nil {
		t.Errorf("plain in the own network: %v", err)
	}
}

// A certificate that nobody vouches for ends the call before the password.
func TestCertificates(t *testing.T) {
	front := httptest.NewUnstartedServer(look4(t, 1))
	front.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of our refusal
	front.StartTLS()
	defer front.Close()
	c := kwadrans.Calendar{Address: front.URL + "/cal/", Login: login}
	_, err := new(Server).Read(t.Context(), c, secret, nil)
	e, ok := kwadrans.AsError(err)
	if !ok || e.Code != kwadrans.CodeOffline || !strings.Contains(e.Message, saidCertificate) {
		t.Errorf("%v", err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(front.Certificate())
	if change, err := (&Server{Roots: roots}).Read(t.Context(), c, secret, nil); err != nil || len(change.Changed) != 1 {
		t.Errorf("the control: %v", err)
	}
	plain := kwadrans.Calendar{Address: strings.Replace(look4(t, 0).root, "http:", "https:", 1)}
	if _, err := new(Server).Read(t.Context(), plain, secret, nil); err == nil || !strings.Contains(err.Error(), saidNotTLS) {
		t.Errorf("no TLS: %v", err)
	}
}
