package storetest

import (
	"time"

	"kwadrans/internal/kwadrans"
)

var failureQuestions = []question{
	{"nothing reached the outside", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		st := a.claim(kwadrans.TargetZoom)
		equal(a, "kept", a.refuse(st, time.Minute), true)
		got := a.step(b.ID, kwadrans.TargetZoom)
		want := Steps(b)[0]
		want.Attempt, want.NotBefore, want.Fence, want.Code, want.Words = 1, a.now.Add(time.Minute), 1, kwadrans.CodeOffline, "no network"
		equal(a, "step", got, want)
		equal(a, "state", a.booking(b.ID).State, kwadrans.Provisioning)
		a.next(want.NotBefore)
		a.pass(time.Minute - time.Millisecond)
		a.idle()
		a.pass(time.Millisecond)
		want.Fence = 2
		equal(a, "claimed again", a.claim(kwadrans.TargetZoom), want)
	}},
	{"nobody knows what reached the outside", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		a.lose(a.claim(kwadrans.TargetZoom), Settle)
		since := a.now
		a.idle()
		a.pass(Settle)
		st := a.claim(kwadrans.TargetZoom)
		equal(a, "maybe sent", st.MaybeSent, true)
		equal(a, "since", st.MaybeSince, since)
		a.refuse(st, time.Second) // not even the look-up left: what was unknown stays so
		a.pass(time.Second)
		st = a.claim(kwadrans.TargetZoom)
		equal(a, "maybe sent", st.MaybeSent, true)
		equal(a, "since", st.MaybeSince, since)
		a.complete(st, done(1, 7))
		st = a.step(b.ID, kwadrans.TargetZoom)
		equal(a, "maybe sent after a success", st.MaybeSent, false)
		equal(a, "since after a success", st.MaybeSince, time.Time{})
	}},
	{"given up", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		st := a.claim(kwadrans.TargetZoom)
		st.Dead, st.Attempt = true, 25
		a.fail(st, nil)
		equal(a, "state", a.booking(b.ID).State, kwadrans.Attention)
		a.pass(24 * time.Hour)
		a.idle()            // nor the letters: none goes without its link
		a.next(time.Time{}) // and nothing is waited for
		list, err := a.s.OpenSteps(a.ctx)
		a.ok(err)
		equal(a, "open", len(list), 3)
		equal(a, "first", list[0].Target, kwadrans.TargetZoom)
		equal(a, "given up", list[0].Dead, true)
		a.ok(a.s.RetryStep(a.ctx, b.ID, kwadrans.TargetZoom))
		equal(a, "state", a.booking(b.ID).State, kwadrans.Provisioning)
		st = a.claim(kwadrans.TargetZoom)
		equal(a, "attempts", st.Attempt, 0)
		a.complete(st, done(1, 7))
		a.claim(kwadrans.LetterTo(anna))
	}},
	{"retry what is not there", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		a.code(a.s.RetryStep(a.ctx, b.ID, kwadrans.LetterTo(anna)), kwadrans.CodeNotFound)
		a.code(a.s.RetryStep(a.ctx, id(9), kwadrans.TargetZoom), kwadrans.CodeNotFound)
		a.complete(a.claim(kwadrans.TargetZoom), done(1, 7))
		a.code(a.s.RetryStep(a.ctx, b.ID, kwadrans.TargetZoom), kwadrans.CodeNotFound)
	}},
	{"retry a booking", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		st := a.claim(kwadrans.TargetZoom)
		st.Dead, st.Attempt = true, 25
		a.fail(st, nil)
		a.ok(a.s.RetryBooking(a.ctx, b.ID))
		equal(a, "state", a.booking(b.ID).State, kwadrans.Provisioning)
		a.complete(a.claim(kwadrans.TargetZoom), done(1, 7))
		under := a.claim(kwadrans.LetterTo(anna))
		a.refuse(a.claim(kwadrans.LetterTo(jan)), time.Hour)
		a.idle()
		a.ok(a.s.RetryBooking(a.ctx, b.ID))
		st = a.claim(kwadrans.LetterTo(jan)) // and not the one that is under way
		equal(a, "attempts", st.Attempt, 0)
		a.idle()
		a.complete(under, kwadrans.Done{Rev: 1})
		a.lose(st, time.Hour)
		since := a.now
		a.pass(time.Second)
		a.ok(a.s.RetryBooking(a.ctx, b.ID))
		a.next(since.Add(Settle))
		a.pass(Settle)
		a.complete(a.claim(kwadrans.LetterTo(jan)), kwadrans.Done{Rev: 1})
		a.ok(a.s.RetryBooking(a.ctx, b.ID)) // all is done
		a.idle()
		a.code(a.s.RetryBooking(a.ctx, id(9)), kwadrans.CodeNotFound)
	}},
	{"bug: retry found no step while it was under way", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		st := a.claim(kwadrans.TargetZoom)
		a.ok(a.s.RetryStep(a.ctx, b.ID, kwadrans.TargetZoom))
		a.idle()
		a.complete(st, done(1, 7))
	}},
	{"bug: retry did nothing for an hour when the outcome was unknown", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		a.lose(a.claim(kwadrans.TargetZoom), time.Hour)
		since := a.now
		a.pass(time.Second)
		a.ok(a.s.RetryStep(a.ctx, b.ID, kwadrans.TargetZoom))
		a.next(since.Add(Settle))
		a.pass(time.Minute)
		a.claim(kwadrans.TargetZoom)
	}},
	{"bug: a given up step of unknown outcome was looked up before it had settled", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		st := a.claim(kwadrans.TargetZoom)
		st.Dead = true
		a.lose(st, time.Hour)
		a.ok(a.s.RetryStep(a.ctx, b.ID, kwadrans.TargetZoom))
		a.idle()
		a.next(a.now.Add(Settle))
	}},
	{"bug: a step without a booking could not fail", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, kwadrans.Step{Subject: "team", Target: "user:" + anna, Lane: "user", Want: 1})
		a.refuse(a.claim("user:"+anna), 0)
		a.complete(a.claim("user:"+anna), kwadrans.Done{Rev: 1, RemoteID: "u1", Event: kwadrans.Event{Kind: "user-made"}})
		equal(a, "made", a.step("team", "user:"+anna).RemoteID, "u1")
	}},
}
