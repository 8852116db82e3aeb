package slots_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"
	"kwadrans/internal/slots/naive"

	"pgregory.net/rapid"
)

// holds checks a property on random worlds.
func holds(t *testing.T, property func(w world) error) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		if err := property(worlds.Draw(t, "world")); err != nil {
			t.Fatal(err)
		}
	})
}

// noticed is the control: a property of something with a fault must fail somewhere.
func noticed(t *testing.T, property func(w world) error) {
	t.Helper()
	n := 0
	for seed := range 60 {
		if property(worlds.Example(seed)) != nil {
			n++
		}
	}
	if n == 0 {
		t.Error("the fault was not noticed")
	}
	t.Logf("noticed in %d of 60 worlds", n)
}

// lively takes out of a world what would leave no slot at all, most of the time.
func lively(property func(w world) error) func(w world) error {
	return func(w world) error {
		w.q.Hosts = slices.Clone(w.q.Hosts)
		for i := range w.q.Hosts {
			w.q.Hosts[i].Active = true
		}
		w.q.Topic.On, w.q.Topic.MaxDays, w.q.Now = true, 730, w.from.Add(-24*time.Hour)
		w.q.Topic.Duration = min(w.q.Topic.Duration, kwadrans.Duration(90*time.Minute))
		return property(w)
	}
}

func made(w world) *slots.Engine {
	e, err := slots.New(w.q)
	if err != nil {
		panic(err) // every world is valid
	}
	return e
}

// meets says what of a host's busy side a meeting at start is not allowed to meet.
func meets(w world, h slots.Host, start time.Time) error {
	k := w.q.Topic
	core := kwadrans.Span{Start: start, End: start.Add(k.Duration.Std())}
	padded := core.Widen(k.BufferBefore.Std(), k.BufferAfter.Std())
	for _, b := range h.Busy {
		if padded.Overlaps(b.Span) || core.Overlaps(b.Widen(b.Before, b.After)) && b.Start.Before(b.End) {
			return fmt.Errorf("%v of %s meets %v", start, h.ID, b.Span)
		}
	}
	for _, u := range h.Unknown {
		if padded.Overlaps(u.Span) {
			return fmt.Errorf("%v of %s meets the unknown %v", start, h.ID, u.Span)
		}
	}
	return nil
}

