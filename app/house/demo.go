package house

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/connect"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

// Demo is the whole main job against the sandbox: connect, topic, booking, letters.
type Demo struct {
	Out  string // where invite.ics, the letters and the data file are left
	Lang kwadrans.Lang
	// Tell is told each step as it happens: the key of a sentence and its values.
	Tell func(key string, args ...any)
}

// DemoResult is what the demo leaves.
type DemoResult struct {
	Booking kwadrans.Booking
	Steps   []kwadrans.Step
	Invite  string   // file
	Letters []string // files
	Data    string   // file
}

// demoMark says that a directory is a demo's, so that the next one may replace it.
const demoMark = "kwadrans-demo"

// Run carries the demo out. It needs no network, no keychain and asks nothing.
func (d Demo) Run(ctx context.Context) (res DemoResult, err error) {
	if err := d.clear(); err != nil {
		return res, err
	}
	s, err := StartSandbox(ctx, filepath.Join(d.Out, "data"), "127.0.0.1:0")
	if err != nil {
		return res, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	s.World.SetUser("Hanna Ćwik", demoHost.Email, demoHost.Zone, sandbox.Licensed)
	d.Tell("demo.start", "zoom", s.URL, "smtp", s.Mail.Addr())
	h, err := s.Open(ctx, demoHost.Email, visit)
	if err != nil {
		return res, err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if err := d.setUp(ctx, h); err != nil {
		return res, err
	}
	b, err := d.book(ctx, h)
	if err != nil {
		return res, err
	}
	if err := d.refuse(ctx, h, b); err != nil {
		return res, err
	}
	res, err = d.leave(ctx, h, b)
	if broken := s.World.Broken(); err == nil && len(broken) > 0 {
		err = kwadrans.Errorf(kwadrans.CodeInternal, "demo: the sandbox found a broken rule: %s", broken[0])
	}
	return res, err
}

var demoHost = kwadrans.Profile{Name: "Hanna Ćwik", Email: "hanna.cwik@example.com", Zone: "Europe/Warsaw", Org: "Kancelaria Ćwik i Wspólnicy"}

// clear makes Out an empty directory; one with anything else in it is refused.
func (d Demo) clear() error {
	mark := filepath.Join(d.Out, demoMark)
	if entries, err := os.ReadDir(d.Out); err == nil && len(entries) > 0 && !exists(mark) {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "demo: %s holds something else", d.Out).WithHint("name an empty directory with --out")
	}
	if exists(mark) {
		if err := os.RemoveAll(d.Out); err != nil {
			return kwadrans.Errorf(kwadrans.CodeInvalid, "demo: %s cannot be replaced", d.Out).Because(err)
		}
	}
	if err := os.MkdirAll(d.Out, 0o700); err != nil {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "demo: %s cannot be made", d.Out).Because(err)
	}
	return os.WriteFile(mark, []byte("Made by kwadrans demo; the next demo replaces this directory.\n"), 0o600)
}

// visit is the browser of the demo: it follows the sign-in to its end.
func visit(url string) error {
	go func() {
		c := http.Client{Timeout: 20 * time.Second}
		if resp, err := c.Get(url); err == nil {
			_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20))
			_ = resp.Body.Close()
		}
	}()
	return nil
}

func (d Demo) setUp(ctx context.Context, h *House) error {
	p := demoHost
	p.Lang = d.Lang
	if _, err := h.Setup.SetProfile(ctx, p); err != nil {
		return err
	}
	d.Tell("demo.profile", "who", p.Name, "zone", p.Zone)
	res, err := h.Connect.Connect(ctx, kwadrans.Personal, connect.Options{Lang: d.Lang})
	if err != nil {
		return err
	}
	d.Tell("demo.connected", "account", res.Connection.Account.Email)
	t := kwadrans.DefaultTopic("Konsultacja wstępna", kwadrans.Duration(30*time.Minute))
	t.Places = []kwadrans.Place{{Kind: kwadrans.PlaceZoom}}
	if t, err = h.Setup.AddTopic(ctx, t); err == nil {
		d.Tell("demo.topic", "topic", t.Name, "slug", t.Slug)
	}
	return err
}

const demoTopic = "konsultacja-wstepna"

