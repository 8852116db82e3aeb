package booking_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

func (d *desk) ask(topic string, after time.Duration) booking.Request {
	return booking.Request{Topic: topic, Start: monday.Add(after), Attendees: people("anna@example.com")}
}

// refused expects conflicts of these codes, and no booking.
func (d *desk) refused(r booking.Request, codes ...kwadrans.WhyNot) booking.Answer {
	d.Helper()
	a, err := d.s.Book(d.ctx, r)
	d.ok(err)
	var got []kwadrans.WhyNot
	for _, c := range a.Conflicts {
		got = append(got, c.Code)
	}
	if a.Booked || fmt.Sprint(got) != fmt.Sprint(codes) {
		d.Errorf("booked %v, conflicts %v, want %v", a.Booked, got, codes)
	}
	return a
}

func TestBookKeepsTheRules(t *testing.T) {
	d := open(t)
	office := d.topic("office", "default", kwadrans.Place{Kind: kwadrans.PlacePhone, Detail: "+48"})
	off := d.topic("off", "always", kwadrans.Place{Kind: kwadrans.PlacePhone, Detail: "+48"})
	off.On = false
	d.ok(d.store.SaveTopic(d.ctx, off))
	d.refused(d.ask("off", 24*time.Hour), kwadrans.TopicOff)
	d.refused(d.ask("office", 12*time.Hour), kwadrans.OffHours)
	d.refused(d.ask("office", time.Duration(office.MaxDays+3)*24*time.Hour), kwadrans.TooFar)
	d.refused(d.ask("phone", -time.Hour), kwadrans.Past)
	b := d.book("office", time.Hour)
	if b.Wall.Zone != host.Zone || b.Wall.Minutes != 10*60 || b.State != kwadrans.Confirmed {
		t.Errorf("%+v", b)
	}
	a := d.refused(d.ask("phone", time.Hour), kwadrans.BusyBooking)
	if len(a.Conflicts) == 0 || a.Conflicts[0].Item != "office" || len(a.Conflicts[0].Nearest) == 0 || a.OverZoom {
		t.Errorf("%+v", a)
	}
	for name, over := range map[string]time.Duration{"over a booking": time.Hour, "over the hours": 12 * time.Hour} {
		r := d.ask("office", over)
		r.Over = " pilne\n"
		a, err := d.s.Book(d.ctx, r)
		if err != nil || !a.Booked || a.Booking.Over != "pilne" || len(a.Conflicts) == 0 {
			t.Errorf("%s: %+v %v", name, a, err)
		}
	}
	past := d.ask("phone", -time.Hour)
	past.Over = "pilne"
	d.refused(past, kwadrans.Past)
	free := d.ask("phone", 5*time.Hour)
	free.Over = "a reason that is not needed"
	if b := d.booked(free); b.Over != "" {
		t.Errorf("kept the reason %q", b.Over)
	}
}

func TestAZoomMeetingNeedsTheStrongerYes(t *testing.T) {
	d := open(t)
	d.world.AddMeeting(sandbox.NewMeeting{Topic: "Narada", Start: monday.Add(24 * time.Hour), Duration: time.Hour})
	r := d.ask("zoom", 24*time.Hour)
	if a := d.refused(r, kwadrans.BusyZoom); !a.OverZoom || a.Conflicts[0].Item != "Narada" {
		t.Errorf("%+v", a)
	}
	r.Over = "pilne"
	if a := d.refused(r, kwadrans.BusyZoom); !a.OverZoom {
		t.Error("one yes is enough")
	}
	r.OverZoom = true
	d.booked(r)
	own := d.ask("zoom", 48*time.Hour)
	d.booked(own)
	own.Over = "pilne"
	if a := d.refused(own, kwadrans.BusyBooking); !a.OverZoom {
		t.Error("an own Zoom booking is over-booked without the stronger yes")
	}
}

