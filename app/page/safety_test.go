package page

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// every answer, those of failures too, carries the headers.
func TestHeaders(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	made := b.book("szybka", s.day(5, 10, 0), "Anna", "anna@example.com").want(200)
	big := url.Values{"name": {strings.Repeat("a", 100_000)}}
	answers := map[string]got{
		"profile": b.get("/"), "topic": b.get("/t/rozmowa"), "form": b.get("/t/rozmowa/book?at=" + formAt(s.day(6, 10, 0))), "booking": made, "calendar": b.get(made.url.Path + "/booking.ics"),
		"missing": b.get("/nothing"), "static": b.get(assets() + "page.css"), "no static": b.get("/static/x/..%2fpage.go"), "privacy": b.get("/privacy"),
		"wrong method": b.post("/", nil), "too big": b.post("/t/rozmowa/book", big), "empty": b.post("/t/rozmowa/book", nil), "robots": b.get("/robots.txt"), "health": b.get("/health"),
	}
	for name, g := range answers {
		h := g.header
		if p := h.Get("Content-Security-Policy"); p != policy || strings.Contains(p, "unsafe") {
			t.Errorf("%s: the policy is %q", name, p)
		}
		for key, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin",
			"Strict-Transport-Security": "max-age=31536000", "Access-Control-Allow-Origin": "", "Set-Cookie": "", "Server": "",
		} {
			if got := h.Get(key); got != want {
				t.Errorf("%s: %s is %q", name, key, got)
			}
		}
		if c := h.Get("Cache-Control"); (c == "no-store") == (name == "static") {
			t.Errorf("%s: Cache-Control is %q", name, c)
		}
	}
	answers["too big"].want(400)
	answers["no static"].want(404)
	if answers["static"].header.Get("Content-Type") != "text/css; charset=utf-8" || answers["calendar"].header.Get("Content-Type") != "text/calendar; charset=utf-8" {
		t.Error("wrong kinds of content")
	}
}

// A form comes from this page only.
func TestOtherSitesSendNothing(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	for i, c := range []struct {
		header, value string
		want          int
	}{
		{"Sec-Fetch-Site", "cross-site", 403}, {"Sec-Fetch-Site", "same-site", 403}, {"Origin", "https://evil.example", 403}, {"Origin", "null", 403},
		{"Sec-Fetch-Site", "same-origin", 200}, {"Origin", public, 200},
	} {
		action, form := b.fill("szybka", s.day(5+i, 10, 0), "Anna", fmt.Sprintf("anna%d@example.com", i))
		r, _ := http.NewRequest(http.MethodPost, s.url+action, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(c.header, c.value)
		b.do(r).want(c.want)
	}
	if n := len(s.bookings()); n != 2 {
		t.Errorf("%d bookings", n)
	}
}

// Only those names lead here that the page has.
func TestForeignNames(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	for name, want := range map[string]int{"evil.example": 404, "meet.example.evil.example": 404, "meet.example": 200, "MEET.example": 200, "127.0.0.1": 200, "localhost:1": 200, "": 400} {
		r, _ := http.NewRequest(http.MethodGet, s.url+"/", http.NoBody)
		if r.Host = name; name == "" {
			continue
		}
		b.do(r).want(want)
	}
}

// Two hundred visitors who never end their request are shown out.
func TestHalfOpen(t *testing.T) {
	s := openWith(t, func(p *Page) { p.Header = 500 * time.Millisecond })
	began := time.Now()
	var all sync.WaitGroup
	for range 200 {
		all.Go(func() {
			c, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = c.Close() }()
			_, _ = io.WriteString(c, "GET / HTTP/1.1\r\nHost: meet.example\r\nX-Slow: ")
			_ = c.SetReadDeadline(time.Now().Add(10 * time.Second))
			if _, err := io.ReadAll(bufio.NewReader(c)); err != nil {
				t.Errorf("not closed: %v", err)
			}
		})
	}
	all.Wait()
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("closed after %v only", took)
	}
	s.browser("198.51.100.1").get("/").want(200)
}