// book takes the first free slot from two days ahead on.
func (d Demo) book(ctx context.Context, h *House) (kwadrans.Booking, error) {
	from := h.Now().Add(48 * time.Hour)
	if err := h.Look(ctx); err != nil {
		return kwadrans.Booking{}, err
	}
	free, _, err := h.Booking.Offer(ctx, demoTopic, kwadrans.Span{Start: from, End: from.AddDate(0, 0, 7)})
	if err != nil {
		return kwadrans.Booking{}, err
	}
	if len(free) == 0 {
		return kwadrans.Booking{}, kwadrans.Errorf(kwadrans.CodeNotFree, "demo: there is no free slot")
	}
	d.Tell("demo.slots", "count", len(free))
	a, err := h.Booking.Book(ctx, booking.Request{Topic: demoTopic, Start: free[0].Start, Attendees: []kwadrans.Attendee{
		{Name: "Anna Nowak", Email: "anna.nowak@example.com", Zone: "Europe/Warsaw", Lang: kwadrans.Polish},
		{Name: "Priya Raghunathan", Email: "priya@example.com", Zone: "America/New_York", Lang: kwadrans.English},
	}})
	if err != nil {
		return kwadrans.Booking{}, err
	}
	if !a.Booked {
		return kwadrans.Booking{}, kwadrans.Errorf(kwadrans.CodeNotFree, "demo: the free slot was refused")
	}
	d.Tell("demo.booked", "when", a.Booking.Start, "zone", a.Booking.Wall.Zone, "end", a.Booking.End)
	if err := h.Await(ctx, a.Booking.ID, 30*time.Second); err != nil {
		return kwadrans.Booking{}, err
	}
	return d.told(ctx, h, a.Booking.ID)
}

// told says what the outside has now.
func (d Demo) told(ctx context.Context, h *House, id string) (kwadrans.Booking, error) {
	b, steps, err := h.Booking.Booking(ctx, id)
	if err != nil {
		return b, err
	}
	for _, s := range steps {
		if !s.Done() {
			return b, kwadrans.Errorf(kwadrans.CodeWaiting, "demo: the step %s is not done (%s %s)", s.Target, s.Code, s.Words)
		}
	}
	d.Tell("demo.zoom", "id", b.Zoom.MeetingID(), "url", b.Zoom.JoinURL)
	for _, s := range steps {
		if s.Kind() == "letter" {
			d.Tell("demo.letter", "to", s.Address())
		}
	}
	return b, nil
}

// refuse shows that the same time cannot be had twice.
func (d Demo) refuse(ctx context.Context, h *House, b kwadrans.Booking) error {
	a, err := h.Booking.Book(ctx, booking.Request{Topic: demoTopic, Start: b.Start, Attendees: []kwadrans.Attendee{{Email: "jan@example.com"}}})
	if err != nil {
		return err
	}
	if a.Booked || len(a.Conflicts) == 0 {
		return kwadrans.Errorf(kwadrans.CodeInternal, "demo: the same time was booked twice")
	}
	c := a.Conflicts[0]
	args := []any{"code", c.Code, "zone", b.Wall.Zone}
	if len(c.Nearest) > 0 {
		args = append(args, "when", c.Nearest[0])
	}
	d.Tell("demo.refused", args...)
	return nil
}

// leave writes what a person may want to look at.
func (d Demo) leave(ctx context.Context, h *House, b kwadrans.Booking) (DemoResult, error) {
	res := DemoResult{Booking: b, Invite: filepath.Join(d.Out, "invite.ics"), Data: h.Store.Path}
	_, letters, err := h.Booking.Letters(ctx, b.ID)
	if err != nil {
		return res, err
	}
	for _, l := range letters {
		path := filepath.Join(d.Out, l.Name+".eml")
		if err := os.WriteFile(path, l.Bytes, 0o600); err != nil {
			return res, err
		}
		res.Letters = append(res.Letters, path)
	}
	page, err := h.Calendar(ctx, []kwadrans.Booking{b})
	if err == nil {
		err = os.WriteFile(res.Invite, page, 0o600)
	}
	if err != nil {
		return res, err
	}
	res.Steps, err = h.Store.Steps(ctx, b.ID)
	return res, err
}
