package booking

import (
	"context"

	"kwadrans/internal/kwadrans"
)

// Undo takes back the last change of a booking that was held back, while nothing
// of it went out, and tells nobody: a new booking ends cancelled, a changed one is as
// it was, with its time, its meeting and its link. Errors: CodeNotFound, CodeAmbiguous,
// CodeInvalid; CodeInUse when the change is on its way or was not held back; CodeNotFree
// when somebody else has the old time by now, and the booking stays as it is.
func (s *Service) Undo(ctx context.Context, prefix string) (kwadrans.Booking, error) {
	for {
		b, err := s.Store.Booking(ctx, prefix)
		if err != nil {
			return b, err
		}
		was, err := s.before(ctx, b)
		if err != nil {
			return b, err
		}
		steps, err := s.steps(ctx, was, telling{})
		if err != nil {
			return b, err
		}
		done, err := s.Store.TakeBack(ctx, was, b.Rev, steps, kwadrans.Event{At: was.Updated, Actor: "host", Kind: "undone"})
		switch {
		case kwadrans.CodeOf(err) == kwadrans.CodeNotFree:
			return b, kwadrans.Errorf(kwadrans.CodeNotFree, "booking: somebody else has the time by now").
				WithHint("the booking stays as it is; choose another start").Because(err)
		case err != nil:
			return b, err
		}
		now, err := s.Store.Booking(ctx, b.ID)
		if err != nil || done {
			return now, err
		}
		if now.Rev == b.Rev {
			return now, tooLate(now)
		}
	}
}

// before is the booking without its last change: a new one was not there. Its place at
// Zoom, and with it the exact state, are the store's.
func (s *Service) before(ctx context.Context, b kwadrans.Booking) (kwadrans.Booking, error) {
	if b.Rev == 1 && b.State != kwadrans.Cancelled {
		b.State, b.Updated = kwadrans.Cancelled, s.Now().UTC()
		b.Rev++
		return b, nil
	}
	was, found, err := s.Store.Before(ctx, b.ID, b.Rev)
	if err == nil && !found {
		err = tooLate(b)
	}
	was.Zoom, was.Updated = b.Zoom, s.Now().UTC()
	return was, err
}

func tooLate(b kwadrans.Booking) error {
	if b.State == kwadrans.Cancelled {
		return kwadrans.Errorf(kwadrans.CodeInUse, "booking: the cancellation cannot be taken back any more").WithHint("book the time again")
	}
	if b.Rev > 1 {
		return kwadrans.Errorf(kwadrans.CodeInUse, "booking: the change is on its way and cannot be taken back").WithHint("change it again")
	}
	return kwadrans.Errorf(kwadrans.CodeInUse, "booking: the booking is on its way and cannot be taken back").WithHint("cancel it instead")
}
