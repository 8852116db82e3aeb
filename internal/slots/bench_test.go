package slots_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"
	"kwadrans/internal/slots/naive"
)

// shape is a workload of the goals: hosts who are open Monday to Friday 9-12 and
// 13-17, each with unsorted busy times in the days. One host is booked for 15
// minutes on a grid of 5, a team for 30 on a grid of 15.
type shape struct {
	name              string
	mode              slots.Mode
	hosts, days, busy int
}

var shapes = []shape{
	{"host1-60d-100", slots.One, 1, 60, 100},
	{"host1-60d-1k", slots.One, 1, 60, 1000},
	{"host1-60d-10k", slots.One, 1, 60, 10000},
	{"host1-240d-4k", slots.One, 1, 240, 4000},
	{"any-10x30d", slots.Any, 10, 30, 240},
	{"any-100x30d", slots.Any, 100, 30, 240},
	{"any-500x30d", slots.Any, 500, 30, 240},
	{"all-10x30d", slots.All, 10, 30, 240},
	{"all-100x30d", slots.All, 100, 30, 240},
	{"all-500x30d", slots.All, 500, 30, 240},
}

func (s shape) query() (q slots.Query, from, to time.Time) {
	r := rand.New(rand.NewPCG(1, 2))
	from = time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)
	to = from.AddDate(0, 0, s.days)
	q = slots.Query{Topic: topic(30*time.Minute, 15*time.Minute), Mode: s.mode, Now: from}
	if s.mode == slots.One {
		q.Topic = topic(15*time.Minute, 5*time.Minute)
	}
	zones := []string{"Europe/Warsaw", "Europe/London", "America/New_York", "Asia/Kolkata", "America/Los_Angeles"}
	for i := range s.hosts {
		h := slots.Host{ID: fmt.Sprintf("host-%d", i), Active: true, Schedule: kwadrans.Schedule{Name: "bench", Zone: zones[0]}}
		if s.mode == slots.Any {
			h.Schedule.Zone = zones[i%len(zones)]
			day := kwadrans.DateOf(from.AddDate(0, 0, r.IntN(s.days)))
			h.Schedule.Exceptions = []kwadrans.Exception{{Date: day, Windows: []kwadrans.Window{{From: 600, To: 840}}}, {Date: day.AddDays(2)}}
		}
		for day := time.Monday; day <= time.Friday; day++ {
			h.Schedule.Weekly[day] = []kwadrans.Window{{From: 540, To: 720}, {From: 780, To: 1020}}
		}
		for range s.busy {
			h.Busy = append(h.Busy, s.taken(r, from))
		}
		q.Hosts = append(q.Hosts, h)
	}
	return q, from, to
}

// taken is 15 minutes to an hour somewhere in the days, or 5 minutes where there is
// much. Whom all must have is taken in the evening, or by the meetings of the team,
// so that anything is left.
func (s shape) taken(r *rand.Rand, from time.Time) kwadrans.Busy {
	start := from.Add(time.Duration(r.IntN(s.days*24*4)) * 15 * time.Minute)
	length := time.Duration(15*(1+r.IntN(4))) * time.Minute
	switch {
	case s.busy > 100*s.days:
		length = 5 * time.Minute
	case s.mode == slots.All && r.IntN(20) == 0:
		start = from.Add(time.Duration(r.IntN(12)) * (51*time.Hour + 30*time.Minute))
	case s.mode == slots.All:
		start = start.Truncate(24 * time.Hour).Add(time.Duration(17*4+r.IntN(5*4)) * 15 * time.Minute)
	}
	return kwadrans.Busy{Span: kwadrans.Span{Start: start, End: start.Add(length)}, Kind: kwadrans.FromZoom}
}

// BenchmarkRaw indexes the busy times anew for each question.
func BenchmarkRaw(b *testing.B) {
	for _, s := range shapes {
		b.Run(s.name, func(b *testing.B) {
			q, from, to := s.query()
			b.ReportAllocs()
			var room []int64
			for b.Loop() {
				room = engine(b, q).Starts(room[:0], from, to)
			}
			b.ReportMetric(float64(len(room)), "slots")
		})
	}
}

// lean gives the busy times of a query as times alone.
func lean(q slots.Query) slots.Query {
	for i := range q.Hosts {
		h := &q.Hosts[i]
		by := slots.Times{Kind: kwadrans.FromZoom, Source: "zoom"}
		for _, b := range h.Busy {
			by.Spans = append(by.Spans, slots.Stretch{Start: b.Start.Unix(), End: b.End.Unix()})
		}
		h.Busy, h.Times = nil, []slots.Times{by}
	}
	return q
}

// BenchmarkRawTimes does so with times of which no more is known.
func BenchmarkRawTimes(b *testing.B) {
	for _, s := range shapes {
		b.Run(s.name, func(b *testing.B) {
			q, from, to := s.query()
			q = lean(q)
			b.ReportAllocs()
			var room []int64
			for b.Loop() {
				room = engine(b, q).Starts(room[:0], from, to)
			}
		})
	}
}

// BenchmarkKept asks an engine that is kept.
func BenchmarkKept(b *testing.B) {
	for _, s := range shapes {
		b.Run(s.name, func(b *testing.B) {
			q, from, to := s.query()
			e := engine(b, q)
			b.ReportAllocs()
			room := e.Starts(nil, from, to)
			for b.Loop() {
				room = e.Starts(room[:0], from, to)
			}
		})
	}
}

// BenchmarkSlots is BenchmarkKept with everything that a slot says, in memory of its own.
func BenchmarkSlots(b *testing.B) {
	for _, s := range shapes {
		b.Run(s.name, func(b *testing.B) {
			q, from, to := s.query()
			e := engine(b, q)
			b.ReportAllocs()
			for b.Loop() {
				e.Slots(from, to)
			}
		})
	}
}

// BenchmarkWeek is what a picker shows: a new engine, the slots of a week with the
// names, and for every other start the reason.
func BenchmarkWeek(b *testing.B) {
	for _, s := range shapes {
		b.Run(s.name, func(b *testing.B) {
			q, from, _ := s.query()
			for b.Loop() {
				e := engine(b, q)
				e.Slots(from, from.AddDate(0, 0, 7))
				e.Why(from, from.AddDate(0, 0, 7))
			}
		})
	}
}

func BenchmarkNaive(b *testing.B) {
	for _, s := range shapes[1:3] {
		b.Run(s.name, func(b *testing.B) {
			q, from, to := s.query()
			for b.Loop() {
				n, err := naive.New(q, from, to)
				if err != nil {
					b.Fatal(err)
				}
				n.Slots(from, to)
			}
		})
	}
}

// BenchmarkCheck asks about one start that is free, and one that is not.
func BenchmarkCheck(b *testing.B) {
	q, from, to := shapes[1].query()
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
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			e.Check(taken[i%len(taken)].Start)
		}
	})
}
