package slots

import (
	"slices"
	"sync"
	"time"

	"kwadrans/internal/kwadrans"
)

// host is the index of one Host.
type host struct {
	id         string
	active     bool
	lastBooked time.Time
	cal        *calendar
	busy       []kwadrans.Busy
	unknown    []kwadrans.Unknown
	times      []Times
	spans      []span // the starts that each of busy forbids, then of unknown, of times; as they came
	fullDays   []span // the days that reached the daily limit: ascending, apart
	fullWeeks  []span
	once       sync.Once
	sorted     taken // see taken
}

// size counts what is busy or unknown of a host.
func (h *Host) size() int {
	n := len(h.Busy) + len(h.Unknown)
	for i := range h.Times {
		n += len(h.Times[i].Spans)
	}
	return n
}

// read indexes the busy side of a host for meetings of x, in room.
func (h *host) read(in *Host, x *index, cal *calendar, room []span) {
	h.id, h.active, h.lastBooked, h.cal = in.ID, in.Active, in.LastBooked, cal
	h.busy, h.unknown, h.times, h.spans = in.Busy, in.Unknown, in.Times, room
	before, after := seconds(x.topic.BufferBefore.Std()), seconds(x.topic.BufferAfter.Std())
	for i := range in.Busy {
		b := &in.Busy[i]
		gapTo, gapFrom := after, before
		if b.Before > 0 {
			gapTo = max(after, seconds(b.Before))
		}
		if b.After > 0 {
			gapFrom = max(before, seconds(b.After))
		}
		room[i] = forbidden(&b.Span, gapTo, gapFrom, x.length)
	}
	room = room[len(in.Busy):]
	for i := range in.Unknown {
		room[i] = forbidden(&in.Unknown[i].Span, after, before, x.length)
	}
	room = room[len(in.Unknown):]
	for i := range in.Times {
		list := in.Times[i].Spans
		for k, s := range list {
			if s.Start < s.End {
				room[k] = span{s.Start - after - x.length + 1, s.End + before}
			}
		}
		room = room[len(list):]
	}
	h.fill(&x.topic)
}

// forbidden returns the starts that a stretch forbids: those of meetings that end
// later than gapTo before it and begin earlier than gapFrom after it.
func forbidden(s *kwadrans.Span, gapTo, gapFrom, length int64) span {
	lo, hi := floor(s.Start), ceil(s.End)
	if hi-lo < 2 && !s.Start.Before(s.End) { // where they are further apart, the seconds tell
		return span{}
	}
	return span{lo - gapTo - length + 1, hi + gapFrom}
}

// fill finds the days and weeks that reached the topic's limits. A booking
// counts on the day of its start, on the host's clock.
func (h *host) fill(t *kwadrans.Topic) {
	if t.DailyLimit == 0 && t.WeeklyLimit == 0 {
		return
	}
	var days []int64
	z := h.cal.zone()
	for i := range h.busy {
		b := &h.busy[i]
		if b.Kind == kwadrans.FromBooking && b.Topic == t.Slug && b.Start.Before(b.End) {
			days = append(days, z.dayOf(floor(b.Start)))
		}
	}
	slices.Sort(days)
	for _, d := range full(days, t.DailyLimit) {
		h.fullDays = append(h.fullDays, span{z.midnight(d), z.midnight(d + 1)})
	}
	for i := range days {
		days[i] = week(days[i])
	}
	for _, w := range full(days, t.WeeklyLimit) {
		h.fullWeeks = append(h.fullWeeks, z.weekSpan(w))
	}
}

// full returns the values that stand in the ascending list at least limit times.
func full(list []int64, limit int) []int64 {
	var found []int64
	for i := 0; limit > 0 && i < len(list); {
		j := i
		for j < len(list) && list[j] == list[i] {
			j++
		}
		if j-i >= limit {
			found = append(found, list[i])
		}
		i = j
	}
	return found
}

// weekSpan returns the stretch of an ISO week.
func (z *zone) weekSpan(week int64) span {
	monday := week*7 - 3
	return span{z.midnight(monday), z.midnight(monday + 7)}
}
