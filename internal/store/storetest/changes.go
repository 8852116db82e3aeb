package storetest

import (
	"time"

	"kwadrans/internal/kwadrans"
)

var changeQuestions = []question{
	{"edits of one target coalesce", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		for range 3 {
			a.revise(b.ID, nothing)
		}
		st := a.claim(kwadrans.TargetZoom)
		equal(a, "wanted", st.Want, 4)
		a.complete(st, done(4, 7))
		equal(a, "open", a.step(b.ID, kwadrans.TargetZoom).Done(), true)
	}},
	{"a change while it is under way", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		st := a.claim(kwadrans.TargetZoom)
		c := a.booking(b.ID)
		c.Rev = 2
		steps := Steps(c)[:1]
		steps[0].NotBefore = a.now.Add(10 * time.Second) // undo is possible so long
		_, err := a.s.Revise(a.ctx, c, 1, steps, kwadrans.Event{Kind: "changed"})
		a.ok(err)
		a.idle()
		a.complete(st, done(1, 7))
		got := a.step(b.ID, kwadrans.TargetZoom)
		equal(a, "have", got.Have, 1)
		equal(a, "remote id", got.RemoteID, "7")
		equal(a, "maybe sent", got.MaybeSent, false)
		equal(a, "state", a.booking(b.ID).State, kwadrans.Provisioning)
		a.next(steps[0].NotBefore)
		a.pass(10 * time.Second)
		st = a.claim(kwadrans.TargetZoom)
		equal(a, "wanted", st.Want, 2)
		equal(a, "remote id", st.RemoteID, "7")
		a.complete(st, kwadrans.Done{Rev: 2}) // no id keeps the known one
		equal(a, "remote id", a.step(b.ID, kwadrans.TargetZoom).RemoteID, "7")
		equal(a, "meeting", a.booking(b.ID).Zoom.ID, int64(7))
	}},
	{"an attempt for an older wish is refused", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		st := a.claim(kwadrans.TargetZoom)
		a.revise(b.ID, nothing)
		st.Dead = true
		equal(a, "kept", a.refuse(st, time.Hour), false)
		got := a.step(b.ID, kwadrans.TargetZoom)
		equal(a, "given up", got.Dead, false)
		equal(a, "attempts", got.Attempt, 0)
		equal(a, "maybe sent", got.MaybeSent, false)
		equal(a, "ever", got.Ever, false)
		equal(a, "wanted", a.claim(kwadrans.TargetZoom).Want, 2)
	}},
	{"an attempt for an older wish is lost", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		st := a.claim(kwadrans.TargetZoom)
		a.revise(b.ID, nothing)
		equal(a, "kept", a.lose(st, Settle), false)
		a.idle()
		a.pass(Settle)
		st = a.claim(kwadrans.TargetZoom)
		equal(a, "wanted", st.Want, 2)
		equal(a, "maybe sent", st.MaybeSent, true)
	}},
	{"a change brings back what was given up", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		st := a.claim(kwadrans.TargetZoom)
		st.Dead = true
		a.fail(st, nil)
		a.revise(b.ID, nothing)
		equal(a, "state", a.booking(b.ID).State, kwadrans.Provisioning)
		a.claim(kwadrans.TargetZoom)
	}},
	{"bug: a cancellation waited an hour for an unknown outcome", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		a.lose(a.claim(kwadrans.TargetZoom), time.Hour)
		since := a.now
		a.pass(time.Second)
		a.cancel(b.ID)
		for _, p := range []string{anna, jan} {
			a.complete(a.claim(kwadrans.LetterTo(p)), kwadrans.Done{Rev: 2})
		}
		a.next(since.Add(Settle))
	}},
	{"cancelled while the meeting is being made", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		st := a.claim(kwadrans.TargetZoom)
		a.cancel(b.ID)
		a.complete(st, done(1, 7))
		equal(a, "state", a.booking(b.ID).State, kwadrans.Cancelled)
		for _, p := range []string{anna, jan} {
			a.complete(a.claim(kwadrans.LetterTo(p)), kwadrans.Done{Rev: 2})
		}
		st = a.claim(kwadrans.TargetZoom)
		equal(a, "remote id", st.RemoteID, "7")
		equal(a, "lane", st.Lane, kwadrans.LaneZoomDrop+kwadrans.Me)
		a.complete(st, kwadrans.Done{Rev: 2, Forget: true})
		got := a.step(b.ID, kwadrans.TargetZoom)
		equal(a, "remote id", got.RemoteID, "")
		equal(a, "done", got.Done(), true)
		equal(a, "state", a.booking(b.ID).State, kwadrans.Cancelled)
		a.idle()
	}},
	{"cancelled while it is not known whether there is a meeting", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		st := a.claim(kwadrans.TargetZoom)
		a.cancel(b.ID)
		a.lose(st, Settle)
		a.pass(Settle)
		for _, p := range []string{anna, jan} {
			a.complete(a.claim(kwadrans.LetterTo(p)), kwadrans.Done{Rev: 2})
		}
		st = a.claim(kwadrans.TargetZoom)
		equal(a, "maybe sent", st.MaybeSent, true)
		equal(a, "remote id", st.RemoteID, "")
	}},
	{"who never got an invitation", func(a *asker) {
		for _, c := range []struct {
			name string
			send func(st kwadrans.Step)
			ever bool
		}{
			{"nobody tried", nil, false},
			{"refused", func(st kwadrans.Step) { a.refuse(st, 0) }, false},
			{"sent", func(st kwadrans.Step) { a.complete(st, kwadrans.Done{Rev: 1}) }, true},
			{"lost", func(st kwadrans.Step) { a.lose(st, Settle) }, true},
			{"cut off", func(kwadrans.Step) { _, err := a.s.Recover(a.ctx, a.now, Settle); a.ok(err) }, true},
			{"under way", func(kwadrans.Step) {}, true},
		} {
			b := Sample(a.fresh(), a.serial*60)
			b.Attendees = b.Attendees[:1]
			b.Place = kwadrans.Place{Kind: kwadrans.PlacePhone}
			letter := Steps(b)[1]
			letter.Needs = ""
			a.reserve(b, letter)
			if c.send != nil {
				c.send(a.claim(letter.Target))
			}
			cancelled(&b)
			b.Rev = 2
			_, err := a.s.Revise(a.ctx, b, 1, Steps(b)[1:], kwadrans.Event{Kind: "cancelled"})
			a.ok(err)
			a.pass(time.Hour)
			st := a.claim(letter.Target)
			equal(a, c.name, st.Ever, c.ever)
			a.refuse(st, 0) // and a cancellation that was not sent changes nothing of it
			st = a.claim(letter.Target)
			equal(a, c.name+", again", st.Ever, c.ever)
			a.complete(st, kwadrans.Done{Rev: 2})
		}
	}},
}
