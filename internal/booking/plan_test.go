package booking_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// moment is what a letter says of the moment that it is made.
var moment = regexp.MustCompile(`(?m)^(Date:|DTSTAMP:|LAST-MODIFIED:).*$|boundary="?[^"\s;]+"?|^--[^\r\n]+`)

func atNoMoment(letter []byte) string { return moment.ReplaceAllString(string(letter), "") }

// acts lists what a plan would do.
func acts(p booking.Plan) (list []string) {
	for _, part := range p.Parts {
		list = append(list, fmt.Sprint(part.Act, " ", part.Target, " ", part.Place))
	}
	return list
}

// sameAsSent compares the letters of a plan with those that left since.
func (d *desk) sameAsSent(p booking.Plan, since int) {
	d.Helper()
	sent := map[string]string{}
	for _, e := range d.post.sent[since:] {
		sent[e.To] = atNoMoment(e.Bytes)
	}
	planned := 0
	for _, part := range p.Parts {
		if part.Act == booking.PartSend {
			planned++
			if got := sent[part.To.Email]; got == "" || got != atNoMoment(part.Bytes) {
				d.Errorf("to %s the plan says\n%s\nand sent was\n%s", part.To.Email, atNoMoment(part.Bytes), got)
			}
		}
	}
	if planned != len(sent) {
		d.Errorf("%d letters were planned, %d sent", planned, len(sent))
	}
}

// What the plan of a move, a cancellation and a restoration shows is what leaves, and to
// look at it changes nothing.
func TestThePlanIsWhatLeaves(t *testing.T) {
	d := open(t)
	b := d.book("zoom", 24*time.Hour)
	d.settle()
	b = d.get(b)
	meeting := b.Zoom.MeetingID()
	calls, letters := len(d.world.Journal()), len(d.post.sent)

	w := booking.Wish{Start: b.Start.Add(3 * time.Hour)}
	p, err := d.s.PlanMove(d.ctx, b.ID, w)
	d.ok(err)
	want := fmt.Sprint([]string{"change zoom " + meeting, "send letter:anna@example.com ", "send letter:" + b.Host.Email + " "})
	if got := fmt.Sprint(acts(p)); got != want || p.Next.Sequence() != 1 || !p.Was.Start.Equal(b.Start) {
		t.Errorf("the plan of a move: %s", got)
	}
	if p.Parts[1].Before == nil || p.Parts[1].Bytes == nil {
		t.Errorf("%s", p.Parts[1].Bytes)
	}
	if now := d.get(b); now.Rev != 1 || len(d.post.sent) != letters {
		t.Errorf("to look at the plan changed %+v", now)
	}
	for _, e := range d.world.Journal()[calls:] {
		if e.Rule != ruleList {
			t.Errorf("to look at the plan called %s", e.Rule)
		}
	}
	_, err = d.s.Move(d.ctx, b.ID, w)
	d.ok(err)
	d.settle()
	d.sameAsSent(p, letters)

	letters = len(d.post.sent)
	p, err = d.s.PlanCancel(d.ctx, b.ID, booking.Ending{Reason: "choroba"})
	d.ok(err)
	if got := fmt.Sprint(acts(p)); got != strings.Replace(want, "change", "delete", 1) {
		t.Errorf("the plan of a cancellation: %s", got)
	}
	d.cancel(b)
	d.settle()
	d.sameAsSent(p, letters)

	p, err = d.s.PlanRestore(d.ctx, b.ID, booking.Wish{})
	d.ok(err)
	if p.Parts[0].Act != booking.PartCreate || p.Parts[1].Code != kwadrans.CodeWaiting || p.Parts[1].Bytes != nil {
		t.Errorf("the plan of a restoration: %+v", acts(p))
	}
}

// A start that is not free has no plan, but reasons.
func TestAPlanThatCannotBe(t *testing.T) {
	d := open(t)
	b, other := d.book("phone", 24*time.Hour), d.book("phone", 27*time.Hour)
	d.settle()
	p, err := d.s.PlanMove(d.ctx, b.ID, booking.Wish{Start: other.Start})
	d.ok(err)
	if len(p.Parts) != 0 || len(p.Conflicts) == 0 || p.Booked || p.Booking.ID != b.ID {
		t.Errorf("%+v", p)
	}
	same, err := d.s.PlanMove(d.ctx, b.ID, booking.Wish{Start: b.Start})
	d.ok(err)
	if len(same.Parts) != 0 || !same.Booked {
		t.Errorf("a move to where it is: %+v", same)
	}
}

// Who wants it so moves and cancels without a letter to the attendees; the host and Zoom
// are told, and the next change that is told has a higher SEQUENCE.
func TestAMoveWithoutLetters(t *testing.T) {
	d := open(t)
	b := d.book("zoom", 24*time.Hour)
	d.settle()
	letters := len(d.post.sent)
	w := booking.Wish{Start: b.Start.Add(3 * time.Hour), Silent: true}
	p, err := d.s.PlanMove(d.ctx, b.ID, w)
	d.ok(err)
	_, err = d.s.Move(d.ctx, b.ID, w)
	d.ok(err)
	d.settle()
	d.sameAsSent(p, letters)
	if n := len(d.post.sent) - letters; n != 1 || d.post.sent[letters].To != b.Host.Email || !d.world.Meetings()[0].Start.Equal(w.Start) {
		t.Errorf("%d letters", n)
	}
	_, err = d.s.Move(d.ctx, b.ID, booking.Wish{Start: b.Start.Add(5 * time.Hour)})
	d.ok(err)
	d.settle()
	last := d.post.sent[len(d.post.sent)-2:]
	for _, e := range last {
		if e.To == "anna@example.com" && value(e, "SEQUENCE") != "2" {
			t.Errorf("SEQUENCE %s", value(e, "SEQUENCE"))
		}
	}
	letters = len(d.post.sent)
	_, err = d.s.End(d.ctx, b.ID, booking.Ending{Silent: true})
	d.ok(err)
	d.settle()
	if n := len(d.post.sent) - letters; n != 1 || d.post.sent[letters].To != b.Host.Email {
		t.Errorf("%d letters", n)
	}
}
