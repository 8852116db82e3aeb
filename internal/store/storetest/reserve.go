package storetest

import (
	"fmt"
	"sync"
	"time"

	"kwadrans/internal/kwadrans"
)

// meets says when a padded booking of half an hour is in the way of a meeting
// of half an hour at ten: a buffer may overlap a buffer, never a meeting.
var meets = []struct {
	name          string
	at            int // minutes after ten
	before, after int // of the booking that is there
	pre, post     int // of the new one
	taken         bool
}{
	{"the same time", 0, 0, 0, 0, 0, true},
	{"one minute into it", 29, 0, 0, 0, 0, true},
	{"one minute before its end", -29, 0, 0, 0, 0, true},
	{"touching its end", 30, 0, 0, 0, 0, false},
	{"touching its start", -30, 0, 0, 0, 0, false},
	{"its buffer behind", -39, 0, 10, 0, 0, true},
	{"touching its buffer behind", -40, 0, 10, 0, 0, false},
	{"its buffer in front", 39, 10, 0, 0, 0, true},
	{"touching its buffer in front", 40, 10, 0, 0, 0, false},
	{"our buffer in front", -39, 0, 0, 10, 0, true},
	{"touching with our buffer in front", -40, 0, 0, 10, 0, false},
	{"our buffer behind", 39, 0, 0, 0, 10, true},
	{"touching with our buffer behind", 40, 0, 0, 0, 10, false},
	{"buffers may share their time", -40, 0, 10, 10, 0, false},
	{"the longer buffer counts", -45, 0, 10, 20, 0, true},
	{"and holds alone", -50, 0, 10, 20, 0, false},
	{"buffers in both directions share", 40, 10, 0, 0, 10, false},
	{"a day of buffers", -24*60 - 29, 0, 24 * 60, 0, 0, true},
	{"touching a day of buffers", -24*60 - 30, 0, 24 * 60, 0, 0, false},
}

var reserveQuestions = []question{
	{"overlap and touch", func(a *asker) {
		for i, c := range meets {
			ours := padded(Sample(2*i+2, 60), c.pre, c.post)
			there := padded(Sample(2*i+1, 60+c.at), c.before, c.after)
			ours.Host.ID, there.Host.ID = fmt.Sprint("host ", i), fmt.Sprint("host ", i)
			a.reserve(there)
			inTheWay, err := a.s.Reserve(a.ctx, ours, nil, created)
			a.ok(err)
			if got := len(inTheWay) > 0; got != c.taken {
				a.Errorf("%s: taken %v, want %v", c.name, got, c.taken)
			}
			if c.taken && len(inTheWay) == 1 {
				want := kwadrans.Busy{Span: there.Span(), Before: there.Start.Sub(there.Blocked.Start), After: there.Blocked.End.Sub(there.End),
					Kind: kwadrans.FromBooking, ID: there.ID, Item: there.TopicName, Source: "bookings", Topic: there.Topic, Zoom: true}
				equal(a, c.name, inTheWay[0], want)
			}
			_, err = a.s.Booking(a.ctx, ours.ID)
			if c.taken {
				a.code(err, kwadrans.CodeNotFound)
			} else {
				a.ok(err)
			}
		}
	}},
	{"keeps all of it", func(a *asker) {
		b := padded(Sample(1, 0), 5, 10)
		a.reserve(b, Steps(b)...)
		equal(a, "booking", a.booking(b.ID), b)
		steps, err := a.s.Steps(a.ctx, b.ID)
		a.ok(err)
		want := Steps(b)
		equal(a, "steps", steps, []kwadrans.Step{want[0], want[2], want[1]}) // Zoom first, then by target
		history, err := a.s.History(a.ctx, b.ID)
		a.ok(err)
		equal(a, "history", history, []kwadrans.Event{created})
	}},
	{"nothing of a booking that is not free", func(a *asker) {
		a.reserve(Sample(1, 0))
		b := Sample(2, 15)
		inTheWay, err := a.s.Reserve(a.ctx, b, Steps(b), created)
		a.ok(err)
		equal(a, "in the way", len(inTheWay), 1)
		steps, err := a.s.Steps(a.ctx, b.ID)
		a.ok(err)
		equal(a, "steps", len(steps), 0)
		a.idle()
	}},
	{"over a conflict with a reason", func(a *asker) {
		a.reserve(Sample(1, 0))
		b := Sample(2, 15)
		b.Over = "pilne"
		a.reserve(b)
		equal(a, "reason", a.booking(b.ID).Over, "pilne")
		inTheWay, err := a.s.Reserve(a.ctx, Sample(3, 20), nil, created)
		a.ok(err)
		equal(a, "in the way of a third", len(inTheWay), 2)
		a.revise(b.ID, func(b *kwadrans.Booking) { b.Note = "bez zmian" }) // a change in place asks nobody
		a.revise(id(1), func(b *kwadrans.Booking) { b.Note = "bez zmian" })
	}},
	{"cancelling frees at once", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		a.cancel(b.ID)
		a.reserve(Sample(2, 0))
	}},
	{"hosts do not meet each other", func(a *asker) {
		a.reserve(Sample(1, 0))
		b := Sample(2, 0)
		b.Host.ID = "somebody-else"
		a.reserve(b)
	}},
	{"an attendee twice", func(a *asker) {
		b := Sample(1, 0)
		b.Attendees[1].Email = "JAN@example.com"
		_, err := a.s.Reserve(a.ctx, b, nil, created)
		a.code(err, kwadrans.CodeInvalid)
	}},
	{"sixteen at one slot", func(a *asker) {
		const n = 16
		var wg sync.WaitGroup
		var won [n]bool
		var failed [n]error
		for i := range n {
			wg.Go(func() {
				inTheWay, err := a.s.Reserve(a.ctx, padded(Sample(i+1, i), 5, 5), nil, created)
				won[i], failed[i] = err == nil && len(inTheWay) == 0, err
			})
		}
		wg.Wait()
		winners := 0
		for i := range n {
			if failed[i] != nil && kwadrans.CodeOf(failed[i]) != kwadrans.CodeNotFree {
				a.Error(failed[i])
			}
			if won[i] {
				winners++
			}
		}
		equal(a, "winners", winners, 1)
		list, err := a.s.Bookings(a.ctx, kwadrans.Span{Start: start, End: start.Add(time.Hour)}, 0, 0)
		a.ok(err)
		equal(a, "bookings", len(list), 1)
	}},
}
