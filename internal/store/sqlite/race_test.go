package sqlite

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

const triesEnv = "KWADRANS_STORE_TRIES"

// race tries to book one host over a dense day, and cancels now and then. The
// mutant goes round the guard.
func race(ctx context.Context, dir, mutant string) error {
	s, err := Open(ctx, dir, sealer)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	tries, err := strconv.Atoi(os.Getenv(triesEnv))
	if err != nil {
		return err
	}
	for range tries {
		b := book(rand.IntN(24 * 60))
		b.End = b.Start.Add(time.Duration(15+rand.IntN(45)) * time.Minute)
		b.Blocked = b.Span().Widen(time.Duration(rand.IntN(15))*time.Minute, time.Duration(rand.IntN(15))*time.Minute)
		b.Over = mutant
		inTheWay, err := s.Reserve(ctx, b, nil, created)
		if err != nil {
			return err
		}
		if len(inTheWay) == 0 && rand.IntN(3) == 0 {
			b.State, b.Rev = kwadrans.Cancelled, 2
			if _, err := s.Revise(ctx, b, 1, nil, kwadrans.Event{}); err != nil {
				return err
			}
		}
	}
	return nil
}

// racers runs four processes and returns the bookings that came of it.
func racers(t *testing.T, role string, tries int) []kwadrans.Booking {
	t.Helper()
	dir := t.TempDir()
	s := open(t, dir)
	var wg sync.WaitGroup
	for range 4 {
		cmd := child(t, role, dir, fmt.Sprint(triesEnv, "=", tries))
		wg.Go(func() {
			if out, err := cmd.Output(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	wg.Wait()
	list, err := s.Bookings(ctx, kwadrans.Span{Start: now.AddDate(0, 0, -1), End: now.AddDate(0, 0, 3)}, 0, 0)
	must(t, err)
	return list
}

// pairs counts the pairs of which one holds the other's time. The rule is
// written here once more, without SQL.
func pairs(list []kwadrans.Booking) (n, held int) {
	for i, a := range list {
		if a.State == kwadrans.Cancelled {
			continue
		}
		held++
		for _, b := range list[:i] {
			if b.State != kwadrans.Cancelled && (a.Blocked.Overlaps(b.Span()) || b.Blocked.Overlaps(a.Span())) {
				n++
			}
		}
	}
	return n, held
}

// Four processes at one host's day: no two bookings overlap.
func TestReserveRace(t *testing.T) {
	t.Parallel()
	n, held := pairs(racers(t, "race", soak(300, 1500)))
	t.Logf("%d booked", held)
	if n != 0 || held < 10 {
		t.Errorf("%d overlapping pairs among %d", n, held)
	}
}

// The control: the judge sees bookings that went round the guard.
func TestReserveRaceFindsMutants(t *testing.T) {
	t.Parallel()
	if n, held := pairs(racers(t, "unguarded", 30)); n == 0 {
		t.Errorf("no overlapping pair among %d", held)
	}
}

// The last line: what is written without a look is refused by the database itself.
func TestTriggersRefuseOverlaps(t *testing.T) {
	s := fill(t, t.TempDir())
	copied := func(start int64) error {
		_, err := s.w.Exec(`INSERT INTO booking SELECT 'copy', 'copy', topic, topic_name, host, host_name, host_email, wall_date, wall_minutes, wall_fold, zone,
			start_ms + ?1, end_ms + ?1, blocked_start + ?1, blocked_end + ?1, place, change, note, state, rev, zoom_id, zoom_join, zoom_passcode, zoom_host,
			over, reason, created_ms, updated_ms, seek, form FROM booking ORDER BY start_ms LIMIT 1`, start)
		return err
	}
	if err := copied(60_000); !isOverlap(err) {
		t.Errorf("inserted: %v", err)
	}
	if err := copied(30 * 60_000); err != nil { // between two
		t.Error(err)
	}
	for _, query := range []string{
		`UPDATE booking SET start_ms = start_ms - 60000, blocked_start = blocked_start - 60000 WHERE id = 'copy'`,
		`UPDATE booking SET blocked_end = blocked_end + 60000 WHERE id = 'copy'`,
	} {
		if _, err := s.w.Exec(query); !isOverlap(err) {
			t.Errorf("%s: %v", query, err)
		}
	}
	if _, err := s.w.Exec(`UPDATE booking SET state = 'cancelled' WHERE id = 'copy'`); err != nil {
		t.Error(err)
	}
	if _, err := s.w.Exec(`UPDATE booking SET start_ms = start_ms - 60000, blocked_start = blocked_start - 60000 WHERE id = 'copy'`); err != nil {
		t.Error(err)
	}
	if _, err := s.w.Exec(`UPDATE booking SET state = 'confirmed' WHERE id = 'copy'`); !isOverlap(err) {
		t.Errorf("brought back: %v", err)
	}
}
