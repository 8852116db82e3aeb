package slots_test

import (
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"
	"kwadrans/internal/slots/naive"
)

// least returns the shortest of some runs: what the machine can do when it is let.
func least(runs int, f func()) time.Duration {
	best := time.Duration(1 << 62)
	for range runs {
		start := time.Now()
		f()
		best = min(best, time.Since(start))
	}
	return best
}

func timed(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("times mean nothing beside the race detector")
	}
}

// raw makes the question of a shape that makes the engine anew, kept the one that
// has it. Teams come as times: busy times of many leave the caches of a processor, and
// what is measured then is the memory.
func (s shape) raw(t *testing.T) func() {
	q, from, to := s.query()
	if s.hosts > 1 {
		q = lean(q)
	}
	var room []int64
	return func() { room = engine(t, q).Starts(room[:0], from, to) }
}

func (s shape) kept(t *testing.T) func() {
	q, from, to := s.query()
	e := engine(t, q)
	room := e.Starts(nil, from, to)
	return func() { room = e.Starts(room[:0], from, to) }
}

func TestFasterThanTheOracle(t *testing.T) {
	timed(t)
	for i, gate := range map[int]float64{1: 500, 2: 700} {
		s := shapes[i]
		q, from, to := s.query()
		slow := least(1, func() {
			n, err := naive.New(q, from, to)
			if err != nil {
				t.Fatal(err)
			}
			n.Slots(from, to)
		})
		fast := least(100, s.raw(t))
		ratio := float64(slow) / float64(fast)
		t.Logf("%s: %v, %v, %.0f times", s.name, slow, fast, ratio)
		if ratio < gate {
			t.Errorf("%s: %.0f times as fast as the oracle, want %.0f", s.name, ratio, gate)
		}
	}
}

// Four times as much takes no more than 4.8 times as long.
func TestGrowth(t *testing.T) {
	timed(t)
	for name, s := range map[string][2]shape{
		"busy":    {{"", slots.One, 1, 60, 4000}, {"", slots.One, 1, 60, 16000}},
		"days":    {{"", slots.One, 1, 60, 1000}, {"", slots.One, 1, 240, 4000}},
		"members": {{"", slots.Any, 50, 30, 240}, {"", slots.Any, 200, 30, 240}},
		"all":     {{"", slots.All, 50, 30, 240}, {"", slots.All, 200, 30, 240}},
	} {
		raw, kept := growth(s[0].raw(t), s[1].raw(t)), growth(s[0].kept(t), s[1].kept(t))
		t.Logf("%s: %.1f, kept %.1f", name, raw, kept)
		if raw > gate || kept > gate {
			t.Errorf("four times the %s take %.1f times as long, kept %.1f; want at most %.1f", name, raw, kept, gate)
		}
	}
}

const gate = 4.8

// growth returns how many times as long the second takes. Both are tried by turns,
// and longer while it is too much: a busy machine is no growth.
func growth(one, four func()) (times float64) {
	short, long := time.Duration(1<<62), time.Duration(1<<62)
	for round := 0; round < 8 || round < 40 && times > gate; round++ {
		short, long = min(short, least(5, one)), min(long, least(5, four))
		times = float64(long) / float64(short)
	}
	return times
}

var read uint64

// What is kept of 500 hosts is answered from in at most four times the time that
// reading it takes.
func TestKeptIsNearlyReading(t *testing.T) {
	timed(t)
	s := shape{"", slots.Any, 500, 30, 240}
	q, from, to := s.query()
	e := engine(t, q)
	e.Starts(nil, from, to)
	words := e.Bits()
	once := least(200, func() {
		var sum [4]uint64
		for i := 0; i+4 <= len(words); i += 4 {
			sum[0] |= words[i]
			sum[1] |= words[i+1]
			sum[2] |= words[i+2]
			sum[3] |= words[i+3]
		}
		read += sum[0] + sum[1] + sum[2] + sum[3]
	})
	kept := least(200, s.kept(t))
	t.Logf("%d bytes: read %v, answered %v, %.1f times", 8*len(words), once, kept, float64(kept)/float64(once))
	if kept > 4*once {
		t.Errorf("answered in %v, read in %v", kept, once)
	}
}

// One start is looked up in less than a tenth of what the database takes (3.3 µs).
func TestOneStartIsLookedUp(t *testing.T) {
	timed(t)
	q, from, to := shapes[1].query()
	e := engine(t, q)
	free := e.Starts(nil, from, to)
	cold := engine(t, q)
	for name, e := range map[string]*slots.Engine{"kept": e, "without a board": cold} {
		at := time.Unix(free[0], 0)
		cold.Check(at) // sorts
		each := least(50, func() {
			for range 100 {
				e.Check(at)
			}
		}) / 100
		t.Logf("%s: %v", name, each)
		if each > 330*time.Nanosecond {
			t.Errorf("%s: %v", name, each)
		}
	}
}

// A picker of 500 hosts has its week within a frame: slots with names, and every reason.
func TestAWeekOf500Hosts(t *testing.T) {
	timed(t)
	for name, mode := range map[string]slots.Mode{"any": slots.Any, "all": slots.All} {
		q, from, _ := shape{"", mode, 500, 30, 240}.query()
		q = lean(q)
		to := from.AddDate(0, 0, 7)
		var list []slots.Slot
		var why []kwadrans.Conflict
		raw := least(10, func() { list = engine(t, q).Slots(from, to) })
		e := engine(t, q)
		whole := least(10, func() { e = engine(t, q); list, why = e.Slots(from, to), e.Why(from, to) })
		kept := least(10, func() { list, why = e.Slots(from, to), e.Why(from, to) })
		t.Logf("%s: %d slots %v; with %d reasons %v, kept %v", name, len(list), raw, len(why), whole, kept)
		if raw > 16*time.Millisecond || kept > 16*time.Millisecond {
			t.Errorf("%s: %v, kept and with reasons %v", name, raw, kept)
		}
	}
}
