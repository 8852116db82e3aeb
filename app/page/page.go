// Package page is the door that visitors come through: the public booking page, on
// which somebody books the host without an account. It shows what the acts answer and
// asks them for what a visitor wants; no rule of booking lives here. Its pages are
// complete without a script.
package page

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// Page is the booking page of one data file.
type Page struct {
	House  *house.House
	Public string // the address that visitors type, https and without a slash at its end; empty on this computer only
	Beside bool   // a window in this process does the work behind the booking already

	Header time.Duration // how long a visitor may take to ask; zero is DefaultHeader

	visits *booking.Visits
	offers offers
	limits limits
	local  atomic.Value // http://127.0.0.1:8080
	probe  string
}

// New makes the page of an open house. public is empty, or an address that Public takes.
func New(h *house.House, public string) *Page {
	p := &Page{House: h, Public: public, visits: h.Visits(), probe: h.Booking.NewID()}
	p.limits.now, p.offers.now = h.Now, h.Now
	p.visits.Bound = p.limits.bound
	p.local.Store("")
	return p
}

// CleanPublic reads the address that visitors use: https, a host and no more.
// CodeInvalid for everything else.
func CleanPublic(s string) (string, error) {
	u, err := url.Parse(strings.TrimRight(s, "/"))
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.ForceQuery {
		return "", kwadrans.Errorf(kwadrans.CodeInvalid, "page: %q is not an address for visitors", s).WithHint("write it as https://meet.example.com")
	}
	return "https://" + strings.ToLower(u.Host), nil
}

// URL is where the page is: the public address, else the one on this computer.
func (p *Page) URL() string {
	if p.Public != "" {
		return p.Public
	}
	return p.local.Load().(string)
}

// Handler answers visitors.
func (p *Page) Handler() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /{$}", p.profile)
	m.HandleFunc("GET /privacy", p.privacy)
	m.HandleFunc("GET /t/{topic}", p.pick)
	m.HandleFunc("GET /t/{topic}/book", p.details)
	m.HandleFunc("POST /t/{topic}/book", p.book)
	m.HandleFunc("GET /w/{pass}", p.wait)
	m.HandleFunc("GET /c/{pass}", p.ask)
	m.HandleFunc("POST /c/{pass}", p.confirm)
	m.HandleFunc("GET /r/{pass}", p.manage)
	m.HandleFunc("GET /r/{pass}/booking.ics", p.calendar)
	m.HandleFunc("GET /r/{pass}/move", p.pickMove)
	m.HandleFunc("POST /r/{pass}/move", p.move)
	m.HandleFunc("GET /r/{pass}/cancel", p.askCancel)
	m.HandleFunc("POST /r/{pass}/cancel", p.cancel)
	m.HandleFunc("GET /static/{hash}/{name}", static)
	m.HandleFunc("GET /robots.txt", robots)
	m.HandleFunc("GET /health", p.health)
	m.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { p.missing(w, p.visitor(r)) })
	return p.guard(m)
}

// health answers whoever checks that an address leads here: the number is new with
// every start and means nothing else.
func (p *Page) health(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("kwadrans " + p.probe + "\n"))
}

func robots(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("User-agent: *\nDisallow: /r/\nDisallow: /c/\nDisallow: /w/\nDisallow: /team/\n"))
}

// topic returns the topic that an address names. An unlisted one has a code behind
// its name, and without it is as unknown as one that there is not; so is one that is off.
func (p *Page) topic(ctx context.Context, name string) (t kwadrans.Topic, found bool, err error) {
	slug, code, _ := strings.Cut(name, ".")
	want, err := p.visits.TopicCode(ctx, slug)
	if err != nil {
		return t, false, err
	}
	t, err = p.House.Store.Topic(ctx, slug)
	switch {
	case kwadrans.CodeOf(err) == kwadrans.CodeNotFound:
		return t, false, nil
	case err != nil:
		return t, false, err
	}
	return t, t.On && (code == "" && t.Listed || same(code, want)), nil
}

// Path returns the path of a topic on the page.
func (p *Page) Path(ctx context.Context, t kwadrans.Topic) (string, error) {
	if t.Listed {
		return "/t/" + t.Slug, nil
	}
	code, err := p.visits.TopicCode(ctx, t.Slug)
	return "/t/" + t.Slug + "." + code, err
}
