package page

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

// A form that is sent twice, one after the other or at the same moment, is one booking.
func TestSentTwiceIsOneBooking(t *testing.T) {
	for _, topic := range []string{"rozmowa", "szybka"} {
		t.Run(topic, func(t *testing.T) {
			s := open(t)
			b := s.browser("198.51.100.1")
			action, form := b.fill(topic, s.day(5, 10, 0), "Anna", "anna@example.com")
			var all sync.WaitGroup
			for range 8 {
				all.Go(func() {
					if g := b.post(action, form); g.status != 200 {
						t.Errorf("%d %s", g.status, g.text())
					}
				})
			}
			all.Wait()
			b.post(action, form).want(200)
			if n := len(s.bookings()); n != 1 {
				t.Errorf("%d bookings", n)
			}
			action, form = b.fill(topic, s.day(6, 10, 0), "Anna", "anna@example.com") // the control: another form is another one
			b.post(action, form).want(200)
			if n := len(s.bookings()); n != 2 {
				t.Errorf("%d bookings of two forms", n)
			}
		})
	}
}

// Somebody else was faster: the three nearest starts, and everything that was typed.
func TestTakenInBetween(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	at := s.day(5, 10, 0)
	action, form := b.fill("szybka", at, "Anna Żółć", "anna@example.com")
	form.Set("q0", "O <b>umowie</b>")
	s.browser("198.51.100.2").book("szybka", at, "Jan", "jan@example.com").want(200)
	g := b.post(action, form).want(409, "Ten termin jest już zajęty", "Najbliższe wolne terminy")
	if strings.Contains(g.body, "jan@example.com") || strings.Contains(g.body, ">Jan<") {
		t.Error("it tells who was faster")
	}
	action, again := g.form()
	if again.Get("name") != "Anna Żółć" || again.Get("email") != "anna@example.com" || again.Get("q0") != "O <b>umowie</b>" {
		t.Errorf("what was typed is lost: %v", again)
	}
	if n := strings.Count(g.body, `type="radio"`); n != 3 {
		t.Errorf("%d starts are offered", n)
	}
	b.post(action, again).want(200, "Zarezerwowano")
	if n := len(s.bookings()); n != 2 {
		t.Errorf("%d bookings", n)
	}
}

// A hundred visitors want the same start: one has it, ninety-nine are offered others.
func TestCrowdAtOneStart(t *testing.T) {
	s := open(t)
	n := 100
	if testing.Short() {
		n = 20
	}
	at := s.day(5, 10, 0)
	won, lost := s.crowd(n, func(int) time.Time { return at })
	if won != 1 || lost != n-1 {
		t.Errorf("%d won, %d were offered others", won, lost)
	}
	if list := s.bookings(); len(list) != 1 {
		t.Errorf("%d bookings", len(list))
	}
	// the control: the harness sees it when there is room for more than one
	if won, _ := s.crowd(4, func(i int) time.Time { return s.day(6, 10+i, 0) }); won != 4 {
		t.Errorf("%d of four starts were booked", won)
	}
}

func (s *stage) crowd(n int, at func(i int) time.Time) (won, lost int) {
	s.Helper()
	type sent struct {
		b      *browser
		action string
		form   url.Values
	}
	list := make([]sent, n)
	for i := range list {
		b := s.browser(fmt.Sprintf("198.51.%d.%d", 100+i/200, 1+i%200))
		action, form := b.fill("szybka", at(i), "Anna", fmt.Sprintf("anna%d-%d@example.com", i, at(i).Unix()))
		list[i] = sent{b, action, form}
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	for _, v := range list {
		all.Go(func() {
			g := v.b.post(v.action, v.form)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case g.status == 200:
				won++
			case g.status == 409 && strings.Contains(g.body, `type="radio"`):
				lost++
			default:
				s.Errorf("%d %s", g.status, g.text())
			}
		})
	}
	all.Wait()
	return won, lost
}

// A seat that nobody confirmed is free after half an hour, and leaves nothing.
func TestUnconfirmedSeatsEnd(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	at := s.day(5, 10, 0)
	wait := b.book("rozmowa", at, "Anna", "anna@example.com").want(200, "Sprawdź pocztę")
	link := s.link("anna@example.com", "c")
	action, form := b.get(link).form()
	c, err := s.h.Booking.Check(t.Context(), "rozmowa", at)
	if err != nil || len(c) == 0 {
		t.Fatalf("the seat is not held: %v %v", c, err)
	}
	s.later.Store(int64(kwadrans.HoldTime - time.Minute))
	b.get(link).want(200, "Potwierdź rezerwację")
	s.later.Store(int64(kwadrans.HoldTime + time.Second))
	b.get(link).want(410, "Termin znów jest wolny")
	b.post(action, form).want(410)
	if n, err := s.p.visits.FreeHolds(t.Context()); n != 1 || err != nil {
		t.Errorf("%d seats were freed: %v", n, err)
	}
	b.get(link).want(410)
	b.get(wait.url.Path).want(410)
	if c, err := s.h.Booking.Check(t.Context(), "rozmowa", at); err != nil || len(c) != 0 {
		t.Errorf("the seat is still held: %v %v", c, err)
	}
	if found, err := s.h.Store.Met(t.Context(), "anna@example.com"); found || err != nil || len(s.bookings()) != 0 {
		t.Errorf("the address is still there: %v", err)
	}
	for _, l := range s.letters("anna@example.com") {
		if strings.Contains(l, "BEGIN:VCALENDAR") {
			t.Error("who never confirmed got a calendar page")
		}
	}
}

