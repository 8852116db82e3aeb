package outbox

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"kwadrans/internal/kwadrans"
)

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
	if !f.PauseLane && (!passes(f.Code) || o.bound(s.Attempt) < o.Longest) {
		next.Attempt++
	}
	next.Dead = f.Permanent || next.Attempt >= o.Tries && !passes(f.Code)
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

// passes says of a failure that its cause ends by itself, or by what a person
// does elsewhere: such a step waits however long it takes, and is never given up.
func passes(c kwadrans.Code) bool {
	switch c {
	case kwadrans.CodeOffline, kwadrans.CodeZoomLimit, kwadrans.CodeOtherAccount, kwadrans.CodeConnecting,
		kwadrans.CodeNotConnected, kwadrans.CodeReconnect, kwadrans.CodeRemovedAtZoom, kwadrans.CodeMissingPermissions, kwadrans.CodeMailNotSet,
		kwadrans.CodeKeyLocked, kwadrans.CodeKeyAbsent, kwadrans.CodeKeyChanged,
		kwadrans.CodeBusyFile, kwadrans.CodeReadOnly, kwadrans.CodeDiskFull:
		return true
	}
	return false
}

// backoff is exponential with jitter: somewhere in the upper half of the bound
// (Amazon Builders' Library, "Timeouts, retries and backoff with jitter").
func (o *Outbox) backoff(attempt int) time.Duration {
	d := o.bound(attempt)
	return d/2 + rand.N(d/2+1)
}

// bound is First doubled with every attempt, at most Longest.
func (o *Outbox) bound(attempt int) time.Duration {
	d := o.First
	for ; attempt > 0 && d < o.Longest; attempt-- {
		d *= 2
	}
	return min(d, o.Longest)
}
