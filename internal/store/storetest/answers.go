package storetest

import (
	"time"

	"kwadrans/internal/kwadrans"
)

var answered = kwadrans.Event{At: start, Actor: anna, Kind: "answered", Target: kwadrans.LetterTo(anna), Detail: "accepted"}

var answerQuestions = []question{
	{"an answer is kept with its time", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		found, ok, err := a.s.BookingByUID(a.ctx, b.UID)
		a.ok(err)
		equal(a, "found", ok, true)
		equal(a, "booking", found.ID, b.ID)
		_, ok, err = a.s.BookingByUID(a.ctx, "nobody@kwadrans")
		a.ok(err)
		equal(a, "another uid", ok, false)

		stamp := start.Add(time.Minute)
		done, err := a.s.KeepAnswer(a.ctx, b.ID, "ANNA@example.com", kwadrans.Accepted, stamp, answered)
		a.ok(err)
		equal(a, "kept", done, true)
		now := a.booking(b.ID)
		who, _ := now.Attendee(anna)
		equal(a, "answer", who.Answer, kwadrans.Accepted)
		equal(a, "answered", who.Answered, stamp)
		equal(a, "revision", now.Rev, b.Rev)
		history, err := a.s.History(a.ctx, b.ID)
		a.ok(err)
		equal(a, "history", history, []kwadrans.Event{created, answered})

		for _, old := range []time.Time{stamp, stamp.Add(-time.Second)} {
			done, err = a.s.KeepAnswer(a.ctx, b.ID, anna, kwadrans.Declined, old, answered)
			a.ok(err)
			equal(a, "an older answer", done, false)
		}
		done, err = a.s.KeepAnswer(a.ctx, b.ID, "eve@example.com", kwadrans.Declined, stamp, answered)
		a.ok(err)
		equal(a, "a stranger's", done, false)

		now.Rev, now.Updated = now.Rev+1, start.Add(time.Hour)
		done, err = a.s.Revise(a.ctx, now, b.Rev, nil, kwadrans.Event{})
		a.ok(err)
		equal(a, "revised", done, true)
		who, _ = a.booking(b.ID).Attendee(anna)
		equal(a, "after a change", who.Answered, stamp)
	}},
}
