package page

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/html"

	"kwadrans/app/house"
	"kwadrans/internal/connect"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/mail/catcher"
	"kwadrans/internal/outbox"
	"kwadrans/internal/zoom/sandbox"
)

// stage is a page as it is served, over a real data file, the sandbox's Zoom and the
// letter catcher.
type stage struct {
	*testing.T
	sb    *house.Sandbox
	world *sandbox.World
	mail  *catcher.Server
	h     *house.House
	p     *Page
	url   string
	later atomic.Int64 // how much later than the machine's clock it is here
	stop  context.CancelFunc
	ended chan error
}

const public = "https://meet.example"

var host = kwadrans.Profile{Name: "Hanna Ćwik", Email: "hanna@example.com", Zone: "Europe/Warsaw", Lang: kwadrans.Polish, Org: "Kancelaria Ćwik i Wspólnicy"}

// open serves a page with an ordinary topic, one that needs no confirmation, one that
// nobody lists and one that is off.
func open(t *testing.T) *stage { return openWith(t, func(*Page) {}) }

func openWith(t *testing.T, tune func(*Page)) *stage {
	t.Helper()
	s := &stage{T: t}
	sb, err := house.StartSandbox(t.Context(), filepath.Join(fast(t), "data"), "127.0.0.1:0")
	s.ok(err)
	t.Cleanup(func() { _ = sb.Close() })
	s.sb, s.world, s.mail = sb, sb.World, sb.Mail
	s.world.Turn(func(k *sandbox.Knobs) { k.PerSecond, k.DailyLimit = false, 1_000_000 })
	first, err := sb.Open(t.Context(), host.Email, visit)
	s.ok(err)
	s.setUp(first)
	s.ok(first.Close())
	s.h = s.house()
	s.p = New(s.h, public)
	tune(s.p)
	s.serve()
	return s
}

func (s *stage) setUp(h *house.House) {
	s.Helper()
	_, err := h.Setup.SetProfile(s.Context(), host)
	s.ok(err)
	ctx, cancel := context.WithTimeout(s.Context(), 20*time.Second)
	defer cancel()
	_, err = h.Connect.Connect(ctx, kwadrans.Personal, connect.Options{})
	s.ok(err)
	always := kwadrans.Schedule{Name: "always", Zone: host.Zone, Exceptions: []kwadrans.Exception{}}
	for i := range always.Weekly {
		always.Weekly[i] = []kwadrans.Window{{From: 0, To: 1440}}
	}
	s.ok(h.Setup.SetSchedule(s.Context(), always))
	for _, v := range []struct {
		name string
		turn func(*kwadrans.Topic)
	}{
		{"Rozmowa", func(*kwadrans.Topic) {}},
		{"Szybka", func(t *kwadrans.Topic) { t.Confirm = kwadrans.ConfirmNever }},
		{"Znani", func(t *kwadrans.Topic) { t.Confirm = kwadrans.ConfirmFirst }},
		{"Ukryta", func(t *kwadrans.Topic) { t.Listed = false }},
		{"Stara", func(t *kwadrans.Topic) { t.On = false }},
		{"Pytania", func(t *kwadrans.Topic) {
			t.Confirm = kwadrans.ConfirmNever
			t.Places = []kwadrans.Place{{Kind: kwadrans.PlacePhone, Detail: "+48 600 000 000"}}
			t.Questions = []kwadrans.Question{{Label: "Numer sprawy", Required: true}, {Label: "Szczegóły", Long: true}}
		}},
	} {
		topic := kwadrans.DefaultTopic(v.name, kwadrans.Duration(30*time.Minute))
		topic.Places, topic.Schedule, topic.MaxDays = []kwadrans.Place{{Kind: kwadrans.PlaceZoom}}, "always", 60
		topic.Description = "Krótko o sprawie."
		v.turn(&topic)
		_, err := h.Setup.AddTopic(s.Context(), topic)
		s.ok(err)
	}
}

