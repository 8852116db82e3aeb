package slots

import (
	"math/bits"
	"slices"
	"time"
)

// Slots returns the free starts of the grid, from included, to not, ascending.
// A meeting may end after to. A topic that is off has none.
func (e *Engine) Slots(from, to time.Time) []Slot { return e.Append(nil, from, to) }

// Append appends what Slots returns. It takes no memory where dst has room, but for
// the names in mode Any.
func (e *Engine) Append(dst []Slot, from, to time.Time) []Slot {
	a := e.ask(ceil(from), ceil(to))
	dst = slices.Grow(dst, a.count())
	var room [64]int64
	for a.more() {
		starts := a.starts(room[:0])
		n := len(dst)
		for _, t := range starts {
			dst = append(dst, Slot{Start: utc(t), End: utc(t + e.length), Hosts: e.ids})
		}
		if e.mode == Any {
			a.name(dst[n:])
		}
	}
	return dst
}

// Starts appends the free starts alone, in Unix seconds: what Slots finds, without
// the names, which cost more than the finding where hosts are many. It takes no
// memory where dst has room.
func (e *Engine) Starts(dst []int64, from, to time.Time) []int64 {
	return e.starts(dst, ceil(from), ceil(to))
}

func (e *Engine) starts(dst []int64, from, to int64) []int64 {
	a := e.ask(from, to)
	for a.more() {
		dst = a.starts(dst)
	}
	return dst
}

// answer walks through the free starts of a question, a word of 64 starts of the
// grid at a time.
type answer struct {
	e      *Engine
	b      *board
	lo, hi int           // starts of the grid
	end    int64         // of the question
	w      int           // the word
	free   uint64        // what is free of it
	r      int           // a run that does not come after it
	from   int           // the first word in part
	n      int           // words in part
	part   [ahead]uint64 // what is free, as far as it was read
	cut    [ahead]uint64 // of one host, see row
}

const ahead = 64 // words read at once

// ask begins to answer for the starts of a stretch.
func (e *Engine) ask(from, to int64) (a answer) {
	s := span{max(from, e.earliest), min(to, e.end())}
	if !e.topic.On || s.lo >= s.hi {
		return a
	}
	b := e.ready(s)
	a = answer{e: e, b: b, lo: b.grid.index(s.lo), hi: b.grid.index(s.hi), end: s.hi}
	if a.lo < a.hi {
		a.w, a.from, a.r = a.lo>>6-1, a.lo>>6, b.grid.run(a.lo)
	}
	return a
}

// more goes on to the next word with a free start.
func (a *answer) more() bool {
	for a.lo < a.hi {
		if a.w++; a.w<<6 >= a.hi {
			return false
		}
		if a.w == a.from+a.n {
			a.join()
		}
		if a.free = a.part[a.w-a.from]; a.free != 0 {
			return true
		}
	}
	return false
}

// count returns how many free starts there are, from a copy of the answer.
func (a answer) count() (n int) {
	for a.more() {
		n += bits.OnesCount64(a.free)
	}
	return n
}

// starts appends the starts of the word.
func (a *answer) starts(dst []int64) []int64 {
	runs, r := a.b.grid.runs, a.r
	for x := a.free; x != 0; x &= x - 1 {
		i := a.w<<6 + bits.TrailingZeros64(x)
		for r+1 < len(runs) && runs[r+1].n <= i {
			r++
		}
		dst = append(dst, runs[r].first+int64(i-runs[r].n)*runs[r].step)
	}
	a.r = r
	return dst
}
