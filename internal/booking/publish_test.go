package booking_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// shelf is a calendar server that keeps what it is given, with etags. lost loses the
// answer of the next writing.
type shelf struct {
	pages map[string]string // by href
	tags  map[string]string
	n     int
	lost  bool
	puts  int
}

func (s *shelf) href(uid string) string { return "/cal/" + uid + ".ics" }

func (s *shelf) Put(_ context.Context, _ kwadrans.Calendar, secret kwadrans.Secret, uid string, page []byte, etag string) (string, string, error) {
	if secret.Reveal() != "tajne" {
		return "", "", &kwadrans.Fault{Code: kwadrans.CodeCalendarAuth}
	}
	s.puts++
	href := s.href(uid)
	if s.tags[href] != etag {
		return href, "", &kwadrans.Fault{Code: kwadrans.CodeCalendarChanged, Permanent: true}
	}
	s.write(href, string(page))
	if s.lost {
		s.lost = false
		return "", "", &kwadrans.Fault{Outcome: kwadrans.MaybeExecuted, Code: kwadrans.CodeOffline}
	}
	return href, s.tags[href], nil
}

func (s *shelf) write(href, page string) {
	s.n++
	s.pages[href], s.tags[href] = page, fmt.Sprintf("%q", fmt.Sprint("e", s.n))
}

func (s *shelf) Find(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret, uid string) (string, string, error) {
	_, tag, err := s.Get(ctx, c, secret, s.href(uid))
	return s.href(uid), tag, err
}

func (s *shelf) Get(_ context.Context, _ kwadrans.Calendar, _ kwadrans.Secret, href string) ([]byte, string, error) {
	if s.tags[href] == "" {
		return nil, "", &kwadrans.Fault{Code: kwadrans.CodeNotFound, Permanent: true}
	}
	return []byte(s.pages[href]), s.tags[href], nil
}

func (s *shelf) Delete(_ context.Context, _ kwadrans.Calendar, _ kwadrans.Secret, href, etag string) error {
	if s.tags[href] != "" && s.tags[href] != etag {
		return &kwadrans.Fault{Code: kwadrans.CodeCalendarChanged, Permanent: true}
	}
	delete(s.pages, href)
	delete(s.tags, href)
	return nil
}

const work = "01990000-0000-7000-8000-000000000001"

// publish makes a calendar that bookings are written into.
func (d *desk) publish() *shelf {
	d.Helper()
	d.ok(d.store.AddCalendar(d.ctx, kwadrans.Calendar{ID: work, Kind: kwadrans.CalendarServer, Name: "Praca", Address: "https://cal.example/praca/", Login: "ola", Publish: true, Added: monday}, kwadrans.Secret("tajne")))
	s := &shelf{pages: map[string]string{}, tags: map[string]string{}}
	d.s.Shelf = s
	return s
}

func (d *desk) shelved(s *shelf, b kwadrans.Booking, has ...string) {
	d.Helper()
	page, there := s.pages[s.href(b.UID)]
	if len(has) == 0 && there {
		d.Errorf("the event is still there:\n%s", page)
	}
	for _, text := range has {
		if !strings.Contains(page, text) {
			d.Errorf("no %q in\n%s", text, page)
		}
	}
}

// A booking is written into the calendar, moves there and goes from there.
func TestPublish(t *testing.T) {
	d := open(t)
	s := d.publish()
	b := d.book("zoom", time.Hour)
	d.settle()
	d.shelved(s, b, "SUMMARY:zoom", "DTSTART:20261123T090000Z", "SEQUENCE:0", "zoom.sandbox.invalid")
	for _, never := range []string{"METHOD", "ATTENDEE", "ORGANIZER"} {
		if strings.Contains(s.pages[s.href(b.UID)], never) {
			t.Errorf("%s would make the server write letters of its own", never)
		}
	}
	d.move(b, 3*time.Hour)
	d.settle()
	d.shelved(s, b, "DTSTART:20261123T110000Z", "SEQUENCE:1")
	d.cancel(b)
	d.settle()
	d.shelved(s, b)
	if got := d.kinds(b); !strings.Contains(got, "calendar-written") || !strings.Contains(got, "calendar-removed") {
		t.Errorf("history %s", got)
	}
	if st := d.step(b, kwadrans.EventIn(work)); !st.Done() || st.RemoteID != "" {
		t.Errorf("%+v", st)
	}
}

