package desk

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// freePort is a port on which nobody listens.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer func() { check(t, l.Close()) }()
	return l.Addr().(*net.TCPAddr).Port
}

// served is what a visitor gets; empty when nobody answers.
func served(t *testing.T, url string) string {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		return ""
	}
	defer func() { check(t, r.Body.Close()) }()
	b, err := io.ReadAll(r.Body)
	check(t, err)
	return string(b)
}

func TestThePageIsServedFromTheWindow(t *testing.T) {
	f := hosted(t)
	p := &Page{f.desk}
	topic := got[Topic](t)((&Topics{f.desk}).Fresh())
	topic.Name, topic.Places, topic.Listed = "Porada prawna", []Place{{Kind: "phone", Detail: "+48 600 000 000"}}, true
	topic = got[Topic](t)((&Topics{f.desk}).Add(topic))
	if s := got[PageState](t)(p.Status()); s.State != "off" || s.Form.On || s.Form.Port != 8080 || s.URL != "" || s.Topics[0].URL != "" {
		t.Errorf("before: %+v", s)
	}
	port := freePort(t)
	s := got[PageState](t)(p.Save(PageForm{On: true, Port: port}))
	if s.State != "here" || s.Fault != nil || !strings.HasPrefix(s.URL, "http://127.0.0.1:") {
		t.Fatalf("on: %+v", s)
	}
	if body := served(t, s.Topics[0].URL); !strings.Contains(body, topic.Name) {
		t.Errorf("a visitor sees %q", body)
	}
	f.must(p.Open(topic.Slug))
	if url := <-f.browser; url != s.Topics[0].URL {
		t.Errorf("opened %q", url)
	}
	if c := code(t, p.Open("another")); c != "not-found" {
		t.Errorf("another topic: %s", c)
	}
	if off := got[PageState](t)(p.Save(PageForm{Port: port})); off.State != "off" || off.URL != "" || served(t, s.URL) != "" {
		t.Errorf("off: %+v", off)
	}
}

// What the user left on is there again after the next start.
func TestThePageBeginsWithTheWindow(t *testing.T) {
	f := hosted(t)
	p := &Page{f.desk}
	s := got[PageState](t)(p.Save(PageForm{On: true, Port: freePort(t)}))
	f.must(f.desk.inTurn(f.desk.shut))
	if served(t, s.URL) != "" {
		t.Error("the page outlives its data file")
	}
	f.must(f.desk.inTurn(func() error { return f.desk.open(t.Context()) }))
	for got[PageState](t)(p.Status()).State != "here" {
		f.wait(EventChanged)
	}
	if s = got[PageState](t)(p.Status()); served(t, s.URL+"/health") == "" {
		t.Errorf("nobody answers: %+v", s)
	}
}

func TestAPageThatCannotBegin(t *testing.T) {
	f := hosted(t)
	p := &Page{f.desk}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer func() { _ = l.Close() }()
	taken := l.Addr().(*net.TCPAddr).Port
	if s := got[PageState](t)(p.Save(PageForm{On: true, Port: taken})); s.State != "failed" || s.Fault == nil || s.Fault.Message == "" || !s.Form.On {
		t.Errorf("%+v", s)
	}
	for _, bad := range []PageForm{{Port: 80}, {Port: 70000}, {Port: 8080, Public: "http://meet.example"}, {Port: 8080, Public: "https://meet.example/path"}} {
		if _, err := p.Save(bad); code(t, err) != "invalid-input" {
			t.Errorf("%+v is taken", bad)
		}
	}
	if s := got[PageState](t)(p.Status()); s.State != "failed" || s.Form.Port != taken {
		t.Errorf("what was refused changed something: %+v", s)
	}
}

// Nobody answers at this address: it is in the domain kept for tests (RFC 2606).
func TestAPublicAddressIsTried(t *testing.T) {
	f := hosted(t)
	p := &Page{f.desk}
	s := got[PageState](t)(p.Save(PageForm{On: true, Port: freePort(t), Public: "https://Meet.Invalid/"}))
	if s.Form.Public != "https://meet.invalid" || s.URL != s.Form.Public {
		t.Errorf("%+v", s)
	}
	if s = got[PageState](t)(p.Check()); s.State != "unreachable" || s.AskedAt == "" {
		t.Errorf("tried: %+v", s)
	}
}

// "kwadrans serve" works on the same data file; the window says so.
func TestAPageElsewhere(t *testing.T) {
	f := hosted(t)
	l, _, err := f.desk.look(false)
	f.must(err)
	f.must(l.Booking.NotePage(t.Context(), "https://meet.example"))
	l.uses.Done()
	if s := got[PageState](t)((&Page{f.desk}).Status()); s.State != "elsewhere" || s.URL != "https://meet.example" {
		t.Errorf("%+v", s)
	}
}
