package storetest

import (
	"time"

	"kwadrans/internal/kwadrans"
)

// letter is a booking of its own host with one letter step, in a lane.
func (a *asker) letter(n, minutes int, lane string) {
	a.Helper()
	b := own(n, minutes)
	st := Steps(b)[1]
	st.Needs, st.Lane = "", lane
	a.reserve(b, st)
}

// failed fails the booking's letter; edit says how.
func (a *asker) failed(n int, edit func(st *kwadrans.Step)) {
	a.Helper()
	st := a.claim(kwadrans.LetterTo(jan))
	equal(a, "claimed", st.Subject, id(n))
	st.Attempt, st.NotBefore, st.Code = st.Attempt+1, a.now.Add(time.Hour), kwadrans.CodeOffline
	edit(&st)
	kept, err := a.s.Failed(a.ctx, st, nil, kwadrans.Event{}, a.now)
	a.ok(err)
	equal(a, "kept", kept, true)
}

func (a *asker) needs(want string) {
	a.Helper()
	list, err := a.s.Attention(a.ctx, a.now)
	a.ok(err)
	equal(a, "needs a person", numbers(list), want)
	n, err := a.s.CountBookings(a.ctx, a.now)
	a.ok(err)
	equal(a, "count", n.Attention, len(list))
}

var attentionQuestions = []question{
	{"given up first, then what waits for a person", func(a *asker) {
		for n, edit := range []func(st *kwadrans.Step){
			func(st *kwadrans.Step) { st.Code = kwadrans.CodeKeyLocked },
			func(*kwadrans.Step) {}, // offline: it goes on by itself
			func(st *kwadrans.Step) { st.Dead = true },
			func(st *kwadrans.Step) { st.NotBefore, st.Code = kwadrans.Forever, kwadrans.CodeOtherAccount },
			func(st *kwadrans.Step) { st.Dead = true },
			func(st *kwadrans.Step) { st.Code = kwadrans.CodeMailLater },
		} {
			a.letter(n+1, 600-n*60, kwadrans.LaneMail)
			a.failed(n+1, edit)
		}
		a.needs("5 3 4 1")
		a.ok(a.s.RetryBooking(a.ctx, id(3)))
		a.needs("5 4 1")
		a.complete(a.claim(kwadrans.LetterTo(jan)), kwadrans.Done{Rev: 1})
		a.needs("5 4 1")
	}},
	{"a lane that waits for a person", func(a *asker) {
		a.letter(1, 60, kwadrans.LaneMail)
		a.letter(2, 30, "calendar/x")
		a.letter(3, 45, kwadrans.LaneZoomMake+"me")
		a.needs("")
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneZoom, kwadrans.Pause{Until: a.now.Add(time.Hour), Code: kwadrans.CodeZoomLimit}))
		a.needs("") // that ends by itself
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneMail, kwadrans.Pause{Until: kwadrans.Forever, Code: kwadrans.CodeMailNotSet}))
		a.needs("1")
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneZoom, kwadrans.Pause{Until: kwadrans.Forever, Code: kwadrans.CodeNotConnected}))
		a.needs("3 1")
		a.ok(a.s.ResumeLanes(a.ctx, kwadrans.LaneZoom))
		a.needs("1")
	}},
	{"a cancellation that nobody has to hear of", func(a *asker) {
		b := Sample(1, 60)
		a.reserve(b, Steps(b)...)
		a.complete(a.claim(kwadrans.TargetZoom), done(1, 7))
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneMail, kwadrans.Pause{Until: kwadrans.Forever, Code: kwadrans.CodeMailNotSet}))
		a.needs("1")
		a.cancel(b.ID) // the letters wait, and will say nothing to who was never invited
		a.needs("")
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneZoom, kwadrans.Pause{Until: kwadrans.Forever, Code: kwadrans.CodeReconnect}))
		a.needs("1") // but there is a meeting
	}},
	{"once for each booking", func(a *asker) {
		b := Sample(1, 60)
		a.reserve(b, Steps(b)...)
		a.ok(a.s.PauseLanes(a.ctx, "", kwadrans.Pause{Until: kwadrans.Forever, Code: kwadrans.CodeReconnect}))
		a.needs("1")
	}},
	{"what is over and long unchanged is left alone", func(a *asker) {
		a.letter(1, 60, kwadrans.LaneMail)
		a.failed(1, func(st *kwadrans.Step) { st.Dead = true })
		a.pass(7*24*time.Hour - time.Minute)
		a.needs("1")
		a.pass(2 * time.Minute)
		a.needs("")
		a.letter(2, 30*24*60, kwadrans.LaneMail) // and what is still to come is not
		a.failed(2, func(st *kwadrans.Step) { st.Dead, st.Ever = true, true })
		a.needs("2")
		a.revise(id(2), cancelled) // a cancellation that nobody hears of matters as much
		for range 2 {
			st, ok, err := a.s.Claim(a.ctx, a.now, lease)
			a.ok(err)
			if ok {
				st.Dead = true
				a.fail(st, nil)
			}
		}
		a.needs("2")
	}},
	{"how many", func(a *asker) {
		count := func(upcoming, attention int) {
			a.Helper()
			n, err := a.s.CountBookings(a.ctx, a.now)
			a.ok(err)
			equal(a, "count", n, kwadrans.BookingCounts{Upcoming: upcoming, Attention: attention})
		}
		count(0, 0)
		a.reserve(own(1, -30))
		a.reserve(own(2, -29))
		a.reserve(own(3, 6000))
		a.reserve(own(4, 60))
		a.cancel(id(4))
		count(2, 0)
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneMail, kwadrans.Pause{Until: kwadrans.Forever}))
		a.letter(5, 60, kwadrans.LaneMail)
		count(3, 1)
	}},
	{"what hangs on the Zoom connection", func(a *asker) {
		count := func(meetings, waiting, topics int) {
			a.Helper()
			n, err := a.s.CountVideo(a.ctx, a.now)
			a.ok(err)
			equal(a, "count", n, kwadrans.VideoCounts{Meetings: meetings, Waiting: waiting, Topics: topics})
		}
		count(0, 0, 0)
		a.ok(a.s.SaveSchedule(a.ctx, kwadrans.DefaultSchedule("default", "UTC")))
		for _, places := range [][]kwadrans.Place{
			{{Kind: kwadrans.PlaceZoom}}, {{Kind: kwadrans.PlacePhone, Detail: "+48"}}, {{Kind: kwadrans.PlacePhone, Detail: "+48"}, {Kind: kwadrans.PlaceZoom}},
			{{Kind: kwadrans.PlaceZoom}, {Kind: kwadrans.PlacePhone, Detail: "+48"}},
		} {
			t := kwadrans.DefaultTopic("t"+string(rune('a'+a.fresh())), kwadrans.Duration(time.Hour))
			t.Places = places
			a.ok(a.s.AddTopic(a.ctx, t, a.now))
		}
		count(0, 0, 2)
		for n := range 3 {
			b := own(n+1, 60+n)
			a.reserve(b, Steps(b)[0])
		}
		a.letter(4, 60, kwadrans.LaneMail)
		count(0, 3, 2)
		a.complete(a.claim(kwadrans.TargetZoom), done(1, 7))
		count(1, 2, 2)
		a.cancel(id(1))
		a.cancel(id(2))
		count(0, 1, 2)
		a.pass(3 * time.Hour)
		count(0, 0, 2)
	}},
}
