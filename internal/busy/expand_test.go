package busy

import (
	"context"
	"slices"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

type ctxt = context.Context

const floating = "f 20261201T090000 1"

func zoned(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// Another zone of the host moves floating times, whoever notices first.
func TestRulesThatChange(t *testing.T) {
	w := newWorld(t)
	w.add(t, floating)
	warsaw := zoned(t, "Europe/Warsaw")
	if free(w.ask(t, week), span(1, 9, 1)) || !free(w.ask(t, week), span(1, 8, 1)) {
		t.Fatal("UTC is not taken")
	}
	w.zone = warsaw
	n := w.edge.count()
	if free(w.ask(t, week), span(1, 8, 1)) || !free(w.ask(t, week), span(1, 9, 1)) {
		t.Error("the new zone is not taken")
	}
	if got := w.memory.copies["calendar-001"].Instances[0].Start; !got.Equal(at(1, 8)) {
		t.Errorf("kept is %v", got)
	}
	w.zone = time.UTC
	if err := w.Rework(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := w.memory.copies["calendar-001"].Instances[0].Start; !got.Equal(at(1, 9)) {
		t.Errorf("kept is %v", got)
	}
	other := newWorld(t) // another process, which has no copy in memory
	other.Store, other.reader.Own = w.memory, w.memory
	if free(other.ask(t, week), span(1, 9, 1)) || w.edge.count() != n {
		t.Error("the other process knows nothing")
	}
}

// The zone is saved, and the program ends before the copies are worked out anew: who comes
// next must not take the copy by the old zone for one by the new.
func TestCrashBetweenTheProfileAndItsCopies(t *testing.T) {
	w := newWorld(t)
	w.add(t, floating)
	next := newWorld(t)
	next.Store, next.reader.Own, next.zone = w.memory, w.memory, zoned(t, "Europe/Warsaw")
	if rep := next.ask(t, week); free(rep, span(1, 8, 1)) || !free(rep, span(1, 9, 1)) {
		t.Errorf("the copy by the old zone counts: %+v", rep.Busy)
	}
	if got := w.memory.copies["calendar-001"].Instances[0].Start; !got.Equal(at(1, 8)) {
		t.Errorf("kept is %v", got)
	}
	if next.edge.count() > 0 {
		t.Error("a question touched the network")
	}
}

func TestDeclinedByTheHost(t *testing.T) {
	w := newWorld(t)
	w.self = []string{"anna@example.com"}
	w.add(t, "x 20261201T090000Z 1 ATTENDEE;PARTSTAT=DECLINED:mailto:Anna@example.com")
	if !free(w.ask(t, week), week) {
		t.Error("what was declined blocks")
	}
	w.self = []string{"other@example.com"}
	if free(w.ask(t, week), span(1, 9, 1)) {
		t.Error("what somebody else declined does not block")
	}
}

func TestQuestionsBeyondTheCopy(t *testing.T) {
	w := newWorld(t)
	c := w.add(t, "d 20260101T090000Z 1 RRULE:FREQ=DAILY")
	n := w.edge.count()
	for _, day := range []int{-300, 500, 1000, 20000, -4000} {
		rep := w.ask(t, span(day, 0, 24))
		if busy := !free(rep, span(day, 9, 1)); busy != (day >= -333) || len(rep.Unknown) > 0 {
			t.Errorf("day %d: %+v", day, rep)
		}
	}
	kept := w.memory.copies[c.ID]
	if !kept.Contains(span(-300, 0, 1300*24)) || kept.End.After(at(outermost+1, 0)) {
		t.Errorf("kept is %v", kept.Span)
	}
	if w.edge.count() != n {
		t.Error("a question touched the network")
	}
}

// The stretch of a copy goes on with the days even if the calendar never changes.
func TestUnchangedCalendarKeepsItsHorizon(t *testing.T) {
	w := newWorld(t)
	c := w.add(t, "d 20260101T090000Z 1 RRULE:FREQ=DAILY")
	w.edge.set(kwadrans.CalendarChange{Same: true, Mark: kwadrans.SourceMark{ETag: "e2"}}, nil)
	for range 100 {
		w.pass(24 * time.Hour)
		if _, err := w.RefreshDue(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
	}
	if kept := w.memory.copies[c.ID]; kept.End.Before(at(100+ahead-slack, 0)) || w.state(t, c.ID).Reading.Mark.ETag != "e2" {
		t.Errorf("%v", kept.Span)
	}
}

// A part of a server's calendar changes.
func TestChangesAreLaidUponTheCopy(t *testing.T) {
	w := newWorld(t)
	object := func(href, event string) kwadrans.CalendarObject {
		return kwadrans.CalendarObject{Href: href, ETag: event, Body: page("", event)}
	}
	w.edge.set(kwadrans.CalendarChange{Whole: true, Changed: []kwadrans.CalendarObject{object("/1", "a 20261130T090000Z 1"), object("/2", "b 20261201T090000Z 1")}}, nil)
	c, err := w.Add(t.Context(), kwadrans.Calendar{Kind: kwadrans.CalendarServer, Address: "https://dav.example/c/"}, "p")
	if err != nil {
		t.Fatal(err)
	}
	w.edge.set(kwadrans.CalendarChange{Changed: []kwadrans.CalendarObject{object("/1", "a 20261203T090000Z 1"), object("/3", "c 20261204T090000Z 1")}, Gone: []string{"/2"}}, nil)
	refresh(t, w, c.ID)
	rep := w.ask(t, week)
	if !slices.Equal(uids(rep), []string{"a", "c"}) || !free(rep, span(0, 9, 1)) || len(w.edge.have) != 2 {
		t.Errorf("%+v", rep)
	}
	w.edge.set(kwadrans.CalendarChange{Gone: []string{"/1", "/3"}}, nil)
	refresh(t, w, c.ID)
	if rep := w.ask(t, week); len(rep.Busy)+len(rep.Unknown) > 0 {
		t.Errorf("an empty collection: %+v", rep)
	}
}

// Two processes look at a server at once; each lays its change upon what it had.
func TestLookThatCameBetween(t *testing.T) {
	w := newWorld(t)
	object := func(href, event string) kwadrans.CalendarObject {
		return kwadrans.CalendarObject{Href: href, Body: page("", event)}
	}
	w.edge.set(kwadrans.CalendarChange{Whole: true}, nil)
	c, err := w.Add(t.Context(), kwadrans.Calendar{Kind: kwadrans.CalendarServer, Address: "https://dav.example/c/"}, "p")
	if err != nil {
		t.Fatal(err)
	}
	other := newWorld(t)
	other.Store = w.memory
	other.edge.set(kwadrans.CalendarChange{Changed: []kwadrans.CalendarObject{object("/1", "a 20261130T090000Z 1")}}, nil)
	w.edge.set(kwadrans.CalendarChange{Changed: []kwadrans.CalendarObject{object("/2", "b 20261201T090000Z 1")}}, nil)
	w.between = func() { refresh(t, other, c.ID) }
	refresh(t, w, c.ID)
	for name, r := range map[string]*world{"this": w, "other": other} {
		r.reader.Own = w.memory
		if got := uids(r.ask(t, week)); !slices.Equal(got, []string{"a", "b"}) {
			t.Errorf("the %s process knows %q", name, got)
		}
	}
}

// While a copy is worked out anew, a look brings newer objects.
func TestLookFasterThanRework(t *testing.T) {
	w := newWorld(t)
	c := w.add(t, "a 20261130T090000Z 1")
	other := newWorld(t)
	other.Store, other.reader.Own = w.memory, w.memory
	other.edge.set(whole("", "b 20261130T120000Z 1"), nil)
	w.between = func() { refresh(t, other, c.ID) }
	w.zone = zoned(t, "Europe/Warsaw")
	if got := uids(w.ask(t, week)); !slices.Equal(got, []string{"b"}) {
		t.Errorf("%q", got)
	}
}

// A question that is called off must not leave half a copy behind.
func TestCalledOffExpansionIsNotKept(t *testing.T) {
	w := newWorld(t)
	c := w.add(t, "d 20260101T090000Z 1 RRULE:FREQ=DAILY")
	before := w.memory.copies[c.ID]
	ctx, cancel := context.WithCancel(t.Context())
	inner := w.Keeper.Expand
	w.Keeper.Expand = func(ctx context.Context, pages [][]byte, in kwadrans.Span, r Rules) Expansion {
		cancel()
		return inner(ctx, pages, in, r)
	}
	if _, err := w.reader.Read(ctx, Ask{Host: kwadrans.Me, Span: span(500, 0, 24)}); err == nil {
		t.Error("nothing is said")
	}
	if after := w.memory.copies[c.ID]; after.Span != before.Span || len(after.Unknown) > 0 {
		t.Errorf("%v", after.Span)
	}
}