// house opens the data in this process.
func (s *stage) house() *house.House {
	s.Helper()
	env := s.sb.Env()
	h, err := house.Open(s.Context(), house.Config{
		Dir: s.sb.Dir, Env: func(name string) string { return env[name] }, Open: visit, Tune: quick, Timeout: 2 * time.Second,
		Now: func() time.Time { return time.Now().Add(time.Duration(s.later.Load())) },
	})
	s.ok(err)
	return h
}

// serve opens the door and closes everything when the test ends.
func (s *stage) serve() {
	s.Helper()
	l, err := Listen("127.0.0.1:0", public)
	s.ok(err)
	s.url = "http://" + l.Addr().String()
	ctx, stop := context.WithCancel(context.WithoutCancel(s.Context()))
	s.stop, s.ended = stop, make(chan error, 1)
	go func() { s.ended <- s.p.Serve(ctx, l) }()
	s.await("the page", func() bool {
		url, err := s.h.Booking.PageURL(s.Context())
		return err == nil && url == public
	})
	s.Cleanup(func() {
		stop()
		if err := <-s.ended; err != nil {
			s.Errorf("the page ended with %v", err)
		}
		s.ended <- nil
		_ = s.h.Close()
	})
}

func quick(o *outbox.Outbox) {
	o.Settle, o.Lease, o.Grace = 150*time.Millisecond, 5*time.Second, 30*time.Millisecond
	o.First, o.Longest, o.Poll = 20*time.Millisecond, 200*time.Millisecond, 10*time.Millisecond
}

// fast is a directory of memory where there is one.
func fast(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "kwadrans-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// visit is a browser whose person agrees to everything.
func visit(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return errors.Join(err, resp.Body.Close())
}

func (s *stage) ok(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// await polls until done, or fails after a while.
func (s *stage) await(what string, done func() bool) {
	s.Helper()
	for began := time.Now(); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Since(began) > 20*time.Second {
			s.Fatalf("%s: not within 20 s", what)
		}
	}
}

// day returns a start n days from now, in the host's morning: hour and minute by the host's clock.
func (s *stage) day(n, hour, minute int) time.Time {
	loc, _ := kwadrans.Zone(host.Zone)
	d := s.h.Now().In(loc).AddDate(0, 0, n)
	return time.Date(d.Year(), d.Month(), d.Day(), hour, minute, 0, 0, loc)
}

// got is an answer, read.
type got struct {
	s      *stage
	status int
	url    *url.URL // after redirects
	header http.Header
	body   string
	doc    *html.Node
}

// browser follows redirects and sends what a browser without a script sends.
type browser struct {
	s    *stage
	from string // an address behind the proxy
	url  string // of another door; empty for the stage's
	c    *http.Client
}

func (s *stage) browser(from string) *browser {
	jar, _ := cookiejar.New(nil)
	return &browser{s: s, from: from, c: &http.Client{Jar: jar, Timeout: 60 * time.Second}}
}

func (b *browser) do(r *http.Request) got {
	b.s.Helper()
	if r.Header.Get("X-Forwarded-For") == "" && b.from != "" {
		r.Header.Set("X-Forwarded-For", "203.0.113.99, "+b.from)
	}
	if r.Header.Get("Accept-Language") == "" {
		r.Header.Set("Accept-Language", "pl")
	}
	resp, err := b.c.Do(r)
	b.s.ok(err)
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	b.s.ok(err)
	g := got{s: b.s, status: resp.StatusCode, url: resp.Request.URL, header: resp.Header, body: string(body)}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
		g.doc, err = html.Parse(strings.NewReader(g.body))
		b.s.ok(err)
	}
	return g
}

// get opens an address; a path is on the page.
func (b *browser) get(path string) got {
	b.s.Helper()
	r, err := http.NewRequest(http.MethodGet, b.here(path), http.NoBody)
	b.s.ok(err)
	return b.do(r)
}

