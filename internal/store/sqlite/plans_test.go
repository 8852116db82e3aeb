package sqlite

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/store/storetest"
)

// crowd puts n bookings of one host with three done steps each into a file; the
// last one is still open.
func crowd(t testing.TB, s *Store, n int) {
	t.Helper()
	b := book(0)
	_, err := s.Reserve(ctx, b, storetest.Steps(b), created)
	must(t, err)
	_, err = s.w.Exec(`WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?)
		INSERT INTO booking SELECT printf('%08x-0000-7000-8000-000000000000', x), 'uid ' || x, topic, topic_name, host, host_name, host_email, wall_date, wall_minutes, wall_fold, zone,
		start_ms - x * 3600000, end_ms - x * 3600000, blocked_start - x * 3600000, blocked_end - x * 3600000, place, change, note, 'confirmed', rev,
		x, zoom_join, zoom_passcode, zoom_host, over, reason, created_ms, updated_ms, seek, form FROM booking, n`, n)
	must(t, err)
	for _, query := range []string{
		`INSERT INTO attendee SELECT b.id, a.pos, a.name, a.email, a.zone, a.lang, a.answer, 0 FROM booking b, attendee a WHERE b.id <> a.booking`,
		`INSERT INTO step (subject, target, lane, needs, live, want, have) SELECT b.id, s.target, s.lane, s.needs, 1, 1, 1 FROM booking b, step s WHERE b.id <> s.subject`,
	} {
		_, err := s.w.Exec(query)
		must(t, err)
	}
}

// plan returns how SQLite means to answer a question.
func plan(t testing.TB, s *Store, query string) string {
	t.Helper()
	switch {
	case strings.HasPrefix(query, "FROM"):
		query = `SELECT * ` + query
	case !strings.HasPrefix(query, "SELECT"):
		query = `SELECT * FROM ` + query
	}
	args := make([]any, strings.Count(query, "?"))
	for i := range args {
		args[i] = 1
	}
	for n := 3; n > 0; n-- {
		if strings.Contains(query, fmt.Sprint("?", n)) {
			args = args[:n]
			break
		}
	}
	rows, err := s.r.Query(`EXPLAIN QUERY PLAN `+query, args...)
	must(t, err)
	defer func() { _ = rows.Close() }()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		must(t, rows.Scan(&id, &parent, &unused, &detail))
		steps = append(steps, detail)
	}
	must(t, rows.Err())
	return strings.Join(steps, "\n")
}

// Questions that are asked all the time go through an index, however many
// bookings and done steps there are.
func TestPlans(t *testing.T) {
	s := open(t, t.TempDir())
	crowd(t, s, 100)
	for _, c := range []struct{ name, query, uses string }{
		{"is anything due", anyDue, "step USING INDEX step_due"},
		{"what is due first", `step ` + firstDue, "step USING INDEX step_due"},
		{"when is the next due", nextDue, "step USING INDEX step_due"},
		{"what is open", `step ` + openSteps, "step USING INDEX step_due"},
		{"what is in the way", overlap, "booking USING INDEX booking_seat (host=? AND blocked_start>? AND blocked_start<?)"},
		{"what the bookings hold", ownBusy, "booking USING INDEX booking_seat (host=? AND blocked_start>? AND blocked_start<?)"},
		{"a booking by its id", byPrefix, "booking USING INDEX sqlite_autoindex_booking_1 (id>? AND id<?)"},
		{"the bookings of a range", inRange, "booking USING INDEX booking_start (start_ms>? AND start_ms<?)"},
		{"what is to come", toCome + soonest, "booking USING INDEX booking_live (start_ms>?)"},
		{"what is to come, searched", toCome + found + soonest, "booking USING INDEX booking_live (start_ms>?)"},
		{"what is past", past + latest, "booking USING INDEX booking_live (start_ms<?)"},
		{"what is cancelled", cancelled + latest, "booking USING INDEX booking_gone"},
		{"how much is to come", `SELECT count(*) ` + toCome, "booking USING COVERING INDEX booking_live (start_ms>?)"},
		{"what needs a person", attention, "step USING INDEX step_due"},
		{"how much needs a person", countAttention, "booking USING INDEX sqlite_autoindex_booking_1 (id=?)"},
		{"what waits for a link", countWaiting, "step USING INDEX step_due"},
		{"the steps of many", `step ` + stepsOfMany, "step USING PRIMARY KEY (subject=?)"},
		{"all calendars", `SELECT ` + calendarColumns + allCalendars, "SEARCH source USING PRIMARY KEY (name=?)"},
		{"a calendar by its id", `SELECT ` + calendarColumns + oneCalendar, "calendar USING PRIMARY KEY (id>? AND id<?)"},
		{"is a copy still true", generation, "source USING PRIMARY KEY (name=?)"},
		{"when many are taken", takenOf, "source_copy USING INDEX sqlite_autoindex_source_copy_1 (source=?)"},
		{"what goes to a calendar", openTowards, "step USING INDEX step_due"},
		{"our uids", ownUIDs, "USING COVERING INDEX sqlite_autoindex_booking_2"},
		{"our meetings", ownMeetings, "booking USING INDEX booking_start (start_ms>? AND start_ms<?)"},
	} {
		got := plan(t, s, c.query)
		if !strings.Contains(got, c.uses) {
			t.Errorf("%s:\n%s\nwant %s", c.name, got, c.uses)
		}
		if strings.HasPrefix(c.name, "what is ") && strings.Contains(c.query, "LIMIT ? OFFSET") && strings.Contains(got, "TEMP B-TREE") {
			t.Errorf("%s is sorted:\n%s", c.name, got)
		}
	}
}

