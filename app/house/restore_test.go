package house_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/outbox"
	"kwadrans/internal/store/sqlite"
)

// What was booked after the backup shows as a stray with the first run.
func TestBugNoStrayWasSeenAfterARestore(t *testing.T) {
	s := build(t)
	h := s.open()
	backup := filepath.Join(t.TempDir(), "copy")
	s.ok(h.Store.Backup(t.Context(), backup, false))
	s.book(h, 0, 1)
	s.drain(h)
	s.ok(h.Close())
	_, err := house.Restore(t.Context(), house.Config{Dir: s.sb.Dir}, backup)
	s.ok(err)
	h = s.open()
	defer func() { _ = h.Close() }()
	fresh, err := h.AfterRestore(t.Context())
	s.ok(err)
	s.drain(h)
	list, err := h.Store.Strays(t.Context())
	s.ok(err)
	if fresh || len(list) != 1 || list[0].Why != kwadrans.StrayUnknown || len(s.world.Meetings()) != 1 {
		t.Errorf("fresh %v, strays %+v", fresh, list)
	}
}

// sweepTarget notes whether a sweep was planned before it acts.
type sweepTarget struct {
	outbox.Target
	h       *house.House
	planned chan bool
}

func (t sweepTarget) Act(ctx context.Context, s kwadrans.Step) (kwadrans.Done, error) {
	restored, err := t.h.Store.Meta(ctx, sqlite.MetaRestored)
	due, e := t.h.Booking.SweepDue(ctx)
	t.planned <- err == nil && e == nil && restored == "" && due
	return t.Target.Act(ctx, s)
}

// Between the opening of a restored file and AfterRestore, and for ever where that
// was never called, steps were carried out without a sweep.
func TestBugARestoredFileWorkedBeforeItsSweepWasPlanned(t *testing.T) {
	s := build(t)
	h := s.open()
	s.book(h, 0, 1)
	s.drain(h)
	waiting := s.book(h, 4, 1)
	backup := filepath.Join(t.TempDir(), "copy")
	s.ok(h.Store.Backup(t.Context(), backup, false))
	if due, err := h.Booking.SweepDue(t.Context()); err != nil || due {
		t.Fatalf("the backup itself has a sweep due: %v", err)
	}
	s.ok(h.Close())
	_, err := house.Restore(t.Context(), house.Config{Dir: s.sb.Dir}, backup)
	s.ok(err)
	h = s.open()
	planned := make(chan bool, 10)
	h.Outbox.Targets["zoom"] = sweepTarget{h.Outbox.Targets["zoom"], h, planned}
	s.ok(h.Outbox.Recover(t.Context()))
	s.ok(h.Outbox.Drain(t.Context(), time.Second))
	if !<-planned || !s.done(h, waiting) {
		t.Error("a step was carried out first")
	}
	s.drain(h)
	s.ok(h.Close())
	h = s.open()
	defer func() { _ = h.Close() }()
	if due, err := h.Booking.SweepDue(t.Context()); err != nil || due {
		t.Errorf("every start sweeps: %v", err)
	}
}

func TestBugTheFirstSweepNeverCame(t *testing.T) {
	s := build(t)
	h := s.open()
	defer func() { _ = h.Close() }()
	s.book(h, 0, 1)
	s.drain(h)
	s.later.Add(int64(7 * time.Hour))
	if due, err := h.Booking.SweepDue(t.Context()); err != nil || !due {
		t.Errorf("due %v %v", due, err)
	}
	s.drain(h)
	if due, err := h.Booking.SweepDue(t.Context()); err != nil || due {
		t.Errorf("after it: due %v %v", due, err)
	}
}
