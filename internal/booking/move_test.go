package booking_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-message"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

func (d *desk) move(b kwadrans.Booking, after time.Duration) kwadrans.Booking {
	d.Helper()
	a, err := d.s.Move(d.ctx, b.ID, booking.Wish{Start: monday.Add(after)})
	d.ok(err)
	if !a.Booked {
		d.Fatalf("not moved: %+v", a.Conflicts)
	}
	return a.Booking
}

// A move keeps the meeting, its link and its length.
func TestMoveKeepsTheMeeting(t *testing.T) {
	d := open(t)
	b := d.book("zoom", time.Hour, "anna@example.com", "jan@example.com")
	d.settle()
	before := d.get(b)
	moved := d.move(b, 26*time.Hour)
	d.settle()
	now := d.get(b)
	if !now.Start.Equal(monday.Add(26*time.Hour)) || now.Span().Duration() != 30*time.Minute || now.Rev != 2 || moved.Rev != 2 || now.Wall.Minutes != 11*60 {
		t.Errorf("%+v", now)
	}
	if now.Zoom == nil || *now.Zoom != *before.Zoom || now.State != kwadrans.Confirmed {
		t.Errorf("the meeting was %+v and is %+v, %s", before.Zoom, now.Zoom, now.State)
	}
	d.lives(before.Zoom.ID)
	if m := d.world.Meetings()[0]; !m.Start.Equal(now.Start) {
		t.Errorf("Zoom has it at %v", m.Start)
	}
	if n := d.calls(ruleCreate); n != 1 {
		t.Errorf("%d meetings were made", n)
	}
	if got := len(d.post.sent); got != 6 {
		t.Errorf("%d letters", got)
	}
	if got := d.kinds(b); !strings.Contains(got, "moved") {
		t.Errorf("history %s", got)
	}
}

func TestMoveKeepsTheRules(t *testing.T) {
	d := open(t)
	other := d.book("phone", 4*time.Hour)
	b := d.book("phone", 2*time.Hour)
	for name, c := range map[string]struct {
		after time.Duration
		code  kwadrans.WhyNot
	}{
		"to another booking": {4 * time.Hour, kwadrans.BusyBooking},
		"into the past":      {-time.Hour, kwadrans.Past},
	} {
		a, err := d.s.Move(d.ctx, b.ID, booking.Wish{Start: monday.Add(c.after)})
		if err != nil || a.Booked || len(a.Conflicts) == 0 || a.Conflicts[0].Code != c.code {
			t.Errorf("%s: %+v %v", name, a, err)
		}
		conflicts, err := d.s.CheckMove(d.ctx, b.ID, monday.Add(c.after))
		if err != nil || len(conflicts) == 0 || conflicts[0].Code != c.code {
			t.Errorf("%s is checked as %v %v", name, conflicts, err)
		}
	}
	if now := d.get(b); now.Rev != 1 || !now.Start.Equal(b.Start) {
		t.Errorf("changed: %+v", now)
	}
	if now := d.move(b, 2*time.Hour+15*time.Minute); now.Rev != 2 { // half into its own old time
		t.Errorf("%+v", now)
	}
	if now := d.move(b, 2*time.Hour+15*time.Minute); now.Rev != 2 {
		t.Errorf("a move to where it stands made revision %d", now.Rev)
	}
	a, err := d.s.Move(d.ctx, b.ID, booking.Wish{Start: other.Start, Over: "pilne"})
	if err != nil || !a.Booked || a.Booking.Over != "pilne" {
		t.Errorf("%+v %v", a, err)
	}
	_, err = d.s.Move(d.ctx, b.ID, booking.Wish{Start: monday.Add(time.Hour + time.Second)})
	d.code(err, kwadrans.CodeInvalid)
	d.cancel(b)
	_, err = d.s.Move(d.ctx, b.ID, booking.Wish{Start: monday.Add(6 * time.Hour)})
	d.code(err, kwadrans.CodeInvalid)
}

// The clock reading of a booking stays in its zone, over a change of the clock too.
func TestMoveOverAClockChange(t *testing.T) {
	d := open(t)
	b := d.book("phone", 2*time.Hour)
	to := time.Date(2027, 3, 30, 8, 0, 0, 0, time.UTC) // 10:00 in Warsaw, in summer time
	long := d.topic("long", "always", kwadrans.Place{Kind: kwadrans.PlacePhone, Detail: "+48"})
	long.MaxDays = 365
	d.ok(d.store.SaveTopic(d.ctx, long))
	b = d.book("long", 3*time.Hour)
	a, err := d.s.Move(d.ctx, b.ID, booking.Wish{Start: to})
	if err != nil || !a.Booked || a.Booking.Wall.Minutes != 10*60 || a.Booking.Wall.Date.String() != "2027-03-30" {
		t.Errorf("%+v %v", a, err)
	}
}