// When does an address have to be confirmed: always, the first time, never.
func TestConfirmBySetting(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	b.book("znani", s.day(5, 10, 0), "Anna", "anna@example.com").want(200, "Sprawdź pocztę")
	action, form := b.get(s.link("anna@example.com", "c")).form()
	b.post(action, form).want(200, "Zarezerwowano")
	b.book("znani", s.day(6, 10, 0), "Anna", "ANNA@example.com").want(200, "Zarezerwowano")
	b.book("znani", s.day(7, 10, 0), "Jan", "jan@example.com").want(200, "Sprawdź pocztę")
	b.book("rozmowa", s.day(8, 10, 0), "Anna", "anna@example.com").want(200, "Sprawdź pocztę")
	b.book("szybka", s.day(9, 10, 0), "Ola", "ola@example.com").want(200, "Zarezerwowano")
}

// Who typed the address of somebody else sees neither link nor booking, also after that
// one has confirmed.
func TestTypingAnAddressIsNotHavingIt(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	action, form := b.fill("rozmowa", s.day(5, 10, 0), "Zły", "anna@example.com")
	wait := b.post(action, form).want(200, "Sprawdź pocztę")
	confirm, sent := b.get(s.link("anna@example.com", "c")).form()
	b.post(confirm, sent).want(200, "Zarezerwowano")
	for _, g := range []got{b.get(wait.url.Path), b.post(action, form)} {
		g.want(200, "Potwierdzono")
		if strings.Contains(g.body, "/r/") || strings.Contains(g.body, "zoom.sandbox.invalid") {
			t.Errorf("%s gives the booking away", g.url.Path)
		}
	}
}

// Zoom does not answer after the seat was taken: it is kept, and the letter comes with the link.
func TestZoomIsDown(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	action, form := b.fill("rozmowa", s.day(5, 10, 0), "Anna", "anna@example.com")
	b.post(action, form).want(200, "Sprawdź pocztę")
	action, form = b.get(s.link("anna@example.com", "c")).form()
	s.world.FailNext("POST /users/{userId}/meetings", 1000, sandbox.ErrorBefore)
	soon := b.post(action, form).want(200, "Zarezerwowano", "Link właśnie powstaje")
	for _, l := range s.letters("anna@example.com") {
		if strings.Contains(l, "BEGIN:VCALENDAR") {
			t.Error("a letter went out without its link")
		}
	}
	s.world.StopFailing()
	s.link("anna@example.com", "r")
	b.get(soon.url.Path).want(200, "Dodaj do kalendarza")
}

// A source that cannot be read: no starts, and no word about which one it is.
func TestUnknownSource(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	action, form := b.fill("szybka", s.day(5, 10, 0), "Anna", "anna@example.com")
	s.world.RemoveAppAtMarketplace()
	s.world.ExpireAccess()
	g := b.post(action, form).want(503, "Nie da się teraz sprawdzić")
	_, kept := g.form()
	if kept.Get("email") != "anna@example.com" || len(s.bookings()) != 0 {
		t.Errorf("the form is lost, or it was booked: %v", kept)
	}
	s.later.Store(int64(time.Hour)) // the copy of Zoom counts no more
	s.ok(s.h.Look(t.Context()))
	pick := b.get("/t/szybka").want(200, "nie da się teraz sprawdzić")
	if len(pick.links("start")) != 0 || strings.Contains(strings.ToLower(pick.body), "removed") {
		t.Error("starts are offered, or too much is told")
	}
}

// The seat collides with something that came meanwhile: other starts, and the seat stays.
func TestConfirmMeetsSomethingNew(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	at := s.day(5, 10, 0)
	b.book("rozmowa", at, "Anna", "anna@example.com").want(200)
	link := s.link("anna@example.com", "c")
	_, err := s.h.Zoom.Create(t.Context(), "me", kwadrans.MeetingPlan{Topic: "Tajne zebranie", Start: at, Duration: 30 * time.Minute})
	s.ok(err)
	action, form := b.get(link).form()
	g := b.post(action, form).want(409, "Najbliższe wolne terminy")
	if strings.Contains(g.body, "Tajne") {
		t.Error("it tells what is in the way")
	}
	action, form = g.form()
	done := b.post(action, form).want(200, "Zarezerwowano")
	if list := s.bookings(); len(list) != 1 || list[0].Start.Equal(at) || list[0].State == kwadrans.Held {
		t.Errorf("%v at %s", list, done.url.Path)
	}
}

