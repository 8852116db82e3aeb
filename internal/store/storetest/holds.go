package storetest

import (
	"strings"

	"kwadrans/internal/kwadrans"
)

// seat is a booking that waits for the visitor to confirm.
func seat(n, minutes int) kwadrans.Booking {
	b := Sample(n, minutes)
	b.State = kwadrans.Held
	b.Attendees = []kwadrans.Attendee{{Name: "Ewa", Email: "ewa@example.com", Zone: "Europe/Warsaw", Lang: kwadrans.Polish, Answer: kwadrans.NoAnswer}}
	return b
}

var holdQuestions = []question{
	{"a held seat takes its time, and is forgotten whole", func(a *asker) {
		held, other := seat(1, 0), Sample(2, 600)
		a.reserve(held, Steps(held)[1:]...)
		a.reserve(other, Steps(other)...)
		inTheWay, err := a.s.Reserve(a.ctx, Sample(3, 15), nil, created)
		a.ok(err)
		equal(a, "in the way", len(inTheWay), 1)
		list, err := a.s.Holds(a.ctx)
		a.ok(err)
		equal(a, "held", list, []kwadrans.Booking{a.booking(held.ID)})
		for _, c := range []struct {
			id   string
			want bool
		}{{other.ID, false}, {held.ID, true}, {held.ID, false}} {
			done, err := a.s.DropHold(a.ctx, c.id)
			a.ok(err)
			equal(a, "dropped "+c.id, done, c.want)
		}
		_, err = a.s.Booking(a.ctx, held.ID)
		equal(a, "code", kwadrans.CodeOf(err), kwadrans.CodeNotFound)
		steps, err := a.s.Steps(a.ctx, held.ID)
		a.ok(err)
		equal(a, "steps", len(steps), 0)
		a.reserve(Sample(3, 15))
	}},
	{"only who attended was met", func(a *asker) {
		met := func(email string, want bool) {
			a.Helper()
			got, err := a.s.Met(a.ctx, email)
			a.ok(err)
			equal(a, "met "+email, got, want)
		}
		held := seat(1, 0)
		a.reserve(held, Steps(held)[1:]...)
		met("ewa@example.com", false)
		b := Sample(2, 600)
		a.reserve(b, Steps(b)...)
		met(strings.ToUpper(anna), true)
		met("nobody@example.com", false)
	}},
}
