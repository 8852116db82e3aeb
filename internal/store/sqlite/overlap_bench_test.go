package sqlite

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"kwadrans/internal/kwadrans"
)

// town is whom the overlap question is about: bookings of half an hour, evenly spread.
type town struct{ bookings, hosts, days int }

const halfHour = int64(30 * 60 * 1000)

// dense is a file with the bookings of a town. What does not matter to the question
// is left out of them.
func dense(tb testing.TB, v town) *Store {
	tb.Helper()
	s := open(tb, tb.TempDir())
	for _, query := range []string{
		`DROP TRIGGER booking_no_overlap_insert`, `DROP TRIGGER booking_no_overlap_update`, `PRAGMA secure_delete = 0`, `PRAGMA synchronous = OFF`,
	} {
		_, err := s.w.Exec(query)
		must(tb, err)
	}
	per := v.bookings / v.hosts
	_, err := s.w.Exec(`WITH RECURSIVE n (x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n WHERE x < ?1 * ?2 - 1),
		v (x, host, at) AS (SELECT x, 'host ' || (x / ?1), ?4 + (x % ?1) * ?3 * 48 / ?1 * 1800000 FROM n)
		INSERT INTO booking SELECT printf('%08x', x), x, '', '', host, '', '', '2026-12-01', 0, 0, '', at, at + 1800000, at, at + 1800000, '{"kind":"phone"}', '{}', '', 'confirmed', 1,
		NULL, NULL, NULL, NULL, '', '', 0, 0, '' FROM v`, per, v.hosts, v.days, ms(now))
	must(tb, err)
	return s
}

// usual is the index that most programs have, and its question.
const (
	usualIndex = `CREATE INDEX booking_usual ON booking (host, start_ms)`
	usual      = `SELECT id FROM booking INDEXED BY booking_usual WHERE host = ? AND state <> 'cancelled' AND start_ms < ? AND end_ms > ? LIMIT 1`
)

// candidate is one question for a candidate: a host and the start of a half hour.
type candidate struct {
	host string
	at   int64
}

// free are half hours late in the time of a town in which nothing is.
func (v town) free() (list []candidate) {
	rnd := rand.New(rand.NewPCG(20261125, 11))
	per := int64(v.bookings / v.hosts)
	for range 1024 {
		k := per - 1 - rnd.Int64N(max(per/10, 1))
		list = append(list, candidate{fmt.Sprint("host ", rnd.IntN(v.hosts)), ms(now) + (k*int64(v.days)*48/per+1)*halfHour})
	}
	return list
}

// fifty hosts over five years, ever denser.
func towns(b *testing.B, run func(b *testing.B, v town)) {
	for _, n := range []int{1000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint("rows=", n), func(b *testing.B) { run(b, town{n, 50, 5 * 365}) })
	}
}

// nothing asks a prepared question again and again, to which nothing is the answer.
func nothing(b *testing.B, s *Store, query string, asks []candidate, args func(candidate) []any) {
	b.Helper()
	st, err := s.r.Prepare(query)
	must(b, err)
	defer func() { _ = st.Close() }()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		rows, err := st.Query(args(asks[i%len(asks)])...)
		must(b, err)
		if rows.Next() {
			b.Fatal("something is in the way")
		}
		must(b, rows.Close())
	}
}

func (a candidate) overlap() []any {
	return overlapArgs(kwadrans.Booking{Host: kwadrans.Host{ID: a.host}, Start: at(a.at), End: at(a.at + halfHour), Blocked: kwadrans.Span{Start: at(a.at), End: at(a.at + halfHour)}})
}

// G11: what Reserve asks.
func BenchmarkOverlap(b *testing.B) {
	towns(b, func(b *testing.B, v town) { nothing(b, dense(b, v), overlap, v.free(), candidate.overlap) })
}

// G11: the usual index and question, to compare with.
func BenchmarkOverlapUsual(b *testing.B) {
	towns(b, func(b *testing.B, v town) {
		s := dense(b, v)
		_, err := s.w.Exec(usualIndex)
		must(b, err)
		nothing(b, s, usual, v.free(), func(a candidate) []any { return []any{a.host, a.at + halfHour, a.at} })
	})
}

// G7: one candidate among a thousand bookings of one host in sixty days, as Reserve asks.
func BenchmarkOverlapThousand(b *testing.B) {
	v := town{1000, 1, 60}
	nothing(b, dense(b, v), overlap, v.free(), candidate.overlap)
}
