package slots

import (
	"time"

	"kwadrans/internal/kwadrans"
)

// UseResolver makes the engine read local times in another, wrong way: the
// control of the tests.
func (e *Engine) UseResolver(wrong func(kwadrans.Date, int, *time.Location) (time.Time, kwadrans.Fit)) {
	for _, p := range e.patterns {
		p.resolve = wrong
	}
}

// ForgetBuffers makes the engine offer what only a buffer forbids.
func (e *Engine) ForgetBuffers() {
	for i := range e.hosts {
		h := &e.hosts[i]
		for n := range h.busy {
			h.spans[n] = forbidden(&h.busy[n].Span, 0, 0, e.length)
		}
		n := len(h.busy) + len(h.unknown)
		for _, by := range h.times {
			for _, s := range by.Spans {
				h.spans[n] = span{s.Start - e.length + 1, s.End}
				n++
			}
		}
	}
}

// Bits returns what is kept of the hosts, for whoever wants to read it once.
func (e *Engine) Bits() []uint64 { return e.board.Load().bits }
