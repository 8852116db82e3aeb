package storetest

import (
	"sync"

	"kwadrans/internal/kwadrans"
)

// What undo and the others do at the same moment.
var undoRaceQuestions = []question{
	{"undo and claim at the same moment", func(a *asker) {
		for range 30 {
			b := Sample(a.fresh(), a.serial*60)
			a.reserve(b, a.heldSteps(b)[0])
			a.pass(hold)
			var wg sync.WaitGroup
			var st kwadrans.Step
			var claimed, taken bool
			wg.Go(func() {
				var err error
				if st, claimed, err = a.s.Claim(a.ctx, a.now, lease); err != nil {
					a.Error(err)
				}
			})
			wg.Go(func() {
				var err error
				if taken, err = a.back(b); err != nil {
					a.Error(err)
				}
			})
			wg.Wait()
			if claimed {
				a.complete(st, kwadrans.Done{Rev: 1})
			}
			equal(a, "claimed", claimed, !taken)
		}
	}},
	{"a booking and its steps of one moment", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		a.sent(b, 7)
		stop := make(chan struct{})
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
					}
					now, steps, err := a.s.BookingAndSteps(a.ctx, b.ID)
					if err != nil {
						a.Error(err)
						return
					}
					for _, st := range steps {
						if st.Want != now.Rev {
							a.Errorf("revision %d, and %s wants %d", now.Rev, st.Target, st.Want)
							return
						}
					}
				}
			})
		}
		for range 60 {
			a.cancelHeld(b.ID)
			a.takesBack(b.ID, true)
		}
		close(stop)
		wg.Wait()
	}},
}
