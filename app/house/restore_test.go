package house_test

import (
	"path/filepath"
	"testing"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// What was booked after the backup shows as a stray with the first run.
func TestBugNoStrayWasSeenAfterARestore(t *testing.T) {
	s := build(t)
	h := s.open()
	backup := filepath.Join(t.TempDir(), "copy")
	s.ok(h.Store.Backup(t.Context(), backup))
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
