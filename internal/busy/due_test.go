package busy

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"kwadrans/internal/kwadrans"
)

// looks lets time pass, asking every minute what is due, and returns after how
// many minutes the edge was asked.
func looks(t *testing.T, w *world, length time.Duration) (minutes []int) {
	t.Helper()
	for n := range int(length / time.Minute) {
		before := w.edge.count()
		if _, err := w.RefreshDue(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
		if w.edge.count() > before {
			minutes = append(minutes, n)
		}
		time.Sleep(time.Minute)
	}
	return minutes
}

// inTime runs a test in a bubble whose clock is the world's.
func inTime(t *testing.T, f func(*testing.T, *world)) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(at(0, 8)))
		w := newWorld(t)
		w.Keeper.Now, w.reader.Now = time.Now, time.Now
		f(t, w)
	})
}

func steps(minutes []int) (list []int) {
	for i := 1; i < len(minutes); i++ {
		list = append(list, minutes[i]-minutes[i-1])
	}
	return list
}

func TestBackOff(t *testing.T) {
	for code, want := range map[kwadrans.Code][]int{
		kwadrans.CodeCalendarRefused: {15, 30, 60, 120, 240, 360, 360},
		kwadrans.CodeCalendarAuth:    {15, 30, 60, 120, 240, 360, 360},
		kwadrans.CodeOffline:         {15, 15, 15, 15, 15, 15, 15}, // nobody was bothered
	} {
		inTime(t, func(t *testing.T, w *world) {
			w.add(t, busyEvent)
			w.edge.set(kwadrans.CalendarChange{}, refusal(code))
			time.Sleep(time.Hour)
			if got := steps(looks(t, w, 25*time.Hour)); !slices.Equal(got[:7], want) {
				t.Errorf("%s: %v", code, got)
			}
			w.edge.set(whole(""), nil)
			if _, err := w.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := steps(looks(t, w, 3*time.Hour)); got[0] != 30 || w.state(t, "calendar-001").Reading.Fails != 0 {
				t.Errorf("%s, good again: %v", code, got)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	for wait, want := range map[time.Duration]int{2 * time.Hour: 120, time.Minute: 15} {
		inTime(t, func(t *testing.T, w *world) {
			w.add(t, busyEvent)
			time.Sleep(time.Hour)
			until := &kwadrans.Fault{Code: kwadrans.CodeCalendarRefused, Until: time.Now().Add(wait)}
			w.edge.set(kwadrans.CalendarChange{}, kwadrans.Errorf(kwadrans.CodeCalendarRefused, "calendar: less").Because(until))
			if got := looks(t, w, 3*time.Hour); got[0] != 0 || got[1] != want {
				t.Errorf("%v: %v", wait, got)
			}
			if r := w.state(t, "calendar-001").Reading; r.Words != "calendar: less" {
				t.Errorf("%+v", r)
			}
		})
	}
}

func TestHowOften(t *testing.T) {
	for name, row := range map[string]struct {
		kind kwadrans.CalendarKind
		head string
		hint time.Duration
		want int
	}{
		"file":                    {kwadrans.CalendarFile, "REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\n", 0, 1},
		"feed":                    {kwadrans.CalendarFeed, "", 0, 30},
		"server":                  {kwadrans.CalendarServer, "", 0, 10},
		"feed that says so":       {kwadrans.CalendarFeed, "REFRESH-INTERVAL;VALUE=DURATION:PT2H\r\n", 0, 120},
		"feed whose edge says so": {kwadrans.CalendarFeed, "", time.Hour, 60},
		"hasty feed":              {kwadrans.CalendarFeed, "REFRESH-INTERVAL;VALUE=DURATION:PT1M\r\n", 0, 15},
		"slow feed":               {kwadrans.CalendarFeed, "REFRESH-INTERVAL;VALUE=DURATION:P1W\r\n", 0, 360},
	} {
		inTime(t, func(t *testing.T, w *world) {
			change := whole(row.head, busyEvent)
			change.Refresh = row.hint
			w.edge.set(change, nil)
			if _, err := w.Add(t.Context(), kwadrans.Calendar{Kind: row.kind, Address: "/x"}, ""); err != nil {
				t.Fatal(err)
			}
			w.edge.set(kwadrans.CalendarChange{Same: true}, nil)
			w.hints = nil // another process
			got := looks(t, w, 20*time.Hour)
			if got[0] != row.want || got[1] != 2*row.want || got[2] != 3*row.want {
				t.Errorf("%s: %v", name, got[:3])
			}
		})
	}
}

func TestDue(t *testing.T) {
	now := at(0, 12)
	r := func(good, next time.Duration, code kwadrans.Code) kwadrans.Reading {
		return kwadrans.Reading{Good: now.Add(-good), Tried: now.Add(-good), Next: now.Add(next), Code: code}
	}
	for _, row := range []struct {
		name string
		r    kwadrans.Reading
		kind kwadrans.CalendarKind
		age  time.Duration
		want bool
	}{
		{"never", kwadrans.Reading{}, kwadrans.CalendarFeed, 0, true},
		{"resting", r(time.Minute, time.Minute, ""), kwadrans.CalendarFeed, 0, false},
		{"its time has come", r(time.Hour, 0, ""), kwadrans.CalendarFeed, 0, true},
		{"older than wished", r(20*time.Minute, time.Hour, ""), kwadrans.CalendarFeed, time.Minute, true},
		{"young enough", r(20*time.Minute, time.Hour, ""), kwadrans.CalendarFeed, time.Hour, false},
		{"a feed that was just asked", r(10*time.Minute, time.Hour, ""), kwadrans.CalendarFeed, time.Minute, false},
		{"Zoom that was just asked", r(time.Minute, time.Hour, ""), kindZoom, time.Second, true},
		{"one that failed rests", r(20*time.Minute, time.Hour, kwadrans.CodeOffline), kwadrans.CalendarFeed, time.Minute, false},
		{"the clock was set back", kwadrans.Reading{Good: now.Add(time.Hour), Tried: now.Add(time.Hour), Next: now.Add(2 * time.Hour)}, kwadrans.CalendarFeed, 0, true},
	} {
		if got := due(row.r, row.kind, now, row.age); got != row.want {
			t.Errorf("%s: %v", row.name, got)
		}
	}
}

func TestLooksAtOneSourceBecomeOne(t *testing.T) {
	inTime(t, func(t *testing.T, w *world) {
		w.add(t, busyEvent)
		w.edge.wait = func(context.Context) { time.Sleep(time.Second) }
		before, done := w.edge.count(), make(chan error)
		for range 20 {
			go func() { _, err := w.Refresh(t.Context()); done <- err }()
		}
		for range 20 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if n := w.edge.count() - before; n != 1 {
			t.Errorf("%d looks", n)
		}
		if _, err := w.Refresh(t.Context()); err != nil || w.edge.count() != before+2 {
			t.Errorf("later: %d looks, %v", w.edge.count()-before, err)
		}
	})
}

// One source hangs and does not even stop when it is told to; the others are read.
func TestOneThatHangsHoldsNobodyUp(t *testing.T) {
	inTime(t, func(t *testing.T, w *world) {
		ids := []string{}
		for range 6 {
			ids = append(ids, w.add(t, busyEvent).ID)
		}
		release := make(chan struct{})
		defer close(release)
		hangs := &edge{wait: func(context.Context) { <-release }}
		w.list[2].Kind, w.Edges[kwadrans.CalendarFile] = kwadrans.CalendarFile, hangs
		time.Sleep(time.Hour)
		start := time.Now()
		said, err := w.RefreshDue(t.Context(), 0)
		if err != nil || time.Since(start) != DefaultDeadline {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		for i, s := range said {
			if hung := i == 2; (kwadrans.CodeOf(s.Err) == kwadrans.CodeTimeout) != hung || s.Source != ids[i] {
				t.Errorf("%+v", s)
			}
		}
		s := w.state(t, ids[2])
		if s.Freshness != kwadrans.Stale || s.Reading.Code != kwadrans.CodeTimeout || time.Until(s.Reading.Next) != firstRest {
			t.Errorf("%+v", s)
		}
		if free(w.ask(t, week), week) {
			t.Error("it is free")
		}
	})
}

func TestWhoeverWaitsMayLeave(t *testing.T) {
	inTime(t, func(t *testing.T, w *world) {
		c := w.add(t, busyEvent)
		w.edge.wait = func(context.Context) { time.Sleep(10 * time.Second) }
		w.edge.set(kwadrans.CalendarChange{}, refusal(kwadrans.CodeCalendarAuth))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := w.Refresh(ctx, c.ID); err == nil {
			t.Error("nothing is said")
		}
		if r := w.state(t, c.ID).Reading; r.Fails != 0 {
			t.Errorf("too early: %+v", r)
		}
		time.Sleep(time.Minute)
		if r := w.state(t, c.ID).Reading; r.Fails != 1 || r.Code != kwadrans.CodeCalendarAuth {
			t.Errorf("what came is not written down: %+v", r)
		}
	})
}

func TestCloseCallsLooksOff(t *testing.T) {
	inTime(t, func(t *testing.T, w *world) {
		c := w.add(t, busyEvent)
		w.edge.wait = func(ctx context.Context) { <-ctx.Done() }
		w.edge.set(kwadrans.CalendarChange{}, context.Canceled)
		done := make(chan error)
		go func() { _, err := w.Refresh(t.Context()); done <- err }()
		synctest.Wait()
		w.Close()
		if err := <-done; err == nil {
			t.Error("nothing is said")
		}
		if r := w.state(t, c.ID).Reading; r.Fails != 0 {
			t.Errorf("the source is blamed: %+v", r)
		}
		if _, err := w.Refresh(t.Context()); err == nil {
			t.Error("it goes on")
		}
	})
}

// Nothing rests because the key is locked: unlocking it is enough.
func TestLockedKeyIsNoFailureOfTheSource(t *testing.T) {
	w := newWorld(t)
	c := w.add(t, busyEvent)
	w.broken = refusal(kwadrans.CodeKeyLocked)
	said, err := w.Refresh(t.Context())
	if err != nil || kwadrans.CodeOf(said[0].Err) != kwadrans.CodeKeyLocked || w.state(t, c.ID).Reading.Fails != 0 {
		t.Errorf("%+v %v", said, err)
	}
	if s := w.state(t, c.ID); s.Freshness != kwadrans.Stale || s.Reading.Code != kwadrans.CodeKeyLocked || !due(s.Reading, c.Kind, w.now, 0) {
		t.Errorf("%+v", s)
	}
	w.broken = fmt.Errorf("disk")
	if _, err := w.Refresh(t.Context()); err == nil {
		t.Error("a broken data file is not told")
	}
}