func aSlotMeetsNothing(list []slots.Slot, w world) error {
	for _, s := range list {
		for _, h := range naive.Plain(w.q).Hosts {
			if slices.Contains(s.Hosts, h.ID) {
				if err := meets(w, h, s.Start); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func TestSlotsMeetNothing(t *testing.T) {
	holds(t, lively(func(w world) error { return aSlotMeetsNothing(made(w).Slots(w.from, w.to), w) }))
	noticed(t, lively(func(w world) error {
		e := made(w)
		e.ForgetBuffers()
		return aSlotMeetsNothing(e.Slots(w.from, w.to), w)
	}))
}

func equal(a, b slots.Slot) bool { return a.Start.Equal(b.Start) && slices.Equal(a.Hosts, b.Hosts) }

// theSumOfDays compares a range with its days, of the first host, asked for from the
// last to the first. late is how much too far each is asked.
func theSumOfDays(e *slots.Engine, w world, late time.Duration) error {
	loc, err := kwadrans.Zone(w.q.Hosts[0].Schedule.Zone)
	if err != nil {
		return err
	}
	var days []slots.Slot
	for end := w.to; end.After(w.from); {
		day, _ := kwadrans.Resolve(kwadrans.DateOf(end.Add(-time.Second).In(loc)), 0, loc)
		if day.Before(w.from) || !day.Before(end) {
			day = w.from
		}
		days = append(e.Slots(day, end.Add(late)), days...)
		end = day
	}
	if whole := e.Slots(w.from, w.to); !slices.EqualFunc(whole, days, equal) {
		return fmt.Errorf("whole %v\ndays %v", whole, days)
	}
	return nil
}

func TestARangeIsTheSumOfItsDays(t *testing.T) {
	holds(t, lively(func(w world) error { return theSumOfDays(made(w), w, 0) }))
	noticed(t, lively(func(w world) error { return theSumOfDays(made(w), w, time.Second) }))
}

// alone are the engines of each host alone.
func alone(w world) (list []*slots.Engine) {
	for _, h := range w.q.Hosts {
		one := w
		one.q.Mode, one.q.Hosts = slots.One, []slots.Host{h}
		list = append(list, made(one))
	}
	return list
}

// anyHolds: what one host offers is in the list under the host's name, and who is
// named is free.
func anyHolds(list []slots.Slot, w world) error {
	for i, e := range alone(w) {
		id := w.q.Hosts[i].ID
		for _, s := range e.Slots(w.from, w.to) {
			if !slices.ContainsFunc(list, func(o slots.Slot) bool { return o.Start.Equal(s.Start) && slices.Contains(o.Hosts, id) }) {
				return fmt.Errorf("%v of %s is missing", s.Start, id)
			}
		}
		for _, s := range list {
			if why := e.Check(s.Start); slices.Contains(s.Hosts, id) && len(why) > 0 {
				return fmt.Errorf("%v: %s has %v", s.Start, id, why)
			}
		}
	}
	return nil
}

func TestAnyHoldsEveryHost(t *testing.T) {
	anyOf := func(w world) []slots.Slot {
		w.q.Mode = slots.Any
		return made(w).Slots(w.from, w.to)
	}
	holds(t, lively(func(w world) error { return anyHolds(anyOf(w), w) }))
	noticed(t, lively(func(w world) error {
		list := anyOf(w)
		return anyHolds(list[:max(len(list)-1, 0)], w)
	}))
	noticed(t, lively(func(w world) error {
		list := anyOf(w)
		for i := range list {
			list[i].Hosts = list[0].Hosts
		}
		return anyHolds(list, w)
	}))
}

// allHolds: the list is what somebody offers and everybody is free for.
func allHolds(list []slots.Slot, w world) error {
	hosts := alone(w)
	var want []time.Time
	for _, e := range hosts {
		for _, s := range e.Slots(w.from, w.to) {
			if !slices.ContainsFunc(hosts, func(o *slots.Engine) bool { return len(o.Check(s.Start)) > 0 }) {
				want = append(want, s.Start)
			}
		}
	}
	slices.SortFunc(want, time.Time.Compare)
	want = slices.CompactFunc(want, time.Time.Equal)
	if !slices.EqualFunc(list, want, func(s slots.Slot, t time.Time) bool { return s.Start.Equal(t) }) {
		return fmt.Errorf("got %v\nwant %v", list, want)
	}
	return nil
}

func TestAllIsTheIntersection(t *testing.T) {
	of := func(mode slots.Mode) func(w world) error {
		return func(w world) error {
			w.q.Mode = mode
			return allHolds(made(w).Slots(w.from, w.to), w)
		}
	}
	holds(t, lively(of(slots.All)))
	noticed(t, lively(of(slots.Any)))
}

// moved compares an engine that was asked before with a new one at a later time.
func moved(w world, at func(e *slots.Engine, now time.Time) *slots.Engine) error {
	later := w
	later.q.Now = w.from.Add(w.to.Sub(w.from) / 3)
	e := made(w)
	e.Slots(w.from, w.to)
	e = at(e, later.q.Now)
	if got, want := e.Slots(w.from, w.to), made(later).Slots(w.from, w.to); !slices.EqualFunc(got, want, equal) {
		return fmt.Errorf("got %v\nwant %v", got, want)
	}
	return differs(e, later)
}

func TestAnEngineIsKeptWhileTheClockGoesOn(t *testing.T) {
	holds(t, func(w world) error { return moved(w, (*slots.Engine).At) })
	noticed(t, func(w world) error {
		return moved(w, func(e *slots.Engine, _ time.Time) *slots.Engine { return e })
	})
}
