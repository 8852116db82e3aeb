package house_test

import (
	"strings"
	"testing"
	"time"

	"kwadrans/internal/mail/catcher"
)

// The host and three attendees get a letter each, with the exact link in the
// text, the page and the calendar file.
func TestFourLetters(t *testing.T) {
	s := build(t)
	h := s.open()
	defer func() { _ = h.Close() }()
	b := s.book(h, 0, 3)
	s.ok(h.Await(t.Context(), b.ID, 20*time.Second))
	now, err := h.Store.Booking(t.Context(), b.ID)
	s.ok(err)
	link := s.world.Meetings()[0].JoinURL
	if now.Zoom == nil || now.Zoom.JoinURL != link {
		t.Fatalf("%+v", now.Zoom)
	}
	to := map[string]paper{}
	for _, l := range s.mail.Letters() {
		p, err := open(l)
		s.ok(err)
		to[p.to] = p
	}
	if len(to) != 4 || len(s.mail.Letters()) != 4 {
		t.Fatalf("%d letters to %d people", len(s.mail.Letters()), len(to))
	}
	for email, p := range to {
		for name, part := range map[string]string{"text": p.text, "page": p.html, "calendar": p.pages[0]} {
			if !strings.Contains(part, link) {
				t.Errorf("the %s for %s has no link", name, email)
			}
		}
		for other := range to {
			if email != "ola@example.com" && other != email && other != "ola@example.com" && strings.Contains(strings.ToLower(p.text), other) {
				t.Errorf("%s is told the address of %s", email, other)
			}
		}
	}
	if !to["ola@example.com"].method("PUBLISH") || !to["anna@example.com"].method("REQUEST") {
		t.Error("a wrong method")
	}
}

// A letter that may have arrived is sent again as the same bytes; one that was
// refused is refused for one person only.
func TestLettersAreIndependent(t *testing.T) {
	s := build(t)
	h := s.open()
	defer func() { _ = h.Close() }()
	s.mail.Inject(catcher.Fault{At: catcher.AtDot, Act: catcher.DropKept, To: "anna@example.com", Times: 2})
	s.mail.Inject(catcher.Fault{At: catcher.AtRcpt, Code: 550, Enhanced: [3]int{5, 1, 1}, Text: "no such user", To: "bob@example.com"})
	b := s.book(h, 0, 3)
	s.ok(h.Await(t.Context(), b.ID, 20*time.Second))
	count := map[string]int{}
	first := map[string]string{}
	for _, l := range s.mail.Letters() {
		if old, ok := first[l.To[0]]; ok && old != string(l.Bytes) {
			t.Errorf("another letter to %s", l.To[0])
		}
		count[l.To[0]]++
		first[l.To[0]] = string(l.Bytes)
	}
	if count["anna@example.com"] != 3 || count["ola@example.com"] != 1 || count["bob@example.com"] != 0 || len(count) != 3 {
		t.Errorf("letters: %v", count)
	}
	steps, err := h.Store.Steps(t.Context(), b.ID)
	s.ok(err)
	for _, st := range steps {
		if dead := st.Address() == "bob@example.com"; st.Dead != dead || st.Done() == dead {
			t.Errorf("%s: done %v, given up %v", st.Target, st.Done(), st.Dead)
		}
	}
}
