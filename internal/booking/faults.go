package booking

import (
	"context"
	"errors"

	"kwadrans/internal/kwadrans"
)

// notSent marks an error from before the first call: nothing has happened outside.
func notSent(err error) error {
	var f *kwadrans.Fault
	if errors.As(err, &f) {
		return err
	}
	return &kwadrans.Fault{Outcome: kwadrans.NotExecuted, Code: kwadrans.CodeOf(err), Err: err}
}

// claimed returns the booking of a claimed step. It fails when the wish has
// changed since the claim: the new one waits for its own turn, which may be
// held back for Undo or wait for another step.
func (s *Service) claimed(ctx context.Context, st kwadrans.Step) (kwadrans.Booking, error) {
	b, steps, err := s.Booking(ctx, st.Subject)
	if err != nil {
		return b, err
	}
	for _, now := range steps {
		if now.Target == st.Target && now.Want != st.Want {
			return b, &kwadrans.Fault{Code: kwadrans.CodeWaiting, Words: "the booking has changed meanwhile"}
		}
	}
	return b, nil
}

// unwritable marks a letter that cannot be written: trying again does not help
// where what it says is at fault.
func unwritable(err error) error {
	f := &kwadrans.Fault{Outcome: kwadrans.NotExecuted, Code: kwadrans.CodeOf(err), Err: err}
	if e, ok := kwadrans.AsError(err); ok && e.Code == kwadrans.CodeInvalid {
		f.Permanent, f.Words = true, e.Message
	}
	return f
}

// stillUnknown keeps the outcome of an earlier attempt unknown: the look-up
// failed, so it may not be repeated yet. The fault of the look-up says when to
// look again.
func stillUnknown(err error) error {
	var f *kwadrans.Fault
	if !errors.As(err, &f) {
		return &kwadrans.Fault{Outcome: kwadrans.MaybeExecuted, Code: kwadrans.CodeOf(err), Err: err}
	}
	c := *f
	c.Outcome, c.Permanent = kwadrans.MaybeExecuted, false
	return &c
}