func TestAnUnknownSourceIsNeverFree(t *testing.T) {
	d := open(t)
	r := d.ask("zoom", 24*time.Hour)
	for _, f := range []sandbox.Fault{sandbox.HTML, sandbox.HTMLOK, sandbox.Truncated, sandbox.ResetAfter} {
		d.world.FailNext(ruleList, 1, f)
		d.refused(r, kwadrans.SourceUnknown)
	}
	d.line.down = &kwadrans.Fault{Code: kwadrans.CodeReconnect, PauseLane: true, Until: kwadrans.Forever}
	d.refused(r, kwadrans.SourceUnknown)
	r.Over = "wiem, co robię"
	b := d.booked(r)
	d.settle()
	if st := d.step(b, kwadrans.TargetZoom); st.Done() || st.Dead || len(d.post.sent) != 0 {
		t.Errorf("%+v", st)
	}
	d.line.down = nil
	d.ok(d.store.ResumeLanes(d.ctx, kwadrans.LaneZoom))
	d.settle()
	if d.get(b).Zoom == nil || len(d.post.sent) != 2 {
		t.Error("not done with the new sign-in")
	}
}

func TestBookWithoutConnection(t *testing.T) {
	d := open(t)
	d.ok(d.store.SaveConnection(d.ctx, kwadrans.Connection{Kind: kwadrans.Personal, State: kwadrans.NotConnected}))
	_, err := d.s.Book(d.ctx, d.ask("zoom", 24*time.Hour))
	d.code(err, kwadrans.CodeNotConnected)
	d.book("phone", 24*time.Hour)
}

// Other places write nothing at Zoom, and cause no call at all without a connection.
func TestOtherPlacesWriteNothingAtZoom(t *testing.T) {
	for _, state := range []kwadrans.ConnectionState{kwadrans.NotConnected, kwadrans.Connected} {
		t.Run(string(state), func(t *testing.T) { otherPlaces(t, state) })
	}
}

func otherPlaces(t *testing.T, state kwadrans.ConnectionState) {
	d := open(t)
	d.ok(d.store.SaveConnection(d.ctx, kwadrans.Connection{Kind: kwadrans.Personal, State: state}))
	d.topic("address", "always", kwadrans.Place{Kind: kwadrans.PlaceAddress, Detail: "Długa 1"})
	d.topic("link", "always", kwadrans.Place{Kind: kwadrans.PlaceLink, Detail: "https://meet.example.com/x"})
	d.world.ClearJournal()
	for i, topic := range []string{"phone", "address", "link"} {
		b := d.book(topic, time.Duration(24+i)*time.Hour)
		d.settle()
		d.cancel(b)
		d.settle()
	}
	for _, e := range d.world.Journal() {
		if state == kwadrans.NotConnected || !strings.HasPrefix(e.Rule, "GET ") {
			t.Errorf("call %s", e.Rule)
		}
	}
	if state == kwadrans.Connected && d.calls(ruleList) == 0 {
		t.Error("the host's Zoom meetings were not read")
	}
	if len(d.post.sent) != 12 {
		t.Errorf("%d letters", len(d.post.sent))
	}
}

func TestBugAPhoneCallWasBookedOverAZoomMeeting(t *testing.T) {
	d := open(t)
	d.world.AddMeeting(sandbox.NewMeeting{Topic: "Narada", Start: monday.Add(24 * time.Hour), Duration: time.Hour})
	r := d.ask("phone", 24*time.Hour)
	a := d.refused(r, kwadrans.BusyZoom)
	if len(a.Conflicts) == 0 || a.Conflicts[0].Item != "Narada" || a.OverZoom {
		t.Errorf("%+v", a)
	}
	free, why, err := d.s.Offer(d.ctx, "phone", kwadrans.Span{Start: r.Start, End: r.Start.Add(time.Hour)})
	if err != nil || len(free) != 0 || len(why) == 0 {
		t.Errorf("offered %v, why not %v, %v", free, why, err)
	}
	r.Over = "pilne" // one yes is enough: nothing is made at Zoom
	d.booked(r)
}

// Meetings that cannot be read are not free for a phone call either.
func TestBugUnreadZoomMeetingsWereFreeForAPhoneCall(t *testing.T) {
	for _, state := range []kwadrans.ConnectionState{kwadrans.SignInAgain, kwadrans.RemovedAtZoom, kwadrans.MissingPermissions} {
		d := open(t)
		d.ok(d.store.SaveConnection(d.ctx, kwadrans.Connection{Kind: kwadrans.Personal, State: state}))
		d.line.down = &kwadrans.Fault{Code: kwadrans.CodeReconnect, PauseLane: true, Until: kwadrans.Forever}
		r := d.ask("phone", 24*time.Hour)
		d.refused(r, kwadrans.SourceUnknown)
		r.Over = "wiem, co robię"
		d.booked(r)
	}
}

