package slots

import "math/bits"

// join reads the next words of all hosts, and makes of them what the mode says.
func (a *answer) join() {
	part := a.part[:min(ahead, (a.hi+63)>>6-a.w)]
	a.from, a.n = a.w, len(part)
	for i := range a.e.hosts {
		row := a.row(i)
		switch {
		case i == 0:
			copy(part, row)
		case a.e.mode == All:
			and(part, row)
		default:
			or(part, row)
		}
	}
	if first := a.w << 6; first < a.lo {
		part[0] &= mask(a.lo, first+64)
	}
	if end := (a.from + a.n) << 6; end > a.hi {
		part[a.n-1] &= mask(end-64, a.hi)
	}
}

func and(dst, row []uint64) {
	row = row[:len(dst)]
	for i := range dst {
		dst[i] &= row[i]
	}
}

func or(dst, row []uint64) {
	row = row[:len(dst)]
	for i := range dst {
		dst[i] |= row[i]
	}
}

// row returns the words of a host that are in part, without what is too far ahead.
func (a *answer) row(host int) []uint64 {
	row := a.b.row(host)[a.from : a.from+a.n]
	latest := a.e.latest[a.e.hosts[host].cal.n]
	if latest >= a.end {
		return row
	}
	cut := a.cut[:copy(a.cut[:], row)]
	if late := max(a.b.grid.index(latest)-a.from<<6, 0); late < len(cut)<<6 {
		wipe(cut, late, len(cut)<<6)
	}
	return cut
}

// name fills in who is free at the starts of the word, in the order of the query.
func (a *answer) name(list []Slot) {
	var ends [64]int // of the names of each start
	for i := range a.e.hosts {
		for x := a.word(i); x != 0; x &= x - 1 {
			ends[bits.TrailingZeros64(x)]++
		}
	}
	total := 0
	for i, n := range ends {
		ends[i], total = total, total+n
	}
	names := make([]string, total)
	for i := range a.e.hosts {
		for x := a.word(i); x != 0; x &= x - 1 {
			k := bits.TrailingZeros64(x)
			names[ends[k]] = a.e.ids[i]
			ends[k]++
		}
	}
	first := 0
	for i, x := 0, a.free; x != 0; i, x = i+1, x&(x-1) {
		end := ends[bits.TrailingZeros64(x)]
		list[i].Hosts, first = names[first:end:end], end
	}
}

// word returns the starts of the word at which a host is free.
func (a *answer) word(host int) uint64 {
	x := a.b.bits[host*a.b.words+a.w] & a.free
	if latest := a.e.latest[a.e.hosts[host].cal.n]; latest < a.end {
		if n := a.b.grid.index(latest) - a.w<<6; n < 64 {
			x &= 1<<max(n, 0) - 1
		}
	}
	return x
}
