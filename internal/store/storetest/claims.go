package storetest

import (
	"fmt"
	"sync"
	"time"

	"kwadrans/internal/kwadrans"
)

var claimQuestions = []question{
	{"a step as it was before", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		got := a.claim(kwadrans.TargetZoom)
		want := Steps(b)[0]
		want.Fence = 1
		equal(a, "claimed", got, want)
		want.MaybeSent, want.Ever, want.Lease = true, true, a.now.Add(lease)
		equal(a, "kept", a.step(b.ID, kwadrans.TargetZoom), want)
	}},
	{"one lease at a time", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		first := a.claim(kwadrans.TargetZoom)
		a.next(a.now.Add(lease))
		a.pass(lease - time.Millisecond)
		a.idle()
		a.pass(time.Millisecond)
		second := a.claim(kwadrans.TargetZoom)
		equal(a, "fence", second.Fence, first.Fence+1)
	}},
	{"bug: a lease that ran out had never been given up", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		a.claim(kwadrans.TargetZoom)
		end := a.now.Add(lease)
		a.pass(time.Hour)
		st := a.claim(kwadrans.TargetZoom)
		equal(a, "maybe sent", st.MaybeSent, true)
		equal(a, "since", st.MaybeSince, end)
		equal(a, "ever", st.Ever, true)
		a.refuse(st, time.Second) // of this one nothing reached Zoom; of the first one it may have
		equal(a, "still maybe sent", a.step(b.ID, kwadrans.TargetZoom).MaybeSent, true)
	}},
	{"a stale fence can neither complete nor fail", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		stale := a.claim(kwadrans.TargetZoom)
		a.pass(lease)
		a.claim(kwadrans.TargetZoom)
		before := a.step(b.ID, kwadrans.TargetZoom)
		kept, err := a.s.Complete(a.ctx, stale, done(1, 7), a.now)
		a.ok(err)
		equal(a, "completed", kept, false)
		stale.Dead = true
		equal(a, "failed", a.fail(stale, &kwadrans.Pause{Lane: stale.Lane, Until: kwadrans.Forever}), false)
		equal(a, "step", a.step(b.ID, kwadrans.TargetZoom), before)
		if z := a.booking(b.ID).Zoom; z != nil {
			a.Errorf("the stale answer was kept: %+v", z)
		}
		pauses, err := a.s.Pauses(a.ctx, a.now)
		a.ok(err)
		equal(a, "pauses", len(pauses), 0)
	}},
	{"a success", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		a.refuse(a.claim(kwadrans.TargetZoom), 0)
		st := a.claim(kwadrans.TargetZoom)
		a.pass(time.Second)
		d := done(1, 123456789012)
		a.complete(st, d)
		want := Steps(b)[0]
		want.Have, want.RemoteID, want.Ever, want.Fence = 1, "123456789012", true, 2
		equal(a, "step", a.step(b.ID, kwadrans.TargetZoom), want)
		got := a.booking(b.ID)
		equal(a, "meeting", *got.Zoom, *d.Meeting)
		equal(a, "state", got.State, kwadrans.Confirmed)
		history, err := a.s.History(a.ctx, b.ID)
		a.ok(err)
		d.Event.At = a.now
		equal(a, "newest line", history[len(history)-1], d.Event)
		equal(a, "lines", len(history), 3)
		kept, err := a.s.Complete(a.ctx, st, d, a.now) // an answer that comes twice changes nothing
		a.ok(err)
		_ = kept
		equal(a, "step", a.step(b.ID, kwadrans.TargetZoom), want)
	}},
	{"bug: nobody knew in which account a meeting was made", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		account := func(want string) { a.Helper(); equal(a, "account", a.step(b.ID, kwadrans.TargetZoom).Account, want) }
		stale := a.claim(kwadrans.TargetZoom)
		a.ok(a.s.KeepAccount(a.ctx, stale, "a/1"))
		account("a/1")
		a.pass(lease)
		st := a.claim(kwadrans.TargetZoom)
		equal(a, "claimed account", st.Account, "a/1")
		a.ok(a.s.KeepAccount(a.ctx, st, ""))
		a.ok(a.s.KeepAccount(a.ctx, stale, "a/1")) // comes too late
		account("")
		a.ok(a.s.KeepAccount(a.ctx, st, "a/1"))
		st.MaybeSent = false
		a.refuse(st, 0) // nothing is there
		account("")
		st = a.claim(kwadrans.TargetZoom)
		d := done(1, 7)
		d.Account = "b/2"
		a.complete(st, d)
		account("b/2")
		a.revise(b.ID, nothing)
		d.Rev, d.Account = 2, "c/3"
		a.complete(a.claim(kwadrans.TargetZoom), d) // the first one stays
		account("b/2")
		a.revise(b.ID, nothing)
		a.lose(a.claim(kwadrans.TargetZoom), 0)
		account("b/2")
		a.complete(a.claim(kwadrans.TargetZoom), kwadrans.Done{Rev: 3, Forget: true, Account: "c/3"})
		account("")
	}},
	{"bug: what never was counted as sent", func(a *asker) {
		for _, never := range []bool{true, false} {
			b := Sample(a.fresh(), a.serial*60)
			a.reserve(b, Steps(b)[0])
			a.lose(a.claim(kwadrans.TargetZoom), 0)
			c := a.booking(b.ID)
			c.State, c.Rev = kwadrans.Cancelled, 2
			_, err := a.s.Revise(a.ctx, c, 1, Steps(c)[:1], kwadrans.Event{Kind: "cancelled"})
			a.ok(err)
			a.pass(Settle)
			a.complete(a.claim(kwadrans.TargetZoom), kwadrans.Done{Rev: 2, Forget: true, Never: never})
			equal(a, "ever", a.step(b.ID, kwadrans.TargetZoom).Ever, !never)
		}
	}},
	{"a letter waits for Zoom of the same revision", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		zoom := a.claim(kwadrans.TargetZoom)
		a.idle()
		a.complete(zoom, done(1, 7))
		a.complete(a.claim(kwadrans.LetterTo(anna)), kwadrans.Done{Rev: 1})
		a.revise(b.ID, nothing)
		zoom = a.claim(kwadrans.TargetZoom) // the other letter has to wait for it too
		a.idle()
		a.complete(zoom, done(2, 7))
		equal(a, "anna", a.claim(kwadrans.LetterTo(anna)).Want, 2)
		equal(a, "jan", a.claim(kwadrans.LetterTo(jan)).Want, 2)
		a.idle()
	}},
	{"letters without Zoom go at once", func(a *asker) {
		b := Sample(1, 0)
		letters := Steps(b)[1:]
		letters[0].Needs, letters[1].Needs = "", ""
		a.reserve(b, letters...)
		a.claim(kwadrans.LetterTo(anna))
		a.claim(kwadrans.LetterTo(jan))
		a.idle()
		a.next(a.now.Add(lease))
	}},
	{"held back until a time", func(a *asker) {
		b := Sample(1, 0)
		st := Steps(b)[0]
		st.NotBefore = a.now.Add(10 * time.Second)
		a.reserve(b, st)
		a.idle()
		a.next(st.NotBefore)
		a.pass(10 * time.Second)
		a.claim(kwadrans.TargetZoom)
	}},
	{"nothing to do", func(a *asker) { a.idle(); a.next(time.Time{}) }},
	{"a process that is gone", func(a *asker) {
		for i := range 3 {
			b := Sample(i+1, i*60)
			a.reserve(b, Steps(b)[0])
		}
		a.complete(a.claim(kwadrans.TargetZoom), done(1, 1))
		a.refuse(a.claim(kwadrans.TargetZoom), time.Hour)
		st := a.claim(kwadrans.TargetZoom)
		a.pass(time.Second)
		n, err := a.s.Recover(a.ctx, a.now, Settle)
		a.ok(err)
		equal(a, "taken over", n, 1)
		a.next(a.now.Add(Settle))
		a.pass(Settle - time.Millisecond)
		a.idle()
		a.pass(time.Millisecond)
		again := a.claim(kwadrans.TargetZoom)
		equal(a, "booking", again.Subject, st.Subject)
		equal(a, "maybe sent", again.MaybeSent, true)
		equal(a, "since", again.MaybeSince, a.now.Add(-Settle))
		equal(a, "ever", again.Ever, true)
		n, err = a.s.Recover(a.ctx, a.now, Settle)
		a.ok(err)
		equal(a, "taken over again", n, 1)
	}},
	{"each step to one worker", func(a *asker) {
		const n, workers = 12, 6
		for i := range n {
			b := Sample(i+1, i*60)
			a.reserve(b, Steps(b)[0])
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		seen := map[string]int{}
		for range workers {
			wg.Go(func() {
				for {
					st, ok, err := a.s.Claim(a.ctx, a.now, lease)
					if err != nil {
						a.Error(err)
					}
					if !ok {
						return
					}
					mu.Lock()
					seen[st.Subject]++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		equal(a, "steps", len(seen), n)
		for subject, times := range seen {
			equal(a, fmt.Sprint("claims of ", subject), times, 1)
		}
	}},
}
