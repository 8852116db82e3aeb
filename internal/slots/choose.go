package slots

import (
	"time"

	"kwadrans/internal/kwadrans"
)

// Basis is what decided between hosts.
type Basis string

// The closed set of what decides.
const (
	OnlyFree   Basis = "only-free"   // nobody else is free
	Fewest     Basis = "fewest"      // fewer bookings in the week than everybody else who is free
	LongestAgo Basis = "longest-ago" // no more than another, and longer without a new one
	InOrder    Basis = "in-order"    // the same as another, who comes later in the query
)

// Choice says who gets a meeting, and why: what is to be kept with the booking.
// Next is who would have got it otherwise; empty when nobody else is free.
type Choice struct {
	Host, Next string
	Basis      Basis
	Free       int       // how many hosts are free
	Week       int       // bookings of the host in the week of the meeting
	NextWeek   int       // of Next
	Last       time.Time // when the host was last given a booking; zero: never
	NextLast   time.Time // of Next
}

// candidate is a host who is free.
type candidate struct {
	id   string
	week int
	last time.Time
}

// Choose returns whom of the hosts a meeting at start goes to: who has the fewest own
// bookings, of any topic, in the ISO week of start on the own clock; then who was
// given one longest ago; then who comes first in the query. It is false when nobody
// is free, and in mode All, where there is nothing to choose.
func (e *Engine) Choose(start time.Time) (Choice, bool) {
	t := ceil(start)
	if e.mode == All || len(e.common(t)) > 0 {
		return Choice{}, false
	}
	var best, next candidate
	free := 0
	for i := range e.hosts {
		h := &e.hosts[i]
		if len(e.ofHost(nil, h, t)) > 0 {
			continue
		}
		c := candidate{id: h.id, week: h.booked(t), last: h.lastBooked}
		switch free++; {
		case free == 1:
			best = c
		case c.before(best):
			best, next = c, best
		case free == 2 || c.before(next):
			next = c
		}
	}
	return Choice{
		Host: best.id, Next: next.id, Basis: basis(best, next, free), Free: free,
		Week: best.week, NextWeek: next.week, Last: best.last, NextLast: next.last,
	}, free > 0
}

func (c candidate) before(o candidate) bool {
	return c.week < o.week || c.week == o.week && c.last.Before(o.last)
}

func basis(best, next candidate, free int) Basis {
	switch {
	case free < 2:
		return OnlyFree
	case best.week < next.week:
		return Fewest
	case best.last.Before(next.last):
		return LongestAgo
	}
	return InOrder
}

// booked counts the own bookings that start in the week of t, on the host's clock.
func (h *host) booked(t int64) (n int) {
	z := h.cal.zone()
	s := z.weekSpan(week(z.dayOf(t)))
	for i := range h.busy {
		b := &h.busy[i]
		if at := floor(b.Start); b.Kind == kwadrans.FromBooking && s.lo <= at && at < s.hi && b.Start.Before(b.End) {
			n++
		}
	}
	return n
}
