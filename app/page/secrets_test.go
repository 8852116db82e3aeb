package page

import (
	"strings"
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// What the host does and with whom is on no page: no titles, no names, no addresses,
// not the host's own mail address either.
func TestOthersStayHidden(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	canaries := []string{"Kanarek", "kanarek@example.com", "Tajna narada", "sekret-notatka", host.Email}
	_, err := s.h.Booking.Book(t.Context(), booking.Request{
		Topic: "rozmowa", Start: s.day(5, 10, 0), Note: "sekret-notatka", Attendees: []kwadrans.Attendee{{Name: "Kanarek", Email: "kanarek@example.com"}},
	})
	s.ok(err)
	_, err = s.h.Zoom.Create(t.Context(), "me", kwadrans.MeetingPlan{Topic: "Tajna narada", Start: s.day(5, 12, 0), Duration: time.Hour})
	s.ok(err)
	s.ok(s.h.Look(t.Context()))
	made := b.book("szybka", s.day(6, 10, 0), "Anna", "anna@example.com").want(200)
	action, form := b.fill("szybka", s.day(5, 10, 0), "Anna", "anna@example.com")
	day := "day=" + kwadrans.DateOf(s.day(5, 10, 0)).String()
	pages := []got{
		b.get("/"), b.get("/t/rozmowa?" + day), b.get("/t/rozmowa/book?at=" + formAt(s.day(5, 10, 0))), b.get("/t/rozmowa/book?at=" + formAt(s.day(5, 12, 0))), b.post(action, form),
		made, b.get(made.url.Path + "/move?" + day), b.get(made.url.Path + "/booking.ics"), b.get("/privacy"),
	}
	for i, g := range pages {
		for _, c := range canaries {
			if c == host.Email && strings.HasSuffix(g.url.Path, ".ics") { // who is invited may write to the host
				continue
			}
			if strings.Contains(g.body, c) {
				t.Errorf("page %d (%s) holds %q", i, g.url.Path, c)
			}
		}
	}
	starts := strings.Join(pages[1].links("start"), " ")
	for _, at := range []time.Time{s.day(5, 10, 0), s.day(5, 9, 45), s.day(5, 12, 15)} {
		if strings.Contains(starts, strings.ReplaceAll(formAt(at), ":", "%3A")) {
			t.Errorf("%v is offered", at)
		}
	}
	if !strings.Contains(starts, strings.ReplaceAll(formAt(s.day(5, 11, 0)), ":", "%3A")) { // the control
		t.Errorf("nothing is offered: %s", starts)
	}
	guests := s.letters("anna@example.com")
	for _, l := range guests {
		if strings.Contains(l, "anak") {
			t.Error("a letter names somebody else")
		}
	}
}
