package house_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/outbox"
)

// log is what the program has logged.
func (s *stage) log() string {
	s.Helper()
	b, err := os.ReadFile(filepath.Join(s.sb.Dir, "kwadrans.log"))
	s.ok(err)
	return string(b)
}

// madTarget panics with the first attempt.
type madTarget struct {
	outbox.Target
	done *bool
}

func (m madTarget) Act(ctx context.Context, s kwadrans.Step) (kwadrans.Done, error) {
	if !*m.done {
		*m.done = true
		panic("canary")
	}
	return m.Target.Act(ctx, s)
}

// A target that panics costs one attempt of unknown outcome, and nothing else.
func TestBugAPanicInATargetEndedTheProgram(t *testing.T) {
	s := build(t)
	h := s.open()
	defer func() { _ = h.Close() }()
	h.Outbox.Targets["zoom"] = madTarget{h.Outbox.Targets["zoom"], new(bool)}
	b := s.book(h, 0, 1)
	s.ok(h.Await(t.Context(), b.ID, 20*time.Second))
	if !s.done(h, b) || len(s.world.AllMeetings()) != 1 {
		t.Errorf("done %v, %d meetings", s.done(h, b), len(s.world.AllMeetings()))
	}
	steps, err := h.Store.Steps(t.Context(), b.ID)
	s.ok(err)
	for _, st := range steps {
		if st.Target == kwadrans.TargetZoom && !st.Ever {
			t.Errorf("the outcome counted as known: %+v", st)
		}
	}
	if log := s.log(); !strings.Contains(log, "guard_test.go") || strings.Contains(log, "canary") {
		t.Errorf("the log says %s", log)
	}
}

// madStore panics when it is asked for work.
type madStore struct{ outbox.Store }

func (madStore) NextDue(context.Context, time.Time) (time.Time, bool, error) { panic("canary") }

// A panic of the outbox itself ended the program; now the work fails, and whoever
// wants to may begin it anew.
func TestBugAPanicInTheOutboxEndedTheProgram(t *testing.T) {
	s := build(t)
	h := s.open()
	defer func() { _ = h.Close() }()
	sound := h.Outbox.Store
	h.Outbox.Store = madStore{sound}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := h.Work(ctx); kwadrans.CodeOf(err) != kwadrans.CodeInternal || err == nil || ctx.Err() != nil {
		t.Errorf("%v, %v", err, ctx.Err())
	}
	if log := s.log(); !strings.Contains(log, "madStore") || strings.Contains(log, "canary") {
		t.Errorf("the log says %s", log)
	}
	h.Outbox.Store = sound
	b := s.book(h, 0, 1)
	s.ok(h.Await(t.Context(), b.ID, 20*time.Second))
	if !s.done(h, b) {
		t.Error("not done with the next run")
	}
}

// madZoom panics when it is asked for its meetings.
type madZoom struct{ booking.Zoom }

func (madZoom) List(context.Context, string, time.Time, time.Time) ([]kwadrans.Meeting, error) {
	panic("canary")
}

// A panic in a sweep ended the program; now the outbox goes on.
func TestBugAPanicInASweepEndedTheProgram(t *testing.T) {
	s := build(t)
	h := s.open()
	defer func() { _ = h.Close() }()
	h.Booking.Zoom = madZoom{h.Booking.Zoom}
	s.ok(h.Booking.SweepNow(t.Context()))
	ended := make(chan error, 1)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { ended <- h.Work(ctx) }()
	s.await("the sweep panics", 10*time.Second, func() bool { return strings.Contains(s.log(), "madZoom") })
	other := s.open()
	defer func() { _ = other.Close() }()
	b := s.book(other, 0, 1)
	s.await("the outbox goes on", 10*time.Second, func() bool { return s.done(other, b) })
	cancel()
	s.ok(<-ended)
}

// A failure of the outbox was told only when the program ended: the work waited for
// a sweeper that nobody had stopped.
func TestBugAFailedOutboxWaitedForItsSweeper(t *testing.T) {
	s := build(t)
	h := s.open()
	defer func() { _ = h.Close() }()
	h.Outbox.Store = fullStore{h.Outbox.Store}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := h.Work(ctx); kwadrans.CodeOf(err) != kwadrans.CodeDiskFull || ctx.Err() != nil {
		t.Errorf("%v, %v", err, ctx.Err())
	}
}

// fullStore is on a disk that is full.
type fullStore struct{ outbox.Store }

func (fullStore) NextDue(context.Context, time.Time) (time.Time, bool, error) {
	return time.Time{}, false, kwadrans.Errorf(kwadrans.CodeDiskFull, "store: the disk is full")
}
