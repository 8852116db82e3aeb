package desk

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// callTime is how long a call from the page may take; a mail server that is slow
// to answer fits in. For file dialogs see choose.
const callTime = 2 * time.Minute

// call runs one call of the page that changes nothing, with the data file of the
// moment and in bounded time. It is cut short when that file is closed, and made anew
// over the next one. A panic becomes a failure, since a promise must never hang.
func call[T any](d *Desk, f func(ctx context.Context, h *house.House) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(context.Background(), callTime)
	defer cancel()
	for {
		if out, cut, err := over(ctx, d, false, f); !cut {
			return out, err
		}
	}
}

// change is call for what changes something. It is seen through, and refused while
// the data file is exchanged for another.
func change[T any](d *Desk, f func(ctx context.Context, h *house.House) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(context.Background(), callTime)
	defer cancel()
	out, _, err := over(ctx, d, true, f)
	return out, err
}

// over runs f over the data file of the moment; cut says that this one was closed.
func over[T any](ctx context.Context, d *Desk, changes bool, f func(ctx context.Context, h *house.House) (T, error)) (none T, cut bool, err error) {
	l, err := d.take(ctx, changes)
	if err != nil {
		return none, false, d.fault(ctx, nil, err)
	}
	defer l.uses.Done()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !changes {
		defer context.AfterFunc(l.ctx, cancel)()
	}
	var out T
	err = safely(func() (err error) { out, err = f(ctx, l.House); return err })
	_, coded := kwadrans.AsError(err)
	switch {
	case err == nil:
		return out, false, nil
	case !changes && !coded && l.ctx.Err() != nil && errors.Is(err, context.Canceled):
		return none, true, nil
	}
	return none, false, d.fault(ctx, l.House, err)
}

// act runs a call that answers nothing.
func act(d *Desk, f func(ctx context.Context, h *house.House) error) error {
	_, err := call(d, answering(f))
	return err
}

// alter is act for what changes something.
func alter(d *Desk, f func(ctx context.Context, h *house.House) error) error {
	_, err := change(d, answering(f))
	return err
}

func answering(f func(context.Context, *house.House) error) func(context.Context, *house.House) (struct{}, error) {
	return func(ctx context.Context, h *house.House) (struct{}, error) { return struct{}{}, f(ctx, h) }
}

// choose shows a file dialog, for as long as the user takes. Nothing waits for it.
func (d *Desk) choose(show func() (string, error)) (path string, err error) {
	err = safely(func() (err error) { path, err = show(); return err })
	if err != nil {
		return "", d.say(err)
	}
	return path, nil
}

// inTime runs f for as long as a call may take.
func inTime(f func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), callTime)
	defer cancel()
	return safely(func() error { return f(ctx) })
}

// safely turns a panic into a failure.
func safely(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = kwadrans.Errorf(kwadrans.CodeInternal, "desk: a defect in the program").Because(fmt.Errorf("panic: %v\n%s", r, debug.Stack()))
		}
	}()
	return f()
}
