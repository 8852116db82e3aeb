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
	at, next := floor(start), ceil(start)
	if at == next && e.seen(at) {
		return nil
	}
	list := e.reasons(at)
	if len(list) == 0 && next > at { // the meeting ends in the second after
		list = e.reasons(next)
	}
	if len(list) == 0 {
		return nil
	}
	for i := range list {
		list[i].Start = start
	}
	list[0].Nearest = e.nearest(at)
	return list
}

// Why returns for every start of the grid that is not free its first reason,
// from included, to not, ascending. The grid of a day that an exception closes
// is the one of the hours that it takes away. The caller keeps the range in
// bounds: starts in the past and too far ahead are listed too.
func (e *Engine) Why(from, to time.Time) []kwadrans.Conflict {
	whole := span{ceil(from), ceil(to)}
	if whole.lo >= whole.hi {
		return nil
	}
	free := e.starts(nil, whole.lo, whole.hi)
	var list, room []kwadrans.Conflict
	for _, r := range apart(e.offered(whole, e.months(whole), true)) {
		for t := r.first; t <= r.last; t += r.step {
			if len(free) > 0 && free[0] == t { // every free start is on the grid
				free = free[1:]
				continue
			}
			room = e.against(room[:0], t)
			if len(room) == 0 {
				continue // hours that one host takes away, in which another is free
			}
			why := slices.MinFunc(room, telling)
			why.Start = utc(t)
			list = append(list, why)
		}
	}
	return list
}

// rank is the order of telling: what no other time of the day mends comes first.
var rank = []kwadrans.WhyNot{
	kwadrans.TopicOff, kwadrans.HostNotActive, kwadrans.Past, kwadrans.TooSoon, kwadrans.TooFar,
	kwadrans.DateClosed, kwadrans.OffHours,
	kwadrans.BusyBooking, kwadrans.BusyZoom, kwadrans.BusyCalendar, kwadrans.BufferHit,
	kwadrans.DayLimit, kwadrans.WeekLimit, kwadrans.SourceUnknown,
}

// telling compares two reasons by the order of telling.
func telling(a, b kwadrans.Conflict) int {
	if a.Code != b.Code {
		return slices.Index(rank, a.Code) - slices.Index(rank, b.Code)
	}
	return a.Span.Start.Compare(b.Span.Start)
}

// reasons says what stands against the start t; nothing when it is free.
func (e *Engine) reasons(t int64) []kwadrans.Conflict {
	list := e.ofHosts(e.common(t), t)
	if len(list) < 2 {
		return list
	}
	slices.SortStableFunc(list, telling)
	return slices.CompactFunc(list, same) // two hosts may share a rule or a meeting
}

func same(a, b kwadrans.Conflict) bool {
	return a.Code == b.Code && a.Item == b.Item && a.Source == b.Source && a.Span.Start.Equal(b.Span.Start) && a.Span.End.Equal(b.Span.End)
}
