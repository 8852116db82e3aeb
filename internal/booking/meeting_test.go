package booking_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

type panicking struct{}

func (panicking) Act(context.Context, kwadrans.Step) (kwadrans.Done, error) { panic("test") }

func TestMark(t *testing.T) {
	d := open(t)
	b := d.booked(booking.Request{Topic: "zoom", Start: monday.Add(24 * time.Hour), Attendees: people("a@example.com"), Note: strings.Repeat("ż", 900)})
	d.settle()
	v := d.world.Meetings()[0]
	if len(v.Mark) > 64 || !strings.HasPrefix(v.Mark, "kwd1 "+d.s.Install+".") || v.Agenda != v.Mark { // nothing of people is told to Zoom
		t.Errorf("agenda %q", v.Agenda)
	}
	if d.get(b).Zoom.ID != v.ID {
		t.Error("another meeting")
	}
	long := v.Mark + "\n" + strings.Repeat("ż", 900) // as somebody may add in Zoom
	for name, agenda := range map[string]string{
		"whole": v.Agenda, "long": long, "cut as in lists": string([]rune(long)[:250]), "without lines": strings.ReplaceAll(long, "\n", " "), "CRLF": strings.ReplaceAll(long, "\n", "\r\n"),
	} {
		if got := d.recognised(b, agenda); !got {
			t.Errorf("%s: not recognised", name)
		}
	}
	sign := v.Mark[len(v.Mark)-10:]
	for name, mark := range map[string]string{
		"forged": strings.Replace(v.Mark, sign, "0123456789", 1), "other install": strings.Replace(v.Mark, d.s.Install, "ffffffff", 1), "short": v.Mark[:len(v.Mark)-1],
		"long": v.Mark + "a", "no parts": "kwd1 ..", "empty": "", "second line": "x\n" + v.Mark, "upper case": strings.ToUpper(v.Mark),
	} {
		if d.recognised(b, mark) {
			t.Errorf("%s is recognised", name)
		}
	}
}

// recognised says whether a look-up takes a meeting with this agenda for the booking's.
func (d *desk) recognised(b kwadrans.Booking, agenda string) bool {
	d.Helper()
	for _, v := range d.world.Meetings() {
		d.world.DeleteMeeting(v.ID, "")
	}
	id := d.world.AddMeeting(sandbox.NewMeeting{Topic: "other", Agenda: agenda, Start: b.Start, Duration: 30 * time.Minute})
	done, err := booking.MeetingTarget{Service: d.s}.Act(d.ctx, kwadrans.Step{Subject: b.ID, Target: kwadrans.TargetZoom, Want: b.Rev, MaybeSent: true})
	d.ok(err)
	return done.Meeting.ID == id
}

// A found meeting of which topic and text were changed by hand is taken as it is;
// one at another time is moved.
func TestAdopt(t *testing.T) {
	d := open(t)
	d.world.LoseResponseAfterCommit(ruleCreate)
	b := d.book("zoom", 24*time.Hour)
	d.due()
	mark := d.world.Meetings()[0].Mark
	d.world.DeleteMeeting(d.live()[0], "")
	id := d.world.AddMeeting(sandbox.NewMeeting{Topic: "By hand", Agenda: mark + "\nby hand", Start: b.Start.Add(time.Hour), Duration: time.Hour})
	d.settle()
	v := d.world.Meetings()[0]
	if now := d.get(b); now.Zoom == nil || now.Zoom.ID != id || !v.Start.Equal(b.Start) || v.Duration != 30*time.Minute || len(d.world.Meetings()) != 1 {
		t.Errorf("%+v %+v", now.Zoom, v)
	}
	if n := d.calls(ruleCreate); n != 1 {
		t.Errorf("%d creates", n)
	}
}

