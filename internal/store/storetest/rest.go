package storetest

import (
	"context"
	"time"

	"kwadrans/internal/kwadrans"
)

var restQuestions = []question{
	{"stray meetings", func(a *asker) {
		v := kwadrans.Stray{MeetingID: 1 << 40, Booking: id(1), Why: kwadrans.StrayDouble, Topic: "Rozmowa", Start: a.now}
		got, err := a.s.SeeStray(a.ctx, v, a.now)
		a.ok(err)
		v.First, v.Last, v.Seen = a.now, a.now, 1
		equal(a, "first sight", got, v)
		other := kwadrans.Stray{MeetingID: 2, Booking: id(2), Why: kwadrans.StrayUnknown, Start: a.now}
		other, err = a.s.SeeStray(a.ctx, other, a.now.Add(time.Second))
		a.ok(err)
		a.pass(time.Hour)
		v.Why, v.Topic = kwadrans.StrayCancelled, "Inna"
		got, err = a.s.SeeStray(a.ctx, v, a.now)
		a.ok(err)
		v.Last, v.Seen = a.now, 2
		equal(a, "second sight", got, v)
		list, err := a.s.Strays(a.ctx)
		a.ok(err)
		equal(a, "strays", list, []kwadrans.Stray{v, other})
		a.ok(a.s.ForgetStray(a.ctx, v.MeetingID))
		a.ok(a.s.ForgetStray(a.ctx, 99))
		list, err = a.s.Strays(a.ctx)
		a.ok(err)
		equal(a, "strays", list, []kwadrans.Stray{other})
	}},
	{"small facts", func(a *asker) {
		v, err := a.s.Meta(a.ctx, "sweep_due")
		a.ok(err)
		equal(a, "unknown", v, "")
		for _, want := range []string{"1", "Zażółć\n'", ""} {
			a.ok(a.s.SetMeta(a.ctx, "sweep_due", want))
			v, err := a.s.Meta(a.ctx, "sweep_due")
			a.ok(err)
			equal(a, "fact", v, want)
		}
	}},
	{"the name of the data file", func(a *asker) {
		one, err := a.s.InstallID(a.ctx)
		a.ok(err)
		two, err := a.s.InstallID(a.ctx)
		a.ok(err)
		equal(a, "length", len(one), 8)
		equal(a, "again", two, one)
	}},
	{"what is open, given up first", func(a *asker) {
		for range 3 {
			a.phone(kwadrans.LaneMail)
		}
		a.refuse(a.claim(kwadrans.LetterTo(jan)), time.Hour)
		st := a.claim(kwadrans.LetterTo(jan))
		st.Dead = true
		a.refuse(st, 0)
		a.complete(a.claim(kwadrans.LetterTo(jan)), kwadrans.Done{Rev: 1})
		list, err := a.s.OpenSteps(a.ctx)
		a.ok(err)
		got := []string{}
		for _, st := range list {
			got = append(got, st.Subject)
		}
		equal(a, "open", got, []string{id(2), id(1)})
	}},
	{"a question that is given up", func(a *asker) {
		ctx, cancel := context.WithCancel(a.ctx)
		cancel()
		if _, err := a.s.Reserve(ctx, Sample(1, 0), nil, created); err == nil {
			a.Error("a cancelled context reserved")
		}
		_, err := a.s.Booking(a.ctx, id(1))
		a.code(err, kwadrans.CodeNotFound)
		a.reserve(Sample(1, 0))
	}},
}