// An answer that is lost after the server took the event is found again, not written twice.
func TestPublishAfterALostAnswer(t *testing.T) {
	d := open(t)
	s := d.publish()
	s.lost = true
	b := d.book("phone", time.Hour)
	d.settle()
	if st := d.step(b, kwadrans.EventIn(work)); !st.Done() || s.n != 1 {
		t.Errorf("written %d times: %+v", s.n, st)
	}
	s.lost = true
	d.move(b, 2*time.Hour)
	d.settle()
	d.shelved(s, b, "DTSTART:20261123T100000Z")
	if st := d.step(b, kwadrans.EventIn(work)); !st.Done() || s.n != 2 {
		t.Errorf("written %d times: %+v", s.n, st)
	}
	other := d.book("phone", 5*time.Hour)
	s.lost = true
	d.due()
	d.cancel(other)
	d.settle()
	d.shelved(s, other)
}

// What a person did to the event by hand stays until a person asks again.
func TestPublishLeavesWhatWasChangedByHand(t *testing.T) {
	d := open(t)
	s := d.publish()
	changed, gone := d.book("phone", time.Hour), d.book("phone", 2*time.Hour)
	d.settle()
	mine := strings.Replace(s.pages[s.href(changed.UID)], "SUMMARY:phone", "SUMMARY:nie ruszać", 1)
	s.write(s.href(changed.UID), mine)
	d.ok(s.Delete(d.ctx, kwadrans.Calendar{}, "", s.href(gone.UID), s.tags[s.href(gone.UID)]))
	d.move(changed, 3*time.Hour)
	d.move(gone, 4*time.Hour)
	d.settle()
	d.shelved(s, changed, "nie ruszać")
	d.shelved(s, gone)
	for _, b := range []kwadrans.Booking{changed, gone} {
		if st := d.step(b, kwadrans.EventIn(work)); st.Code != kwadrans.CodeCalendarChanged || !st.Dead || d.get(b).State != kwadrans.Attention {
			t.Errorf("%+v", st)
		}
		d.ok(d.store.RetryBooking(d.ctx, b.ID))
	}
	d.settle()
	d.shelved(s, changed, "SUMMARY:phone", "DTSTART:20261123T110000Z")
	d.shelved(s, gone, "DTSTART:20261123T120000Z")
}

// A reminder that somebody set in the calendar is no change of the event.
func TestPublishOverAReminder(t *testing.T) {
	d := open(t)
	s := d.publish()
	b := d.book("phone", time.Hour)
	d.due()
	s.write(s.href(b.UID), strings.Replace(s.pages[s.href(b.UID)], "END:VEVENT", "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nDESCRIPTION:x\r\nEND:VALARM\r\nEND:VEVENT", 1))
	d.move(b, 3*time.Hour)
	d.settle()
	d.shelved(s, b, "DTSTART:20261123T110000Z", "BEGIN:VALARM", "TRIGGER:-PT5M")
}

// A calendar that cannot be reached holds nothing else back.
func TestPublishHoldsNothingBack(t *testing.T) {
	d := open(t)
	d.publish()
	d.ok(d.store.ChangeCalendarSecret(d.ctx, work, kwadrans.Secret("inne")))
	b := d.book("zoom", time.Hour)
	d.settle()
	if st := d.step(b, kwadrans.EventIn(work)); st.Done() || st.Code != kwadrans.CodeCalendarAuth {
		t.Errorf("%+v", st)
	}
	if n := len(d.post.sent); n != 2 || d.get(b).Zoom == nil {
		t.Errorf("%d letters", n)
	}
	d.ok(d.store.RemoveCalendar(d.ctx, work))
	if got := d.get(b); got.State != kwadrans.Confirmed {
		t.Errorf("after the calendar was removed: %s", got.State)
	}
}

var _ booking.Shelf = (*shelf)(nil)

// Where a calendar gets the booking by itself, the host's letter carries no file.
func TestPublishedHostLetterCarriesNoFile(t *testing.T) {
	d := open(t)
	b := d.book("phone", time.Hour)
	d.settle()
	file := func() (host bool, guest bool) {
		for _, e := range d.post.sent {
			has := strings.Contains(string(e.Bytes), "text/calendar")
			if e.To == b.Host.Email {
				host = has
			} else {
				guest = has
			}
		}
		return host, guest
	}
	if host, guest := file(); !host || !guest {
		t.Fatalf("without a calendar: host %v, attendee %v", host, guest)
	}
	d.publish()
	d.move(b, 3*time.Hour)
	d.settle()
	if host, guest := file(); host || !guest {
		t.Errorf("with a calendar: host %v, attendee %v", host, guest)
	}
	if text := decoded(t, d.post.sent[len(d.post.sent)-1].Bytes); !strings.Contains(text, "Praca") && !strings.Contains(decoded(t, d.post.sent[len(d.post.sent)-2].Bytes), "Praca") {
		t.Errorf("the calendar is not named:\n%s", text)
	}
}