func TestAdoptLeavesWhatWasEditedByHand(t *testing.T) {
	d := open(t)
	d.world.LoseResponseAfterCommit(ruleCreate)
	b := d.book("zoom", 24*time.Hour)
	d.due()
	mark := d.world.Meetings()[0].Mark
	d.world.DeleteMeeting(d.live()[0], "")
	d.world.AddMeeting(sandbox.NewMeeting{Topic: "By hand", Agenda: mark + "\nby hand", Start: b.Start, Duration: 30 * time.Minute})
	d.settle()
	if v := d.world.Meetings()[0]; v.Topic != "By hand" || d.calls(ruleUpdate) != 0 || d.get(b).Zoom == nil {
		t.Errorf("%+v", v)
	}
}

// Around midnight, and in zones far from UTC, a lost meeting is found on its day.
func TestFindAtTheEdgesOfADay(t *testing.T) {
	d := open(t)
	for i, zone := range []string{"Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "UTC"} {
		s := kwadrans.DefaultSchedule(zone, zone)
		for day := range s.Weekly {
			s.Weekly[day] = []kwadrans.Window{{From: 0, To: 1440}}
		}
		d.ok(d.store.SaveSchedule(d.ctx, s))
		name := strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(zone, "/", "-"), "_", "-"))
		d.topic(name, zone, kwadrans.Place{Kind: kwadrans.PlaceZoom})
		for j, after := range []time.Duration{15*time.Hour + 45*time.Minute, 16 * time.Hour} { // 23:45 and 0:00 UTC
			d.world.LoseResponseAfterCommit(ruleCreate)
			b := d.book(name, after+time.Duration(24*(1+i*2+j))*time.Hour)
			d.settle()
			if d.get(b).Zoom == nil {
				t.Errorf("%s %v: no meeting", zone, b.Start)
			}
		}
	}
	if made, live := d.calls(ruleCreate), len(d.live()); made != 8 || live != 8 {
		t.Errorf("%d creates, %d meetings, want 8", made, live)
	}
}

// wrongHour is a Zoom that makes every meeting at another time.
type wrongHour struct {
	booking.Zoom
	by time.Duration
}

func (w wrongHour) Create(ctx context.Context, user string, p kwadrans.MeetingPlan) (kwadrans.Meeting, error) {
	p.Start = p.Start.Add(w.by)
	return w.Zoom.Create(ctx, user, p)
}

// A meeting at the wrong time sends no letter; trying again mends it, and
// cancelling finds it wherever it is.
func TestWrongHour(t *testing.T) {
	for _, by := range []time.Duration{time.Hour, -14 * time.Hour, 9 * 24 * time.Hour} {
		d := open(t)
		right := d.s.Zoom
		d.s.Zoom = wrongHour{right, by}
		b := d.book("zoom", 20*24*time.Hour)
		d.settle()
		st := d.step(b, kwadrans.TargetZoom)
		if now := d.get(b); !st.Dead || st.Code != kwadrans.CodeZoomDrift || now.State != kwadrans.Attention || len(d.post.sent) != 0 || now.Zoom != nil {
			t.Errorf("%v: %+v", by, st)
		}
		d.s.Zoom = right
		if by == time.Hour {
			d.ok(d.store.RetryStep(d.ctx, b.ID, kwadrans.TargetZoom))
			d.settle()
			if v := d.world.Meetings(); len(v) != 1 || !v[0].Start.Equal(b.Start) || d.get(b).State != kwadrans.Confirmed {
				t.Errorf("not mended: %+v", v)
			}
		}
		d.cancel(b)
		d.settle()
		d.lives()
	}
}

func TestCancelAfterZoomRefused(t *testing.T) {
	d := open(t)
	d.world.FailNext(ruleCreate, 1, sandbox.Refused(400, 3161, "no hosting"))
	b := d.book("zoom", 24*time.Hour)
	d.settle()
	if st := d.step(b, kwadrans.TargetZoom); !st.Dead || d.get(b).State != kwadrans.Attention {
		t.Fatalf("%+v", st)
	}
	d.cancel(b)
	d.settle()
	if st := d.step(b, kwadrans.TargetZoom); !st.Done() || len(d.post.sent) != 0 || d.calls(ruleDelete) != 0 {
		t.Errorf("%+v, %d letters", st, len(d.post.sent))
	}
}

