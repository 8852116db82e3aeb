package booking

import (
	"context"
	"time"

	"kwadrans/internal/kwadrans"
)

// Ending is how a booking is cancelled.
type Ending struct {
	Reason string        // told to the attendees; may be empty
	Hold   time.Duration // keep the steps back so long, for Undo
	Silent bool          // the attendees get no letter
}

// Cancel is End with a reason, told to everybody.
func (s *Service) Cancel(ctx context.Context, prefix, reason string, hold time.Duration) (kwadrans.Booking, error) {
	return s.End(ctx, prefix, Ending{Reason: reason, Hold: hold})
}

// End frees the time at once and tells the outside: the Zoom meeting is deleted and
// everybody who ever got an invitation gets its cancellation. A cancelled booking is left
// as it is. Errors: CodeNotFound, CodeAmbiguous, CodeInvalid. Where Zoom or the mail
// server cannot be told now, the steps wait.
func (s *Service) End(ctx context.Context, prefix string, e Ending) (kwadrans.Booking, error) {
	reason, err := cleanReason(e.Reason)
	if err != nil {
		return kwadrans.Booking{}, err
	}
	for {
		b, err := s.Store.Booking(ctx, prefix)
		if err != nil || b.State == kwadrans.Cancelled {
			return b, err
		}
		rev, held := b.Rev, b.State == kwadrans.Held
		b.State, b.Reason, b.Updated = kwadrans.Cancelled, reason, s.Now().UTC()
		b.Rev++
		event := kwadrans.Event{At: b.Updated, Actor: "host", Kind: "cancelled", Detail: reason}
		var done bool
		if held {
			done, err = s.keepUntold(ctx, b, rev, event)
		} else {
			done, err = s.keepTold(ctx, b, rev, telling{hold: e.Hold, silent: e.Silent}, event)
		}
		if err != nil || done {
			return b, err
		}
	}
}

func cleanReason(reason string) (string, error) {
	reason = kwadrans.CleanText(reason)
	if len([]rune(reason)) > maxNote {
		return "", kwadrans.Errorf(kwadrans.CodeInvalid, "booking: the reason is longer than %d characters", maxNote)
	}
	return reason, nil
}
