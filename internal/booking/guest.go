package booking

import (
	"context"
	"time"

	"kwadrans/internal/kwadrans"
)

// Leave is what an attendee may still change about a booking, at one moment.
type Leave struct {
	Move, Cancel           bool
	MoveUntil, CancelUntil time.Time // zero when it was never allowed
	Moves                  int       // how often it may still move; 0 is no limit
}

// Leave says what an attendee may change now. A booking carries what is left of the
// policy of its topic: each move by an attendee takes one away.
func (v *Visits) Leave(b kwadrans.Booking) (l Leave) {
	now, c := v.Now(), b.Change
	live := b.State != kwadrans.Cancelled && b.State != kwadrans.Held && now.Before(b.Start)
	if c.MayMove {
		l.MoveUntil, l.Moves = b.Start.Add(-c.MoveBefore.Std()), c.MaxMoves
		l.Move = live && !now.After(l.MoveUntil)
	}
	if c.MayCancel {
		l.CancelUntil = b.Start.Add(-c.CancelBefore.Std())
		l.Cancel = live && !now.After(l.CancelUntil)
	}
	return l
}

// Refusals of what an attendee asks for.
var (
	ErrNoLeave = kwadrans.Errorf(kwadrans.CodeInvalid, "booking: the rules of the topic do not allow this change any more").WithHint("write to the host")
	ErrChanged = kwadrans.Errorf(kwadrans.CodeInUse, "booking: the booking has changed meanwhile").WithHint("look at it again")
)

// Move gives a booking another start on behalf of an attendee, if the change policy
// allows it and rev is still its revision. A start that is not free is an answer.
// Errors: CodeNotFound, ErrNoLeave, ErrChanged.
func (v *Visits) Move(ctx context.Context, id string, rev int, start time.Time) (Answer, error) {
	if err := wholeMinute(start); err != nil {
		return Answer{}, err
	}
	return v.change(ctx, id, Wish{Start: start}, func(b kwadrans.Booking, known view) (kwadrans.Booking, kwadrans.Event, error) {
		switch {
		case b.Rev == rev+1 && b.Start.Equal(start): // sent twice
			return b, kwadrans.Event{}, nil
		case b.Rev != rev:
			return b, kwadrans.Event{}, ErrChanged
		case !v.Leave(b).Move:
			return b, kwadrans.Event{}, ErrNoLeave
		}
		e := kwadrans.Event{Actor: attendee, Kind: "moved", Detail: inZone(b.Start, b.Wall.Zone) + " → " + inZone(start, b.Wall.Zone)}
		moved, err := at(b, known.topic, start)
		moved.Change = spent(b.Change)
		return moved, e, err
	})
}

// spent is a policy after one more move by an attendee.
func spent(c kwadrans.ChangePolicy) kwadrans.ChangePolicy {
	switch c.MaxMoves {
	case 0:
		return c
	case 1:
		c.MayMove, c.MaxMoves = false, 0
	default:
		c.MaxMoves--
	}
	return c
}

// CallOff cancels a booking on behalf of an attendee, under the same conditions as
// Move. A booking that is cancelled already is left as it is.
func (v *Visits) CallOff(ctx context.Context, id string, rev int, reason string) (kwadrans.Booking, error) {
	reason, err := cleanReason(reason)
	if err != nil {
		return kwadrans.Booking{}, err
	}
	b, err := v.Store.Booking(ctx, id)
	switch {
	case err != nil || b.State == kwadrans.Cancelled:
		return b, err
	case b.Rev != rev:
		return b, ErrChanged
	case !v.Leave(b).Cancel:
		return b, ErrNoLeave
	}
	b.State, b.Reason, b.Updated = kwadrans.Cancelled, reason, v.Now().UTC()
	b.Rev++
	done, err := v.keep(ctx, b, rev, 0, kwadrans.Event{At: b.Updated, Actor: attendee, Kind: "cancelled", Detail: reason})
	if err == nil && !done {
		err = ErrChanged
	}
	return b, err
}

// keepUntold is keep for the end of a held seat: nobody was told of it, only asked.
func (s *Service) keepUntold(ctx context.Context, b kwadrans.Booking, rev int, e kwadrans.Event) (bool, error) {
	return s.Store.Revise(ctx, b, rev, nil, e)
}
