package outbox_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/outbox"
)

// An outage of thirty days: nothing is given up, the calls are few, and an hour
// after its end everything is done.
func TestOutageOfThirtyDays(t *testing.T) {
	for _, f := range []*kwadrans.Fault{fault(kwadrans.NotExecuted, kwadrans.CodeOffline), fault(kwadrans.MaybeExecuted, kwadrans.CodeOffline)} {
		t.Run([]string{"not sent", "unknown"}[f.Outcome], func(t *testing.T) {
			bubble(t, func(w *world) {
				began := time.Now()
				end := began.Add(outage * 24 * time.Hour)
				w.acts["zoom"] = func(_ context.Context, s kwadrans.Step) (kwadrans.Done, error) {
					if time.Now().Before(end) {
						return kwadrans.Done{}, f
					}
					return kwadrans.Done{Rev: s.Want}, nil
				}
				b := w.book(zoom, jan)
				w.run()
				w.sleep(time.Until(end) - time.Minute)
				if st := w.step(b, zoom); st.Dead || st.Light() != kwadrans.LightWaiting {
					t.Errorf("given up: %+v", st)
				}
				w.sleep(time.Hour + time.Minute)
				calls := w.attempts(b, zoom)
				if lag := calls[len(calls)-1].at.Sub(end); lag > time.Hour || !w.step(b, zoom).Done() || !w.step(b, jan).Done() {
					t.Errorf("not done an hour after the end: lag %v, %+v", lag, w.step(b, jan))
				}
				if n := len(calls); n < outage*24 || n > outage*50 {
					t.Errorf("%d calls", n)
				}
				if got := w.kinds(b); got != "created step-waiting" {
					t.Errorf("the history tells each failure: %q", got)
				}
			})
		})
	}
}

func TestBackOff(t *testing.T) {
	bubble(t, func(w *world) {
		w.acts["zoom"] = always(fault(kwadrans.NotExecuted, kwadrans.CodeZoomRefused))
		a, b := w.book(zoom), w.book(zoom)
		w.run()
		w.sleep(20 * time.Hour)
		same := 0
		for _, list := range [][]call{w.attempts(a, zoom), w.attempts(b, zoom)} {
			for i := 1; i < len(list); i++ {
				bound := min(w.o.First<<(i-1), w.o.Longest)
				if gap := list[i].at.Sub(list[i-1].at); gap < bound/2-2*time.Millisecond || gap > bound+2*time.Millisecond {
					t.Errorf("attempt %d came %v after the one before, the bound is %v", i, gap, bound)
				}
				if list[i].step.Attempt != i {
					t.Errorf("attempt %d is counted as %d", i, list[i].step.Attempt)
				}
			}
		}
		x, y := w.attempts(a, zoom), w.attempts(b, zoom)
		for i := 1; i < min(len(x), len(y)); i++ {
			if x[i].at.Sub(x[i-1].at) == y[i].at.Sub(y[i-1].at) {
				same++
			}
		}
		if same > 3 {
			t.Errorf("%d of %d gaps are the same: no jitter", same, len(x))
		}
	})
}

func TestUnknownOutcomeSettles(t *testing.T) {
	bubble(t, func(w *world) {
		w.acts["zoom"] = always(fault(kwadrans.MaybeExecuted, kwadrans.CodeZoomRefused))
		b := w.book(zoom)
		w.run()
		w.sleep(10 * time.Minute)
		list := w.attempts(b, zoom)
		for i := 1; i < len(list); i++ {
			if gap := list[i].at.Sub(list[i-1].at); gap < w.o.Settle || !list[i].step.MaybeSent || !list[i].step.MaybeSince.Equal(list[i-1].at) {
				t.Errorf("attempt %d after %v: %+v", i, gap, list[i].step)
			}
		}
		if len(list) < 5 || list[0].step.MaybeSent {
			t.Errorf("%d attempts", len(list))
		}
	})
}

func TestGivenUpAfter25(t *testing.T) {
	bubble(t, func(w *world) {
		w.acts["zoom"] = always(fault(kwadrans.NotExecuted, kwadrans.CodeZoomRefused))
		b := w.book(zoom, jan)
		w.run()
		w.sleep(10 * 24 * time.Hour)
		st := w.step(b, zoom)
		if n := len(w.attempts(b, zoom)); n != 25 || !st.Dead || st.Words == "" {
			t.Errorf("%d attempts, %+v", n, st)
		}
		if n := len(w.attempts(b, jan)); n != 0 {
			t.Error("a letter went out before its meeting")
		}
		if got := w.kinds(b); got != "created step-waiting step-failed" {
			t.Errorf("history: %q", got)
		}
		now, err := w.store.Booking(w.ctx, b.ID)
		if err != nil || now.State != kwadrans.Attention {
			t.Errorf("state %q %v", now.State, err)
		}
	})
}

