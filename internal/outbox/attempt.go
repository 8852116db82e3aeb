package outbox

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"kwadrans/internal/kwadrans"
)

// attempt sees a claimed step through. It goes on for the grace when ctx ends
// meanwhile: an answer that is on its way should not be thrown away. What is
// cut then has an unknown outcome, and is written down as such. A panic while the
// end is written down is a failure of the outbox: the claim runs out.
func (o *Outbox) attempt(ctx context.Context, s kwadrans.Step) (failure error) {
	defer func() {
		if r := recover(); r != nil {
			o.panicked(s, r)
			failure = kwadrans.Errorf(kwadrans.CodeInternal, "outbox: a defect in the program")
		}
	}()
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
		return o.unlessBusy(err)
	}
	return o.unlessBusy(o.failed(keep, s, err))
}

// act lets the target work; a panic is an unknown outcome of this step only.
func (o *Outbox) act(ctx context.Context, s kwadrans.Step) (done kwadrans.Done, err error) {
	defer func() {
		if r := recover(); r != nil {
			o.panicked(s, r)
			err = &kwadrans.Fault{Outcome: kwadrans.MaybeExecuted, Code: kwadrans.CodeInternal, Err: fmt.Errorf("panic: %v", r)}
		}
	}()
	t, ok := o.Targets[s.Kind()]
	if !ok {
		return done, &kwadrans.Fault{Permanent: true, Code: kwadrans.CodeInternal, Words: "no target of kind " + s.Kind()}
	}
	return t.Act(ctx, s)
}

// panicked logs where it was. What was panicked with may hold anything, so only
// the runtime's own words are kept.
func (o *Outbox) panicked(s kwadrans.Step, r any) {
	what := fmt.Sprintf("%T", r)
	if e, ok := r.(runtime.Error); ok {
		what = e.Error()
	}
	o.Log.Error("outbox: an attempt panicked", "target", s.Kind(), "booking", s.Subject, "panic", what, "stack", string(debug.Stack()))
}
