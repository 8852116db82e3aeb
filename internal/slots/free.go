package slots

import (
	"time"
)

// Slots returns the free starts of the grid, from included, to not, ascending.
// A meeting may end after to. A topic that is off has none.
func (e *Engine) Slots(from, to time.Time) []Slot {
	return e.slots(ceil(from), ceil(to))
}

func (e *Engine) slots(from, to int64) []Slot {
	if !e.topic.On {
		return nil
	}
	own, free := e.free(from, to)
	starts := e.starts(e.runs(nil, free))
	if len(starts) == 0 {
		return nil
	}
	list := make([]Slot, len(starts))
	for i, t := range starts {
		list[i] = e.slot(t)
	}
	if e.mode == Any {
		e.name(list, own)
	}
	return list
}

func (e *Engine) slot(t int64) Slot {
	return Slot{Start: time.Unix(t, 0).UTC(), End: time.Unix(t+e.length, 0).UTC(), Hosts: e.ids}
}

// free returns the free starts, on the grid or not: of each host, and as the
// mode joins them. Spans are ascending and apart.
func (e *Engine) free(from, to int64) (own [][]span, joined []span) {
	hours := make([][]span, len(e.cals))
	for i, c := range e.cals {
		hours[i] = e.hours(c, max(from, e.earliest), min(to, c.latest))
	}
	own = make([][]span, len(e.hosts))
	for i := range e.hosts {
		if h := &e.hosts[i]; h.active {
			own[i] = without(hours[h.cal.n], h.taken.shut)
		}
		switch {
		case i == 0:
			joined = own[0]
		case e.mode == All:
			joined = both(joined, own[i])
		default:
			joined = either(joined, own[i])
		}
	}
	return own, joined
}

// hours returns the starts between from and to with which a meeting lies in the
// opening hours. Openings that touch are one.
func (e *Engine) hours(c *calendar, from, to int64) []span {
	if from >= to {
		return nil
	}
	open := c.openings(nil, from, to+e.length, c.windows)
	list := make([]span, 0, len(open))
	for i := 0; i < len(open); {
		s := span{open[i].lo, open[i].hi}
		for i++; i < len(open) && open[i].lo <= s.hi; i++ {
			s.hi = max(s.hi, open[i].hi)
		}
		if s = (span{max(s.lo, from), min(s.hi-e.length+1, to)}); s.lo < s.hi {
			list = append(list, s)
		}
	}
	return list
}

// name fills in who is free at each start, in the order of the query.
func (e *Engine) name(list []Slot, own [][]span) {
	var names []string // one array for many slots; it is left behind when it grows
	for i := range list {
		t, n := list[i].Start.Unix(), len(names)
		for k := range own {
			for len(own[k]) > 0 && own[k][0].hi <= t {
				own[k] = own[k][1:]
			}
			if len(own[k]) > 0 && own[k][0].lo <= t {
				names = append(names, e.ids[k])
			}
		}
		list[i].Hosts = names[n:len(names):len(names)]
	}
}
