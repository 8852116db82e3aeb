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
	}
}
