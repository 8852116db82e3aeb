package booking

import (
	"context"
	"time"

	"kwadrans/internal/kwadrans"
)

// Cancel frees the time at once and tells the outside: the Zoom meeting is
// deleted and everybody who ever got an invitation gets its cancellation. A
// cancelled booking is left as it is. Errors: CodeNotFound, CodeAmbiguous, CodeInvalid.
// Where Zoom or the mail server cannot be told now, the steps wait. A hold
// keeps them back so long, for Undo; zero tells at once.
func (s *Service) Cancel(ctx context.Context, prefix, reason string, hold time.Duration) (kwadrans.Booking, error) {
	reason = kwadrans.CleanText(reason)
	if len([]rune(reason)) > maxNote {
		return kwadrans.Booking{}, kwadrans.Errorf(kwadrans.CodeInvalid, "booking: the reason is longer than %d characters", maxNote)
	}
	for {
		b, err := s.Store.Booking(ctx, prefix)
		if err != nil || b.State == kwadrans.Cancelled {
			return b, err
		}
		rev, keep := b.Rev, s.keep
		if b.State == kwadrans.Held {
			keep = s.keepUntold
		}
		b.State, b.Reason, b.Updated = kwadrans.Cancelled, reason, s.Now().UTC()
		b.Rev++
		done, err := keep(ctx, b, rev, hold, kwadrans.Event{At: b.Updated, Actor: "host", Kind: "cancelled", Detail: reason})
		if err != nil || done {
			return b, err
		}
	}
}
