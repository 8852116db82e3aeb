package booking_test

import (
	"reflect"
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/store/sqlite"
	"kwadrans/internal/store/storetest"
)

// hold is how long the window holds a change back.
const hold = 10 * time.Second

func (d *desk) held(topic string, after time.Duration) kwadrans.Booking {
	d.Helper()
	r := d.ask(topic, after)
	r.Hold = hold
	return d.booked(r)
}

func (d *desk) undo(b kwadrans.Booking) kwadrans.Booking {
	d.Helper()
	now, err := d.s.Undo(d.ctx, b.ID)
	d.ok(err)
	return now
}

// tooLate expects that nothing can be undone, and what is advised instead.
func (d *desk) tooLate(b kwadrans.Booking, hint string) {
	d.Helper()
	before := d.get(b)
	_, err := d.s.Undo(d.ctx, b.ID)
	d.code(err, kwadrans.CodeInUse)
	if e, ok := kwadrans.AsError(err); ok && e.Hint != hint {
		d.Errorf("advised %q, want %q", e.Hint, hint)
	}
	if now := d.get(b); !reflect.DeepEqual(now, before) {
		d.Errorf("changed:\n%+v\n%+v", before, now)
	}
}

const (
	insteadCancel = "cancel it instead"
	insteadBook   = "book the time again"
)

// kinds lists the newest events of a booking.
func (d *desk) kinds(b kwadrans.Booking) (list string) {
	d.Helper()
	history, err := d.store.History(d.ctx, b.ID)
	d.ok(err)
	for _, e := range history {
		list += e.Kind + " "
	}
	return list
}

// Undone in time, a move has never been: nobody hears of it, and Zoom is not asked.
func TestUndoAMove(t *testing.T) {
	for _, topic := range []string{"zoom", "phone"} {
		d := open(t)
		b := d.book(topic, 24*time.Hour)
		d.settle()
		before, letters := d.get(b), len(d.post.sent)
		a, err := d.s.Move(d.ctx, b.ID, booking.Wish{Start: b.Start.Add(2 * time.Hour), Hold: hold})
		d.ok(err)
		if !a.Booked || !a.Booking.Start.Equal(b.Start.Add(2*time.Hour)) {
			t.Fatalf("%s: %+v", topic, a)
		}
		asked := len(d.world.Journal()) // the calendar was read for the move
		d.pass(hold - time.Second)
		d.due()
		now := d.undo(b)
		before.Updated = now.Updated
		if !reflect.DeepEqual(now, before) {
			t.Errorf("%s: changed:\n%+v\n%+v", topic, before, now)
		}
		if next, any, err := d.store.NextDue(d.ctx, d.now()); any || err != nil {
			t.Errorf("%s: something is still to be done at %v: %v", topic, next, err)
		}
		if len(d.post.sent) != letters || len(d.world.Journal()) != asked {
			t.Errorf("%s: %d letters, %d calls after the undo", topic, len(d.post.sent)-letters, len(d.world.Journal())-asked)
		}
		d.tooLate(b, insteadCancel)
		d.book(topic, 26*time.Hour) // the time that it would have had is free
	}
}

// A move that went out, and one whose old time somebody else has by now, stay.
func TestUndoAMoveTooLate(t *testing.T) {
	d := open(t)
	b := d.book("zoom", 24*time.Hour)
	d.settle()
	move := func(hours time.Duration) {
		a, err := d.s.Move(d.ctx, b.ID, booking.Wish{Start: b.Start.Add(hours * time.Hour), Hold: hold})
		d.ok(err)
		if !a.Booked {
			t.Fatalf("%+v", a.Conflicts)
		}
	}
	move(2)
	other := d.book("zoom", 24*time.Hour)
	_, err := d.s.Undo(d.ctx, b.ID)
	d.code(err, kwadrans.CodeNotFree)
	d.settle()
	d.tooLate(b, "change it again")
	d.cancel(other)
	d.settle()
	move(4) // a second move, taken back, leaves the first
	if now := d.undo(b); !now.Start.Equal(b.Start.Add(2*time.Hour)) || now.Sequence() != 1 {
		t.Errorf("%v, sequence %d", now.Start, now.Sequence())
	}
}

