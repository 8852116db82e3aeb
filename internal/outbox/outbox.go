// Package outbox closes the gap between what a booking promises and what the
// outside has: it claims a step, lets its target act, and completes it.
//
// The intent is committed before any call goes out, and an attempt whose
// outcome is not known is settled and looked up before it is repeated, so
// nothing is lost and nothing is doubled by a crash at any point. The engine
// knows neither Zoom nor mail: targets do.
package outbox

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"kwadrans/internal/kwadrans"
)

// Store is what the outbox asks of the data file. Each method is one transaction.
type Store interface {
	// Claim takes the next due step; it counts as maybe sent until completed.
	Claim(ctx context.Context, now time.Time, lease time.Duration) (kwadrans.Step, bool, error)
	// Complete writes a success; false when the claim was lost.
	Complete(ctx context.Context, s kwadrans.Step, d kwadrans.Done, now time.Time) (bool, error)
	// Failed writes a failure, a pause of the lane when given; false when the wish changed meanwhile.
	Failed(ctx context.Context, s kwadrans.Step, p *kwadrans.Pause, e kwadrans.Event, now time.Time) (bool, error)
	// Recover voids the leases of a process that is gone.
	Recover(ctx context.Context, now time.Time, settle time.Duration) (int, error)
	// NextDue returns when the next step comes due.
	NextDue(ctx context.Context, now time.Time) (time.Time, bool, error)
}

// Target acts for one kind of step. It gets the step as it was before the
// claim: MaybeSent says that an earlier attempt may have reached the outside,
// so look before repeating. An error that is not a kwadrans.Fault counts as an
// unknown outcome.
type Target interface {
	Act(ctx context.Context, s kwadrans.Step) (kwadrans.Done, error)
}

// Outbox runs the steps of one data file. Only one process at a time may run
// it (the holder of the outbox lock).
type Outbox struct {
	Store   Store
	Targets map[string]Target // by kind of step: zoom, letter, calendar, user
	Now     func() time.Time
	Log     *slog.Logger

	Settle  time.Duration // how long an unknown outcome rests before it is looked up
	Lease   time.Duration // how long one attempt may take
	Grace   time.Duration // how long an attempt under way may go on when the outbox is stopped; then it is cut
	First   time.Duration // first back-off; doubles with every attempt
	Longest time.Duration // longest back-off
	Tries   int           // failed attempts after which a step is given up; those that pass by themselves do not count
	Poll    time.Duration // how often another process's new steps are looked for
	Workers int           // steps worked on at the same time
}

// Defaults of an Outbox (reliability of the numbers: docs/outbox.md).
const (
	DefaultSettle  = 30 * time.Second
	DefaultLease   = 60 * time.Second
	DefaultGrace   = 8 * time.Second
	DefaultFirst   = 2 * time.Second
	DefaultLongest = time.Hour
	DefaultTries   = 25
	DefaultPoll    = 300 * time.Millisecond
	DefaultWorkers = 3
)

// Recover takes the outbox over from a process that is gone. Call it once,
// with the outbox lock held, before Run or Drain.
func (o *Outbox) Recover(ctx context.Context) error {
	n, err := o.Store.Recover(ctx, o.Now(), o.Settle)
	if n > 0 {
		o.Log.Info("outbox: took over steps of unknown outcome", "steps", n)
	}
	return err
}

// Run works until ctx ends. Attempts under way are finished first.
func (o *Outbox) Run(ctx context.Context) error {
	return o.loop(ctx, func(time.Time, bool) bool { return false })
}

// Drain works until nothing is due within patience, or ctx ends. Steps that are
// paused, or due later than that, are left.
func (o *Outbox) Drain(ctx context.Context, patience time.Duration) error {
	return o.loop(ctx, func(next time.Time, any bool) bool { return !any || next.After(o.Now().Add(patience)) })
}

// loop hands what is due to the workers and then rests until one of them has
// ended or the next step comes due: a worker that hangs holds nobody else back.
// enough says whether to stop instead of waiting for next.
func (o *Outbox) loop(ctx context.Context, enough func(next time.Time, any bool) bool) (err error) {
	ended, busy := make(chan error), 0
	defer func() {
		for ; busy > 0; busy-- {
			err = errors.Join(err, <-ended)
		}
	}()
	for ctx.Err() == nil {
		full := busy >= max(o.Workers, 1)
		if !full {
			s, ok, err := o.claim(ctx)
			if err != nil {
				return err
			}
			if ok {
				busy++
				go func() { ended <- o.attempt(ctx, s) }()
				continue
			}
		}
		late, idle, err := o.rest(ctx, enough)
		if err != nil || idle && busy == 0 {
			return err
		}
		if full {
			late = nil
		}
		select {
		case <-ctx.Done():
		case <-late:
		case err := <-ended:
			busy--
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// claim takes a step. A claim that was begun is seen through, or a step that
// nobody works on would count as maybe sent.
func (o *Outbox) claim(ctx context.Context) (kwadrans.Step, bool, error) {
	s, ok, err := o.Store.Claim(context.WithoutCancel(ctx), o.Now(), o.Lease)
	return s, ok, o.unlessBusy(err)
}

// rest says until when there is nothing to do, and whether that is enough.
func (o *Outbox) rest(ctx context.Context, enough func(next time.Time, any bool) bool) (<-chan time.Time, bool, error) {
	now := o.Now()
	next, any, err := o.Store.NextDue(ctx, now)
	if err != nil {
		if ctx.Err() != nil {
			err = nil
		}
		return time.After(o.Poll), false, o.unlessBusy(err)
	}
	wait := o.Poll
	if any && next.Sub(now) < wait {
		wait = max(next.Sub(now), time.Millisecond)
	}
	return time.After(wait), enough(next, any), nil
}

// unlessBusy forgives that another process held the file for too long: the next
// look comes, and a claim whose end could not be written runs out.
func (o *Outbox) unlessBusy(err error) error {
	if err != nil && kwadrans.CodeOf(err) == kwadrans.CodeBusyFile {
		o.Log.Warn("outbox: the file is busy", "err", err)
		return nil
	}
	return err
}
