package storetest

import (
	"time"

	"kwadrans/internal/kwadrans"
)

// phone is a booking with one letter step that needs nothing, in a lane.
func (a *asker) phone(lane string) kwadrans.Step {
	a.Helper()
	b := Sample(a.fresh(), a.serial*60)
	st := Steps(b)[1]
	st.Needs, st.Lane = "", lane
	a.reserve(b, st)
	return st
}

func (a *asker) pauses(want ...kwadrans.Pause) {
	a.Helper()
	got, err := a.s.Pauses(a.ctx, a.now)
	a.ok(err)
	equal(a, "pauses", append([]kwadrans.Pause{}, got...), append([]kwadrans.Pause{}, want...))
}

var laneQuestions = []question{
	{"a failure pauses its lane", func(a *asker) {
		a.phone(kwadrans.LaneMail)
		a.phone(kwadrans.LaneMail)
		a.phone("calendar/x")
		st := a.claim(kwadrans.LetterTo(jan))
		for st.Lane != kwadrans.LaneMail {
			st = a.claim(kwadrans.LetterTo(jan))
		}
		p := kwadrans.Pause{Lane: st.Lane, Until: a.now.Add(time.Hour), Code: kwadrans.CodeMailAuth, Words: "535"}
		a.fail(st, &p)
		a.pauses(p)
		a.pass(2 * lease) // the other lane goes on
		equal(a, "lane", a.claim(kwadrans.LetterTo(jan)).Lane, "calendar/x")
		a.idle()
		a.pass(time.Hour - 2*lease - time.Millisecond)
		a.pauses(p)
		a.pass(time.Millisecond)
		a.pauses()
		a.claim(kwadrans.LetterTo(jan))
	}},
	{"the next step is due when the pause ends", func(a *asker) {
		a.phone(kwadrans.LaneMail)
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneMail, kwadrans.Pause{Until: a.now.Add(time.Hour)}))
		a.next(a.now.Add(time.Hour))
		a.pass(time.Hour)
		a.claim(kwadrans.LetterTo(jan))
	}},
	{"every lane under a prefix", func(a *asker) {
		a.phone(kwadrans.LaneZoomMake + "me")
		a.phone(kwadrans.LaneZoomDrop + "me")
		p := kwadrans.Pause{Lane: kwadrans.LaneZoom, Until: kwadrans.Forever, Code: kwadrans.CodeReconnect}
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneZoom, p))
		a.idle()
		a.next(kwadrans.Forever)
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneZoomMake+"me", p))
		a.ok(a.s.ResumeLanes(a.ctx, kwadrans.LaneZoom))
		a.pauses()
		a.claim(kwadrans.LetterTo(jan))
		a.claim(kwadrans.LetterTo(jan))
	}},
	{"bug: the lane of one host held back another whose id begins alike", func(a *asker) {
		a.phone(kwadrans.LaneZoomMake + "anna2")
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneZoomMake+"anna", kwadrans.Pause{Until: kwadrans.Forever}))
		a.claim(kwadrans.LetterTo(jan))
	}},
	{"bug: a shorter pause ended a longer one", func(a *asker) {
		long := kwadrans.Pause{Lane: kwadrans.LaneMail, Until: kwadrans.Forever, Code: kwadrans.CodeMailAuth}
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneMail, long))
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneMail, kwadrans.Pause{Until: a.now.Add(time.Minute), Code: kwadrans.CodeMailLater}))
		a.pauses(long)
		long.Code = kwadrans.CodeMailNotSet
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneMail, long))
		a.pauses(long)
	}},
	{"bug: a pause was lost when the wish changed meanwhile", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)[0])
		st := a.claim(kwadrans.TargetZoom)
		a.revise(b.ID, nothing)
		p := kwadrans.Pause{Lane: st.Lane, Until: a.now.Add(time.Hour), Code: kwadrans.CodeZoomLimit}
		equal(a, "kept", a.fail(st, &p), false)
		a.pauses(p)
		a.idle()
	}},
	{"bug: a failure from before the new password paused mail for ever", func(a *asker) {
		a.phone(kwadrans.LaneMail)
		st := a.claim(kwadrans.LetterTo(jan)) // with the old password
		a.ok(a.s.SaveMailAccount(a.ctx, kwadrans.MailAccount{From: host, Host: "localhost", Port: 25, TLS: kwadrans.TLSNone}))
		st.NotBefore = a.now
		a.fail(st, &kwadrans.Pause{Lane: st.Lane, Until: kwadrans.Forever, Code: kwadrans.CodeMailAuth})
		a.pauses()
		st = a.claim(kwadrans.LetterTo(jan)) // with the new one, which is wrong as well
		st.NotBefore = a.now
		p := kwadrans.Pause{Lane: st.Lane, Until: kwadrans.Forever, Code: kwadrans.CodeMailAuth}
		a.fail(st, &p)
		a.pauses(p)
	}},
	{"a limit learnt before the new sign-in still holds", func(a *asker) {
		a.phone(kwadrans.LaneZoomMake + "me")
		st := a.claim(kwadrans.LetterTo(jan))
		a.ok(a.s.ResumeLanes(a.ctx, kwadrans.LaneZoom))
		p := kwadrans.Pause{Lane: st.Lane, Until: a.now.Add(time.Hour), Code: kwadrans.CodeZoomLimit}
		a.fail(st, &p)
		a.pauses(p)
	}},
	{"resuming makes waiting steps due", func(a *asker) {
		a.phone(kwadrans.LaneMail)
		a.refuse(a.claim(kwadrans.LetterTo(jan)), time.Hour)
		a.idle()
		a.ok(a.s.ResumeLanes(a.ctx, kwadrans.LaneMail))
		equal(a, "attempts", a.claim(kwadrans.LetterTo(jan)).Attempt, 0)
	}},
	{"resuming leaves given up steps to a person", func(a *asker) {
		a.phone(kwadrans.LaneMail)
		st := a.claim(kwadrans.LetterTo(jan))
		st.Dead = true
		a.refuse(st, 0)
		a.ok(a.s.ResumeLanes(a.ctx, kwadrans.LaneMail))
		a.idle()
	}},
	{"resuming leaves steps that a person holds back", func(a *asker) {
		b := Sample(1, 0)
		st := Steps(b)[0]
		st.NotBefore = a.now.Add(10 * time.Second)
		a.reserve(b, st)
		a.ok(a.s.ResumeLanes(a.ctx, kwadrans.LaneZoom))
		a.idle()
	}},
	{"resuming lets an unknown outcome settle, and no longer", func(a *asker) {
		a.phone(kwadrans.LaneMail)
		a.lose(a.claim(kwadrans.LetterTo(jan)), time.Hour)
		since := a.now
		a.pass(time.Second)
		a.ok(a.s.ResumeLanes(a.ctx, kwadrans.LaneMail))
		a.next(since.Add(Settle))
	}},
}
