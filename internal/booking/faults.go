package booking

import (
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