// Ten thousand forms from a hundred places: letters, bookings and memory stay in their
// bounds, and the host can still book.
func TestHostilePosts(t *testing.T) {
	n := 10_000
	if testing.Short() {
		n = 600
	}
	s := open(t)
	held, made := s.storm(n)
	if held > booking.MostHolds || held > askedBurst+1 {
		t.Errorf("%d seats are held", held)
	}
	if made > madeBurst+2 {
		t.Errorf("%d bookings were made without a question", made)
	}
	if calls := s.calls("POST /users/{userId}/meetings"); calls > madeBurst+2 {
		t.Errorf("%d meetings were made", calls)
	}
	s.settle()
	if letters := len(s.mail.Letters()); letters > booking.MostHolds+2*(madeBurst+2) {
		t.Errorf("%d letters went out", letters)
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	if m.HeapAlloc > 64<<20 {
		t.Errorf("%d MB are in use", m.HeapAlloc>>20)
	}
	if len(s.p.limits.posts.of)+len(s.p.limits.letters.of)+len(s.p.limits.booked.of) > 3*mostNames+3 {
		t.Error("the limits grow")
	}
	a, err := s.h.Booking.Book(t.Context(), booking.Request{Topic: "rozmowa", Start: s.day(50, 10, 0), Attendees: []kwadrans.Attendee{{Email: "gosc@example.com"}}})
	if err != nil || !a.Booked {
		t.Errorf("the host cannot book: %v %v", a.Conflicts, err)
	}
}

// The control: without the bounds the storm passes them, so the harness can see it.
func TestHostilePostsAreSeen(t *testing.T) {
	s := openWith(t, func(p *Page) { p.visits.Bound = nil })
	if _, made := s.storm(200); made <= madeBurst+2 {
		t.Errorf("the storm makes %d bookings only", made)
	}
}

// storm sends forms from a hundred places, each with another address and start.
func (s *stage) storm(n int) (held, made int) {
	s.Helper()
	h := s.p.Handler()
	work := make(chan int)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i := range work {
				s.attack(h, i)
			}
		})
	}
	for i := range n {
		work <- i
	}
	close(work)
	all.Wait()
	for _, b := range s.bookings() {
		if b.State == kwadrans.Held {
			held++
		} else {
			made++
		}
	}
	return held, made
}

func (s *stage) attack(h http.Handler, i int) {
	pass, err := s.p.visits.Form(s.Context())
	if err != nil {
		s.Error(err)
		return
	}
	topic := []string{"rozmowa", "szybka"}[i%2]
	at := s.day(2+i/2%48, 0, 0).Add(time.Duration(i/96%48) * 30 * time.Minute)
	form := url.Values{"form": {pass}, "at": {formAt(at)}, "name": {"Spam"}, "email": {fmt.Sprintf("victim%d@example.com", i)}, "q0": {strings.Repeat("kup ", 200)}}
	r := httptest.NewRequest(http.MethodPost, "/t/"+topic+"/book", strings.NewReader(form.Encode()))
	r.Host, r.RemoteAddr = "meet.example", "127.0.0.1:1"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("198.51.%d.%d", i%10, i/10%10))
	h.ServeHTTP(httptest.NewRecorder(), r)
}

// A person who fills in what nobody sees is none.
func TestHoneypot(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	action, form := b.fill("szybka", s.day(5, 10, 0), "Anna", "anna@example.com")
	form.Set("website", "https://casino.example")
	b.post(action, form).want(422)
	if len(s.bookings()) != 0 {
		t.Error("it was booked")
	}
	form.Set("website", "")
	b.post(action, form).want(200)
}

// A form that is old, or not of this page, is sent again with what was typed.
func TestOldForms(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	for _, pass := range []string{"", "abc", strings.Repeat("A", 48)} {
		action, form := b.fill("szybka", s.day(5, 10, 0), "Anna", "anna@example.com")
		form.Set("form", pass)
		g := b.post(action, form).want(422, "zbyt długo")
		if _, kept := g.form(); kept.Get("name") != "Anna" || len(kept.Get("form")) != 48 {
			t.Errorf("the form is lost: %v", kept)
		}
	}
	action, form := b.fill("szybka", s.day(5, 10, 0), "Anna", "anna@example.com")
	s.later.Store(int64(booking.FormLife + 2*time.Minute))
	action, form = b.post(action, form).want(422, "zbyt długo").form()
	b.post(action, form).want(200, "Zarezerwowano")
}

// Nobody may ask without end.
func TestTooManyQuestions(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	slow := 0
	for range visitBurst + 40 {
		if b.get("/robots.txt").status == http.StatusTooManyRequests {
			slow++
		}
	}
	if slow == 0 {
		t.Error("one place may ask for everything")
	}
	s.browser("198.51.100.2").get("/").want(200)
}

