package booking_test

import (
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// asBefore puts a booking an hour later on the time line, as if the rules of its zone
// had been others when it was made. Its clock reading stays.
func (d *desk) asBefore(b kwadrans.Booking) kwadrans.Booking {
	d.Helper()
	old := b
	old.Start, old.End = b.Start.Add(time.Hour), b.End.Add(time.Hour)
	old.Blocked = kwadrans.Span{Start: b.Blocked.Start.Add(time.Hour), End: b.Blocked.End.Add(time.Hour)}
	old.Rev = b.Rev + 1
	done, err := d.store.Revise(d.ctx, old, b.Rev, nil, kwadrans.Event{At: d.now(), Actor: "test", Kind: "moved"})
	d.ok(err)
	if !done {
		d.Fatalf("not put")
	}
	return d.get(b)
}

// When the rules of a zone change, a booking keeps its clock reading and everybody hears of it.
func TestZoneRulesChange(t *testing.T) {
	d := open(t)
	b, other := d.book("zoom", 25*time.Hour), d.book("phone", 30*time.Hour)
	d.settle()
	old := d.asBefore(d.get(b))
	letters, updates := len(d.post.sent), d.calls(ruleUpdate)
	changed, err := d.s.KeepWallClocks(d.ctx, "new rules")
	if err != nil || changed != 1 {
		t.Fatalf("%d bookings changed, %v", changed, err)
	}
	d.settle()
	now := d.get(b)
	if !now.Start.Equal(b.Start) || now.Wall != b.Wall || now.Rev != old.Rev+1 || now.Zoom.ID != old.Zoom.ID {
		t.Errorf("%+v", now)
	}
	if n := len(d.post.sent) - letters; n != 2 {
		t.Errorf("%d letters", n)
	}
	if n := d.calls(ruleUpdate) - updates; n != 1 {
		t.Errorf("Zoom was told %d times", n)
	}
	if d.get(other).Rev != 1 || !strings.Contains(d.kinds(b), "zone-rules") {
		t.Errorf("history %s", d.kinds(b))
	}
	d.asBefore(now)
	if again, err := d.s.KeepWallClocks(d.ctx, "new rules"); err != nil || again != 0 {
		t.Errorf("worked out twice by the same rules: %d, %v", again, err)
	}
}

// Two bookings that fall on one time by the new rules both stay, and that is said.
func TestZoneRulesCollide(t *testing.T) {
	d := open(t)
	b := d.asBefore(d.book("phone", 25*time.Hour))
	d.book("phone", 25*time.Hour)
	changed, err := d.s.KeepWallClocks(d.ctx, "new rules")
	if err != nil || changed != 1 {
		t.Fatalf("%d, %v", changed, err)
	}
	if now := d.get(b); now.Over == "" || now.State == kwadrans.Cancelled {
		t.Errorf("%+v", now)
	}
}
