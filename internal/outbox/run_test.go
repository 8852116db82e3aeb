package outbox_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/outbox"
)

// No step is ever worked on twice at the same time, and never by more workers than there are.
func TestOneWorkerPerStep(t *testing.T) {
	bubble(t, func(w *world) {
		var mu sync.Mutex
		now, most, twice := map[string]bool{}, 0, 0
		w.acts["letter"] = func(ctx context.Context, s kwadrans.Step) (kwadrans.Done, error) {
			mu.Lock()
			if now[s.Subject] {
				twice++
			}
			now[s.Subject] = true
			most = max(most, len(now))
			mu.Unlock()
			d, err := kwadrans.Done{Rev: s.Want}, error(nil)
			select {
			case <-time.After(rand.N(80 * time.Second)): // some take longer than they may
			case <-ctx.Done():
				err = fault(kwadrans.MaybeExecuted, kwadrans.CodeOffline)
			}
			mu.Lock()
			delete(now, s.Subject)
			mu.Unlock()
			return d, err
		}
		var list []kwadrans.Booking
		for range 30 {
			list = append(list, w.book(jan))
		}
		w.run()
		w.sleep(24 * time.Hour)
		for _, b := range list {
			if !w.step(b, jan).Done() {
				t.Errorf("%+v", w.step(b, jan))
			}
		}
		if twice > 0 || most != w.o.Workers {
			t.Errorf("%d times twice at once, %d workers", twice, most)
		}
	})
}

func TestBugOneHangingStepHeldBackAllOthers(t *testing.T) {
	bubble(t, func(w *world) {
		w.o.Poll = 300 * time.Millisecond
		w.acts["zoom"] = func(ctx context.Context, _ kwadrans.Step) (kwadrans.Done, error) {
			<-ctx.Done()
			return kwadrans.Done{}, fault(kwadrans.MaybeExecuted, kwadrans.CodeOffline)
		}
		w.book(zoom)
		w.run()
		w.sleep(time.Second)
		b := w.book(jan)
		w.sleep(time.Second)
		if !w.step(b, jan).Done() {
			t.Error("a letter waits for a meeting of another booking")
		}
	})
}

// What stopping makes of an attempt under way.
func TestGrace(t *testing.T) {
	for _, c := range []struct {
		name  string
		takes time.Duration
		cut   kwadrans.Outcome
		maybe bool
		done  bool
	}{
		{"an answer within the grace is kept", 2 * time.Second, kwadrans.MaybeExecuted, false, true},
		{"one that was sent is unknown when cut", time.Hour, kwadrans.MaybeExecuted, true, false},
		{"one that never left stays unsent", time.Hour, kwadrans.NotExecuted, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			bubble(t, func(w *world) {
				w.acts["zoom"] = func(ctx context.Context, s kwadrans.Step) (kwadrans.Done, error) {
					select {
					case <-ctx.Done():
						return kwadrans.Done{}, fault(c.cut, kwadrans.CodeOffline)
					case <-time.After(c.takes):
						return kwadrans.Done{Rev: s.Want}, nil
					}
				}
				b := w.book(zoom)
				w.run()
				w.sleep(time.Second)
				if took := w.halt(); took > w.o.Grace {
					t.Errorf("stopping took %v", took)
				}
				if st := w.step(b, zoom); st.MaybeSent != c.maybe || st.Done() != c.done || !st.Lease.IsZero() {
					t.Errorf("%+v", st)
				}
			})
		})
	}
}

func TestRecover(t *testing.T) {
	bubble(t, func(w *world) {
		b := w.book(zoom)
		_, ok, err := w.store.Claim(w.ctx, time.Now(), w.o.Lease) // and then the process is gone
		if w.ok(err); !ok {
			t.Fatal("nothing is due")
		}
		w.sleep(time.Second)
		w.ok(w.o.Recover(w.ctx))
		recovered := time.Now()
		w.run()
		w.sleep(time.Minute)
		list := w.attempts(b, zoom)
		if len(list) != 1 || !list[0].step.MaybeSent || list[0].at.Sub(recovered) < w.o.Settle {
			t.Errorf("%+v", list)
		}
	})
}

func TestDrain(t *testing.T) {
	bubble(t, func(w *world) {
		w.o.Poll = time.Second
		w.acts["zoom"] = working(40 * time.Second)
		var list []kwadrans.Booking
		for range 5 {
			list = append(list, w.book(zoom, jan, anna))
		}
		later := w.inLane(kwadrans.LaneMail)
		w.acts["letter"] = func(_ context.Context, s kwadrans.Step) (kwadrans.Done, error) {
			if s.Subject == later.ID && s.Attempt == 0 {
				return kwadrans.Done{}, &kwadrans.Fault{Code: kwadrans.CodeMailLater, Until: time.Now().Add(20 * time.Minute)}
			}
			return kwadrans.Done{Rev: s.Want}, nil
		}
		w.ok(w.o.Drain(w.ctx, 0)) // an attempt under way brings more: it is waited for
		for _, b := range list {
			if !w.step(b, jan).Done() || !w.step(b, anna).Done() {
				t.Error("Drain left what was due")
			}
		}
		if len(w.attempts(later, jan)) != 1 {
			t.Error("Drain waited for what is due much later")
		}
		w.ok(w.o.Drain(w.ctx, 21*time.Minute))
		if len(w.attempts(later, jan)) != 2 {
			t.Error("Drain did not wait within its patience")
		}
	})
}

// busy is a store whose file another process holds now and then.
type busy struct {
	outbox.Store
	left int
}

func (b *busy) Claim(ctx context.Context, now time.Time, lease time.Duration) (kwadrans.Step, bool, error) {
	if b.left--; b.left >= 0 {
		return kwadrans.Step{}, false, kwadrans.Errorf(kwadrans.CodeBusyFile, "store: busy")
	}
	return b.Store.Claim(ctx, now, lease)
}

func TestBugABusyFileEndedTheOutbox(t *testing.T) {
	bubble(t, func(w *world) {
		w.o.Store, w.o.Poll = &busy{w.store, 3}, time.Second
		b := w.book(jan)
		w.run()
		w.sleep(5 * time.Second)
		if !w.step(b, jan).Done() {
			t.Error("not done")
		}
	})
}

func TestNoTarget(t *testing.T) {
	bubble(t, func(w *world) {
		delete(w.o.Targets, "letter")
		b := w.book(jan)
		w.run()
		w.sleep(time.Second)
		if st := w.step(b, jan); !st.Dead || st.Ever {
			t.Errorf("%+v", st)
		}
	})
}
