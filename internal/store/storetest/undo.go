package storetest

import (
	"time"

	"kwadrans/internal/kwadrans"
)

// hold is how long a change is held back for Undo.
const hold = 10 * time.Second

// heldSteps are the steps of a revision, held back.
func (a *asker) heldSteps(b kwadrans.Booking) []kwadrans.Step {
	steps := Steps(b)
	for i := range steps {
		steps[i].NotBefore = a.now.Add(hold)
	}
	return steps
}

// held keeps a booking whose steps are held back.
func (a *asker) held(b kwadrans.Booking) kwadrans.Booking {
	a.Helper()
	return a.reserve(b, a.heldSteps(b)...)
}

// cancelHeld cancels a booking and holds that back.
func (a *asker) cancelHeld(id string) kwadrans.Booking {
	a.Helper()
	b := a.booking(id)
	rev := b.Rev
	cancelled(&b)
	b.Rev, b.Updated = rev+1, a.now
	done, err := a.s.Revise(a.ctx, b, rev, a.heldSteps(b), kwadrans.Event{At: a.now, Actor: "host", Kind: "cancelled"})
	a.ok(err)
	equal(a, "cancelled", done, true)
	return b
}

var undone = kwadrans.Event{At: start, Actor: "host", Kind: "undone"}

// back takes the stored revision of a booking back: a cancelled one is live again,
// a live one is cancelled.
func (a *asker) back(b kwadrans.Booking) (bool, error) {
	rev := b.Rev
	if b.State == kwadrans.Cancelled {
		b.State, b.Reason, b.Rev = kwadrans.Confirmed, "", rev-1
	} else {
		b.State, b.Rev = kwadrans.Cancelled, rev+1
	}
	return a.s.TakeBack(a.ctx, b, rev, Steps(b), undone)
}

func (a *asker) takesBack(id string, want bool) {
	a.Helper()
	got, err := a.back(a.booking(id))
	a.ok(err)
	equal(a, "taken back", got, want)
}

// sent does all that is due for the booking's only revision.
func (a *asker) sent(b kwadrans.Booking, meeting int64) {
	a.Helper()
	a.complete(a.claim(kwadrans.TargetZoom), done(b.Rev, meeting))
	for _, p := range []string{anna, jan} {
		a.complete(a.claim(kwadrans.LetterTo(p)), kwadrans.Done{Rev: b.Rev, RemoteID: p})
	}
}

