package sqlite

import (
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/store/storetest"
)

// A held seat is found, dropped whole, and no other booking with it.
func TestHolds(t *testing.T) {
	s := open(t, t.TempDir())
	seat, other := book(0), book(600)
	seat.State = kwadrans.Held
	for _, b := range []kwadrans.Booking{seat, other} {
		_, err := s.Reserve(t.Context(), b, storetest.Steps(b), created)
		must(t, err)
	}
	list, err := s.Holds(t.Context())
	must(t, err)
	if len(list) != 1 || list[0].ID != seat.ID || len(list[0].Attendees) == 0 {
		t.Fatalf("%+v", list)
	}
	met := func(want bool) {
		t.Helper()
		got, err := s.Met(t.Context(), strings.ToUpper(seat.Attendees[0].Email))
		must(t, err)
		if got != want {
			t.Errorf("met: %v", got)
		}
	}
	met(true) // the same people attend the other one
	for _, c := range []struct {
		id   string
		want bool
	}{{other.ID, false}, {seat.ID, true}, {seat.ID, false}} {
		if done, err := s.DropHold(t.Context(), c.id); done != c.want || err != nil {
			t.Errorf("%s: %v %v", c.id, done, err)
		}
	}
	for _, query := range []string{`step WHERE subject = ?`, `attendee WHERE booking = ?`, `event WHERE booking = ?`, `booking WHERE id = ?`} {
		var n int
		must(t, s.r.QueryRow(`SELECT count(*) FROM `+query, seat.ID).Scan(&n))
		if n != 0 {
			t.Errorf("%d rows are left in %s", n, query)
		}
	}
	_, err = s.w.Exec(`UPDATE booking SET state = 'held'`)
	must(t, err)
	met(false)
	s = open(t, t.TempDir())
	crowd(t, s, 100)
	if how := plan(t, s, waiting); !strings.Contains(how, "booking_live") {
		t.Errorf("held seats are looked for by %s", how)
	}
}