// What was offline for long has most of its other attempts left.
func TestBugOfflineCountedTowardsGivingUp(t *testing.T) {
	bubble(t, func(w *world) {
		end := time.Now().Add(7 * 24 * time.Hour)
		w.acts["zoom"] = func(context.Context, kwadrans.Step) (kwadrans.Done, error) {
			if time.Now().Before(end) {
				return kwadrans.Done{}, fault(kwadrans.NotExecuted, kwadrans.CodeOffline)
			}
			return kwadrans.Done{}, fault(kwadrans.NotExecuted, kwadrans.CodeZoomRefused)
		}
		b := w.book(zoom)
		w.run()
		w.sleep(time.Until(end))
		before := len(w.attempts(b, zoom))
		w.sleep(5 * 24 * time.Hour)
		if n := len(w.attempts(b, zoom)) - before; n < 10 || n > 25 || !w.step(b, zoom).Dead {
			t.Errorf("given up after %d attempts", n)
		}
	})
}

func TestPermanentFailureIsGivenUpAtOnce(t *testing.T) {
	bubble(t, func(w *world) {
		f := fault(kwadrans.NotExecuted, kwadrans.CodeMailRefused)
		f.Permanent = true
		w.acts["letter"] = always(f)
		b := w.book(jan)
		w.run()
		w.sleep(time.Hour)
		if st := w.step(b, jan); len(w.attempts(b, jan)) != 1 || !st.Dead || st.Ever || st.MaybeSent {
			t.Errorf("%+v", st)
		}
		w.acts["letter"] = nil
		w.ok(w.store.RetryStep(w.ctx, b.ID, jan))
		w.sleep(time.Hour)
		if !w.step(b, jan).Done() {
			t.Error("the retry did nothing")
		}
	})
}

func TestPanicInTarget(t *testing.T) {
	bubble(t, func(w *world) {
		w.acts["zoom"] = func(_ context.Context, s kwadrans.Step) (kwadrans.Done, error) {
			if !s.MaybeSent {
				panic("secret of a panic")
			}
			return kwadrans.Done{Rev: s.Want}, nil
		}
		a, b := w.book(zoom), w.book(jan)
		w.run()
		w.sleep(time.Second)
		if st := w.step(a, zoom); !st.MaybeSent || st.Dead || st.Code != kwadrans.CodeInternal {
			t.Errorf("%+v", st)
		}
		w.sleep(time.Minute)
		if !w.step(a, zoom).Done() || !w.step(b, jan).Done() {
			t.Error("not done")
		}
		if log := w.log.String(); !strings.Contains(log, "panicked") || strings.Contains(log, "secret of a panic") {
			t.Errorf("the log says %q", log)
		}
	})
}

// mad panics where the end of an attempt is written down.
type mad struct{ outbox.Store }

func (mad) Complete(context.Context, kwadrans.Step, kwadrans.Done, time.Time) (bool, error) {
	panic("secret of a panic")
}

// The workers' own panics ended the whole program.
func TestBugAPanicBesideTheTargetEndedTheProgram(t *testing.T) {
	bubble(t, func(w *world) {
		w.o.Store = mad{w.store}
		b := w.book(zoom)
		w.run()
		err := <-w.ended
		w.stop()
		w.stop = nil
		if kwadrans.CodeOf(err) != kwadrans.CodeInternal || !w.step(b, zoom).MaybeSent {
			t.Errorf("%v, %+v", err, w.step(b, zoom))
		}
		if log := w.log.String(); !strings.Contains(log, "panicked") || strings.Contains(log, "secret of a panic") {
			t.Errorf("the log says %q", log)
		}
	})
}

func TestErrorThatIsNoFaultIsUnknown(t *testing.T) {
	bubble(t, func(w *world) {
		w.acts["letter"] = func(context.Context, kwadrans.Step) (kwadrans.Done, error) { return kwadrans.Done{}, errors.New("?") }
		b := w.book(jan)
		w.run()
		w.sleep(time.Second)
		if st := w.step(b, jan); !st.MaybeSent || !st.Ever {
			t.Errorf("%+v", st)
		}
	})
}
