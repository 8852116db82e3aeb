package page

import (
	"slices"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

// The whole way of a visitor without a script: profile, topic, day, start, details,
// letter, confirm, booking, move, cancel.
func TestWholeWay(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.7")
	profile := b.get("/").want(200, "Hanna Ćwik", "Rozmowa", "30 min")
	if strings.Contains(profile.text(), "Ukryta") || strings.Contains(profile.text(), "Stara") {
		t.Error("the profile lists what it must not")
	}
	if !slices.Contains(profile.links("topic"), "/t/rozmowa") {
		t.Errorf("the topics of the profile: %q", profile.links("topic"))
	}
	pick := b.get("/t/rozmowa").want(200, "Wybierz dzień", "Krótko o sprawie.")
	days := pick.links("day")
	if len(days) < 14 {
		t.Fatalf("%d days", len(days))
	}
	day := b.get(strings.TrimSuffix(days[5], "#starts")).want(200)
	starts := day.links("start")
	if len(starts) < 90 {
		t.Fatalf("%d starts of a day that is all free", len(starts))
	}
	details := b.get(starts[40]).want(200, "Twoje dane", "O czym porozmawiamy?")
	action, form := details.form()
	form.Set("name", "Bartłomiej Chrząszczewski")
	form.Set("email", "Bartek@Example.com")
	form.Set("q0", "Umowa najmu")
	wait := b.post(action, form).want(200, "Sprawdź pocztę", "Bartek@example.com")
	if n := s.calls("POST /users/{userId}/meetings"); n != 0 {
		t.Errorf("%d meetings were made before the address was confirmed", n)
	}
	link := s.link("Bartek@example.com", "c")
	ask := b.get(link).want(200, "Potwierdź rezerwację", "Rozmowa")
	action, form = ask.form()
	done := b.post(action, form).want(200, "Zarezerwowano", "Zoom", "Dodaj do kalendarza")
	if len(done.links("link")) != 1 || !strings.Contains(done.links("link")[0], ".invalid/") {
		t.Errorf("the join link: %q", done.links("link"))
	}
	b.get(wait.url.Path).want(200, "Potwierdzono")
	if again := b.get(link); !strings.HasPrefix(again.url.Path, "/r/") {
		t.Errorf("a second look at the letter ends at %s", again.url.Path)
	}
	ics := b.get(done.url.Path + "/booking.ics")
	if ics.status != 200 || !strings.Contains(ics.body, "BEGIN:VEVENT") || strings.Contains(ics.body, "ATTENDEE") {
		t.Errorf("the calendar file: %d\n%s", ics.status, ics.body)
	}
	manage := s.link("Bartek@example.com", "r")
	page := b.get(manage).want(200, "Przełóż", "jeszcze 2 razy")
	moves := b.get(page.links("btn")[1]).want(200, "Obecny termin")
	moves = b.get(strings.TrimSuffix(moves.links("day")[9], "#starts")).want(200, "Obecny termin")
	sure := b.get(moves.links("start")[3]).want(200, "Przełożyć spotkanie?", "Było", "Będzie")
	action, form = sure.form()
	moved := b.post(action, form).want(200, "Zarezerwowano", "jeszcze 1 raz")
	stop := b.get(moved.links("btn--q")[0]).want(200, "Odwołać spotkanie?")
	action, form = stop.form()
	b.post(action, form).want(200, "Odwołane")
	s.await("the steps are done", func() bool {
		open, err := s.h.Store.OpenSteps(t.Context())
		return err == nil && len(open) == 0
	})
	if n := s.calls("DELETE /meetings/{meetingId}"); n != 1 {
		t.Errorf("the meeting was deleted %d times", n)
	}
}

// calls counts what Zoom was asked for.
func (s *stage) calls(rule string) (n int) {
	for _, e := range s.world.Journal() {
		if e.Rule == rule {
			n++
		}
	}
	return n
}

// booked returns the bookings of the file, cancelled ones too.
func (s *stage) bookings() []kwadrans.Booking {
	s.Helper()
	list, err := s.h.Store.Bookings(s.Context(), kwadrans.Span{Start: s.h.Now().AddDate(-1, 0, 0), End: s.h.Now().AddDate(3, 0, 0)}, 0, 0)
	s.ok(err)
	return list
}