func TestAttendees(t *testing.T) {
	many := func(n int) (list []kwadrans.Attendee) {
		for i := range n {
			list = append(list, kwadrans.Attendee{Email: fmt.Sprintf("a%d@example.com", i)})
		}
		return list
	}
	d := open(t)
	for name, list := range map[string][]kwadrans.Attendee{
		"nobody": nil, "fifty-one": many(51), "twice": people("anna@example.com", "anna@example.com"), "twice, but for case": people("Anna@example.com", "anna@EXAMPLE.com"),
		"the host": people(host.Email), "the host in capitals": people(strings.ToUpper(host.Email)), "a group": people("team: a@example.com, b@example.com;"),
		"two in one": people("a@example.com,b@example.com"), "a line break": people("a@example.com\r\nBcc: b@example.com"), "no domain": people("anna"),
		"long s": people("sara@example.com", "\u017fara@example.com"), "a zone": {{Email: "a@example.com", Zone: "Nowhere/City"}}, "a language": {{Email: "a@example.com", Lang: "de"}},
		"a name": {{Email: "a@example.com", Name: strings.Repeat("ż", 121)}}, "another in the name": {{Email: "b@example.com", Name: "A <a@example.com>, B"}},
	} {
		r := d.ask("phone", 24*time.Hour)
		r.Attendees = list
		if a, err := d.s.Book(d.ctx, r); kwadrans.CodeOf(err) != kwadrans.CodeInvalid || err == nil || a.Booked {
			t.Errorf("%s: booked %v, %v", name, a.Booked, err)
		}
	}
	r := d.ask("phone", 24*time.Hour)
	r.Attendees = append(many(49), kwadrans.Attendee{Name: "Zażółć\r\nGęślą \u202e Jaźń", Email: " Żaneta@Example.COM "})
	b := d.get(d.booked(r))
	last := b.Attendees[49]
	if last.Email != "Żaneta@example.com" || last.Name != "Zażółć Gęślą Jaźń" || last.Zone != host.Zone || last.Lang != host.Lang || last.Answer != kwadrans.NoAnswer {
		t.Errorf("%+v", last)
	}
}

func TestRequestsThatAreNoBookings(t *testing.T) {
	d := open(t)
	r := d.ask("phone", 24*time.Hour)
	r.Note = strings.Repeat("ż", 1000)
	d.booked(r)
	r.Note += "ż"
	_, err := d.s.Book(d.ctx, r)
	d.code(err, kwadrans.CodeInvalid)
	for _, odd := range []time.Duration{time.Second, time.Millisecond} {
		_, err = d.s.Book(d.ctx, d.ask("phone", 26*time.Hour+odd))
		d.code(err, kwadrans.CodeInvalid)
	}
	_, err = d.s.Book(d.ctx, d.ask("nothing", 26*time.Hour))
	d.code(err, kwadrans.CodeNotFound)
	_, err = d.s.Cancel(d.ctx, "ffffffff", "", 0)
	d.code(err, kwadrans.CodeNotFound)
	_, err = d.s.Cancel(d.ctx, "ffffffff", strings.Repeat("x", 1001), 0)
	d.code(err, kwadrans.CodeInvalid)
}

// Many ask for one start in the same moment: one gets it, the others hear why not.
func TestOneStartForMany(t *testing.T) {
	d := open(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	won, told := 0, 0
	for i := range 16 {
		wg.Go(func() {
			r := d.ask("phone", 24*time.Hour)
			r.Attendees = people(fmt.Sprintf("a%d@example.com", i))
			a, err := d.s.Book(d.ctx, r)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err != nil:
				t.Error(err)
			case a.Booked:
				won++
			case len(a.Conflicts) > 0:
				told++
			}
		})
	}
	wg.Wait()
	if won != 1 || told != 15 {
		t.Errorf("%d got it, %d were told why not", won, told)
	}
}

// Undo: what is held back has not happened when it is cancelled in time.
func TestHold(t *testing.T) {
	d := open(t)
	r := d.ask("zoom", 24*time.Hour)
	r.Hold = 10 * time.Second
	b := d.booked(r)
	d.due()
	d.pass(9 * time.Second)
	d.due()
	d.cancel(b)
	d.settle()
	if d.calls(ruleCreate) != 0 || len(d.post.sent) != 0 {
		t.Error("something happened")
	}
}
