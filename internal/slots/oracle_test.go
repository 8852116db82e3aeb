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

// differs compares every answer of the engine with the naive one.
func differs(e *slots.Engine, w world) error {
	n, err := naive.New(w.q, w.from, w.to)
	if err != nil {
		return err
	}
	for t := w.from; t.Before(w.to); t = t.Add(37 * time.Minute) { // off the grid, and before anything is made ready
		if err := differsAt(e, n, w, t); err != nil {
			return err
		}
	}
	got := e.Slots(w.from, w.to)
	var starts []time.Time
	for _, s := range got {
		starts = append(starts, s.Start)
		if s.End.Sub(s.Start) != w.q.Topic.Duration.Std() {
			return fmt.Errorf("%v lasts until %v", s.Start, s.End)
		}
		if !slices.Equal(s.Hosts, n.FreeHosts(s.Start)) {
			return fmt.Errorf("%v: hosts %v, want %v", s.Start, s.Hosts, n.FreeHosts(s.Start))
		}
	}
	if want := n.Slots(w.from, w.to); !slices.EqualFunc(starts, want, time.Time.Equal) {
		return fmt.Errorf("slots %v\nwant  %v", starts, want)
	}
	return whyDiffers(e, n, w)
}

// whyDiffers proves that the grid is the slots and the starts with a reason.
func whyDiffers(e *slots.Engine, n *naive.World, w world) error {
	why := e.Why(w.from, w.to)
	for i, c := range why {
		if i > 0 && !why[i-1].Start.Before(c.Start) {
			return fmt.Errorf("%v comes after %v", c.Start, why[i-1].Start)
		}
		if first := e.Check(c.Start); len(first) == 0 || first[0].Code != c.Code {
			return fmt.Errorf("%v: why says %v, check %v", c.Start, c.Code, first)
		}
	}
	for _, t := range n.Grid(w.from, w.to) {
		explained := slices.ContainsFunc(why, func(c kwadrans.Conflict) bool { return c.Start.Equal(t) })
		if explained == n.Free(t) {
			return fmt.Errorf("%v: free %v, explained %v", t, n.Free(t), explained)
		}
		if err := differsAt(e, n, w, t); err != nil {
			return err
		}
	}
	return nil
}

// differsAt compares the reasons against one start.
func differsAt(e *slots.Engine, n *naive.World, w world, t time.Time) error {
	conflicts := e.Check(t)
	if (len(conflicts) == 0) != n.Free(t) {
		return fmt.Errorf("%v: conflicts %v, free %v", t, conflicts, n.Free(t))
	}
	if len(conflicts) == 0 {
		return nil
	}
	var got []kwadrans.WhyNot
	for _, c := range conflicts {
		got = append(got, c.Code)
	}
	want := wanted(n, w.q, t)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(slices.Compact(got), slices.Compact(want)) {
		return fmt.Errorf("%v: reasons %v, want %v", t, got, want)
	}
	for _, at := range conflicts[0].Nearest {
		if len(e.Check(at)) > 0 {
			return fmt.Errorf("%v: the nearest %v is not free", t, at)
		}
		if at.Before(t.Add(-slots.Back)) || at.After(t.Add(slots.Ahead)) {
			return fmt.Errorf("%v: of the nearest %v not everything is known", t, at)
		}
	}
	return nil
}

// wanted joins the reasons of the hosts. With Any, hosts who are not active are
// passed over while there are others, and one without a reason of its own
// leaves only what stands against everybody.
func wanted(n *naive.World, q slots.Query, t time.Time) (want []kwadrans.WhyNot) {
	active := slices.ContainsFunc(q.Hosts, func(h slots.Host) bool { return h.Active })
	for i, h := range q.Hosts {
		codes := n.Codes(i, t)
		if q.Mode == slots.Any && active && !h.Active {
			continue
		}
		if q.Mode == slots.Any && !slices.ContainsFunc(codes, func(c kwadrans.WhyNot) bool {
			return c != kwadrans.TopicOff && c != kwadrans.Past && c != kwadrans.TooSoon
		}) {
			return codes
		}
		want = append(want, codes...)
	}
	return want
}

func TestOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		e, err := slots.New(w.q)
		if err != nil {
			t.Fatal(err)
		}
		if err := differs(e, w); err != nil {
			t.Fatal(err)
		}
	})
}

// The control: engines with a fault must be found out.
func TestOracleFindsMutants(t *testing.T) {
	mutants := map[string]func(*slots.Engine){
		"time.Date": func(e *slots.Engine) {
			e.UseResolver(func(d kwadrans.Date, m int, loc *time.Location) (time.Time, kwadrans.Fit) {
				return time.Date(d.Year, d.Month, d.Day, 0, m, 0, 0, loc), kwadrans.Once
			})
		},
		"no buffers": (*slots.Engine).ForgetBuffers,
	}
	found := map[string]int{}
	for seed := range 80 {
		w := worlds.Example(seed)
		if err := differs(engine(t, w.q), w); err != nil {
			t.Fatalf("seed %d without a fault: %v", seed, err)
		}
		for name, spoil := range mutants {
			e := engine(t, w.q)
			if spoil(e); differs(e, w) != nil {
				found[name]++
			}
		}
	}
	for name := range mutants {
		if found[name] == 0 {
			t.Errorf("%s was not noticed", name)
		}
		t.Logf("%s: noticed in %d of 80 worlds", name, found[name])
	}
}
