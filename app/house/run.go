package house

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"kwadrans/internal/kwadrans"
)

// Patience is how far ahead a step may be due for a run "until idle" to wait
// for it: an unknown outcome settles and is looked up within it.
const Patience = 90 * time.Second

// look is how often a door looks at the steps that it waits for.
const look = 40 * time.Millisecond

// Await sees the steps of a booking through for at most wait. Whoever holds the
// outbox lock works on them; when nobody does, this process does. It returns
// early when what is left cannot happen in that time.
func (h *House) Await(ctx context.Context, id string, wait time.Duration) error {
	until := h.Now().Add(wait)
	return h.work(ctx, func(ctx context.Context) (bool, error) {
		now := h.Now()
		steps, err := h.Store.Steps(ctx, id)
		if err != nil {
			return false, err
		}
		pauses, err := h.Store.Pauses(ctx, now)
		if err != nil {
			return false, err
		}
		return now.After(until) || settled(steps, pauses, now, until), nil
	})
}

// Drain works until nothing is due within Patience, and no sweep that can be made.
func (h *House) Drain(ctx context.Context) error {
	return h.work(ctx, func(ctx context.Context) (bool, error) {
		now := h.Now()
		next, any, err := h.Store.NextDue(ctx, now)
		if err != nil || any && !next.After(now.Add(Patience)) {
			return false, err
		}
		sweep, err := h.canSweep(ctx)
		return !sweep || h.Store.ReadOnly, err
	})
}

// Work runs the outbox until ctx ends.
func (h *House) Work(ctx context.Context) error {
	return h.work(ctx, func(context.Context) (bool, error) { return false, nil })
}

// work runs the outbox, or watches the process that does, until enough says so.
func (h *House) work(ctx context.Context, enough func(context.Context) (bool, error)) error {
	lock := lockFile(h.Dir, outboxLock)
	var ended chan error
	run, stop := context.WithCancel(ctx)
	finish := func(err error) error {
		stop()
		if ended != nil {
			if e := <-ended; err == nil {
				err = e
			}
			_ = lock.Unlock()
		}
		return err
	}
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		done, err := enough(ctx)
		if done || err != nil {
			return finish(err)
		}
		if ended == nil && !h.Store.ReadOnly {
			if ok, err := lock.TryLock(); err == nil && ok {
				ended = make(chan error, 1)
				go func() { ended <- h.guarded(func() error { return h.runOutbox(run) }) }()
			}
		}
		select {
		case <-ctx.Done():
			return finish(nil)
		case err := <-ended:
			ended <- err
			return finish(err)
		case <-tick.C:
		}
	}
}

// runOutbox takes the outbox over and works; now and then it sweeps Zoom. The
// sweeps end with it.
func (h *House) runOutbox(ctx context.Context) error {
	if err := h.Outbox.Recover(ctx); err != nil {
		return err
	}
	if _, err := h.Booking.KeepWallClocks(ctx, zoneRules()); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	sweeper := make(chan struct{})
	go func() { defer close(sweeper); h.sweepNowAndThen(ctx) }()
	defer func() { stop(); <-sweeper }()
	return h.Outbox.Run(ctx)
}

// guarded turns a panic of background work into a failure: the program, and what a
// person does in it, goes on. What was panicked with may hold anything, so only the
// runtime's own words are kept.
func (h *House) guarded(f func() error) (err error) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		what := fmt.Sprintf("%T", r)
		if e, ok := r.(runtime.Error); ok {
			what = e.Error()
		}
		h.Log.Error("house: background work panicked", "panic", what, "stack", string(debug.Stack()))
		err = kwadrans.Errorf(kwadrans.CodeInternal, "house: a defect in the program")
	}()
	return f()
}

func (h *House) sweepNowAndThen(ctx context.Context) {
	tick := time.NewTicker(15 * time.Second)
	defer tick.Stop()
	for {
		if err := h.guarded(func() error { return h.tidy(ctx) }); err != nil && ctx.Err() == nil {
			h.Log.Warn("house: tidying failed", "code", kwadrans.CodeOf(err))
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// tidy frees the seats that no visitor confirmed, and looks for stray meetings.
func (h *House) tidy(ctx context.Context) error {
	_, err := h.Visits().FreeHolds(ctx)
	return errors.Join(err, h.sweepIfDue(ctx))
}

func (h *House) sweepIfDue(ctx context.Context) error {
	if err := h.Booking.PlanSweep(ctx); err != nil {
		return err
	}
	if now, err := h.canSweep(ctx); err != nil || !now {
		return err
	}
	_, err := h.Booking.Sweep(ctx)
	return err
}

// canSweep says whether a sweep is due and Zoom can be asked.
func (h *House) canSweep(ctx context.Context) (bool, error) {
	due, err := h.Booking.SweepDue(ctx)
	if err != nil || !due {
		return false, err
	}
	c, err := h.Store.Connection(ctx, kwadrans.Personal)
	return c.Usable(), err
}

// settled says whether nothing more can happen to the steps until then.
func settled(steps []kwadrans.Step, pauses []kwadrans.Pause, now, until time.Time) bool {
	stuck := func(s kwadrans.Step) bool {
		if s.Done() || s.Dead {
			return true
		}
		if s.Lease.After(now) {
			return false
		}
		for _, p := range pauses {
			if p.Holds(s.Lane) && p.Until.After(until) {
				return true
			}
		}
		return s.NotBefore.After(until)
	}
	byTarget := map[string]kwadrans.Step{}
	for _, s := range steps {
		byTarget[s.Target] = s
	}
	for _, s := range steps {
		need, waits := byTarget[s.Needs]
		waits = waits && need.Have < s.Want
		if !stuck(s) && (!waits || !stuck(need)) {
			return false
		}
	}
	return true
}
