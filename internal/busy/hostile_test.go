package busy

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kwadrans/internal/calendar"
	"kwadrans/internal/kwadrans"
)

// badness is how a server that was good turns bad.
var badness = map[string]struct {
	answer http.HandlerFunc
	code   kwadrans.Code
}{
	"rubbish":        {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "\x00\xff rubbish") }, kwadrans.CodeCalendarUnreadable},
	"login page":     {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<!doctype html><form>") }, kwadrans.CodeCalendarUnreadable},
	"nothing":        {func(http.ResponseWriter, *http.Request) {}, kwadrans.CodeCalendarUnreadable},
	"half":           {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(page("", busyEvent)[:120]) }, kwadrans.CodeCalendarUnreadable},
	"half announced": {halfAnnounced, kwadrans.CodeCalendarUnreadable},
	"never":          {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, kwadrans.CodeTimeout},
	"50 MB":          {fifty, kwadrans.CodeCalendarUnreadable},
	"denied":         {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, kwadrans.CodeCalendarRefused},
	"gone":           {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }, kwadrans.CodeNotFound},
	"down":           {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, kwadrans.CodeCalendarRefused},
	"hangs up": {func(w http.ResponseWriter, _ *http.Request) {
		if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
			_ = c.Close()
		}
	}, kwadrans.CodeOffline},
}

const busyEvent = "a 20261130T090000Z 1"

func halfAnnounced(w http.ResponseWriter, _ *http.Request) {
	c, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"+string(page("")))
	_ = c.Close()
}

func fifty(w http.ResponseWriter, _ *http.Request) {
	_, _ = io.WriteString(w, "BEGIN:VCALENDAR\r\n")
	line := []byte("X-A:" + strings.Repeat("a", 1<<16) + "\r\n")
	for n := 0; n < 50<<20; n += len(line) {
		if _, err := w.Write(line); err != nil {
			return
		}
	}
	_, _ = io.WriteString(w, "END:VCALENDAR\r\n")
}

// turned reads a calendar over the network, lets its server turn bad, looks again,
// and returns what is known then.
func turned(t *testing.T, bad http.HandlerFunc, edge Edge) (w *world, id string) {
	t.Helper()
	var now atomic.Value
	now.Store(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("ETag", `"1"`)
		_, _ = rw.Write(page("", busyEvent))
	}))
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { now.Load().(http.HandlerFunc)(rw, r) }))
	t.Cleanup(s.Close)
	w = newWorld(t)
	w.Edges[kwadrans.CalendarFeed] = edge
	w.Deadline = 10 * time.Second
	c, err := w.Add(t.Context(), kwadrans.Calendar{Kind: kwadrans.CalendarFeed, Address: s.URL + "/s3cr3t", Near: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	now.Store(bad)
	w.Deadline = 400 * time.Millisecond // of the server that never answers; the others are faster
	w.pass(time.Hour)
	if _, err := w.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w, c.ID
}

func TestBadServersNeverMakeFree(t *testing.T) {
	for name, bad := range badness {
		t.Run(name, func(t *testing.T) {
			w, id := turned(t, bad.answer, calendar.Feed{})
			rep := w.ask(t, week)
			if free(rep, span(0, 9, 1)) || !rep.Busy[0].CheckedAt.Equal(at(0, 8)) {
				t.Errorf("the event is gone: %+v", rep)
			}
			s := w.state(t, id)
			if s.Freshness != kwadrans.Stale || s.Reading.Code != bad.code || s.Reading.Words == "" {
				t.Errorf("%s: %+v", s.Freshness, s.Reading)
			}
			if strings.Contains(s.Reading.Words, "s3cr3t") || strings.Contains(s.Name, "s3cr3t") {
				t.Errorf("the address is told: %+v", s)
			}
			w.pass(48 * time.Hour)
			if rep := w.ask(t, week); free(rep, span(0, 12, 1)) {
				t.Error("without a copy that counts it is free")
			}
		})
	}
}

// believer is an edge that takes what came for the calendar.
type believer struct{ calendar.Feed }

func (b believer) Read(ctx context.Context, c kwadrans.Calendar, s kwadrans.Secret, have map[string]string) (kwadrans.CalendarChange, error) {
	change, err := b.Feed.Read(ctx, c, s, have)
	if err != nil {
		return whole(""), nil
	}
	return change, err
}

// The control: an edge that believes bad servers makes the host free, and is seen.
func TestBadServersWouldMakeFree(t *testing.T) {
	for name, bad := range badness {
		if name == "never" { // there is nothing to believe
			continue
		}
		w, _ := turned(t, bad.answer, believer{})
		if rep := w.ask(t, week); !free(rep, span(0, 9, 1)) {
			t.Errorf("%s is not seen: %+v", name, rep)
		}
	}
}

// What is whole but cannot be read must not replace what can.
func TestUnreadableEventsKeepTheCopy(t *testing.T) {
	w := newWorld(t)
	c := w.add(t, busyEvent)
	w.edge.set(kwadrans.CalendarChange{Whole: true, Changed: []kwadrans.CalendarObject{{Body: []byte("nonsense")}}}, nil)
	said, err := w.Refresh(t.Context())
	if err != nil || kwadrans.CodeOf(said[0].Err) != kwadrans.CodeCalendarUnreadable {
		t.Errorf("%+v %v", said, err)
	}
	if rep := w.ask(t, week); free(rep, span(0, 9, 1)) || w.state(t, c.ID).Reading.Mark.ETag != "e" {
		t.Errorf("%+v", rep)
	}
}
