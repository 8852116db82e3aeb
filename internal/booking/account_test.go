package booking_test

import (
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

// signIn connects another Zoom user, as a new sign-in does; nobody for one of
// whom Zoom has not said yet who it is.
func (d *desk) signIn(user string) {
	d.Helper()
	c := connected
	c.Account = kwadrans.Account{}
	if user != "" {
		c.Account = kwadrans.Account{AccountID: "firm", UserID: user}
	}
	d.ok(d.store.SaveConnection(d.ctx, c))
	d.ok(d.store.ResumeLanes(d.ctx, kwadrans.LaneZoom))
}

// waits expects that Zoom was not called for the booking, and why.
func (d *desk) waits(b kwadrans.Booking, code kwadrans.Code) {
	d.Helper()
	d.world.ClearJournal()
	d.due()
	if st := d.step(b, kwadrans.TargetZoom); st.Light() != kwadrans.LightWaiting || st.Code != code || st.Dead {
		d.Errorf("%s: %+v", st.Light(), st)
	}
	if j := d.world.Journal(); len(j) != 0 {
		d.Errorf("Zoom was called: %s", j[0].Rule)
	}
}

func TestBugAMeetingInAnotherAccountCountedAsDeleted(t *testing.T) {
	d := open(t)
	b := d.book("zoom", 24*time.Hour)
	d.settle()
	d.signIn("jan")
	d.cancel(b)
	d.waits(b, kwadrans.CodeOtherAccount)
	for range 40 { // it is never given up
		d.signIn("jan")
		d.due()
	}
	d.signIn("") // the lanes go on before Zoom says who it is
	d.waits(b, kwadrans.CodeConnecting)
	d.lives(d.get(b).Zoom.ID)
	d.signIn("ola")
	d.settle()
	if st := d.step(b, kwadrans.TargetZoom); st.Light() != kwadrans.LightDone || st.Account != "" || d.calls(ruleDelete) != 1 {
		t.Errorf("%+v", st)
	}
	d.lives()
}

// The answer was lost: the meeting may be in the account of that attempt.
func TestBugALostMeetingWasLookedForInAnotherAccount(t *testing.T) {
	d := open(t)
	d.world.LoseResponseAfterCommit(ruleCreate)
	b := d.book("zoom", 24*time.Hour)
	d.due()
	d.signIn("jan")
	d.pass(time.Minute)
	d.waits(b, kwadrans.CodeOtherAccount)
	d.signIn("ola")
	d.settle()
	if len(d.live()) != 1 || d.get(b).Zoom == nil {
		t.Error("it was not found again")
	}
}

// What Zoom refused in one account may be made in the next.
func TestAnotherAccountMakesWhatWasNeverMade(t *testing.T) {
	d := open(t)
	d.world.FailNext(ruleCreate, 1, sandbox.Refused(400, 3161, "no hosting"))
	b := d.book("zoom", 24*time.Hour)
	d.settle()
	d.signIn("jan")
	d.ok(d.store.RetryStep(d.ctx, b.ID, kwadrans.TargetZoom))
	d.settle()
	if st := d.step(b, kwadrans.TargetZoom); !st.Done() || st.Account != "firm/jan" {
		t.Errorf("%+v", st)
	}
}

// A meeting made before Zoom said who is connected gets its account at the next change.
func TestAccountIsLearntLater(t *testing.T) {
	d := open(t)
	d.signIn("")
	b := d.book("zoom", 24*time.Hour)
	d.settle()
	if st := d.step(b, kwadrans.TargetZoom); !st.Done() || st.Account != "" {
		t.Errorf("%+v", st)
	}
	d.signIn("ola")
	d.cancel(b)
	d.settle()
	d.lives()
}

func TestBugTheLightsSaidDoneForWhatNeverHappened(t *testing.T) {
	lights := func(d *desk, b kwadrans.Booking, zoom, letter kwadrans.Light) {
		d.Helper()
		for target, want := range map[string]kwadrans.Light{kwadrans.TargetZoom: zoom, "letter:anna@example.com": letter} {
			if got := d.step(b, target).Light(); got != want {
				d.Errorf("%s is %s, want %s", target, got, want)
			}
		}
	}
	d := open(t)
	b := d.book("zoom", 24*time.Hour)
	lights(d, b, kwadrans.LightWaiting, kwadrans.LightWaiting)
	d.cancel(b)
	d.settle()
	lights(d, b, kwadrans.LightNotNeeded, kwadrans.LightNotNeeded)

	d.world.FailNext(ruleCreate, 1, sandbox.ErrorBefore) // unknown, until a look shows that there is nothing
	b = d.book("zoom", 25*time.Hour)
	d.due()
	d.cancel(b)
	d.settle()
	lights(d, b, kwadrans.LightNotNeeded, kwadrans.LightNotNeeded)

	b = d.book("zoom", 26*time.Hour)
	d.settle()
	lights(d, b, kwadrans.LightDone, kwadrans.LightDone)
	d.cancel(b)
	d.settle()
	lights(d, b, kwadrans.LightDone, kwadrans.LightDone)
}
