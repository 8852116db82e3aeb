package sqlite

import (
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// full is a file with 20,000 bookings: half of them to come, the rest past, and
// of either every fifth is cancelled.
func full(b *testing.B) (s *Store, half time.Time) {
	b.Helper()
	s = open(b, b.TempDir())
	crowd(b, s, 20_000)
	_, err := s.w.Exec(`UPDATE booking SET state = 'cancelled' WHERE rowid % 5 = 0`)
	must(b, err)
	return s, now.Add(-10_000 * time.Hour)
}

func benchList(b *testing.B, ask kwadrans.ListAsk, rows int) {
	s, half := full(b)
	ask.Now, ask.Limit = half, 50
	for b.Loop() {
		if list, _, err := s.BookingList(ctx, ask); err != nil || len(list) != rows {
			b.Fatal(len(list), err)
		}
	}
}

func BenchmarkListUpcoming(b *testing.B) {
	benchList(b, kwadrans.ListAsk{When: kwadrans.ListUpcoming}, 50)
}

func BenchmarkListPast(b *testing.B) { benchList(b, kwadrans.ListAsk{When: kwadrans.ListPast}, 50) }

func BenchmarkListPastEnd(b *testing.B) {
	benchList(b, kwadrans.ListAsk{When: kwadrans.ListPast, Offset: 7900}, 50)
}

func BenchmarkListCancelled(b *testing.B) {
	benchList(b, kwadrans.ListAsk{When: kwadrans.ListCancelled}, 50)
}

func BenchmarkListFound(b *testing.B) {
	benchList(b, kwadrans.ListAsk{When: kwadrans.ListPast, Search: "ANNA rozmowa"}, 50)
}

// The worst: what is searched for is nowhere.
func BenchmarkListNothingFound(b *testing.B) {
	benchList(b, kwadrans.ListAsk{When: kwadrans.ListPast, Search: "żółw"}, 0)
}

func BenchmarkStepsOfPage(b *testing.B) {
	s, half := full(b)
	list, _, err := s.BookingList(ctx, kwadrans.ListAsk{When: kwadrans.ListPast, Now: half, Limit: 50})
	must(b, err)
	var ids []string
	for _, v := range list {
		ids = append(ids, v.ID)
	}
	for b.Loop() {
		if of, err := s.StepsOf(ctx, ids); err != nil || len(of) != 50 {
			b.Fatal(len(of), err)
		}
	}
}

func BenchmarkCountBookings(b *testing.B) {
	s, half := full(b)
	for b.Loop() {
		if n, err := s.CountBookings(ctx, half); err != nil || n.Upcoming == 0 {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkCountVideo(b *testing.B) {
	s, half := full(b)
	for b.Loop() {
		if n, err := s.CountVideo(ctx, half); err != nil || n.Meetings == 0 {
			b.Fatal(n, err)
		}
	}
}

// A thousand bookings of which every letter waits for a mail account.
func BenchmarkAttention(b *testing.B) {
	s, half := full(b)
	_, err := s.w.Exec(`UPDATE step SET have = 0 WHERE lane = 'mail' AND subject IN (SELECT id FROM booking WHERE start_ms > ? ORDER BY start_ms LIMIT 1000)`, ms(half))
	must(b, err)
	must(b, s.PauseLanes(ctx, kwadrans.LaneMail, kwadrans.Pause{Until: kwadrans.Forever, Code: kwadrans.CodeMailNotSet}))
	b.Run("list", func(b *testing.B) {
		for b.Loop() {
			if list, err := s.Attention(ctx, half); err != nil || len(list) != mostAttention {
				b.Fatal(len(list), err)
			}
		}
	})
	b.Run("count", func(b *testing.B) {
		for b.Loop() {
			if n, err := s.CountBookings(ctx, half); err != nil || n.Attention < 1000 {
				b.Fatal(n, err)
			}
		}
	})
}

func BenchmarkChanges(b *testing.B) {
	s, _ := full(b)
	for b.Loop() {
		if _, err := s.Changes(ctx); err != nil {
			b.Fatal(err)
		}
	}
}