// The control: without its index a question walks through everything.
func TestPlansFindMutants(t *testing.T) {
	s := open(t, t.TempDir())
	for _, index := range []string{"step_due", "booking_seat", "booking_start", "booking_live", "booking_gone"} {
		_, err := s.w.Exec(`DROP INDEX ` + index)
		must(t, err)
	}
	for _, query := range []string{anyDue, overlap, ownBusy, inRange, toCome + soonest, past + latest, cancelled + latest, attention} {
		if got := plan(t, s, query); strings.Contains(got, "USING INDEX step_due") || strings.Contains(got, "USING INDEX booking_") {
			t.Error(got)
		}
	}
	for _, query := range []string{toCome + soonest, past + latest, cancelled + latest} {
		if got := plan(t, s, query); !strings.Contains(got, "TEMP B-TREE") {
			t.Error(got)
		}
	}
}

const many = 10_000

func crowded(b *testing.B) *Store {
	b.Helper()
	s := open(b, b.TempDir())
	crowd(b, s, many)
	return s
}

func BenchmarkClaim(b *testing.B) {
	s := crowded(b)
	for at := now; b.Loop(); at = at.Add(time.Hour) {
		if _, ok, err := s.Claim(ctx, at, time.Minute); err != nil || !ok {
			b.Fatal(ok, err)
		}
	}
}

func BenchmarkClaimNothing(b *testing.B) {
	s := crowded(b)
	for b.Loop() {
		if _, ok, err := s.Claim(ctx, time.UnixMilli(-1), time.Minute); err != nil || ok {
			b.Fatal(ok, err)
		}
	}
}

func BenchmarkReserve(b *testing.B) {
	s := crowded(b)
	for i := 1; b.Loop(); i++ {
		next := book(i * 60)
		if inTheWay, err := s.Reserve(ctx, next, storetest.Steps(next), created); err != nil || len(inTheWay) > 0 {
			b.Fatal(inTheWay, err)
		}
	}
}

func BenchmarkReserveRefused(b *testing.B) {
	s := crowded(b)
	for b.Loop() {
		if inTheWay, err := s.Reserve(ctx, book(-600), nil, created); err != nil || len(inTheWay) == 0 {
			b.Fatal(inTheWay, err)
		}
	}
}

func BenchmarkOwnBusy(b *testing.B) {
	s := crowded(b)
	for b.Loop() {
		if _, err := s.OwnBusy(ctx, kwadrans.Me, kwadrans.Span{Start: now.AddDate(0, 0, -23), End: now}, ""); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBooking(b *testing.B) {
	s := crowded(b)
	for i := 0; b.Loop(); i++ {
		if _, err := s.Booking(ctx, fmt.Sprintf("%08x", i%many+1)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWeek(b *testing.B) {
	s := crowded(b)
	for b.Loop() {
		if _, err := s.Bookings(ctx, kwadrans.Span{Start: now.AddDate(0, 0, -7), End: now}, 0, 0); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAllBookings(b *testing.B) {
	s := crowded(b)
	for b.Loop() {
		if list, err := s.Bookings(ctx, kwadrans.Span{Start: now.AddDate(-5, 0, 0), End: now.AddDate(1, 0, 0)}, 0, 0); err != nil || len(list) <= many {
			b.Fatal(len(list), err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	s := crowded(b)
	dir := s.Path[:len(s.Path)-len(FileName)-1]
	must(b, s.Close())
	for b.Loop() {
		s, err := Open(ctx, dir, sealer)
		if err != nil {
			b.Fatal(err)
		}
		_ = s.Close()
	}
}
