package slots_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"
	"kwadrans/internal/slots/naive"
)

// bench is the workload of the goals: one host or more, Monday to Friday 9-12
// and 13-17, 15 minutes on a grid of 5, with n unsorted busy times in days.
func bench(mode slots.Mode, hosts, days, n int) (q slots.Query, from, to time.Time) {
	r := rand.New(rand.NewPCG(1, 2))
	from = time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)
	to = from.AddDate(0, 0, days)
	q = slots.Query{Topic: topic(15*time.Minute, 5*time.Minute), Mode: mode, Now: from}
	for i := range hosts {
		h := slots.Host{ID: string(rune('a' + i)), Active: true, Schedule: kwadrans.Schedule{Name: "bench", Zone: "Europe/Warsaw"}}
		for day := time.Monday; day <= time.Friday; day++ {
			h.Schedule.Weekly[day] = []kwadrans.Window{{From: 540, To: 720}, {From: 780, To: 1020}}
		}
		for range n {
			start := from.Add(time.Duration(r.IntN(days*24*12)) * 5 * time.Minute)
			span := kwadrans.Span{Start: start, End: start.Add(time.Duration(15*(1+r.IntN(4))) * time.Minute)}
			h.Busy = append(h.Busy, kwadrans.Busy{Span: span, Kind: kwadrans.FromZoom})
		}
		q.Hosts = append(q.Hosts, h)
	}
	return q, from, to
}

var shapes = []struct {
	name              string
	mode              slots.Mode
	hosts, days, busy int
}{
	{"host1-60d-100", slots.One, 1, 60, 100},
	{"host1-60d-1k", slots.One, 1, 60, 1000},
	{"host1-60d-10k", slots.One, 1, 60, 10000},
	{"any-10x30d", slots.Any, 10, 30, 240},
	{"all-10x30d", slots.All, 10, 30, 240},
}

func BenchmarkRaw(b *testing.B) {
	for _, s := range shapes {
		q, from, to := bench(s.mode, s.hosts, s.days, s.busy)
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				engine(b, q).Slots(from, to)
			}
		})
	}
}

func BenchmarkKept(b *testing.B) {
	for _, s := range shapes {
		q, from, to := bench(s.mode, s.hosts, s.days, s.busy)
		e := engine(b, q)
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				e.Slots(from, to)
			}
		})
	}
}

func BenchmarkNaive(b *testing.B) {
	q, from, to := bench(slots.One, 1, 60, 1000)
	b.Run("host1-60d-1k", func(b *testing.B) {
		for b.Loop() {
			n, err := naive.New(q, from, to)
			if err != nil {
				b.Fatal(err)
			}
			n.Slots(from, to)
		}
	})
}

// BenchmarkCheck asks about one start that is free, and one that is not.
func BenchmarkCheck(b *testing.B) {
	q, from, to := bench(slots.One, 1, 60, 1000)
	e := engine(b, q)
	free := e.Slots(from, to)
	taken := e.Why(from, to)
	b.Run("free", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			e.Check(free[i%len(free)].Start)
		}
	})
	b.Run("taken", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			e.Check(taken[i%len(taken)].Start)
		}
	})
}

// The answer costs no memory for each slot, and the check of a free start none.
func TestAllocations(t *testing.T) {
	q, from, to := bench(slots.One, 1, 60, 1000)
	e := engine(t, q)
	found := e.Slots(from, to)
	if len(found) < 500 {
		t.Fatalf("only %d slots", len(found))
	}
	if n := testing.AllocsPerRun(20, func() { e.Slots(from, to) }); n > 40 {
		t.Errorf("%v allocations for %d slots", n, len(found))
	}
	if n := testing.AllocsPerRun(20, func() { e.Check(found[100].Start) }); n > 0 {
		t.Errorf("%v allocations to check a free start", n)
	}
}
