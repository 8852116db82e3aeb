package desk

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// callTime is how long a call from the page may take; a file dialog and a
// mail server that is slow to answer fit in.
const callTime = 2 * time.Minute

// call runs one call of the page: with the house of the moment, in bounded
// time; a panic becomes a failure, since a promise must never hang.
func call[T any](d *Desk, f func(ctx context.Context, h *house.House) (T, error)) (out T, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), callTime)
	defer cancel()
	h, err := d.house(ctx)
	if err == nil {
		out, err = guarded(func() (T, error) { return f(ctx, h) })
	}
	if err != nil {
		var none T
		return none, d.fault(ctx, h, err)
	}
	return out, nil
}

// act runs a call that answers nothing.
func act(d *Desk, f func(ctx context.Context, h *house.House) error) error {
	_, err := call(d, func(ctx context.Context, h *house.House) (struct{}, error) { return struct{}{}, f(ctx, h) })
	return err
}

func guarded[T any](f func() (T, error)) (out T, err error) {
	defer recovered(&err)
	return f()
}

// recovered turns a panic into a failure.
func recovered(err *error) {
	if r := recover(); r != nil {
		*err = kwadrans.Errorf(kwadrans.CodeInternal, "desk: a defect in the program").Because(fmt.Errorf("panic: %v\n%s", r, debug.Stack()))
	}
}
