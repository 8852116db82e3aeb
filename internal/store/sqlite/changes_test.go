package sqlite

import (
	"context"
	"testing"

	"kwadrans/internal/kwadrans"
)

// noteOnce changes the file in another process.
func noteOnce(ctx context.Context, dir string) error {
	s, err := Open(ctx, dir, sealer)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	return s.SetMeta(ctx, "noted", "by another process")
}

// seen asks a store for its number of changes.
func seen(t *testing.T, s *Store) int64 {
	t.Helper()
	n, err := s.Changes(ctx)
	must(t, err)
	return n
}

// Whoever changes the file is heard, and silence is silence.
func TestChanges(t *testing.T) {
	dir := filled(t)
	s, other := open(t, dir), open(t, dir)
	last := seen(t, s)
	for _, c := range []struct {
		name  string
		do    func() error
		heard bool
	}{
		{"nothing", func() error { return nil }, false},
		{"reading", func() error { _, err := readAll(s); return err }, false},
		{"reading by another", func() error { _, err := readAll(other); return err }, false},
		{"a booking that is not free", func() error { _, err := s.Reserve(ctx, book(0), nil, created); return err }, false},
		{"our own writer", func() error { return s.SetMeta(ctx, "a", "1") }, true},
		{"another handle", func() error { return other.SetMeta(ctx, "a", "2") }, true},
		{"another process", func() error { return child(t, "note", dir).Run() }, true},
		{"nothing again", func() error { return nil }, false},
	} {
		must(t, c.do())
		now := seen(t, s)
		if heard := now != last; heard != c.heard {
			t.Errorf("%s: heard %v", c.name, heard)
		}
		if again := seen(t, s); again != now {
			t.Errorf("%s: heard twice", c.name)
		}
		last = now
	}
}

// The control: the writer itself is not told of what it wrote, so it cannot be the one to ask.
func TestChangesNeedAConnectionOfTheirOwn(t *testing.T) {
	s := open(t, t.TempDir())
	version := func() (v int64) {
		must(t, s.w.QueryRow(`PRAGMA data_version`).Scan(&v))
		return v
	}
	before := version()
	must(t, s.SetMeta(ctx, "a", "1"))
	if version() != before {
		t.Error("it is told: the store can be simpler")
	}
}

// A look that failed does not lose a change that came meanwhile.
func TestChangesAfterAFailedLook(t *testing.T) {
	s := open(t, t.TempDir())
	last := seen(t, s)
	given, up := context.WithCancel(ctx)
	up()
	if _, err := s.Changes(given); err == nil {
		t.Error("a cancelled look succeeded")
	}
	must(t, s.SetMeta(ctx, "a", "1"))
	if seen(t, s) == last {
		t.Error("a change was lost")
	}
	must(t, s.Close())
	_, err := s.Changes(ctx)
	code(t, err, kwadrans.CodeInternal)
}