func (b *browser) post(path string, form url.Values) got {
	b.s.Helper()
	r, err := http.NewRequest(http.MethodPost, b.here(path), strings.NewReader(form.Encode()))
	b.s.ok(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.do(r)
}

// here turns an address of the public page into where it is in the test.
func (b *browser) here(path string) string {
	if rest, ok := strings.CutPrefix(path, public); ok {
		path = rest
	}
	if strings.HasPrefix(path, "/") {
		return cmp.Or(b.url, b.s.url) + path
	}
	return path
}

// walk visits every element.
func (g got) walk(f func(n *html.Node)) {
	var down func(*html.Node)
	down = func(n *html.Node) {
		if n.Type == html.ElementNode {
			f(n)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			down(c)
		}
	}
	if g.doc != nil {
		down(g.doc)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// links returns the addresses of links of a class.
func (g got) links(class string) (list []string) {
	g.walk(func(n *html.Node) {
		if n.Data == "a" && strings.Contains(" "+attr(n, "class")+" ", " "+class+" ") {
			list = append(list, attr(n, "href"))
		}
	})
	return list
}

// form returns the fields of the sent form as they stand, and where it goes.
func (g got) form() (action string, fields url.Values) {
	fields = url.Values{}
	g.walk(func(n *html.Node) {
		switch {
		case n.Data == "form" && attr(n, "method") == "post":
			action = attr(n, "action")
		case n.Data == "input" && attr(n, "type") == "radio" && !has(n, "checked"):
		case n.Data == "input" && attr(n, "name") != "":
			fields.Set(attr(n, "name"), attr(n, "value"))
		case n.Data == "textarea":
			if n.FirstChild != nil {
				fields.Set(attr(n, "name"), n.FirstChild.Data)
			} else {
				fields.Set(attr(n, "name"), "")
			}
		}
	})
	return action, fields
}

// text is what a person reads.
func (g got) text() string {
	var b strings.Builder
	var down func(*html.Node)
	down = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			down(c)
		}
	}
	if g.doc != nil {
		down(g.doc)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// want fails unless the answer has the status and the text holds all of these.
func (g got) want(status int, words ...string) got {
	g.s.Helper()
	if g.status != status {
		g.s.Fatalf("%s answers %d, not %d:\n%s", g.url.Path, g.status, status, g.text())
	}
	for _, w := range words {
		if !strings.Contains(g.text(), w) {
			g.s.Fatalf("%s does not say %q:\n%s", g.url.Path, w, g.text())
		}
	}
	return g
}

// fill opens the form of a start and fills it in.
func (b *browser) fill(topic string, at time.Time, name, email string) (action string, form url.Values) {
	b.s.Helper()
	g := b.get("/t/" + topic + "/book?at=" + formAt(at))
	if action, form = g.form(); action == "" {
		b.s.Fatalf("no form: %d %s", g.status, g.text())
	}
	form.Set("at", formAt(at))
	form.Set("name", name)
	form.Set("email", email)
	return action, form
}

// book books in one go.
func (b *browser) book(topic string, at time.Time, name, email string) got {
	b.s.Helper()
	action, form := b.fill(topic, at, name, email)
	return b.post(action, form)
}

var linkIn = regexp.MustCompile(`https://meet\.example/[rc]/[A-Za-z0-9_-]+`)

// letters returns what lies in the catcher for an address, decoded.
func (s *stage) letters(email string) (list []string) {
	for _, m := range s.mail.Letters() {
		if strings.Contains(strings.ToLower(string(m.Bytes)), "\nto: ") && contains(m.To, email) {
			list = append(list, readable(m.Bytes))
		}
	}
	return list
}

// link waits for a letter to an address that carries a link of a kind, and returns the newest.
func (s *stage) link(email, kind string) (link string) {
	s.Helper()
	s.await("the letter with /"+kind+"/ to "+email, func() bool {
		for _, l := range s.letters(email) {
			for _, found := range linkIn.FindAllString(l, -1) {
				if strings.HasPrefix(found, public+"/"+kind+"/") {
					link = found
				}
			}
		}
		return link != ""
	})
	return link
}
