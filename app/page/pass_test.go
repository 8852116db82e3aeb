package page

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// Everything that leads nowhere is answered alike: whoever asks learns nothing about
// topics that are off or unlisted, nor about bookings.
func TestMissingIsMissing(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	ours, err := s.p.visits.Pass(t.Context(), booking.PassManage, s.h.Booking.NewID(), "a@example.com") // signed, and of no booking
	s.ok(err)
	want := b.get("/no/such/page").want(404, "Nie ma takiej strony")
	hidden, err := s.h.Store.Topic(t.Context(), "ukryta")
	s.ok(err)
	path, err := s.p.Path(t.Context(), hidden)
	s.ok(err)
	for _, gone := range []string{
		"/t/nikt", "/t/ukryta", "/t/stara", "/t/ukryta.", "/t/ukryta.aaaaaaaaaaaaaaaa", "/t/rozmowa.aaaaaaaaaaaaaaaa", path + "a", "/t/ukryta/book?at=2030-01-01T10:00Z",
		"/r/", "/r/aaaa", "/r/" + ours, "/c/aaaa", "/w/aaaa", "/r/" + ours + "/booking.ics", "/r/" + ours + "/move", "/r/" + ours + "/cancel", "/team/accept/abc", "/.env",
	} {
		if g := b.get(gone); g.status != 404 || g.body != want.body {
			t.Errorf("%s is answered apart: %d %s", gone, g.status, g.text())
		}
	}
	b.get(path).want(200, "Ukryta") // the control: with its code it is there
}

// A pass opens one booking for one purpose.
func TestPassesOfOneBookingNeverOpenAnother(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	one := b.book("szybka", s.day(5, 10, 0), "Anna", "anna@example.com").want(200)
	two := b.book("szybka", s.day(6, 10, 0), "Jan", "jan@example.com").want(200)
	mine, other := strings.TrimPrefix(one.url.Path, "/r/"), strings.TrimPrefix(two.url.Path, "/r/")
	x, _ := base64.RawURLEncoding.DecodeString(mine)
	y, _ := base64.RawURLEncoding.DecodeString(other)
	encode := base64.RawURLEncoding.EncodeToString
	forged := map[string]string{
		"the booking of one with the signature of the other":   encode(append(append([]byte{}, x[:20]...), y[20:]...)),
		"the attendee of one in the booking of the other":      encode(append(append(append([]byte{}, x[:16]...), y[16:20]...), x[20:]...)),
		"a whole tag and signature moved to the other booking": encode(append(append([]byte{}, x[:16]...), y[16:]...)),
	}
	for i := range x {
		z := append([]byte{}, x...)
		z[i] ^= 1
		forged[fmt.Sprintf("bit %d", i)] = encode(z)
	}
	for what, pass := range forged {
		for _, path := range []string{"/r/" + pass, "/c/" + pass, "/w/" + pass, "/r/" + pass + "/cancel"} {
			if g := b.get(path); g.status != 404 {
				t.Errorf("%s: %s answers %d", what, path, g.status)
			}
		}
	}
	for _, path := range []string{"/c/" + mine, "/w/" + mine} {
		b.get(path).want(404)
	}
	b.get("/r/"+mine).want(200, "anna@example.com") // the control
	id := s.bookings()[0]
	for _, p := range []booking.Purpose{booking.PassConfirm, booking.PassWait, booking.PassForm} {
		pass, err := s.p.visits.Pass(t.Context(), p, id.ID, id.Attendees[0].Email)
		s.ok(err)
		b.get("/r/" + pass).want(404)
	}
}

// Guessing is hopeless: 128 bits, and none of a million opens.
func TestGuessedPasses(t *testing.T) {
	s := open(t)
	s.browser("198.51.100.1").book("szybka", s.day(5, 10, 0), "Anna", "anna@example.com").want(200)
	real, err := s.p.visits.Pass(t.Context(), booking.PassManage, s.bookings()[0].ID, "anna@example.com")
	s.ok(err)
	known, _ := base64.RawURLEncoding.DecodeString(real)
	n := 200_000
	if testing.Short() {
		n = 5_000
	}
	raw := make([]byte, 36)
	copy(raw, known[:20]) // the guesser knows the booking, only the signature is missing
	for range n {
		_, _ = rand.Read(raw[20:])
		if _, _, err := s.p.visits.Open(t.Context(), booking.PassManage, base64.RawURLEncoding.EncodeToString(raw)); kwadrans.CodeOf(err) != kwadrans.CodeNotFound {
			t.Fatalf("a guess opened: %v", err)
		}
	}
	if _, _, err := s.p.visits.Open(t.Context(), booking.PassManage, real); err != nil {
		t.Errorf("the control does not open: %v", err)
	}
}

// A pass ends a day after the meeting, and with the invitation.
func TestPassesEnd(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	g := b.book("szybka", s.day(2, 10, 0), "Anna", "anna@example.com").want(200)
	s.later.Store(int64(time.Until(s.day(2, 11, 0))))
	over := b.get(g.url.Path)
	if over.want(200, "Po spotkaniu"); len(over.links("btn")) > 0 {
		t.Errorf("a meeting that is over can be changed: %s", over.text())
	}
	s.later.Store(int64(5 * 24 * time.Hour))
	b.get(g.url.Path).want(404)
}

// What mail scanners do: they open every link, many times, with GET and HEAD.
func TestScannersChangeNothing(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	b.book("rozmowa", s.day(5, 10, 0), "Anna", "anna@example.com").want(200, "Sprawdź pocztę")
	ask := s.link("anna@example.com", "c")
	made := b.book("szybka", s.day(6, 10, 0), "Jan", "jan@example.com").want(200)
	manage := s.link("jan@example.com", "r")
	s.settle()
	before := s.picture()
	for range 25 {
		for _, path := range []string{ask, manage, manage + "/cancel", manage + "/move", made.url.Path} {
			b.get(path).want(200)
		}
	}
	if after := s.picture(); after != before {
		t.Errorf("looking changed something:\n%s\n%s", before, after)
	}
	action, form := b.get(ask).form() // the control: pressing the button does
	b.post(action, form).want(200)
	if s.picture() == before {
		t.Error("the picture does not show a confirmation")
	}
}

// settle waits until no step is open.
func (s *stage) settle() {
	s.Helper()
	s.await("all steps", func() bool {
		list, err := s.h.Store.OpenSteps(s.Context())
		return err == nil && len(list) == 0
	})
}

// picture is everything that a visitor could have changed.
func (s *stage) picture() string {
	s.Helper()
	var out strings.Builder
	for _, b := range s.bookings() {
		history, err := s.h.Store.History(s.Context(), b.ID)
		s.ok(err)
		steps, err := s.h.Store.Steps(s.Context(), b.ID)
		s.ok(err)
		fmt.Fprintf(&out, "%s %s %d %v %d ", b.ID, b.State, b.Rev, b.Start, len(history))
		for _, st := range steps {
			fmt.Fprintf(&out, "%s %d/%d ", st.Target, st.Have, st.Want)
		}
	}
	fmt.Fprintf(&out, "letters %d", len(s.mail.Letters()))
	return out.String()
}