// Where a visitor comes from: the proxy's word counts, and only its last.
func TestBlocks(t *testing.T) {
	for _, c := range []struct {
		peer, forwarded string
		proxied         bool
		want            string
	}{
		{"127.0.0.1:5", "", true, "127.0.0.1"},
		{"127.0.0.1:5", "198.51.100.7", true, "198.51.100.7"},
		{"127.0.0.1:5", "1.1.1.1, 198.51.100.7", true, "198.51.100.7"},
		{"127.0.0.1:5", "198.51.100.7", false, "127.0.0.1"},
		{"198.51.100.8:5", "1.1.1.1", true, "198.51.100.8"},
		{"[::1]:5", "2001:db8:1:2:3:4:5:6", true, "2001:db8:1:2::/64"},
		{"[::1]:5", "2001:db8:1:2:ffff::1", true, "2001:db8:1:2::/64"},
		{"[::1]:5", "::ffff:198.51.100.7", true, "198.51.100.7"},
		{"127.0.0.1:5", "nonsense", true, "?"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		r.RemoteAddr = c.peer
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := block(r, c.proxied); got != c.want {
			t.Errorf("%s for %q: %q, not %q", c.peer, c.forwarded, got, c.want)
		}
	}
}

// The tables of limits do not grow without end.
func TestLimitsAreBounded(t *testing.T) {
	now := time.Now()
	l := &limits{now: func() time.Time { return now }}
	for i := range mostNames + 5_000 {
		l.post(fmt.Sprint(i))
	}
	if n := len(l.posts.of); n > mostNames+1 {
		t.Errorf("%d names are kept", n)
	}
	now = now.Add(time.Hour)
	l.post("new")
	if n := len(l.posts.of); n > 2 {
		t.Errorf("%d names are kept of those who have everything back", n)
	}
}

// Where the door may open, and which addresses visitors may have.
func TestListen(t *testing.T) {
	for addr, ok := range map[string]bool{"127.0.0.1:0": true, "[::1]:0": true, "localhost:0": true, "0.0.0.0:0": false, ":0": false, "192.0.2.1:0": false, "nonsense": false} {
		l, err := Listen(addr, "")
		if (err == nil) != ok && addr != "[::1]:0" { // not every machine speaks IPv6
			t.Errorf("%s: %v", addr, err)
		}
		if err == nil {
			_ = l.Close()
		} else if kwadrans.CodeOf(err) != kwadrans.CodeInvalid {
			t.Errorf("%s: %v", addr, err)
		}
	}
	l, err := Listen("0.0.0.0:0", public)
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	for s, want := range map[string]string{
		"https://meet.example.com": "https://meet.example.com", "https://Meet.Example.com/": "https://meet.example.com", "https://a.b:8443": "https://a.b:8443",
		"http://meet.example.com": "", "meet.example.com": "", "https://": "", "https://a/b": "", "https://u@a": "", "https://a?x": "", "https://a/?": "", "": "", "javascript:alert(1)": "",
	} {
		if got, err := CleanPublic(s); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q %v", s, got, err)
		}
	}
}

// The log says how it went, and nothing of who came.
func TestLogHoldsNobody(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.77")
	b.book("rozmowa", s.day(5, 10, 0), "Ksawery Tajny", "ksawery@example.com").want(200)
	link := s.link("ksawery@example.com", "c")
	action, form := b.get(link).form()
	done := b.post(action, form).want(200)
	action, form = b.get(done.url.Path + "/cancel").form()
	form.Set("reason", "sekretny powód")
	b.post(action, form).want(200)
	b.get("/t/rozmowa/book?at=x").want(404)
	s.settle()
	log, err := os.ReadFile(filepath.Join(s.sb.Dir, "kwadrans.log"))
	s.ok(err)
	for _, secret := range []string{"ksawery", "Tajny", "198.51.100.77", "203.0.113.99", strings.TrimPrefix(link, public+"/c/"), strings.TrimPrefix(done.url.Path, "/r/"), "sekretny"} {
		if strings.Contains(string(log), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	if !strings.Contains(string(log), "POST /t/{topic}/book") { // the control: it does say what happened
		t.Errorf("the log says nothing:\n%s", log)
	}
}

// A panic is a failure of one answer.
func TestPanicIsAnAnswer(t *testing.T) {
	s := open(t)
	h := s.p.guard(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("anna@example.com") }))
	r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
	r.Host = "meet.example"
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 500 || !strings.Contains(w.Body.String(), "Coś się nie udało") || w.Header().Get("Content-Security-Policy") != policy {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