// What a visitor may change, how often and until when.
func TestChangePolicy(t *testing.T) {
	s := open(t)
	topic, err := s.h.Store.Topic(t.Context(), "szybka")
	s.ok(err)
	topic.Change = kwadrans.ChangePolicy{MayMove: true, MaxMoves: 1, MoveBefore: kwadrans.Duration(24 * time.Hour), MayCancel: true, CancelBefore: kwadrans.Duration(time.Hour)}
	_, err = s.h.Setup.ChangeTopic(t.Context(), topic)
	s.ok(err)
	b := s.browser("198.51.100.1")
	page := b.book("szybka", s.day(5, 10, 0), "Anna", "anna@example.com").want(200, "jeszcze 1 raz")
	move := func(at time.Time) (string, url.Values) {
		return b.get(page.url.Path+"/move?at="+formAt(at)).want(200, "Przełożyć").form()
	}
	action, form := move(s.day(6, 12, 0))
	_, late := move(s.day(7, 12, 0))
	b.post(action, form).want(200, "Zarezerwowano")
	b.post(action, form).want(200) // sent twice: nothing more
	b.post(action, late).want(409, "zmieniła się w międzyczasie")
	b.get(page.url.Path+"/move").want(403, "nie można już zrobić")
	late.Set("rev", "2")
	b.post(action, late).want(403)
	if list := s.bookings(); !list[0].Start.Equal(s.day(6, 12, 0)) || list[0].Rev != 2 {
		t.Errorf("%v", list[0])
	}
	s.later.Store(int64(time.Until(s.day(6, 11, 30))))
	b.get(page.url.Path+"/cancel").want(403, "nie można już zrobić")
	b.post(page.url.Path+"/cancel", url.Values{"rev": {"2"}}).want(403)
	s.later.Store(0)
	action, form = b.get(page.url.Path + "/cancel").want(200).form()
	form.Set("reason", "Choroba")
	b.post(action, form).want(200, "Odwołane")
	b.post(action, form).want(200, "Odwołane")
	if list := s.bookings(); list[0].State != kwadrans.Cancelled || list[0].Reason != "Choroba" {
		t.Errorf("%v", list[0])
	}
	history, err := s.h.Store.History(t.Context(), s.bookings()[0].ID)
	s.ok(err)
	actors := ""
	for _, e := range history {
		if e.Actor == "attendee" {
			actors += e.Kind + " "
		}
	}
	if actors != "created moved cancelled " {
		t.Errorf("what the attendee did: %q", actors)
	}
}

// An attendee never books or moves over anything.
func TestNeverOverAnything(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	taken := s.day(6, 10, 0)
	_, err := s.h.Booking.Book(t.Context(), booking.Request{Topic: "rozmowa", Start: taken, Attendees: []kwadrans.Attendee{{Email: "gosc@example.com"}}})
	s.ok(err)
	page := b.book("szybka", s.day(5, 10, 0), "Anna", "anna@example.com").want(200)
	action, form := b.get(page.url.Path + "/move?at=" + formAt(taken)).form()
	g := b.post(action, form)
	if strings.Contains(g.body, "gosc@example.com") || !s.bookings()[0].Start.Equal(s.day(5, 10, 0)) {
		t.Errorf("%d: it moved over another one, or told whose it is", g.status)
	}
	action, form = b.fill("szybka", s.day(7, 10, 0), "Anna", "anna@example.com")
	form.Set("at", formAt(taken))
	form.Set("over", "bo tak")
	b.post(action, form).want(409)
	form.Set("at", formAt(s.day(-1, 10, 0)))
	b.post(action, form).want(409)
	if n := len(s.bookings()); n != 2 {
		t.Errorf("%d bookings", n)
	}
}

// The questions of a topic are asked, and the answers reach the host.
func TestQuestions(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	action, form := b.fill("pytania", s.day(5, 10, 0), "Anna", "anna@example.com")
	g := b.post(action, form).want(422, "Odpowiedz na to pytanie")
	action, form = g.form()
	for _, long := range []string{strings.Repeat("ą", 501), strings.Repeat("a", 1001)} {
		form.Set("q0", long)
		form.Set("q1", long)
		b.post(action, form).want(422, "Ta odpowiedź jest za długa")
	}
	form.Set("q0", "II C 12/26")
	form.Set("q1", "Pierwsza\nDruga")
	form.Set("guests", "Jan Nowak <jan@example.com>; ola@example.com")
	b.post(action, form).want(200, "Zarezerwowano", "+48 600 000 000")
	got := s.bookings()[0]
	if got.Form != "Numer sprawy: II C 12/26\nSzczegóły: Pierwsza\nDruga" || len(got.Attendees) != 3 || got.Attendees[1].Name != "Jan Nowak" {
		t.Errorf("%q %v", got.Form, got.Attendees)
	}
	s.await("the host's letter", func() bool { return len(s.letters(host.Email)) == 1 })
	if l := s.letters(host.Email)[0]; !strings.Contains(l, "II C 12/26") || strings.Contains(l, public) {
		t.Errorf("the host's letter:\n%s", l)
	}
}
