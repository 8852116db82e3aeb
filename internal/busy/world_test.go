package busy

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kwadrans/internal/ical/foreign"
	"kwadrans/internal/kwadrans"
)

var monday = time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)

func at(day, hour int) time.Time {
	return monday.AddDate(0, 0, day).Add(time.Duration(hour) * time.Hour)
}

func span(day, hour, hours int) kwadrans.Span {
	return kwadrans.Span{Start: at(day, hour), End: at(day, hour+hours)}
}

var week = span(0, 0, 7*24)

// world is a keeper over a data file in memory. Its calendars are read by a fake
// edge, unless a test puts real ones there, and expanded by the real reader.
type world struct {
	*memory
	*Keeper
	reader *Reader
	edge   *edge
	zoom   *zoom
	mu     sync.Mutex
	now    time.Time
	zone   *time.Location
	self   []string
	users  []ZoomUser
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{memory: newMemory(), edge: &edge{}, zoom: &zoom{}, now: at(0, 8), zone: time.UTC}
	n := 0
	w.Keeper = &Keeper{
		Store: w.memory, Expand: expand, Zoom: w.zoom, Now: w.clock, Log: slog.New(slog.DiscardHandler),
		Edges: map[kwadrans.CalendarKind]Edge{kwadrans.CalendarFile: w.edge, kwadrans.CalendarFeed: w.edge, kwadrans.CalendarServer: w.edge},
		Rules: func(context.Context) (Rules, error) { return Rules{Zone: w.zone, Self: w.self}, nil },
		Zooms: func(context.Context) ([]ZoomUser, error) { return w.users, nil },
		NewID: func() string { n++; return fmt.Sprintf("calendar-%03d", n) },
	}
	w.reader = &Reader{Own: w.memory, Keeper: w.Keeper, Now: w.clock}
	t.Cleanup(w.Close)
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// expand is the real reader of foreign calendars, as the house puts it in.
func expand(ctx context.Context, pages [][]byte, in kwadrans.Span, r Rules) Expansion {
	x := foreign.Expand(ctx, pages, in, foreign.Rules(r))
	return Expansion{x.Instances, x.Unknown, x.Doubt, x.Refresh, x.Name, x.Err}
}

// edge hands out what a test puts into it.
type edge struct {
	mu     sync.Mutex
	change kwadrans.CalendarChange
	err    error
	reads  int
	last   kwadrans.Calendar
	secret kwadrans.Secret
	have   map[string]string
	wait   func(context.Context)
}

func (e *edge) Read(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret, have map[string]string) (kwadrans.CalendarChange, error) {
	e.mu.Lock()
	e.reads++
	e.last, e.secret, e.have = c, secret, have
	change, err, wait := e.change, e.err, e.wait
	e.mu.Unlock()
	if wait != nil {
		wait(ctx)
	}
	return change, err
}

func (e *edge) count() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.reads
}

func (e *edge) set(change kwadrans.CalendarChange, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.change, e.err = change, err
}

// page writes a calendar; each event is "uid 20261130T090000Z 1" with hours, or has lines of its own after that.
func page(head string, events ...string) []byte {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b//EN\r\n" + head)
	for _, e := range events {
		f := strings.SplitN(e, " ", 4)
		fmt.Fprintf(&b, "BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:%s\r\nDURATION:PT%sH\r\nSUMMARY:Event %s\r\n", f[0], f[1], f[2], f[0])
		if len(f) > 3 {
			b.WriteString(f[3] + "\r\n")
		}
		b.WriteString("END:VEVENT\r\n")
	}
	b.WriteString("END:VCALENDAR\r\n")
	return []byte(b.String())
}

// whole is a change that brings one page.
func whole(head string, events ...string) kwadrans.CalendarChange {
	return kwadrans.CalendarChange{Whole: true, Changed: []kwadrans.CalendarObject{{ETag: "1", Body: page(head, events...)}}, Mark: kwadrans.SourceMark{ETag: "e"}}
}

func refusal(code kwadrans.Code) error {
	return kwadrans.Errorf(code, "calendar: no").WithHint("later")
}

// add adds a feed with these events.
func (w *world) add(t *testing.T, events ...string) kwadrans.Calendar {
	t.Helper()
	w.edge.set(whole("", events...), nil)
	c, err := w.Add(t.Context(), kwadrans.Calendar{Kind: kwadrans.CalendarFeed, Name: "Work", Address: "https://calendar.example/s3cr3t/" + fmt.Sprint(w.edge.count())}, "")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (w *world) ask(t *testing.T, s kwadrans.Span) Report {
	t.Helper()
	rep, err := w.reader.Read(t.Context(), Ask{Host: kwadrans.Me, Span: s})
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func (w *world) state(t *testing.T, id string) Source {
	t.Helper()
	list, err := w.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(s Source) bool { return s.ID == id })
	if i < 0 {
		t.Fatalf("no source %s among %d", id, len(list))
	}
	return list[i]
}

// free says whether a report lets somebody book in the stretch.
func free(rep Report, s kwadrans.Span) bool {
	return !slices.ContainsFunc(rep.Busy, func(b kwadrans.Busy) bool { return b.Overlaps(s) }) &&
		!slices.ContainsFunc(rep.Unknown, func(u kwadrans.Unknown) bool { return u.Overlaps(s) })
}

func uids(rep Report) (list []string) {
	for _, b := range rep.Busy {
		list = append(list, b.ID)
	}
	slices.Sort(list)
	return list
}

// zoom is Zoom's edge.
type zoom struct {
	mu      sync.Mutex
	list    []kwadrans.Busy
	unknown []kwadrans.Unknown
	err     error
	asked   []kwadrans.Span
	fail    int // the call that fails, from 1
	during  func()
}

func (z *zoom) Busy(_ context.Context, _ string, s kwadrans.Span) (list []kwadrans.Busy, unknown []kwadrans.Unknown, err error) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.asked = append(z.asked, s)
	if z.during != nil {
		z.during()
	}
	if z.err != nil || z.fail == len(z.asked) {
		return nil, nil, &kwadrans.Fault{Code: kwadrans.CodeOffline, Words: "away"}
	}
	for _, b := range z.list {
		if b.Overlaps(s) {
			list = append(list, b)
		}
	}
	for _, u := range z.unknown {
		if u.Overlaps(s) {
			unknown = append(unknown, u)
		}
	}
	return list, unknown, z.err
}

func meeting(id int, s kwadrans.Span) kwadrans.Busy {
	return kwadrans.Busy{Span: s, Kind: kwadrans.FromZoom, ID: fmt.Sprint(id), Item: "Meeting", Source: "zoom", Zoom: true}
}
