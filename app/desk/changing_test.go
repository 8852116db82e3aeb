package desk

import (
	"strings"
	"testing"
	"time"
)

// settled waits until a booking's steps are done.
func (f *fixture) settled(id string) Booking {
	f.t.Helper()
	for {
		d := got[BookingDetail](f.t)((&Bookings{f.desk}).Get(id))
		if d.Booking.Zoom.State == "done" && d.Booking.Letters.State == "done" {
			return d.Booking
		}
		f.wait(EventChanged)
	}
}

// Through the dialog: what goes out is shown, held back, taken back; then it goes out.
func TestABookingIsMovedCancelledAndRestored(t *testing.T) {
	f := newFixture(t)
	f.sandbox()
	topic := f.topic()
	_, cell := f.free(topic.Slug)
	c, bookings := &Changing{f.desk}, &Bookings{f.desk}
	b := f.settled(f.book(topic.Slug, cell.Start).Booking.ID)

	o := got[Offer](t)(c.Days(b.ID, "", false))
	if len(o.Days) < 2 || len(o.Days[1].Cells) == 0 {
		t.Fatalf("%+v", o)
	}
	to := ""
	for _, free := range o.Days[len(o.Days)-1].Cells {
		if free.Free {
			to = free.Start
		}
	}
	if list := got[[]Conflict](t)(c.Check(b.ID, b.Start)); len(list) != 0 {
		t.Errorf("it is in its own way: %+v", list)
	}
	p := got[SendPlan](t)(c.Plan(ChangeForm{ID: b.ID, Act: "move", Start: to}))
	if len(p.Parts) != 3 || p.Parts[0].Call != "PATCH /meetings/"+b.MeetingID || len(p.Conflicts) != 0 || !same(t, p.Start, to) {
		t.Fatalf("%+v", p)
	}
	letter := p.Parts[1].Letter
	if letter == nil || letter.Subject == "" || !strings.Contains(letter.To, "anna@example.com") || !strings.Contains(letter.Text, b.JoinURL) {
		t.Fatalf("%+v", letter)
	}
	changed := map[string]bool{}
	for _, line := range letter.Calendar {
		name, _, _ := strings.Cut(line.Text, ":")
		changed[name] = changed[name] || line.Changed
	}
	if !changed["SEQUENCE"] || !changed["DTSTART"] || changed["UID"] || changed["METHOD"] {
		t.Errorf("what differs: %v", changed)
	}

	r := got[BookResult](t)(c.Do(ChangeForm{ID: b.ID, Act: "move", Start: to}))
	if r.Booking == nil || !same(t, r.Booking.Start, to) || r.UndoUntil == "" {
		t.Fatalf("%+v", r)
	}
	if back := got[Booking](t)(bookings.Undo(b.ID)); back.Start != b.Start || back.JoinURL != b.JoinURL {
		t.Errorf("taken back: %+v", back)
	}
	got[BookResult](t)(c.Do(ChangeForm{ID: b.ID, Act: "cancel", Reason: "choroba"}))
	if back := got[Booking](t)(bookings.Undo(b.ID)); back.State != "confirmed" || back.JoinURL != b.JoinURL {
		t.Errorf("the cancellation taken back: %+v", back)
	}
	if p := got[SendPlan](t)(c.Plan(ChangeForm{ID: b.ID, Act: "cancel", Silent: true})); len(p.Parts) != 2 || p.Parts[0].Act != "delete" || !p.Parts[1].ToHost {
		t.Errorf("a cancellation without letters: %+v", p)
	}
	for _, bad := range []ChangeForm{{ID: b.ID, Act: "eat"}, {ID: b.ID, Act: "move", Start: "soon"}, {ID: b.ID, Act: "cancel", Reason: strings.Repeat("x", 1001)}} {
		if _, err := c.Plan(bad); code(t, err) != "invalid-input" {
			t.Errorf("%+v is planned", bad)
		}
		if _, err := c.Do(bad); code(t, err) != "invalid-input" {
			t.Errorf("%+v is done", bad)
		}
	}
}

func same(t *testing.T, a, b string) bool {
	t.Helper()
	x, err := time.Parse(time.RFC3339, a)
	check(t, err)
	y, err := time.Parse(time.RFC3339, b)
	check(t, err)
	return x.Equal(y)
}

// A start that somebody has is an answer with its reason.
func TestAMoveToATakenStart(t *testing.T) {
	f := newFixture(t)
	f.sandbox()
	topic := f.topic()
	_, cell := f.free(topic.Slug)
	first := f.book(topic.Slug, cell.Start)
	_, cell = f.free(topic.Slug)
	second := f.book(topic.Slug, cell.Start)
	c := &Changing{f.desk}
	form := ChangeForm{ID: second.Booking.ID, Act: "move", Start: first.Booking.Start}
	if p := got[SendPlan](t)(c.Plan(form)); len(p.Conflicts) == 0 || len(p.Parts) != 0 {
		t.Errorf("%+v", p)
	}
	if r := got[BookResult](t)(c.Do(form)); r.Booking != nil || len(r.Conflicts) == 0 {
		t.Errorf("%+v", r)
	}
	if list := got[[]Conflict](t)(c.Check(second.Booking.ID, first.Booking.Start)); len(list) == 0 {
		t.Error("nothing is in the way")
	}
}