var undoQuestions = []question{
	{"a new booking", func(a *asker) {
		b := a.held(Sample(1, 0))
		a.takesBack(b.ID, true)
		a.reserve(Sample(2, 0)) // its time is free
		got := a.booking(b.ID)
		equal(a, "state", got.State, kwadrans.Cancelled)
		steps, err := a.s.Steps(a.ctx, b.ID)
		a.ok(err)
		for _, st := range steps {
			equal(a, st.Target, st.Light(), kwadrans.LightNotNeeded)
		}
		a.pass(time.Hour)
		a.idle()
		a.next(time.Time{})
		history, err := a.s.History(a.ctx, b.ID)
		a.ok(err)
		equal(a, "history", history, []kwadrans.Event{created, undone})
		a.takesBack(b.ID, false)
	}},
	{"a move", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		a.sent(b, 7)
		before, beforeSteps, err := a.s.BookingAndSteps(a.ctx, b.ID)
		a.ok(err)
		_, found, err := a.s.Before(a.ctx, b.ID, 1)
		a.ok(err)
		equal(a, "before a first revision", found, false)
		moved := before
		moved.Start, moved.End = b.Start.Add(5*time.Hour), b.End.Add(5*time.Hour)
		moved.Blocked, moved.Rev = kwadrans.Span{Start: moved.Start, End: moved.End}, 2
		done, err := a.s.Revise(a.ctx, moved, 1, a.heldSteps(moved), kwadrans.Event{At: a.now, Actor: "host", Kind: "moved"})
		a.ok(err)
		equal(a, "moved", done, true)
		was, found, err := a.s.Before(a.ctx, b.ID, 2)
		a.ok(err)
		equal(a, "found", found, true)
		want := before
		want.Zoom = nil
		equal(a, "what it was", was, want)
		done, err = a.s.TakeBack(a.ctx, was, 2, Steps(was), undone)
		a.ok(err)
		equal(a, "taken back", done, true)
		after, afterSteps, err := a.s.BookingAndSteps(a.ctx, b.ID)
		a.ok(err)
		equal(a, "booking", after, before)
		equal(a, "steps", afterSteps, beforeSteps)
		_, found, err = a.s.Before(a.ctx, b.ID, 1)
		a.ok(err)
		equal(a, "after that", found, false)
	}},
	{"a move that is on its way", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		a.sent(b, 7)
		moved := a.booking(b.ID)
		moved.Start, moved.End, moved.Rev = b.Start.Add(time.Minute), b.End.Add(time.Minute), 2
		moved.Blocked = kwadrans.Span{Start: moved.Start, End: moved.End}
		_, err := a.s.Revise(a.ctx, moved, 1, a.heldSteps(moved), kwadrans.Event{At: a.now, Actor: "host", Kind: "moved"})
		a.ok(err)
		a.pass(hold)
		a.claim(kwadrans.TargetZoom)
		_, found, err := a.s.Before(a.ctx, b.ID, 2)
		a.ok(err)
		equal(a, "found", found, false)
	}},
	{"a cancellation", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		a.sent(b, 7)
		before, beforeSteps, err := a.s.BookingAndSteps(a.ctx, b.ID)
		a.ok(err)
		a.pass(time.Hour)
		a.cancelHeld(b.ID)
		a.takesBack(b.ID, true)
		after, afterSteps, err := a.s.BookingAndSteps(a.ctx, b.ID)
		a.ok(err)
		before.Updated = a.now
		equal(a, "booking", after, before)
		equal(a, "steps", afterSteps, beforeSteps)
		a.pass(time.Hour)
		a.idle()
		a.next(time.Time{})
		a.takesBack(b.ID, false)
		inTheWay, err := a.s.Reserve(a.ctx, Sample(2, 0), nil, created)
		a.ok(err)
		equal(a, "in the way", len(inTheWay), 1)
		a.cancel(b.ID) // the number of the revision that is gone is used now
		for _, target := range []string{kwadrans.LetterTo(anna), kwadrans.LetterTo(jan), kwadrans.TargetZoom} {
			equal(a, "wanted", a.claim(target).Want, 2)
		}
	}},
	{"a cancellation, while something was still to be done", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		a.complete(a.claim(kwadrans.TargetZoom), done(1, 7))
		a.complete(a.claim(kwadrans.LetterTo(anna)), kwadrans.Done{Rev: 1})
		a.refuse(a.claim(kwadrans.LetterTo(jan)), time.Hour)
		a.cancelHeld(b.ID)
		a.takesBack(b.ID, true)
		st := a.claim(kwadrans.LetterTo(jan))
		equal(a, "wanted", st.Want, 1)
		equal(a, "needs", st.Needs, kwadrans.TargetZoom)
		a.idle()
		a.complete(st, kwadrans.Done{Rev: 1})
		equal(a, "meeting", a.booking(b.ID).Zoom.ID, int64(7))
	}},
	{"a cancellation, while the meeting is being made", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		st := a.claim(kwadrans.TargetZoom)
		c := a.cancelHeld(b.ID)
		got, err := a.back(c)
		a.ok(err)
		equal(a, "taken back", got, true) // that attempt is of the revision before
		equal(a, "state", a.booking(b.ID).State, kwadrans.Provisioning)
		a.idle()
		a.complete(st, done(1, 7))
		equal(a, "state", a.booking(b.ID).State, kwadrans.Confirmed)
		equal(a, "done", a.step(b.ID, kwadrans.TargetZoom).Done(), true)
	}},
	{"a step is on its way", func(a *asker) {
		for _, c := range []func(st kwadrans.Step){
			func(kwadrans.Step) {},                                      // claimed
			func(st kwadrans.Step) { a.refuse(st, time.Hour) },          // nothing reached the outside; the next try may come at any time
			func(st kwadrans.Step) { a.lose(st, time.Hour) },            // nobody knows
			func(st kwadrans.Step) { a.complete(st, done(st.Want, 7)) }, // done
		} {
			b := a.held(Sample(a.fresh(), a.serial*60))
			a.pass(hold)
			c(a.claim(kwadrans.TargetZoom))
			before, steps, err := a.s.BookingAndSteps(a.ctx, b.ID)
			a.ok(err)
			a.takesBack(b.ID, false)
			after, same, err := a.s.BookingAndSteps(a.ctx, b.ID)
			a.ok(err)
			equal(a, "booking", after, before)
			equal(a, "steps", same, steps)
			a.cancel(b.ID) // out of the way of the next
			for range 3 {
				st, ok, err := a.s.Claim(a.ctx, a.now, lease)
				a.ok(err)
				if ok {
					a.complete(st, kwadrans.Done{Rev: 2})
				}
			}
		}
	}},
	{"a cancelling step is on its way", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		a.sent(b, 7)
		a.cancelHeld(b.ID)
		a.pass(hold)
		a.refuse(a.claim(kwadrans.LetterTo(anna)), time.Hour)
		a.takesBack(b.ID, false)
		equal(a, "state", a.booking(b.ID).State, kwadrans.Cancelled)
	}},
	{"the hold is over and nothing was claimed", func(a *asker) {
		a.ok(a.s.PauseLanes(a.ctx, "", kwadrans.Pause{Until: kwadrans.Forever}))
		b := a.held(Sample(1, 0))
		a.pass(time.Hour)
		a.idle()
		a.takesBack(b.ID, true)
	}},
	{"what was not held back", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		a.takesBack(b.ID, false)
		a.held(Sample(2, 60))
		a.revise(id(2), nothing) // and a later change that is not held back
		a.takesBack(id(2), false)
		c := a.booking(id(2))
		c.Rev = 1
		got, err := a.back(c)
		a.ok(err)
		equal(a, "an earlier revision", got, false)
		got, err = a.back(Sample(9, 0))
		a.ok(err)
		equal(a, "no such booking", got, false)
	}},
	{"a cancellation, and the time is taken", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		a.sent(b, 7)
		c := a.cancelHeld(b.ID)
		other := Sample(2, 15)
		a.reserve(other)
		_, err := a.back(c)
		a.code(err, kwadrans.CodeNotFree)
		equal(a, "booking", a.booking(b.ID).State, kwadrans.Cancelled)
		equal(a, "wanted", a.step(b.ID, kwadrans.TargetZoom).Want, 2)
		a.cancel(other.ID)
		a.takesBack(b.ID, true) // free again, and still nobody was told
	}},
	{"retrying leaves what is held back", func(a *asker) {
		b := a.held(Sample(1, 0))
		a.ok(a.s.RetryStep(a.ctx, b.ID, kwadrans.TargetZoom))
		a.ok(a.s.RetryBooking(a.ctx, b.ID))
		a.idle()
		a.next(a.now.Add(hold))
		a.takesBack(b.ID, true)
	}},
}
