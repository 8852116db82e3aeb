package outbox_test

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/outbox"
	"kwadrans/internal/store/sqlite"
	"kwadrans/internal/store/storetest"
)

const (
	zoom = kwadrans.TargetZoom
	jan  = "letter:jan@example.com"
	anna = "letter:anna@example.com"
)

// world is an outbox over a real data file, in virtual time.
type world struct {
	*testing.T
	ctx   context.Context
	store *sqlite.Store
	o     *outbox.Outbox
	log   *strings.Builder
	acts  map[string]act

	mu    sync.Mutex
	calls []call
	stop  context.CancelFunc
	ended chan error
	n     int
}

// act is a target of a test.
type act func(ctx context.Context, s kwadrans.Step) (kwadrans.Done, error)

// call is an attempt as a target saw it.
type call struct {
	step kwadrans.Step
	at   time.Time
}

// bubble runs a test in virtual time. What the targets do is set before run.
func bubble(t *testing.T, test func(w *world)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, err := sqlite.Open(t.Context(), t.TempDir(), storetest.Sealer("outbox"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		w := &world{T: t, ctx: t.Context(), store: s, log: &strings.Builder{}, acts: map[string]act{}}
		w.o = &outbox.Outbox{
			Store: s, Now: time.Now, Log: slog.New(slog.NewTextHandler(w.log, nil)),
			Targets: map[string]outbox.Target{"zoom": kind{w, "zoom"}, "letter": kind{w, "letter"}},
			Settle:  outbox.DefaultSettle, Lease: outbox.DefaultLease, Grace: outbox.DefaultGrace, First: outbox.DefaultFirst,
			Longest: outbox.DefaultLongest, Tries: outbox.DefaultTries, Poll: time.Hour, Workers: outbox.DefaultWorkers,
		}
		test(w)
		w.halt()
	})
}

// kind notes the call and passes it on; without an act everything succeeds.
type kind struct {
	w    *world
	name string
}

func (k kind) Act(ctx context.Context, s kwadrans.Step) (kwadrans.Done, error) {
	k.w.mu.Lock()
	k.w.calls = append(k.w.calls, call{s, time.Now()})
	a := k.w.acts[k.name]
	k.w.mu.Unlock()
	if a == nil {
		return kwadrans.Done{Rev: s.Want}, nil
	}
	return a(ctx, s)
}

// run starts the outbox; halt stops it and returns how long that took.
func (w *world) run() {
	ctx, stop := context.WithCancel(w.ctx)
	w.stop, w.ended = stop, make(chan error, 1)
	go func() { w.ended <- w.o.Run(ctx) }()
}

func (w *world) halt() time.Duration {
	w.Helper()
	if w.stop == nil {
		return 0
	}
	began := time.Now()
	w.stop()
	w.ok(<-w.ended)
	w.stop = nil
	return time.Since(began)
}

func (w *world) ok(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// book reserves the next sample booking with those of its steps that are named.
func (w *world) book(targets ...string) kwadrans.Booking {
	w.Helper()
	w.n++
	b := storetest.Sample(w.n, w.n*60)
	var steps []kwadrans.Step
	for _, st := range storetest.Steps(b) {
		for _, target := range targets {
			if st.Target == target {
				if len(targets) == 1 {
					st.Needs = ""
				}
				steps = append(steps, st)
			}
		}
	}
	w.reserve(b, steps...)
	return b
}

func (w *world) reserve(b kwadrans.Booking, steps ...kwadrans.Step) {
	w.Helper()
	taken, err := w.store.Reserve(w.ctx, b, steps, kwadrans.Event{At: time.Now(), Actor: "host", Kind: "created"})
	w.ok(err)
	if len(taken) > 0 {
		w.Fatalf("not free: %+v", taken)
	}
}

// inLane books a letter in a lane of its own.
func (w *world) inLane(lane string) kwadrans.Booking {
	w.Helper()
	w.n++
	b := storetest.Sample(w.n, w.n*60)
	st := storetest.Steps(b)[1]
	st.Needs, st.Lane = "", lane
	w.reserve(b, st)
	return b
}

// revise keeps the next revision with all its steps.
func (w *world) revise(id string, state kwadrans.BookingState) {
	w.Helper()
	b, err := w.store.Booking(w.ctx, id)
	w.ok(err)
	rev := b.Rev
	b.Rev, b.State, b.Updated = b.Rev+1, state, time.Now()
	done, err := w.store.Revise(w.ctx, b, rev, storetest.Steps(b), kwadrans.Event{At: b.Updated, Actor: "host", Kind: "changed"})
	w.ok(err)
	if !done {
		w.Fatal("somebody else was faster")
	}
}

func (w *world) step(b kwadrans.Booking, target string) kwadrans.Step {
	w.Helper()
	list, err := w.store.Steps(w.ctx, b.ID)
	w.ok(err)
	for _, st := range list {
		if st.Target == target {
			return st
		}
	}
	w.Fatalf("no step %s", target)
	return kwadrans.Step{}
}

// attempts returns when a step was tried.
func (w *world) attempts(b kwadrans.Booking, target string) (list []call) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.calls {
		if c.step.Subject == b.ID && c.step.Target == target {
			list = append(list, c)
		}
	}
	return list
}

func (w *world) kinds(b kwadrans.Booking) string {
	w.Helper()
	events, err := w.store.History(w.ctx, b.ID)
	w.ok(err)
	var list []string
	for _, e := range events {
		list = append(list, e.Kind)
	}
	return strings.Join(list, " ")
}

// sleep lets virtual time go by and everything come to rest.
func (w *world) sleep(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func fault(outcome kwadrans.Outcome, code kwadrans.Code) *kwadrans.Fault {
	return &kwadrans.Fault{Outcome: outcome, Code: code, Words: "as the test wants it"}
}

func always(f *kwadrans.Fault) act {
	return func(context.Context, kwadrans.Step) (kwadrans.Done, error) { return kwadrans.Done{}, f }
}

// working is an act that takes up to most.
func working(most time.Duration) act {
	return func(_ context.Context, s kwadrans.Step) (kwadrans.Done, error) {
		time.Sleep(rand.N(most))
		return kwadrans.Done{Rev: s.Want}, nil
	}
}
