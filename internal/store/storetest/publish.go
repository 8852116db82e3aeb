package storetest

import (
	"time"

	"kwadrans/internal/kwadrans"
)

// publisher is a calendar that bookings are written into.
func (a *asker) publisher(n int) kwadrans.Calendar {
	a.Helper()
	c := server(n)
	c.Publish = true
	return a.add(c, "secret")
}

// written is a booking with a step towards a calendar, and a letter that waits for it.
func (a *asker) written(c kwadrans.Calendar) kwadrans.Booking {
	a.Helper()
	b := Sample(a.fresh(), a.serial*60)
	letter := Steps(b)[1]
	letter.Needs = kwadrans.EventIn(c.ID)
	return a.reserve(b, kwadrans.Step{Subject: b.ID, Target: kwadrans.EventIn(c.ID), Lane: kwadrans.LaneCalendar + c.ID, Want: 1}, letter)
}

func (a *asker) targets(booking string) (list []string) {
	a.Helper()
	steps, err := a.s.Steps(a.ctx, booking)
	a.ok(err)
	for _, st := range steps {
		list = append(list, st.Target)
	}
	return list
}

var publishQuestions = []question{
	{"one calendar publishes", func(a *asker) {
		one, two := a.publisher(1), server(2)
		two.Publish = true
		a.code(a.s.AddCalendar(a.ctx, two, ""), kwadrans.CodeInUse)
		two.Publish = false
		a.add(two, "")
		two.Publish = true
		a.code(a.s.ChangeCalendar(a.ctx, two), kwadrans.CodeInUse)
		equal(a, "the second publishes", a.calendar(two.ID).Publish, false)
		one.Publish = false
		a.ok(a.s.ChangeCalendar(a.ctx, one))
		a.ok(a.s.ChangeCalendar(a.ctx, two))
		equal(a, "the second publishes", a.calendar(two.ID).Publish, true)
		a.ok(a.s.RemoveCalendar(a.ctx, two.ID))
		one.Publish = true
		a.ok(a.s.ChangeCalendar(a.ctx, one))
	}},
	{"what waits for a removed calendar goes on without it", func(a *asker) {
		c, other := a.publisher(1), a.add(server(2), "")
		b, elsewhere := a.written(c), a.written(other)
		st := a.claim(kwadrans.EventIn(c.ID))
		st.Dead = true
		a.fail(st, &kwadrans.Pause{Lane: st.Lane, Until: kwadrans.Forever, Code: kwadrans.CodeCalendarAuth})
		equal(a, "state", a.booking(b.ID).State, kwadrans.Attention)
		a.complete(a.claim(kwadrans.EventIn(other.ID)), kwadrans.Done{Rev: 1})
		a.complete(a.claim(kwadrans.LetterTo(jan)), kwadrans.Done{Rev: 1})
		a.idle()
		a.ok(a.s.RemoveCalendar(a.ctx, c.ID))
		a.pauses()
		equal(a, "state", a.booking(b.ID).State, kwadrans.Confirmed)
		equal(a, "targets", a.targets(b.ID), []string{kwadrans.LetterTo(jan)})
		equal(a, "targets elsewhere", a.targets(elsewhere.ID), []string{kwadrans.EventIn(other.ID), kwadrans.LetterTo(jan)})
		list, err := a.s.Attention(a.ctx, a.now)
		a.ok(err)
		equal(a, "bookings that need a person", len(list), 0)
		st = a.claim(kwadrans.LetterTo(jan))
		equal(a, "letter of", st.Subject, b.ID)
		a.complete(st, kwadrans.Done{Rev: 1})
		a.cancel(b.ID)
		a.complete(a.claim(kwadrans.LetterTo(anna)), kwadrans.Done{Rev: 2})
		a.complete(a.claim(kwadrans.LetterTo(jan)), kwadrans.Done{Rev: 2})
	}},
	{"what was written into a removed calendar stays noted", func(a *asker) {
		c := a.publisher(1)
		b := a.written(c)
		a.complete(a.claim(kwadrans.EventIn(c.ID)), kwadrans.Done{Rev: 1, RemoteID: "/a.ics"})
		a.ok(a.s.RemoveCalendar(a.ctx, c.ID))
		st := a.step(b.ID, kwadrans.EventIn(c.ID))
		equal(a, "remote id", st.RemoteID, "/a.ics")
		equal(a, "done", st.Done(), true)
		a.complete(a.claim(kwadrans.LetterTo(jan)), kwadrans.Done{Rev: 1})
		for _, edit := range []func(b *kwadrans.Booking){nothing, cancelled} { // both would tell the calendar, as it was told before
			b = a.booking(b.ID)
			b.Rev++
			edit(&b)
			steps := []kwadrans.Step{{Subject: b.ID, Target: kwadrans.EventIn(c.ID), Lane: kwadrans.LaneCalendar + c.ID, Want: b.Rev}, Steps(b)[1]}
			steps[1].Needs = steps[0].Target
			done, err := a.s.Revise(a.ctx, b, b.Rev-1, steps, kwadrans.Event{Kind: "changed"})
			a.ok(err)
			equal(a, "revised", done, true)
			a.complete(a.claim(kwadrans.LetterTo(jan)), kwadrans.Done{Rev: b.Rev})
			a.idle()
			equal(a, "done", a.step(b.ID, kwadrans.EventIn(c.ID)).Done(), true)
		}
	}},
	{"a calendar is removed while somebody writes into it", func(a *asker) {
		c := a.publisher(1)
		b := a.written(c)
		st := a.claim(kwadrans.EventIn(c.ID))
		a.ok(a.s.RemoveCalendar(a.ctx, c.ID))
		kept, err := a.s.Complete(a.ctx, st, kwadrans.Done{Rev: 1, RemoteID: "/a.ics"}, a.now)
		a.ok(err)
		equal(a, "kept", kept, false)
		st.NotBefore = a.now.Add(time.Hour)
		equal(a, "failure kept", a.fail(st, nil), false)
		equal(a, "targets", a.targets(b.ID), []string{kwadrans.LetterTo(jan)})
	}},
	{"another secret lets the steps go", func(a *asker) {
		c := a.publisher(1)
		a.written(c)
		held := func() {
			a.Helper()
			a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneCalendar+c.ID, kwadrans.Pause{Until: kwadrans.Forever, Code: kwadrans.CodeCalendarAuth}))
			a.idle()
		}
		held()
		c.Name = "Inny"
		a.ok(a.s.ChangeCalendar(a.ctx, c)) // no reason to go on
		a.idle()
		c.Login = "jan"
		a.ok(a.s.ChangeCalendar(a.ctx, c))
		a.pauses()
		held()
		c.Address += "/elsewhere"
		a.ok(a.s.ChangeCalendar(a.ctx, c))
		a.pauses()
		held()
		a.ok(a.s.ChangeCalendarSecret(a.ctx, c.ID, "another"))
		a.claim(kwadrans.EventIn(c.ID))
	}},
}