// A locked key leaves unknown what was unknown, and nothing is made meanwhile.
func TestKeyLockedWhileUnknown(t *testing.T) {
	d := open(t)
	d.world.LoseResponseAfterCommit(ruleCreate)
	b := d.book("zoom", 24*time.Hour)
	d.due()
	d.marker.locked = true
	for range 60 {
		d.pass(time.Hour)
		d.due()
	}
	if st := d.step(b, kwadrans.TargetZoom); st.Dead || !st.MaybeSent || st.Code != kwadrans.CodeKeyLocked || d.calls(ruleCreate) != 1 {
		t.Errorf("%+v", st)
	}
	d.marker.locked = false
	d.settle()
	if d.calls(ruleCreate) != 1 || d.get(b).Zoom == nil {
		t.Error("not found again")
	}
}

// A step of an older wish does nothing: the new one has its own turn, which
// Undo may hold back.
func TestBugAnOvertakenStepActedOnTheNewWish(t *testing.T) {
	d := open(t)
	b := d.book("zoom", 24*time.Hour)
	d.settle()
	sent := len(d.post.sent)
	zoom, letter := d.step(b, kwadrans.TargetZoom), d.step(b, "letter:anna@example.com")
	d.cancel(b)
	for name, act := range map[string]func() (kwadrans.Done, error){
		"zoom":   func() (kwadrans.Done, error) { return booking.MeetingTarget{Service: d.s}.Act(d.ctx, zoom) },
		"letter": func() (kwadrans.Done, error) { return booking.LetterTarget{Service: d.s}.Act(d.ctx, letter) },
	} {
		_, err := act()
		if kwadrans.CodeOf(err) != kwadrans.CodeWaiting {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(d.live()) != 1 || len(d.post.sent) != sent {
		t.Error("it acted")
	}
}

// 150 bookings in a day: 100 creates, nothing while the lane is paused, and the
// rest five minutes into the next day (UTC).
func TestDailyLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := openAt(t, time.Now)
		defer func() { _ = d.store.Close() }()
		d.world.Turn(func(k *sandbox.Knobs) { k.DailyLimit = 100 })
		d.o.Poll, d.o.Workers = time.Minute, 3
		midnight := time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, 1)
		var list []kwadrans.Booking
		for i := range 150 {
			list = append(list, d.booked(booking.Request{Topic: "zoom", Start: midnight.Add(time.Duration(24+i) * time.Hour), Attendees: people("a@example.com")}))
		}
		ctx, stop := context.WithCancel(d.ctx)
		ended := make(chan error, 1)
		go func() { ended <- d.o.Run(ctx) }()
		time.Sleep(time.Until(midnight) - time.Minute)
		if made, tried := len(d.live()), d.calls(ruleCreate); made != 100 || tried > 100+d.o.Workers {
			t.Errorf("%d made with %d calls", made, tried)
		}
		pauses, err := d.store.Pauses(d.ctx, time.Now())
		if err != nil || len(pauses) != 1 || pauses[0].Code != kwadrans.CodeZoomLimit {
			t.Errorf("pauses %+v %v", pauses, err)
		}
		time.Sleep(6 * time.Minute)
		done := 0
		for _, b := range list {
			if d.step(b, kwadrans.TargetZoom).Done() && d.step(b, "letter:a@example.com").Done() {
				done++
			}
		}
		if done != 150 || len(d.post.sent) != 300 {
			t.Errorf("%d of 150 done at 0:05, %d letters", done, len(d.post.sent))
		}
		for _, e := range d.world.Journal() {
			if e.Rule == ruleCreate && e.At.Before(midnight) && e.At.Sub(midnight.AddDate(0, 0, -1)) > time.Minute {
				t.Errorf("a create at %v while the lane is paused", e.At)
			}
		}
		stop()
		d.ok(<-ended)
	})
}
