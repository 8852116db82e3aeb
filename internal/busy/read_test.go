package busy

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

func TestWithoutKeeperZoomIsAsked(t *testing.T) {
	w := newWorld(t)
	w.zoom.list = []kwadrans.Busy{meeting(1, span(0, 9, 1)), meeting(2, span(0, 12, 1))}
	w.joint[2] = true
	r := &Reader{Own: w.memory, Zoom: w.zoom, Now: w.clock}
	for range 2 {
		rep, err := r.Read(t.Context(), Ask{Host: kwadrans.Me, Span: week, Zoom: true})
		if err != nil || !slices.Equal(uids(rep), []string{"1"}) {
			t.Errorf("%+v %v", rep, err)
		}
	}
	w.zoom.err = refusal(kwadrans.CodeOffline)
	rep, err := r.Read(t.Context(), Ask{Host: kwadrans.Me, Span: week, Zoom: true})
	if err != nil || len(rep.Unknown) != 1 || rep.Unknown[0].Span != week {
		t.Errorf("%+v %v", rep, err)
	}
	if len(w.zoom.asked) != 3 {
		t.Errorf("asked %d times", len(w.zoom.asked))
	}
}

func TestAnswersComeFromTheCopy(t *testing.T) {
	w := newWorld(t)
	c := w.add(t, "a 20261130T090000Z 1", "b 20261202T090000Z 2", "far 20271001T090000Z 1")
	w.bookings = []kwadrans.Busy{{Span: span(0, 15, 1), Kind: kwadrans.FromBooking, ID: "own"}}
	w.pass(time.Hour)
	reads := w.edge.count()
	rep := w.ask(t, week)
	if !slices.Equal(uids(rep), []string{"a", "b", "own"}) || len(rep.Unknown) != 0 {
		t.Fatalf("%+v", rep)
	}
	for _, b := range rep.Busy {
		if b.ID == "a" && (b.Span != span(0, 9, 1) || b.Kind != kwadrans.FromCalendar || b.Source != "Work" || b.Item != "Event a" || !b.CheckedAt.Equal(c.Reading.Good)) {
			t.Errorf("%+v", b)
		}
	}
	if w.edge.count() != reads {
		t.Error("a question touched the network")
	}
	if other, err := w.reader.Read(t.Context(), Ask{Host: "somebody", Span: week}); err != nil || len(other.Busy) != 1 {
		t.Errorf("another host: %+v %v", other, err)
	}
}

func TestStatesOfASource(t *testing.T) {
	w := newWorld(t)
	c := w.add(t, "a 20261130T090000Z 1", "w 20261201T090000Z 1 RRULE:FREQ=DAILY")
	if s := w.state(t, c.ID); s.Freshness != kwadrans.Fresh {
		t.Errorf("%+v", s)
	}
	w.edge.set(kwadrans.CalendarChange{}, refusal(kwadrans.CodeCalendarAuth))
	w.pass(time.Hour)
	said, err := w.Refresh(t.Context(), c.ID)
	if err != nil || len(said) != 1 || kwadrans.CodeOf(said[0].Err) != kwadrans.CodeCalendarAuth || said[0].Name != "Work" {
		t.Errorf("%+v %v", said, err)
	}
	s := w.state(t, c.ID)
	if s.Freshness != kwadrans.Stale || s.Reading.Fails != 1 || s.Reading.Code != kwadrans.CodeCalendarAuth || !s.Reading.Good.Equal(at(0, 8)) || s.Reading.Mark.ETag != "e" {
		t.Errorf("%+v", s)
	}
	rep := w.ask(t, week)
	if len(rep.Unknown) != 0 || !slices.Contains(uids(rep), "a") || !rep.Busy[0].CheckedAt.Equal(at(0, 8)) {
		t.Errorf("stale: %+v", rep)
	}
	w.pass(23*time.Hour + time.Second)
	rep = w.ask(t, week)
	if s := w.state(t, c.ID); s.Freshness != kwadrans.Unreadable {
		t.Errorf("%+v", s)
	}
	if len(rep.Unknown) != 1 || rep.Unknown[0].Span != week || rep.Unknown[0].Source != "Work" || rep.Unknown[0].Code != kwadrans.CodeCalendarAuth || !slices.Contains(uids(rep), "a") {
		t.Errorf("too old: %+v", rep)
	}
	w.edge.set(whole(""), nil)
	if _, err := w.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if rep := w.ask(t, week); len(rep.Busy)+len(rep.Unknown) != 0 {
		t.Errorf("an empty calendar: %+v", rep)
	}
}

