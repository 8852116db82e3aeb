package slots

import (
	"cmp"
	"slices"
	"time"

	"kwadrans/internal/kwadrans"
)

// item is one busy or unknown stretch as the starts that it forbids.
type item struct {
	span
	reach int64 // the largest hi up to here
	i     int   // index in busy; past its end, in unknown
}

// taken is what forbids the starts of one host.
type taken struct {
	items     []item // by lo
	shut      []span // all forbidden starts, with the full days and weeks: ascending, apart
	busy      []kwadrans.Busy
	unknown   []kwadrans.Unknown
	fullDays  []int64 // days that reached the daily limit, ascending
	fullWeeks []int64
}

// newTaken indexes the busy side of a host for meetings of e.
func newTaken(in *Host, e *Engine, cal *calendar) taken {
	k := taken{busy: in.Busy, unknown: in.Unknown, items: make([]item, 0, len(in.Busy)+len(in.Unknown))}
	before, after := e.topic.BufferBefore.Std(), e.topic.BufferAfter.Std()
	for i := range in.Busy {
		b := &in.Busy[i]
		k.add(b.Span, max(before, b.After), max(after, b.Before), e.length, i)
	}
	for i := range in.Unknown {
		k.add(in.Unknown[i].Span, before, after, e.length, len(in.Busy)+i)
	}
	slices.SortFunc(k.items, func(a, b item) int { return cmp.Compare(a.lo, b.lo) })
	z := cal.zone()
	k.fill(in.Busy, e.topic, &z)
	k.merge(&z)
	return k
}

// add notes the starts that a stretch forbids: those of meetings that end later
// than gapTo before it and begin earlier than gapFrom after it.
func (k *taken) add(s kwadrans.Span, gapFrom, gapTo time.Duration, length int64, i int) {
	lo, hi := floor(s.Start), ceil(s.End)
	if !s.Start.Before(s.End) {
		return
	}
	k.items = append(k.items, item{span: span{lo - seconds(gapTo) - length + 1, hi + seconds(gapFrom)}, i: i})
}

// fill finds the days and weeks that reached the topic's limits. A booking
// counts on the day of its start, on the host's clock.
func (k *taken) fill(busy []kwadrans.Busy, t kwadrans.Topic, z *zone) {
	if t.DailyLimit == 0 && t.WeeklyLimit == 0 {
		return
	}
	var days []int64
	for i := range busy {
		b := &busy[i]
		if b.Kind == kwadrans.FromBooking && b.Topic == t.Slug && b.Start.Before(b.End) {
			days = append(days, z.dayOf(floor(b.Start)))
		}
	}
	slices.Sort(days)
	k.fullDays = full(days, t.DailyLimit)
	for i := range days {
		days[i] = week(days[i])
	}
	k.fullWeeks = full(days, t.WeeklyLimit)
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

// merge makes shut and the reach of the items.
func (k *taken) merge(z *zone) {
	k.shut = make([]span, 0, len(k.items))
	reach := int64(0)
	for i := range k.items {
		it := &k.items[i]
		if i == 0 || it.hi > reach {
			reach = it.hi
		}
		it.reach = reach
		k.shut = join(k.shut, it.span)
	}
	if len(k.fullDays)+len(k.fullWeeks) == 0 {
		return
	}
	all := k.shut
	for _, d := range k.fullDays {
		all = append(all, span{z.midnight(d), z.midnight(d + 1)})
	}
	for _, w := range k.fullWeeks {
		monday := w*7 - 3
		all = append(all, span{z.midnight(monday), z.midnight(monday + 7)})
	}
	slices.SortFunc(all, func(a, b span) int { return cmp.Compare(a.lo, b.lo) })
	k.shut = all[:0]
	for _, s := range all {
		k.shut = join(k.shut, s)
	}
}

// forbids says whether a meeting cannot start at t.
func (k *taken) forbids(t int64) bool {
	i := after(k.shut, t)
	return i < len(k.shut) && k.shut[i].lo <= t
}

// at calls see with each item that forbids the start t, latest first.
func (k *taken) at(t int64, see func(i int)) {
	n, _ := slices.BinarySearchFunc(k.items, t+1, func(it item, t int64) int { return cmp.Compare(it.lo, t) })
	for n--; n >= 0 && k.items[n].reach > t; n-- {
		if k.items[n].hi > t {
			see(k.items[n].i)
		}
	}
}
