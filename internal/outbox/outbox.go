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
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
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
	Tries   int           // failed attempts after which a step is given up
	Poll    time.Duration // how often another process's new steps are looked for
	Workers int           // steps worked on at the same time
}

// Defaults of an Outbox (reliability of the numbers: docs/outbox.md).
const (
	DefaultSettle  = 30 * time.Second
	DefaultLease   = 60 * time.Second
	DefaultGrace   = 3 * time.Second
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

// loop works wave by wave: everything due now, then a wait until the next step.
// enough says whether to stop instead of waiting for next.
func (o *Outbox) loop(ctx context.Context, enough func(next time.Time, any bool) bool) error {
	for ctx.Err() == nil {
		worked, err := o.wave(ctx)
		if err != nil {
			return err
		}
		if worked {
			continue
		}
		now := o.Now()
		next, any, err := o.Store.NextDue(ctx, now)
		if err != nil {
			return err
		}
		if enough(next, any) {
			return nil
		}
		wait := o.Poll
		if any && next.Sub(now) < wait {
			wait = max(next.Sub(now), time.Millisecond)
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
	return nil
}

// wave claims and works until nothing is due, with several workers. True when
// there was anything to do.
func (o *Outbox) wave(ctx context.Context) (bool, error) {
	var (
		wg     sync.WaitGroup
		mu     sync.Mutex
		worked bool
		failed error
	)
	for range max(o.Workers, 1) {
		wg.Go(func() {
			for ctx.Err() == nil {
				ok, err := o.one(ctx)
				mu.Lock()
				worked, failed = worked || ok, errors.Join(failed, err)
				mu.Unlock()
				if !ok || err != nil {
					return
				}
			}
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return worked, nil
	}
	return worked, failed
}

// one claims a step and sees it through. What was claimed goes on for the grace
// when ctx ends meanwhile: an answer that is on its way should not be thrown
// away. What is cut then has an unknown outcome, and is written down as such.
func (o *Outbox) one(ctx context.Context) (bool, error) {
	s, ok, err := o.Store.Claim(ctx, o.Now(), o.Lease)
	if err != nil || !ok {
		return false, err
	}
	keep := context.WithoutCancel(ctx)
	limited, cancel := context.WithTimeout(keep, o.Lease-o.Lease/10)
	defer cancel()
	defer context.AfterFunc(ctx, func() {
		select {
		case <-limited.Done():
		case <-time.After(o.Grace):
			cancel()
		}
	})()
	done, err := o.act(limited, s)
	if err == nil {
		_, err = o.Store.Complete(keep, s, done, o.Now())
		return true, err
	}
	return true, o.failed(keep, s, err)
}

// act lets the target work; a panic is an unknown outcome of this step only.
func (o *Outbox) act(ctx context.Context, s kwadrans.Step) (done kwadrans.Done, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &kwadrans.Fault{Outcome: kwadrans.MaybeExecuted, Code: kwadrans.CodeInternal, Err: fmt.Errorf("panic: %v", r)}
		}
	}()
	t, ok := o.Targets[s.Kind()]
	if !ok {
		return done, &kwadrans.Fault{Permanent: true, Code: kwadrans.CodeInternal, Words: "no target of kind " + s.Kind()}
	}
	return t.Act(ctx, s)
}

// failed writes down what is known after a failure and when to try again.
func (o *Outbox) failed(ctx context.Context, s kwadrans.Step, err error) error {
	f := asFault(err)
	now := o.Now()
	next := s
	next.Code, next.Words = f.Code, f.Words
	switch f.Outcome {
	case kwadrans.MaybeExecuted:
		next.MaybeSent, next.MaybeSince, next.Ever = true, now, true
		next.NotBefore = now.Add(max(o.Settle, o.backoff(s.Attempt)))
	default: // as it was before the claim: s carries the earlier MaybeSent and Ever
		next.NotBefore = now.Add(o.backoff(s.Attempt))
	}
	var p *kwadrans.Pause
	switch {
	case f.PauseLane:
		until := f.Until
		if until.IsZero() {
			until = next.NotBefore
		}
		p = &kwadrans.Pause{Lane: s.Lane, Until: until, Code: f.Code, Words: f.Words}
		next.NotBefore = now // the pause holds it; a resumed lane goes on at once
		if next.MaybeSent {
			next.NotBefore = now.Add(o.Settle)
		}
	case f.Until.After(next.NotBefore):
		next.NotBefore = f.Until
	}
	if !f.PauseLane {
		next.Attempt++
	}
	next.Dead = f.Permanent || next.Attempt >= o.Tries
	o.Log.Warn("outbox: step failed", "target", s.Kind(), "booking", s.Subject, "code", f.Code, "outcome", f.Outcome, "attempt", next.Attempt, "given_up", next.Dead)
	_, err = o.Store.Failed(ctx, next, p, event(s, f, next.Dead), now)
	return err
}

func event(s kwadrans.Step, f *kwadrans.Fault, dead bool) kwadrans.Event {
	if !dead && s.Code == f.Code { // one line for a row of equal failures
		return kwadrans.Event{}
	}
	kind := "step-waiting"
	if dead {
		kind = "step-failed"
	}
	return kwadrans.Event{Actor: "program", Kind: kind, Target: s.Target, Detail: string(f.Code)}
}

func asFault(err error) *kwadrans.Fault {
	var f *kwadrans.Fault
	if errors.As(err, &f) {
		return f
	}
	return &kwadrans.Fault{Outcome: kwadrans.MaybeExecuted, Code: kwadrans.CodeOf(err), Err: err}
}

// backoff is exponential with full jitter: somewhere up to First·2^attempt, at
// most Longest (Amazon Builders' Library, "Timeouts, retries and backoff with jitter").
func (o *Outbox) backoff(attempt int) time.Duration {
	d := o.Longest
	if attempt < 20 {
		d = min(o.First<<attempt, o.Longest)
	}
	return d/2 + rand.N(d/2+1)
}
