package caldav

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

func hrefsOf(list []kwadrans.CalendarObject) (names []string) {
	for _, o := range list {
		names = append(names, o.Href)
	}
	return names
}

// Whatever a server knows of tokens and tags, a change is seen, and only that is fetched.
func TestReadChanges(t *testing.T) {
	for name, set := range map[string]func(*lookalike){
		"tokens":          func(*lookalike) {},
		"tokens in parts": func(l *lookalike) { l.cut = 7 },
		"ctag":            func(l *lookalike) { l.noSync = true },
		"etags alone":     func(l *lookalike) { l.noSync, l.noCTag = true, true },
		"claims tokens": func(l *lookalike) {
			l.spoil = refuse("sync-collection", "", 501, "")
		},
		"token not known, 403": func(l *lookalike) { l.spoil = refuse("sync-collection", "<D:sync-token>t", 403, "valid-sync-token") },
		"token not known, 409": func(l *lookalike) { l.spoil = refuse("sync-collection", "<D:sync-token>t", 409, "valid-sync-token") },
		"too much to say": func(l *lookalike) {
			l.spoil = refuse("sync-collection", "<D:sync-token>t", 507, "number-of-matches-within-limits")
		},
		"token not known, 500":     func(l *lookalike) { l.spoil = refuse("sync-collection", "<D:sync-token>t", 500, "") },
		"answers with an object's": func(l *lookalike) { l.spoil = refuse("calendar-multiget", "", 207, "") },
	} {
		t.Run(name, func(t *testing.T) {
			s, l := new(Server), look4(t, 120)
			set(l)
			c, have := l.kept(t, s)
			change, err := s.Read(t.Context(), c, l.secret, have)
			if err != nil || !change.Same || len(change.Changed)+len(change.Gone) > 0 {
				t.Fatalf("nothing changed: %v %v %v", hrefsOf(change.Changed), change.Gone, err)
			}
			l.put("/cal/0003.ics", string(page("3", "moved")))
			l.put("/cal/new.ics", string(page("new", "new")))
			l.remove("/cal/0007.ics")
			calls := l.during(func() { change, err = s.Read(t.Context(), c, l.secret, have) })
			if err != nil || !slices.Equal(hrefsOf(change.Changed), []string{"/cal/0003.ics", "/cal/new.ics"}) || !slices.Equal(change.Gone, []string{"/cal/0007.ics"}) || change.Whole {
				t.Errorf("changed %v, gone %v, whole %v: %v", hrefsOf(change.Changed), change.Gone, change.Whole, err)
			}
			if n := len(calls); n > 6 {
				t.Errorf("%d calls: %v", n, calls)
			}
		})
	}
}

// refuse answers one REPORT with a status.
func refuse(report, with string, status int, condition string) func(http.ResponseWriter, *http.Request, string) bool {
	return func(w http.ResponseWriter, _ *http.Request, body string) bool {
		if !strings.Contains(body, report) || !strings.Contains(body, with) {
			return false
		}
		if status == http.StatusMultiStatus {
			multi(w)
			return true
		}
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(status)
		if condition != "" {
			_, _ = io.WriteString(w, `<D:error xmlns:D="DAV:"><D:`+condition+`/></D:error>`)
		}
		return true
	}
}

// A calendar of 120 objects is asked for in three batches.
func TestReadInBatches(t *testing.T) {
	s, l := new(Server), look4(t, 120)
	calls := l.during(func() { l.kept(t, s) })
	if want := []string{"PROPFIND", "sync-collection", "calendar-multiget", "calendar-multiget", "calendar-multiget"}; !slices.Equal(calls, want) {
		t.Errorf("calls: %v", calls)
	}
	c, have := l.kept(t, s)
	calls = l.during(func() { _, _ = s.Read(t.Context(), c, l.secret, have) })
	if !slices.Equal(calls, []string{"sync-collection"}) {
		t.Errorf("calls when nothing changed: %v", calls)
	}
	l.set(func() { l.noSync = true })
	c, have = l.kept(t, s)
	calls = l.during(func() { _, _ = s.Read(t.Context(), c, l.secret, have) })
	if !slices.Equal(calls, []string{"PROPFIND"}) {
		t.Errorf("calls when the ctag is the same: %v", calls)
	}
}

