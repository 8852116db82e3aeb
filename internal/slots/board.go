package slots

// board is the answers for a stretch of time, made ready: for each host one bit for
// each start of the grid, set where the host is free. It does not know the present;
// whoever reads it cuts off what is too soon and too far ahead.
type board struct {
	span
	grid  grid
	words int      // of a host
	bits  []uint64 // the words of the first host, of the second …
	hours []uint64 // the same for the opening hours alone, of each calendar
}

// row returns the bits of a host.
func (b *board) row(host int) []uint64 { return b.bits[host*b.words : (host+1)*b.words] }

// ready returns a board that covers the stretch: the one that there is, or a new
// one. Asked bit by bit it doubles, so that the work keeps in proportion.
func (e *Engine) ready(s span) *board {
	b := e.board.Load()
	if b != nil && b.lo <= s.lo && s.hi <= b.hi {
		return b
	}
	if b != nil {
		size := b.hi - b.lo
		lo, hi := b.lo, b.hi
		if s.lo < lo {
			lo = min(s.lo, lo-size)
		}
		if s.hi > hi {
			hi = max(s.hi, hi+size)
		}
		s = span{max(lo, e.earliest), min(hi, e.end())}
	}
	b = e.paint(s)
	e.board.Store(b)
	return b
}

// seen says that the board is there and has t among the free starts. It may be free
// even so when not: it need not be on the grid.
func (e *Engine) seen(t int64) bool {
	b := e.board.Load()
	if b == nil || !e.topic.On || t < max(b.lo, e.earliest) || t >= b.hi {
		return false
	}
	i, ok := b.grid.find(t)
	if !ok {
		return false
	}
	for k := range e.hosts {
		free := b.row(k)[i>>6]>>(i&63)&1 == 1 && t < e.latest[e.hosts[k].cal.n]
		if free == (e.mode == Any) {
			return free
		}
	}
	return e.mode != Any
}

// inHours says that the board is there and has t among the starts within the opening
// hours. It may be one even so when not.
func (x *index) inHours(c *calendar, t int64) bool {
	b := x.board.Load()
	if b == nil || t < b.lo || t >= b.hi {
		return false
	}
	i, ok := b.grid.find(t)
	return ok && b.hours[c.id*b.words+i>>6]>>(i&63)&1 == 1
}

// paint makes the board of a stretch.
func (x *index) paint(s span) *board {
	months := x.months(s)
	b := &board{span: s, grid: newGrid(x.offered(s, months, false))}
	b.words = b.grid.n/64 + 1 // the last is written to when nothing is wiped at the end
	b.bits = make([]uint64, b.words*len(x.hosts))
	b.hours = x.hours(b, months)
	for i := range x.hosts {
		if h := &x.hosts[i]; h.active {
			row := b.row(i)
			copy(row, b.hours[h.cal.id*b.words:])
			b.wipe(row, h.spans)
			b.wipe(row, h.fullDays)
			b.wipe(row, h.fullWeeks)
		}
	}
	return b
}

// hours returns for each calendar the starts with which a meeting lies in the
// opening hours, as bits.
func (x *index) hours(b *board, months []month) []uint64 {
	rows := make([]uint64, b.words*len(x.cals))
	open := make([]span, 0, 64)
	for i, c := range x.cals {
		row := rows[i*b.words : (i+1)*b.words]
		open = c.open(open[:0], &months[c.n])
		for _, o := range open {
			fill(row, b.grid.index(o.lo), b.grid.index(o.hi-x.length+1))
		}
	}
	return rows
}

// wipe clears the starts that lie in the spans, which come in any order.
func (b *board) wipe(row []uint64, list []span) {
	for _, s := range list {
		if s.lo < b.hi && s.hi > b.lo {
			lo, hi := b.grid.within(s)
			wipe(row, lo, hi)
		}
	}
}

// fill sets the bits from lo to hi, which is not included.
func fill(row []uint64, lo, hi int) {
	for ; lo < hi; lo = (lo | 63) + 1 {
		row[lo>>6] |= mask(lo, hi)
	}
}

// wipe clears the bits from lo to hi, which is not included. Nearly always that is
// one word; few or none, there is no need to ask.
func wipe(row []uint64, lo, hi int) {
	if lo>>6 == hi>>6 {
		row[lo>>6] &^= 1<<(uint(hi)&63) - 1<<(uint(lo)&63)
		return
	}
	for ; lo < hi; lo = (lo | 63) + 1 {
		row[lo>>6] &^= mask(lo, hi)
	}
}

// mask has the bits from lo to hi, or to the end of the word that lo lies in.
func mask(lo, hi int) uint64 {
	m := ^uint64(0) << (uint(lo) & 63)
	if hi>>6 == lo>>6 {
		m &= 1<<(uint(hi)&63) - 1
	}
	return m
}
