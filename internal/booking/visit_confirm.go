package booking

import (
	"context"
	"time"

	"kwadrans/internal/kwadrans"
)

// ErrReleased says that the seat was not confirmed in time and is free again.
var ErrReleased = kwadrans.Errorf(kwadrans.CodeNotFound, "booking: the seat was not confirmed in time").WithHint("choose a time again")

// Confirm makes a booking of a held seat: from now on the outside is told. A start
// other than zero is taken instead of the held one. What came in the way meanwhile
// is an answer; the seat stays held. A booking that is confirmed already is left as
// it is. Errors: ErrReleased.
func (v *Visits) Confirm(ctx context.Context, id string, start time.Time) (Answer, error) {
	for range 5 {
		b, err := v.Store.Booking(ctx, id)
		switch {
		case kwadrans.CodeOf(err) == kwadrans.CodeNotFound:
			return Answer{}, ErrReleased
		case err != nil:
			return Answer{}, err
		case b.State == kwadrans.Cancelled:
			return Answer{}, ErrReleased
		case b.State != kwadrans.Held:
			return Answer{Booking: b, Booked: true}, nil
		case !v.Now().Before(b.HeldUntil()):
			return Answer{}, ErrReleased
		}
		a, done, err := v.confirm(ctx, b, start)
		if err != nil || done {
			return a, err
		}
	}
	return Answer{}, errRestless
}

func (v *Visits) confirm(ctx context.Context, b kwadrans.Booking, start time.Time) (a Answer, done bool, err error) {
	kept := start.IsZero() || start.Equal(b.Start)
	if kept {
		start = b.Start
	} else if err := wholeMinute(start); err != nil {
		return a, true, err
	}
	known, err := v.lookAnew(ctx, b.Topic, kwadrans.Span{Start: start, End: start.Add(b.Span().Duration())}, &b)
	if err != nil {
		return a, true, err
	}
	a.Conflicts = known.engine.Check(start)
	if kept {
		a.Conflicts = collisions(a.Conflicts)
	}
	if len(a.Conflicts) > 0 {
		return a, true, nil
	}
	next, err := at(b, known.topic, start)
	if err != nil {
		return a, true, err
	}
	next.State = kwadrans.Confirmed
	if next.Place.Kind == kwadrans.PlaceZoom {
		next.State = kwadrans.Provisioning
	}
	next.Rev, next.Updated = b.Rev+1, v.Now().UTC()
	done, err = v.keep(ctx, next, b.Rev, 0, kwadrans.Event{At: next.Updated, Actor: attendee, Kind: "confirmed"})
	if kwadrans.CodeOf(err) == kwadrans.CodeNotFree {
		return a, false, nil
	}
	if err != nil || !done {
		return a, done, err
	}
	v.Log.Info("booking: confirmed by a visitor", "booking", b.ID)
	a.Booking, err = v.Store.Booking(ctx, b.ID)
	a.Booked = err == nil
	return a, true, err
}

// collisions leaves out of the reasons against a seat those that do not count while
// it is held: the rules let it in half an hour ago at the most, and so did a source
// that cannot be read at this moment.
func collisions(list []kwadrans.Conflict) (hard []kwadrans.Conflict) {
	for _, c := range list {
		switch c.Code {
		case kwadrans.BusyBooking, kwadrans.BusyZoom, kwadrans.BusyCalendar, kwadrans.BufferHit, kwadrans.Past, kwadrans.HostNotActive:
			hard = append(hard, c)
		}
	}
	return hard
}