// One object with a control character makes the XML of its whole batch unreadable.
func TestOneSpoiltObject(t *testing.T) {
	s, l := new(Server), look4(t, 60)
	l.put("/cal/0030.ics", "BEGIN:VCALENDAR\x0b rubbish")
	change, err := s.Read(t.Context(), l.words(), l.secret, nil)
	if err != nil || len(change.Changed) != 60 {
		t.Fatalf("%d objects: %v", len(change.Changed), err)
	}
	for _, o := range change.Changed {
		if o.Href == "/cal/0030.ics" && string(o.Body) != "BEGIN:VCALENDAR\x0b rubbish" {
			t.Errorf("it came as %q", o.Body)
		}
	}
}

// Objects of 400 kB: fifty of them pass the bound of one answer.
func TestLargeObjects(t *testing.T) {
	s, l := new(Server), look4(t, 30)
	for i := range 30 {
		l.put(fmt.Sprintf("/cal/%04d.ics", i), string(page(fmt.Sprint(i), strings.Repeat("x", 400<<10))))
	}
	l.kept(t, s)
}

// What goes between the list and its objects is gone, not an error.
func TestGoneMeanwhile(t *testing.T) {
	s, l := new(Server), look4(t, 5)
	c, have := l.kept(t, s)
	l.put("/cal/0002.ics", string(page("2", "moved")))
	l.set(func() {
		l.spoil = func(_ http.ResponseWriter, _ *http.Request, body string) bool {
			if strings.Contains(body, "multiget") {
				delete(l.objects, "/cal/0002.ics")
			}
			return false
		}
	})
	change, err := s.Read(t.Context(), c, l.secret, have)
	if err != nil || len(change.Changed) > 0 || !slices.Equal(change.Gone, []string{"/cal/0002.ics"}) {
		t.Errorf("%v %v %v", hrefsOf(change.Changed), change.Gone, err)
	}
}

// An object that is listed and not given may hold an hour: the rest is not all.
func TestOneObjectRefused(t *testing.T) {
	for _, status := range []int{403, 500} {
		s, l := new(Server), look4(t, 5)
		l.spoil = func(w http.ResponseWriter, r *http.Request, body string) bool {
			if strings.Contains(body, "multiget") {
				multi(w, `<D:response><D:href>/cal/0002.ics</D:href><D:status>HTTP/1.1 403 Forbidden</D:status></D:response>`)
				return true
			}
			if r.Method == "GET" && r.URL.Path == "/cal/0002.ics" {
				w.WriteHeader(status)
				return true
			}
			return false
		}
		change, err := s.Read(t.Context(), l.words(), l.secret, nil)
		if err == nil || len(change.Changed) > 0 {
			t.Errorf("%d: %d objects came without an error", status, len(change.Changed))
		}
	}
}

// A spelling of a path is not an object of its own.
func TestOnePathInTwoSpellings(t *testing.T) {
	s, l := new(Server), look4(t, 1)
	l.put("/cal/a@b.ics", string(page("a", "a")))
	l.spoil = func(w http.ResponseWriter, r *http.Request, body string) bool {
		if !strings.Contains(body, "multiget") {
			return false
		}
		multi(w, responded("/cal/0000.ics", `<C:calendar-data>x</C:calendar-data>`), responded(l.root+"/cal/a%40b.ics", `<D:getetag>"e"</D:getetag><C:calendar-data>y</C:calendar-data>`))
		return true
	}
	change, err := s.Read(t.Context(), l.words(), l.secret, nil)
	if err != nil || !slices.Equal(hrefsOf(change.Changed), []string{"/cal/0000.ics", "/cal/a@b.ics"}) || string(change.Changed[1].Body) != "y" {
		t.Errorf("%+v %v", change.Changed, err)
	}
}

// Who stops a look gets that back, and at once.
func TestReadIsStopped(t *testing.T) {
	s, l := new(Server), look4(t, 1)
	ctx, stop := context.WithCancel(t.Context())
	l.set(func() {
		l.spoil = func(_ http.ResponseWriter, r *http.Request, _ string) bool {
			stop()
			<-r.Context().Done()
			return true
		}
	})
	if _, err := s.Read(ctx, l.words(), l.secret, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// When the server says when to come back, the one who asked can know.
func TestReadLater(t *testing.T) {
	s, l := &Server{Now: func() time.Time { return noon }}, look4(t, 1)
	l.set(func() {
		l.spoil = func(w http.ResponseWriter, r *http.Request, _ string) bool {
			status(503, "Retry-After", "60")(w, r)
			return true
		}
	})
	_, err := s.Read(t.Context(), l.words(), l.secret, nil)
	var f *kwadrans.Fault
	if !errors.As(err, &f) || !f.Until.Equal(noon.Add(time.Minute)) || kwadrans.CodeOf(err) != kwadrans.CodeOffline {
		t.Errorf("%v", err)
	}
}