// A copy that is young enough is not unknown because nobody looked for a while.
func TestNotLookedAtForAWhileIsNotUnknown(t *testing.T) {
	w := newWorld(t)
	w.add(t, "a 20261130T090000Z 1")
	w.pass(23 * time.Hour)
	if rep := w.ask(t, week); len(rep.Unknown) != 0 {
		t.Errorf("%+v", rep)
	}
	w.Keep = time.Hour
	if rep := w.ask(t, week); len(rep.Unknown) != 1 || rep.Unknown[0].Code != kwadrans.CodeSourceUnknown || rep.Unknown[0].Words != saidTooOld {
		t.Errorf("with a shorter limit: %+v", rep)
	}
}

func TestNeverReadIsUnknown(t *testing.T) {
	w := newWorld(t)
	if err := w.AddCalendar(t.Context(), kwadrans.Calendar{ID: "calendar-xyz", Kind: kwadrans.CalendarFeed, Name: "New", Address: "x"}, ""); err != nil {
		t.Fatal(err)
	}
	rep := w.ask(t, week)
	if len(rep.Unknown) != 1 || rep.Unknown[0].Span != week || rep.Unknown[0].Words != saidNeverRead {
		t.Errorf("%+v", rep)
	}
}

func TestPastTheBudgetIsBusy(t *testing.T) {
	w := newWorld(t)
	w.add(t, "a 20261130T090000Z 1", "s 20261202T000000Z 1 RRULE:FREQ=SECONDLY")
	rep := w.ask(t, week)
	if free(rep, span(3, 9, 1)) || !free(rep, span(0, 12, 1)) {
		t.Errorf("%+v", rep)
	}
	if !slices.ContainsFunc(rep.Busy, func(b kwadrans.Busy) bool { return b.Item == TooMuch && b.Assumed && b.Kind == kwadrans.FromCalendar }) || len(rep.Unknown) != 0 {
		t.Errorf("nobody says why: %+v", rep)
	}
}

// A colleague who uses the program too invites the host: the page looks like ours.
func TestOnlyOurOwnBookingsAreLeftOut(t *testing.T) {
	w := newWorld(t)
	w.own["0190@kwadrans"] = true
	w.add(t, "0190@kwadrans 20261130T090000Z 1", "0191@kwadrans 20261130T120000Z 1")
	if got := uids(w.ask(t, week)); !slices.Equal(got, []string{"0191@kwadrans"}) {
		t.Errorf("%q", got)
	}
}

func TestBinarySearchFindsWhatALoopFinds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 300 {
		var c kwadrans.Copy
		for i := range r.IntN(60) {
			start := monday.Add(time.Duration(r.IntN(500)) * time.Hour)
			length := time.Duration(r.IntN(5)) * time.Hour
			if r.IntN(10) == 0 {
				length = time.Duration(r.IntN(400)) * time.Hour
			}
			c.Instances = append(c.Instances, kwadrans.Instance{UID: fmt.Sprint(i), Span: kwadrans.Span{Start: start, End: start.Add(length)}})
		}
		h := hold(c, 0)
		start := monday.Add(time.Duration(r.IntN(500)) * time.Hour)
		s := kwadrans.Span{Start: start, End: start.Add(time.Duration(r.IntN(50)) * time.Hour)}
		var got, want []string
		h.each(s, func(in *kwadrans.Instance) { got = append(got, in.UID) })
		for _, in := range h.Instances {
			if in.Overlaps(s) {
				want = append(want, in.UID)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("world %d: %q, not %q", n, got, want)
		}
	}
}

// fill adds ten calendars of five thousand instances.
func (w *world) fill(t testing.TB) {
	t.Helper()
	for n := range 10 {
		id := fmt.Sprintf("calendar-%d", n)
		if err := w.Store.AddCalendar(t.Context(), kwadrans.Calendar{ID: id, Name: id, Address: id, Kind: kwadrans.CalendarFeed, Added: w.now}, ""); err != nil {
			t.Fatal(err)
		}
		c := kwadrans.Copy{Span: horizon(w.now), Rules: fingerprint(Rules{Zone: w.zone})}
		for i := range 5000 {
			start := at(-7, 0).Add(time.Duration(i*115+n) * time.Minute)
			c.Instances = append(c.Instances, kwadrans.Instance{UID: fmt.Sprint(i), Span: kwadrans.Span{Start: start, End: start.Add(time.Hour)}})
		}
		if _, err := w.Store.KeepLook(t.Context(), id, kwadrans.Look{Reading: kwadrans.Reading{Good: w.now}, Copy: &c}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAWeekIsAnsweredAtOnce(t *testing.T) {
	w := newWorld(t)
	w.fill(t)
	w.ask(t, week)
	best := time.Hour
	for range 20 {
		start := time.Now()
		rep := w.ask(t, week)
		best = min(best, time.Since(start))
		if len(rep.Busy) < 800 || len(rep.Unknown) > 0 {
			t.Fatalf("%d busy, %d unknown", len(rep.Busy), len(rep.Unknown))
		}
	}
	if best > 5*time.Millisecond {
		t.Errorf("it takes %v", best)
	}
}
