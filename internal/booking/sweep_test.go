package booking_test

import (
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

// sweep sweeps and expects what was deleted and how many strays are left.
func (d *desk) sweep(deleted, strays int) booking.Swept {
	d.Helper()
	res, err := d.s.Sweep(d.ctx)
	d.ok(err)
	if len(res.Deleted) != deleted || len(res.Strays) != strays {
		d.Errorf("swept %+v, want %d deleted and %d strays", res, deleted, strays)
	}
	return res
}

// double makes a second meeting of a booking: a request that was given up and
// landed when the look-up was over.
func (d *desk) double(after time.Duration) (b kwadrans.Booking, kept, extra int64) {
	d.Helper()
	d.line.late = true
	b = d.book("zoom", after)
	d.settle()
	kept = d.get(b).Zoom.ID
	d.line.land()
	for _, id := range d.live() {
		if id != kept {
			extra = id
		}
	}
	return b, kept, extra
}

func TestSweepDeletesADoubleSeenTwice(t *testing.T) {
	d := open(t)
	_, kept, extra := d.double(24 * time.Hour)
	d.lives(kept, extra)
	d.sweep(0, 1)
	d.pass(time.Minute + 59*time.Second) // not yet two minutes later
	d.sweep(0, 1)
	d.pass(time.Second)
	if res := d.sweep(1, 0); len(res.Deleted) == 1 && res.Deleted[0] != extra {
		t.Error("the wrong one was deleted")
	}
	d.lives(kept)
	d.sweep(0, 0)
}

func TestSweepDeletesLeftoversOfTheCancelledAtOnce(t *testing.T) {
	d := open(t)
	d.line.late = true
	b := d.book("zoom", 24*time.Hour)
	d.due()
	d.cancel(b)
	d.settle()
	d.lives()
	d.line.land()
	if len(d.live()) != 1 {
		t.Fatal("nothing landed")
	}
	if due, err := d.s.SweepDue(d.ctx); err != nil || due {
		t.Errorf("a sweep is due at once: %v %v", due, err)
	}
	d.pass(11 * time.Minute)
	if due, err := d.s.SweepDue(d.ctx); err != nil || !due {
		t.Errorf("no sweep is due: %v %v", due, err)
	}
	d.sweep(1, 0)
	d.lives()
}

// An older backup looks as if bookings had never been: their meetings are shown
// and left alone.
func TestSweepNeverDeletesTheUnknown(t *testing.T) {
	d := open(t)
	var install = d.s.Install
	old := open(t) // a file of day one
	old.world, old.line, old.s.Install = d.world, d.line, install
	for i := range 3 {
		d.book("zoom", time.Duration(24+i)*time.Hour)
	}
	d.settle()
	for range 3 {
		old.sweep(0, 3)
		old.pass(time.Hour)
	}
	if list, err := old.store.Strays(d.ctx); err != nil || len(list) != 3 || list[0].Why != kwadrans.StrayUnknown {
		t.Errorf("%+v %v", list, err)
	}
	old.s.Install = "ffffffff" // another data file: not even strays
	old.sweep(0, 0)
	if len(d.live()) != 3 {
		t.Error("somebody else's meetings were deleted")
	}
}

// A booking that knows of no meeting may not lose the only one.
func TestBugTheOnlyMeetingWasSweptAsADouble(t *testing.T) {
	d := open(t)
	d.o.Tries = 1
	d.world.FailNext(ruleCreate, 1, sandbox.ResetAfter)
	d.o.Targets["zoom"] = panicking{}
	b := d.book("zoom", 24*time.Hour)
	d.due() // given up, and nobody knows what became of it
	d.o.Targets["zoom"] = booking.MeetingTarget{Service: d.s}
	d.o.Tries = 25
	st := d.step(b, kwadrans.TargetZoom)
	if !st.Dead || !st.MaybeSent {
		t.Fatalf("%+v", st)
	}
	mark := d.markOf(b)
	id := d.world.AddMeeting(sandbox.NewMeeting{Topic: "zoom", Agenda: mark, Start: b.Start, Duration: 30 * time.Minute})
	for range 3 {
		d.sweep(0, 0)
		d.pass(time.Hour)
	}
	d.ok(d.store.RetryStep(d.ctx, b.ID, kwadrans.TargetZoom))
	d.world.StopFailing()
	d.settle()
	if z := d.get(b).Zoom; z == nil || z.ID != id {
		t.Errorf("it was not adopted: %+v", z)
	}
}

// markOf lets Zoom have the booking's mark for a moment.
func (d *desk) markOf(b kwadrans.Booking) string {
	d.Helper()
	all := len(d.world.AllMeetings())
	d.world.StopFailing()
	_, err := booking.MeetingTarget{Service: d.s}.Act(d.ctx, kwadrans.Step{Subject: b.ID, Target: kwadrans.TargetZoom, Want: b.Rev})
	d.ok(err)
	v := d.world.AllMeetings()[all]
	d.world.DeleteMeeting(v.ID, "")
	return v.Mark
}

// One meeting that Zoom does not let go holds the others not back, nor does it
// bring a sweep every few seconds.
func TestBugOneStrayThatStaysStoppedTheSweep(t *testing.T) {
	d := open(t)
	for i := range 2 {
		d.double(time.Duration(24+i) * time.Hour)
	}
	d.sweep(0, 2)
	d.pass(time.Hour)
	d.world.FailNext(ruleDelete, 1, sandbox.Refused(400, 3002, "in progress"))
	res, err := d.s.Sweep(d.ctx)
	if kwadrans.CodeOf(err) != kwadrans.CodeZoomRefused || len(res.Deleted) != 1 {
		t.Errorf("%+v %v", res, err)
	}
	if due, _ := d.s.SweepDue(d.ctx); due {
		t.Error("the next sweep is due at once")
	}
	d.pass(10 * time.Minute)
	d.sweep(1, 0)
}

func TestBugOutagesPutTheSweepOff(t *testing.T) {
	d := open(t)
	_, kept, _ := d.double(24 * time.Hour)
	swept := false
	for i := range 6 { // something fails every four minutes
		d.pass(4 * time.Minute)
		d.world.FailNext(ruleCreate, 1, sandbox.ErrorBefore)
		d.book("zoom", time.Duration(30+i)*time.Hour)
		d.due()
		if due, err := d.s.SweepDue(d.ctx); err == nil && due {
			swept = true
			_, err = d.s.Sweep(d.ctx)
			d.ok(err)
		}
	}
	if !swept {
		t.Error("no sweep in twenty minutes")
	}
	d.settle()
	for range 4 {
		d.pass(11 * time.Minute)
		if due, _ := d.s.SweepDue(d.ctx); due {
			_, err := d.s.Sweep(d.ctx)
			d.ok(err)
		}
	}
	if live := d.live(); len(live) != 7 || live[0] != kept && live[1] != kept {
		t.Errorf("%d meetings live, want 7", len(live))
	}
}

// A double is left while the booking's own meeting is not to be seen.
func TestBugADoubleWasDeletedBesideAMissingMeeting(t *testing.T) {
	d := open(t)
	_, kept, extra := d.double(24 * time.Hour)
	d.world.DeleteMeeting(kept, "")
	for range 3 {
		d.sweep(0, 0)
		d.pass(time.Hour)
	}
	d.lives(extra)
}

func TestSweepForgetsWhatIsGone(t *testing.T) {
	d := open(t)
	_, _, extra := d.double(24 * time.Hour)
	d.sweep(0, 1)
	d.world.DeleteMeeting(extra, "")
	d.sweep(0, 0)
	if list, err := d.store.Strays(d.ctx); err != nil || len(list) != 0 {
		t.Errorf("%+v %v", list, err)
	}
}

// Without the key nothing is deleted; a list that cannot be read deletes nothing.
func TestSweepWithoutKeyOrList(t *testing.T) {
	d := open(t)
	_, kept, extra := d.double(24 * time.Hour)
	d.sweep(0, 1)
	d.pass(time.Hour)
	d.marker.locked = true
	_, err := d.s.Sweep(d.ctx)
	d.code(err, kwadrans.CodeKeyLocked)
	d.marker.locked = false
	d.world.FailNext(ruleList, 1, sandbox.HTMLOK)
	_, err = d.s.Sweep(d.ctx)
	d.code(err, kwadrans.CodeOffline)
	d.lives(kept, extra)
}

// What was given up a minute before a sweep may land after it: another one follows.
func TestBugASweepForgotTheNewestDoubt(t *testing.T) {
	d := open(t)
	lose := func(after time.Duration) {
		d.world.FailNext(ruleCreate, 1, sandbox.ErrorBefore)
		d.book("zoom", after)
		d.due()
	}
	lose(24 * time.Hour)
	d.pass(9 * time.Minute)
	lose(25 * time.Hour)
	d.pass(time.Minute)
	for _, want := range []bool{true, false} { // the second look is after the sweep
		if due, err := d.s.SweepDue(d.ctx); err != nil || due != want {
			t.Errorf("due %v %v, want %v", due, err, want)
		}
		_, err := d.s.Sweep(d.ctx)
		d.ok(err)
	}
	d.pass(9 * time.Minute)
	if due, err := d.s.SweepDue(d.ctx); err != nil || !due {
		t.Errorf("no sweep ten minutes after the newest doubt: %v", err)
	}
	_, err := d.s.Sweep(d.ctx)
	d.ok(err)
	d.pass(5 * time.Hour)
	if due, err := d.s.SweepDue(d.ctx); err != nil || due {
		t.Errorf("swept more often than every six hours: %v", err)
	}
}

func TestBugNoSweepBeforeTheFirstDoubt(t *testing.T) {
	d := open(t)
	due := func(want bool) {
		d.Helper()
		if got, err := d.s.SweepDue(d.ctx); err != nil || got != want {
			d.Errorf("due %v %v, want %v", got, err, want)
		}
	}
	due(false)
	d.ok(d.s.PlanSweep(d.ctx))
	due(false)
	d.pass(5 * time.Hour)
	d.ok(d.s.PlanSweep(d.ctx)) // another start puts it off no further
	d.pass(time.Hour)
	due(true)
	d.sweep(0, 0)
	due(false)
	d.ok(d.s.SweepNow(d.ctx))
	due(true)
}
