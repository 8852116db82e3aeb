package slots

import (
	"slices"
	"time"

	"kwadrans/internal/kwadrans"
)

// Check says why a meeting cannot start at start: every reason, the most
// telling first, and on the first the nearest free starts. Nothing: it is free.
// A start need not be on the grid: the host may choose 10:07, only the hours
// and the other rules matter.
func (e *Engine) Check(start time.Time) []kwadrans.Conflict {
	list := e.reasons(floor(start))
	if len(list) == 0 {
		return nil
	}
	for i := range list {
		list[i].Start = start
	}
	list[0].Nearest = e.nearest(floor(start))
	return list
}

// Why returns for every start of the grid that is not free its first reason,
// from included, to not, ascending. The grid of a day that an exception closes
// is the one of the hours that it takes away. The caller keeps the range in
// bounds: starts in the past and too far ahead are listed too.
func (e *Engine) Why(from, to time.Time) []kwadrans.Conflict {
	whole := span{ceil(from), ceil(to)}
	free := e.starts(nil, whole.lo, whole.hi)
	var list []kwadrans.Conflict
	for _, r := range apart(e.shown(whole)) {
		for t := r.first; t <= r.last; t += r.step {
			for len(free) > 0 && free[0] < t {
				free = free[1:]
			}
			if len(free) > 0 && free[0] == t {
				continue
			}
			if why := e.reasons(t); len(why) > 0 {
				why[0].Start = time.Unix(t, 0).UTC()
				list = append(list, why[0])
			}
		}
	}
	return list
}

// shown returns the runs of the grid, with those that exceptions take away.
func (x *index) shown(s span) []run {
	var runs []run
	for _, c := range x.cals {
		z := c.zone()
		for _, of := range [...]func(int64) []kwadrans.Window{c.windows, c.closed} {
			for _, o := range c.openings(nil, s.lo, s.hi, of) {
				runs = x.grid(runs, &z, o.anchor, span{max(o.lo, s.lo), min(o.hi, s.hi)})
			}
		}
	}
	return runs
}

// rank is the order of telling: what no other time of the day mends comes first.
var rank = []kwadrans.WhyNot{
	kwadrans.TopicOff, kwadrans.HostNotActive, kwadrans.Past, kwadrans.TooSoon, kwadrans.TooFar,
	kwadrans.DateClosed, kwadrans.OffHours,
	kwadrans.BusyBooking, kwadrans.BusyZoom, kwadrans.BusyCalendar, kwadrans.BufferHit,
	kwadrans.DayLimit, kwadrans.WeekLimit, kwadrans.SourceUnknown,
}

// reasons says what stands against the start t; nothing when it is free.
func (e *Engine) reasons(t int64) []kwadrans.Conflict {
	list := e.common(t)
	some := e.mode == Any && e.someActive()
	for i := range e.hosts {
		h := &e.hosts[i]
		if some && !h.active {
			continue
		}
		n := len(list)
		list = e.against(list, h, t)
		if e.mode == Any && len(list) == n {
			return e.common(t)
		}
	}
	if len(list) < 2 {
		return list
	}
	slices.SortStableFunc(list, func(a, b kwadrans.Conflict) int {
		if a.Code != b.Code {
			return slices.Index(rank, a.Code) - slices.Index(rank, b.Code)
		}
		return a.Span.Start.Compare(b.Span.Start)
	})
	return slices.CompactFunc(list, same) // two hosts may share a rule or a meeting
}

func same(a, b kwadrans.Conflict) bool {
	return a.Code == b.Code && a.Item == b.Item && a.Source == b.Source && a.Span.Start.Equal(b.Span.Start) && a.Span.End.Equal(b.Span.End)
}

func (x *index) someActive() bool {
	for i := range x.hosts {
		if x.hosts[i].active {
			return true
		}
	}
	return false
}

// common are the reasons that do not depend on the host.
func (e *Engine) common(t int64) []kwadrans.Conflict {
	var list []kwadrans.Conflict
	if !e.topic.On {
		list = append(list, kwadrans.Conflict{Code: kwadrans.TopicOff, Source: "topic"})
	}
	switch {
	case t < e.now:
		list = append(list, kwadrans.Conflict{Code: kwadrans.Past, Source: "topic"})
	case t < e.earliest:
		list = append(list, kwadrans.Conflict{Code: kwadrans.TooSoon, Source: "topic"})
	}
	return list
}

// against appends the reasons of one host.
func (e *Engine) against(list []kwadrans.Conflict, h *host, t int64) []kwadrans.Conflict {
	if !h.active {
		list = append(list, kwadrans.Conflict{Code: kwadrans.HostNotActive, Source: "host"})
	}
	if t >= e.latest[h.cal.n] {
		list = append(list, kwadrans.Conflict{Code: kwadrans.TooFar, Source: "topic"})
	}
	if end := h.cal.reach(t, e.length); end < t+e.length {
		list = append(list, h.cal.off(end))
	}
	if within(h.taken().shut, t) {
		list = e.inTheWay(list, h, t)
	}
	return list
}

// off says why the host is not open at t: the day is closed, or the hours are over.
func (c *calendar) off(t int64) kwadrans.Conflict {
	z := c.zone()
	x, ok := c.exception(z.dayOf(t))
	if ok && len(x.windows) == 0 {
		return kwadrans.Conflict{Code: kwadrans.DateClosed, Item: x.reason, Source: "schedule"}
	}
	return kwadrans.Conflict{Code: kwadrans.OffHours, Item: x.reason, Source: "schedule"}
}

// inTheWay appends the meetings, unknown stretches and limits that forbid t.
func (e *Engine) inTheWay(list []kwadrans.Conflict, h *host, t int64) []kwadrans.Conflict {
	h.taken().at(t, func(i int) {
		if i >= len(h.busy) {
			u := &h.unknown[i-len(h.busy)]
			list = append(list, kwadrans.Conflict{Code: kwadrans.SourceUnknown, Item: u.Words, Span: u.Span, Source: u.Source, CheckedAt: u.CheckedAt})
			return
		}
		b := &h.busy[i]
		code := b.Kind.WhyNot()
		if floor(b.Start) >= t+e.length || ceil(b.End) <= t {
			code = kwadrans.BufferHit
		}
		list = append(list, kwadrans.Conflict{Code: code, Item: b.Item, Span: b.Span, Source: b.Source, CheckedAt: b.CheckedAt})
	})
	if within(h.fullDays, t) {
		list = append(list, kwadrans.Conflict{Code: kwadrans.DayLimit, Source: "topic"})
	}
	if within(h.fullWeeks, t) {
		list = append(list, kwadrans.Conflict{Code: kwadrans.WeekLimit, Source: "topic"})
	}
	return list
}
