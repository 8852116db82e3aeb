package slots

import (
	"time"

	"kwadrans/internal/kwadrans"
)

// UseResolver makes the engine read local times in another, wrong way: the
// control of the tests.
func (e *Engine) UseResolver(wrong func(kwadrans.Date, int, *time.Location) (time.Time, kwadrans.Fit)) {
	for _, c := range e.cals {
		c.resolve = wrong
	}
}

// ForgetBuffers makes the engine offer what only a buffer forbids.
func (e *Engine) ForgetBuffers() {
	for i := range e.hosts {
		k := &e.hosts[i].taken
		k.shut = k.shut[:0]
		for n := range k.items {
			if it := k.items[n]; it.i < len(k.busy) {
				b := k.busy[it.i]
				k.shut = either(k.shut, []span{{floor(b.Start) - e.length + 1, ceil(b.End)}})
			}
		}
	}
}