// Two moves before the outside hears of the first are one change.
func TestMovesCoalesce(t *testing.T) {
	d := open(t)
	b := d.book("zoom", time.Hour)
	d.settle()
	d.move(b, 3*time.Hour)
	d.move(b, 5*time.Hour)
	d.settle()
	if n := d.calls(ruleUpdate); n != 1 {
		t.Errorf("Zoom was told %d times", n)
	}
	if n := len(d.post.sent); n != 4 {
		t.Errorf("%d letters", n)
	}
	if m := d.world.Meetings()[0]; !m.Start.Equal(monday.Add(5 * time.Hour)) {
		t.Errorf("Zoom has it at %v", m.Start)
	}
}

// A restored booking has a meeting of its own again, and everybody is invited anew.
func TestRestore(t *testing.T) {
	d := open(t)
	b := d.book("zoom", time.Hour)
	d.settle()
	old := d.get(b)
	d.cancel(b)
	d.settle()
	d.lives()
	a, err := d.s.Restore(d.ctx, b.ID, booking.Wish{})
	d.ok(err)
	if !a.Booked || a.Booking.Zoom != nil || a.Booking.Rev != 3 || a.Booking.Reason != "" {
		t.Errorf("%+v", a)
	}
	d.settle()
	now := d.get(b)
	if now.State != kwadrans.Confirmed || now.Zoom == nil || now.Zoom.ID == old.Zoom.ID {
		t.Errorf("%+v %+v", now, now.Zoom)
	}
	d.lives(now.Zoom.ID)
	if n := len(d.post.sent); n != 6 {
		t.Errorf("%d letters", n)
	}
	again, err := d.s.Restore(d.ctx, b.ID, booking.Wish{})
	if err != nil || again.Booking.Rev != 3 {
		t.Errorf("restored twice: %+v %v", again, err)
	}
	d.cancel(b)
	d.book("phone", time.Hour)
	taken, err := d.s.Restore(d.ctx, b.ID, booking.Wish{})
	if err != nil || taken.Booked || len(taken.Conflicts) == 0 {
		t.Errorf("restored over another one: %+v %v", taken, err)
	}
}

// Whoever knows the old time is told of the new one; who was never told is invited.
func TestMovedLettersNameTheOldTime(t *testing.T) {
	d := open(t)
	b := d.book("phone", time.Hour, "anna@example.com")
	d.settle()
	d.move(b, 3*time.Hour)
	d.move(b, 4*time.Hour)
	d.settle()
	told := func(to string) string {
		d.Helper()
		for i := len(d.post.sent) - 1; i >= 0; i-- {
			if e := d.post.sent[i]; e.To == to {
				return decoded(t, e.Bytes)
			}
		}
		d.Fatalf("no letter to %s", to)
		return ""
	}
	for _, to := range []string{"anna@example.com", host.Email} {
		if text := told(to); !strings.Contains(text, "10:00") || !strings.Contains(text, "13:00") || strings.Contains(text, "12:00–") {
			t.Errorf("to %s:\n%s", to, text)
		}
	}
	unheard := d.book("phone", 5*time.Hour)
	d.move(unheard, 6*time.Hour)
	d.settle()
	if text := told("anna@example.com"); strings.Contains(text, "14:00") {
		t.Errorf("the first letter tells of a time that nobody knew:\n%s", text)
	}
	d.cancel(b)
	d.settle()
	a, err := d.s.Restore(d.ctx, b.ID, booking.Wish{})
	if err != nil || !a.Booked {
		t.Fatalf("%+v %v", a, err)
	}
	d.settle()
	if n := len(d.post.sent); n != 10 {
		t.Errorf("%d letters", n)
	}
}

// decoded is the plain text of a letter.
func decoded(t *testing.T, letter []byte) string {
	t.Helper()
	r, err := message.Read(bytes.NewReader(letter))
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	if err := r.Walk(func(_ []int, e *message.Entity, err error) error {
		if err != nil {
			return err
		}
		if kind, _, _ := e.Header.ContentType(); kind == "text/plain" {
			b, err := io.ReadAll(e.Body)
			text += string(b)
			return err
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return text
}
