package slots

import (
	"cmp"
	"slices"
)

// run is a row of starts, a step apart, last included.
type run struct {
	first, last int64
	step        int64
	n           int // starts of the grid before it
}

// grid is the starts of a stretch, numbered from 0, ascending.
type grid struct {
	runs  []run // ascending and apart
	n     int
	table []int32 // for each block of time from the first start: the run that is in it, or the next
}

const blockBits = 12 // blocks of 4096 s hold one run or two

// newGrid numbers the starts of the runs, each start once.
func newGrid(runs []run) grid {
	runs = apart(runs)
	g := grid{runs: runs}
	if len(runs) == 0 {
		return g
	}
	for i := range runs {
		runs[i].n = g.n
		g.n += int((runs[i].last-runs[i].first)/runs[i].step) + 1
	}
	lo, hi := runs[0].first, runs[len(runs)-1].last
	g.table = make([]int32, (hi-lo)>>blockBits+1)
	r := int32(0)
	for i := range g.table {
		for runs[r].last < lo+int64(i)<<blockBits {
			r++
		}
		g.table[i] = r
	}
	return g
}

// index returns how many starts lie before t.
func (g *grid) index(t int64) int {
	switch {
	case g.n == 0 || t <= g.runs[0].first:
		return 0
	case t > g.runs[len(g.runs)-1].last:
		return g.n
	}
	return g.next(t).index(t)
}

// find returns the number of the start t, if it is one.
func (g *grid) find(t int64) (i int, ok bool) {
	if g.n == 0 || t < g.runs[0].first || t > g.runs[len(g.runs)-1].last {
		return 0, false
	}
	r := g.next(t)
	i = r.index(t)
	return i, r.first+int64(i-r.n)*r.step == t
}

// next returns the run that t lies in, or the next one; there is one.
func (g *grid) next(t int64) *run {
	r := g.table[(t-g.runs[0].first)>>blockBits]
	for g.runs[r].last < t {
		r++
	}
	return &g.runs[r]
}

// index returns how many starts lie before t, which is not after the run. It has no
// branch, since nobody could foretell which way it goes.
func (r *run) index(t int64) int {
	return r.n + int(uint32(max(t-r.first+r.step-1, 0))/uint32(r.step)) // a run is shorter than 136 years
}

// within returns the numbers of the starts in a stretch, the last not included.
func (g *grid) within(s span) (lo, hi int) {
	if g.n == 0 || s.lo < g.runs[0].first || s.lo > g.runs[len(g.runs)-1].last {
		return g.index(s.lo), g.index(s.hi)
	}
	r := g.next(s.lo)
	if lo = r.index(s.lo); s.hi <= r.last { // nearly always
		return lo, r.index(s.hi)
	}
	return lo, g.index(s.hi)
}

// run returns the run that start i belongs to.
func (g *grid) run(i int) int {
	r, ok := slices.BinarySearchFunc(g.runs, i, func(r run, i int) int { return cmp.Compare(r.n, i) })
	if !ok {
		r--
	}
	return r
}

// apart makes of any runs of one step runs that do not meet, ascending.
func apart(runs []run) []run {
	if ascending(runs) {
		return runs
	}
	runs = merged(runs)
	slices.SortFunc(runs, func(a, b run) int { return cmp.Compare(a.first, b.first) })
	if ascending(runs) {
		return runs
	}
	var list []int64 // grids of different minutes run through each other
	for _, r := range runs {
		list = r.starts(list)
	}
	slices.Sort(list)
	list = slices.Compact(list)
	runs = runs[:0:0]
	for i := 0; i < len(list); {
		r := run{first: list[i], last: list[i], step: stride(list[i:])}
		for i++; i < len(list) && list[i] == r.last+r.step; i++ {
			r.last = list[i]
		}
		runs = append(runs, r)
	}
	return runs
}

// stride returns how far it is from the first start of the list to the next.
func stride(list []int64) int64 {
	if len(list) == 1 {
		return 1
	}
	return list[1] - list[0]
}

func ascending(runs []run) bool {
	for i := 1; i < len(runs); i++ {
		if runs[i-1].last >= runs[i].first {
			return false
		}
	}
	return true
}

// merged joins the runs of one step that have starts in common or go on.
func merged(runs []run) []run {
	slices.SortFunc(runs, func(a, b run) int {
		return cmp.Or(cmp.Compare(mod(a.first, a.step), mod(b.first, b.step)), cmp.Compare(a.first, b.first))
	})
	list := runs[:0]
	for _, r := range runs {
		n := len(list) - 1
		if n >= 0 && mod(r.first-list[n].first, r.step) == 0 && r.first <= list[n].last+r.step {
			list[n].last = max(list[n].last, r.last)
			continue
		}
		list = append(list, r)
	}
	return list
}

// starts appends the starts of the run.
func (r run) starts(list []int64) []int64 {
	for t := r.first; t <= r.last; t += r.step {
		list = append(list, t)
	}
	return list
}

// grid appends the starts in s whose clock reading is whole steps from anchor.
func (x *index) grid(list []run, z *zone, anchor int64, s span) []run {
	for s.lo < s.hi {
		z.seek(s.lo)
		end := min(s.hi, z.hi) // up to there the offset is one
		first := s.lo + mod(anchor-z.off-s.lo, x.step)
		if first < end {
			list = append(list, run{first: first, last: first + (end-1-first)/x.step*x.step, step: x.step})
		}
		s.lo = end
	}
	return list
}