// Undone in time, a new booking has never been: nobody hears of it, and its time is free.
func TestUndoABooking(t *testing.T) {
	for _, topic := range []string{"zoom", "phone"} {
		d := open(t)
		b := d.held(topic, 24*time.Hour)
		d.pass(hold - time.Second)
		d.due()
		now := d.undo(b)
		if now.State != kwadrans.Cancelled || d.kinds(b) != "created undone " {
			t.Errorf("%s, %s", now.State, d.kinds(b))
		}
		if next, any, err := d.store.NextDue(d.ctx, d.now()); any || err != nil {
			t.Errorf("something is still to be done at %v: %v", next, err)
		}
		d.tooLate(b, insteadBook)
		other := d.book(topic, 24*time.Hour)
		d.settle()
		if len(d.post.sent) != 2 || value(d.post.sent[0], "UID") != other.UID || d.calls(ruleDelete) != 0 {
			t.Errorf("%s: %d letters, %d deletes", topic, len(d.post.sent), d.calls(ruleDelete))
		}
	}
}

// An undone cancellation leaves the booking as it was, and nobody hears of it.
func TestUndoACancellation(t *testing.T) {
	d := open(t)
	b := d.book("zoom", 24*time.Hour)
	d.settle()
	before := d.get(b)
	d.cancel(b, hold)
	if why, err := d.s.Check(d.ctx, "phone", b.Start); len(why) != 0 || err != nil {
		t.Errorf("the time is not free at once: %v %v", why, err)
	}
	d.pass(hold - time.Second)
	d.due()
	d.sweep(0, 0)
	after := d.undo(b)
	before.Updated = d.now()
	if !reflect.DeepEqual(after, before) {
		t.Errorf("\n%+v %+v\n%+v %+v", before, before.Zoom, after, after.Zoom)
	}
	d.tooLate(b, insteadCancel)
	d.pass(time.Hour)
	d.settle()
	d.sweep(0, 0)
	d.lives(before.Zoom.ID)
	if len(d.post.sent) != 2 || d.calls(ruleUpdate)+d.calls(ruleDelete) != 0 || d.kinds(b) != "created zoom-created letter-sent letter-sent cancelled undone " {
		t.Errorf("%d letters, %s", len(d.post.sent), d.kinds(b))
	}
	d.cancel(b)
	d.settle()
	d.lives()
	for _, e := range d.post.sent[2:] { // the revision that was taken back leaves no gap
		if got := value(e, "SEQUENCE"); got != "1" {
			t.Errorf("SEQUENCE %s", got)
		}
	}
	if len(d.post.sent) != 4 {
		t.Errorf("%d letters", len(d.post.sent))
	}
}

// What is on its way cannot be taken back, even if nothing reached anybody yet.
func TestUndoTooLate(t *testing.T) {
	for name, fail := range map[string]error{"done": nil, "refused": &kwadrans.Fault{Code: kwadrans.CodeOffline}} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			b := d.held("phone", 24*time.Hour)
			d.post.fault = func(kwadrans.Envelope) (bool, error) { return fail == nil, fail }
			d.pass(hold)
			d.due()
			d.tooLate(b, insteadCancel)
			d.post.fault, d.line.down = nil, nil
			d.settle()
			c := d.book("zoom", 48*time.Hour)
			d.settle()
			d.cancel(c, hold)
			d.line.down = fail
			d.post.fault = func(kwadrans.Envelope) (bool, error) { return fail == nil, fail }
			d.pass(hold)
			d.due()
			d.tooLate(c, insteadBook)
		})
	}
}

func TestUndoWhatWasNotHeldBack(t *testing.T) {
	d := open(t)
	b := d.book("phone", 24*time.Hour)
	d.tooLate(b, insteadCancel)
	d.cancel(b)
	d.tooLate(b, insteadBook)
	_, err := d.s.Undo(d.ctx, "ffffffff")
	d.code(err, kwadrans.CodeNotFound)
	_, err = d.s.Undo(d.ctx, "f")
	d.code(err, kwadrans.CodeInvalid)
}

// A cancellation that was held back and then repeated on the command line stays one that can be taken back.
func TestCancelTwiceThenUndo(t *testing.T) {
	d := open(t)
	b := d.book("phone", 24*time.Hour)
	d.settle()
	d.cancel(b, hold)
	d.cancel(b)
	if d.undo(b).State != kwadrans.Confirmed {
		t.Error("not confirmed")
	}
}

