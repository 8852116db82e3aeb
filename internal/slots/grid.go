package slots

import (
	"cmp"
	"slices"
)

// run is a row of starts, a step apart, last included.
type run struct{ first, last int64 }

// runs appends the starts of the grid that lie in the spans.
func (e *Engine) runs(list []run, spans []span) []run {
	if len(spans) == 0 {
		return list
	}
	for _, c := range e.cals {
		z := c.zone()
		for _, o := range c.openings(nil, spans[0].lo, spans[len(spans)-1].hi, c.windows) {
			for i := after(spans, o.lo); i < len(spans) && spans[i].lo < o.hi; i++ {
				s := span{max(spans[i].lo, o.lo), min(spans[i].hi, o.hi)}
				list = e.grid(list, &z, o.anchor, s)
			}
		}
	}
	return list
}

// grid appends the starts in s whose clock reading is whole steps from anchor.
func (e *Engine) grid(list []run, z *zone, anchor int64, s span) []run {
	for s.lo < s.hi {
		z.seek(s.lo)
		end := min(s.hi, z.hi) // up to there the offset is one
		first := s.lo + mod(anchor-z.off-s.lo, e.step)
		if first < end {
			list = append(list, run{first, first + (end-1-first)/e.step*e.step})
		}
		s.lo = end
	}
	return list
}

// starts writes the runs out, ascending, each start once.
func (e *Engine) starts(runs []run) []int64 {
	if len(e.cals) > 1 {
		slices.SortFunc(runs, func(a, b run) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last)) })
		runs = slices.Compact(runs)
	}
	n, ordered := 0, true
	for i, r := range runs {
		n += int((r.last-r.first)/e.step) + 1
		ordered = ordered && (i == 0 || runs[i-1].last < r.first)
	}
	list := make([]int64, 0, n)
	for _, r := range runs {
		for t := r.first; t <= r.last; t += e.step {
			list = append(list, t)
		}
	}
	if !ordered { // windows of two days, or of two schedules, overlap
		slices.Sort(list)
		list = slices.Compact(list)
	}
	return list
}
