package slots

import (
	"cmp"
	"slices"
)

// month is the openings of a pattern on a row of days, reckoned once for all the
// schedules that have it.
type month struct {
	zone     zone
	first    int64 // day
	openings []opening
	ends     []int32 // for each day, the end of its openings
}

func (p *pattern) month(lo, hi int64) month {
	m := month{zone: p.zone()}
	first, last := m.zone.days(lo, hi)
	m.first, m.ends = first, make([]int32, 0, last-first+1)
	m.openings = make([]opening, 0, int(last-first+7)/7*p.perWeek)
	for day := first; day <= last; day++ {
		for _, w := range p.weekly[weekday(day)] {
			m.openings = append(m.openings, m.zone.opening(day, w))
		}
		m.ends = append(m.ends, int32(len(m.openings)))
	}
	return m
}

// months returns that of each pattern, for meetings that start in the stretch.
func (x *index) months(s span) []month {
	list := make([]month, len(x.patterns))
	for i, p := range x.patterns {
		list[i] = p.month(s.lo, s.hi+x.length)
	}
	return list
}

// day returns the openings of the day that is i days after the first.
func (m *month) day(i int) []opening {
	if i == 0 {
		return m.openings[:m.ends[0]]
	}
	return m.openings[m.ends[i-1]:m.ends[i]]
}

// exceptions returns those of a calendar that lie in the days.
func (m *month) exceptions(c *calendar) []exception {
	by := func(e exception, day int64) int { return cmp.Compare(e.day, day) }
	lo, _ := slices.BinarySearchFunc(c.exceptions, m.first, by)
	hi, _ := slices.BinarySearchFunc(c.exceptions, m.first+int64(len(m.ends)), by)
	return c.exceptions[lo:hi]
}

// open appends the opening hours of a schedule; openings that touch are one.
func (c *calendar) open(list []span, m *month) []span {
	special := m.exceptions(c)
	for i := range m.ends {
		if len(special) > 0 && special[0].day == m.first+int64(i) {
			for _, w := range special[0].windows {
				o := m.zone.opening(special[0].day, w)
				list = append(list, span{o.lo, o.hi})
			}
			special = special[1:]
			continue
		}
		for _, o := range m.day(i) {
			list = append(list, span{o.lo, o.hi})
		}
	}
	return united(list)
}

// united sorts the spans, and makes one of those that touch; it drops empty ones.
func united(list []span) []span {
	by := func(a, b span) int { return cmp.Compare(a.lo, b.lo) }
	if !slices.IsSortedFunc(list, by) { // clock changes, or windows in no order
		slices.SortFunc(list, by)
	}
	kept := list[:0]
	for _, s := range list {
		if s.lo < s.hi {
			kept = join(kept, s)
		}
	}
	return kept
}

// offered returns the runs of all the grids in the stretch, in any order. A day of a
// pattern offers nothing when every schedule that has it makes an exception; with
// closed, days that are closed offer their weekly hours as well.
func (x *index) offered(s span, months []month, closed bool) []run {
	n := 0
	for i := range months {
		n += len(months[i].openings)
	}
	list := make([]run, 0, n)
	add := func(z *zone, o opening) {
		list = x.grid(list, z, o.anchor, span{max(o.lo, s.lo), min(o.hi, s.hi)})
	}
	special := make([][]int, len(months)) // by pattern and day
	for _, c := range x.cals {
		m := &months[c.n]
		for _, e := range m.exceptions(c) {
			if special[c.n] == nil {
				special[c.n] = make([]int, len(m.ends))
			}
			if closed && len(e.windows) == 0 {
				continue
			}
			special[c.n][e.day-m.first]++
			for _, w := range e.windows {
				add(&m.zone, m.zone.opening(e.day, w))
			}
		}
	}
	for i := range months {
		m := &months[i]
		for d := range m.ends {
			if special[i] != nil && special[i][d] == x.patterns[i].users {
				continue
			}
			for _, o := range m.day(d) {
				add(&m.zone, o)
			}
		}
	}
	return list
}