func TestUndoWhenTheTimeIsTaken(t *testing.T) {
	d := open(t)
	b := d.book("zoom", 24*time.Hour)
	d.settle()
	d.cancel(b, hold)
	other := d.book("phone", 24*time.Hour+15*time.Minute)
	_, err := d.s.Undo(d.ctx, b.ID)
	d.code(err, kwadrans.CodeNotFree)
	if e, ok := kwadrans.AsError(err); !ok || e.Hint == "" {
		t.Errorf("no hint: %v", err)
	}
	d.pass(hold)
	d.settle()
	d.lives()
	if d.get(b).State != kwadrans.Cancelled || d.get(other).State != kwadrans.Confirmed || len(d.post.to("anna@example.com")) != 3 {
		t.Errorf("%s, %s, %d letters", d.get(b).State, d.get(other).State, len(d.post.to("anna@example.com")))
	}
}

// A booking that was made over another one comes back to where it was.
func TestUndoTheCancellationOfABookingOverAnother(t *testing.T) {
	d := open(t)
	d.book("phone", 24*time.Hour)
	r := d.ask("phone", 24*time.Hour)
	r.Over = "pilne"
	b := d.booked(r)
	d.settle()
	d.cancel(b, hold)
	if now := d.undo(b); now.State != kwadrans.Confirmed || now.Over != "pilne" {
		t.Errorf("%+v", now)
	}
}

// The program is closed in between: the next one can undo as well.
func TestUndoAfterARestart(t *testing.T) {
	d := open(t)
	made, kept := d.held("phone", 24*time.Hour), d.book("zoom", 48*time.Hour)
	d.pass(hold / 2)
	d.due()
	d.cancel(kept, hold)
	dir := d.store.Path[:len(d.store.Path)-len(sqlite.FileName)]
	d.ok(d.store.Close())
	var err error
	d.store, err = sqlite.Open(d.ctx, dir, storetest.Sealer("booking"))
	d.ok(err)
	t.Cleanup(func() { _ = d.store.Close() })
	d.wire(d.now)
	d.ok(d.o.Recover(d.ctx))
	if d.undo(made).State != kwadrans.Cancelled || d.undo(kept).State != kwadrans.Confirmed {
		t.Error("not undone")
	}
	d.settle()
	if len(d.post.sent) != 2 || d.calls(ruleDelete) != 0 {
		t.Errorf("%d letters, %d deletes", len(d.post.sent), d.calls(ruleDelete))
	}
}

// A cancellation comes and goes while the invitation is still being tried: it is
// sent then, once, and never taken for a cancellation.
func TestUndoWhileTheInvitationWaits(t *testing.T) {
	d := open(t)
	b := d.book("phone", 24*time.Hour)
	st, ok, err := d.store.Claim(d.ctx, d.now(), time.Minute)
	d.ok(err)
	if !ok {
		t.Fatal("nothing is due")
	}
	d.cancel(b, hold)
	letters := booking.LetterTarget{Service: d.s}
	_, err = letters.Act(d.ctx, st) // it wants something else by now
	d.code(err, kwadrans.CodeWaiting)
	d.undo(b)
	done, err := letters.Act(d.ctx, st) // and now the same again
	d.ok(err)
	kept, err := d.store.Complete(d.ctx, st, done, d.now())
	d.ok(err)
	d.settle()
	if !kept || len(d.post.sent) != 2 || d.step(b, st.Target).Have != 1 {
		t.Errorf("kept %v, %d letters", kept, len(d.post.sent))
	}
	for _, e := range d.post.sent {
		if m := value(e, "METHOD"); m == "CANCEL" || value(e, "SEQUENCE") != "0" {
			t.Errorf("%s %s", m, value(e, "SEQUENCE"))
		}
	}
}

// A new booking whose cancellation is undone goes out after all.
func TestUndoTheCancellationOfAHeldBooking(t *testing.T) {
	d := open(t)
	b := d.held("zoom", 24*time.Hour)
	d.cancel(b, hold)
	if now := d.undo(b); now.State != kwadrans.Provisioning || now.Rev != 1 {
		t.Errorf("%s, revision %d", now.State, now.Rev)
	}
	d.settle()
	if d.get(b).Zoom == nil || len(d.post.sent) != 2 {
		t.Errorf("%d letters", len(d.post.sent))
	}
}
