package booking_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// visits is the act with an attendee as its actor, beside a page.
func (d *desk) visits() *booking.Visits {
	d.Helper()
	d.ok(d.s.NotePage(d.ctx, "https://meet.example"))
	return &booking.Visits{Service: d.s, Guests: d.store}
}

func visitAt(topic string, after time.Duration, emails ...string) booking.Visit {
	return booking.Visit{ID: uuid.Must(uuid.NewV7()).String(), Topic: topic, Start: monday.Add(after), Attendees: people(emails...)}
}

// sit takes a seat, and must succeed.
func (d *desk) sit(v *booking.Visits, r booking.Visit) kwadrans.Booking {
	d.Helper()
	a, err := v.Book(d.ctx, r)
	d.ok(err)
	if !a.Booked {
		d.Fatalf("not booked: %+v", a.Conflicts)
	}
	return a.Booking
}

func (d *desk) sentTo(email string) (n int) {
	for _, e := range d.post.sent {
		if e.To == email {
			n++
		}
	}
	return n
}

// A held seat writes one letter, to who took it; everything else begins with the
// confirmation, and the host's copy is then of a new booking.
func TestHeldSeat(t *testing.T) {
	d := open(t)
	v := d.visits()
	b := d.sit(v, visitAt("zoom", 48*time.Hour, "anna@example.com", "jan@example.com"))
	d.settle()
	if b.State != kwadrans.Held || d.get(b).State != kwadrans.Held || d.calls(ruleCreate) != 0 || len(d.post.sent) != 1 || d.sentTo("anna@example.com") != 1 {
		t.Fatalf("%s, %d letters, %d meetings", d.get(b).State, len(d.post.sent), d.calls(ruleCreate))
	}
	if letter := string(d.post.sent[0].Bytes); !strings.Contains(letter, "meet.example/c/") || strings.Contains(letter, "text/calendar") {
		t.Errorf("the question:\n%s", letter)
	}
	a, err := v.Confirm(d.ctx, b.ID, time.Time{})
	d.ok(err)
	if !a.Booked || a.Booking.State != kwadrans.Provisioning {
		t.Errorf("%+v", a)
	}
	d.settle()
	if d.get(b).State != kwadrans.Confirmed || d.sentTo("anna@example.com") != 2 || d.sentTo("jan@example.com") != 1 || d.sentTo(host.Email) != 1 {
		t.Errorf("%s, letters: %d", d.get(b).State, len(d.post.sent))
	}
	for _, e := range d.post.sent {
		if e.To == host.Email && !strings.Contains(string(e.Bytes), "Nowa rezerwacja") {
			t.Error("the host's first copy is not of a new booking")
		}
	}
	again, err := v.Confirm(d.ctx, b.ID, time.Time{})
	d.ok(err)
	if !again.Booked || d.get(b).Rev != 2 {
		t.Errorf("confirmed twice: %+v", again)
	}
}

// Who got only the question is told nothing of the end, whoever ends it, also when the
// answer of the mail server was lost.
func TestNobodyIsToldOfAnUnconfirmedSeat(t *testing.T) {
	for name, lost := range map[string]bool{"sent": false, "answer lost": true} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			v := d.visits()
			b := d.sit(v, visitAt("zoom", 48*time.Hour, "anna@example.com"))
			if lost {
				d.post.fault = func(kwadrans.Envelope) (bool, error) {
					return true, &kwadrans.Fault{Outcome: kwadrans.MaybeExecuted, Code: kwadrans.CodeOffline}
				}
			}
			d.due()
			d.post.fault = nil
			sent := d.sentTo("anna@example.com")
			d.cancel(b)
			d.settle()
			if n := d.sentTo("anna@example.com"); n != sent || sent != 1 {
				t.Errorf("%d letters, %d of them after the end", n, n-sent)
			}
		})
	}
}

// A seat that was not confirmed in time is free and forgotten; one that was is not.
func TestFreeHolds(t *testing.T) {
	d := open(t)
	v := d.visits()
	first, second := d.sit(v, visitAt("zoom", 48*time.Hour, "anna@example.com")), d.sit(v, visitAt("zoom", 50*time.Hour, "jan@example.com"))
	d.due()
	_, err := v.Confirm(d.ctx, second.ID, time.Time{})
	d.ok(err)
	d.pass(kwadrans.HoldTime - time.Second)
	if n, err := v.FreeHolds(d.ctx); n != 0 || err != nil {
		t.Fatalf("%d %v", n, err)
	}
	d.pass(2 * time.Second)
	if _, err := v.Confirm(d.ctx, first.ID, time.Time{}); !errors.Is(err, booking.ErrReleased) {
		t.Errorf("confirmed too late: %v", err)
	}
	if n, err := v.FreeHolds(d.ctx); n != 1 || err != nil {
		t.Fatalf("%d %v", n, err)
	}
	_, err = d.store.Booking(d.ctx, first.ID)
	d.code(err, kwadrans.CodeNotFound)
	steps, err := d.store.Steps(d.ctx, first.ID)
	d.ok(err)
	if len(steps) != 0 || d.get(second).State == kwadrans.Held {
		t.Errorf("%v, %s", steps, d.get(second).State)
	}
	d.book("zoom", 48*time.Hour)
	d.settle()
}

// The bounds of held seats, and the one of the door.
func TestCrowds(t *testing.T) {
	d := open(t)
	v := d.visits()
	take := func(i int, email string) error {
		_, err := v.Book(d.ctx, visitAt("zoom", time.Duration(48+i)*time.Hour, email))
		return err
	}
	for i := range booking.MostHoldsAddress {
		d.ok(take(i, "anna@example.com"))
	}
	if err := take(30, "ANNA@example.com"); !errors.Is(err, booking.ErrCrowded) {
		t.Errorf("one address holds more: %v", err)
	}
	for i := booking.MostHoldsAddress; i < booking.MostHoldsTopic; i++ {
		d.ok(take(i, fmt.Sprintf("gosc%d@example.com", i)))
	}
	if err := take(31, "jan@example.com"); !errors.Is(err, booking.ErrCrowded) {
		t.Errorf("one topic holds more: %v", err)
	}
	given := 0
	v.Bound = func(kwadrans.Booking) (func(), bool) { given++; return func() { given-- }, given <= 1 }
	for i, want := range []error{nil, booking.ErrBound} {
		if _, err := v.Book(d.ctx, visitAt("phone", time.Duration(100+i)*time.Hour, "jan@example.com")); !errors.Is(err, want) {
			t.Errorf("%d: %v", i, err)
		}
	}
}

// A hundred forms for one start at one moment: one booking.
func TestVisitorsRace(t *testing.T) {
	d := open(t)
	v := d.visits()
	var all sync.WaitGroup
	var mu sync.Mutex
	won := 0
	for i := range 40 {
		all.Go(func() {
			a, err := v.Book(d.ctx, visitAt("phone", 48*time.Hour, fmt.Sprintf("gosc%d@example.com", i)))
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			} else if a.Booked {
				won++
			} else if len(a.Conflicts) == 0 {
				t.Error("neither booked nor told why")
			}
		})
	}
	all.Wait()
	if won != 1 {
		t.Errorf("%d have the same start", won)
	}
}

// What is left of the policy goes down with each move by an attendee, and not with the host's.
func TestMovesAreCounted(t *testing.T) {
	d := open(t)
	v := d.visits()
	topic, err := d.store.Topic(d.ctx, "phone")
	d.ok(err)
	topic.Confirm = kwadrans.ConfirmNever
	d.ok(d.store.SaveTopic(d.ctx, topic))
	b := d.sit(v, visitAt("phone", 96*time.Hour, "anna@example.com"))
	if l := v.Leave(b); !l.Move || l.Moves != 2 || !l.Cancel {
		t.Fatalf("%+v", l)
	}
	move := func(after time.Duration) error {
		now := d.get(b)
		a, err := v.Move(d.ctx, b.ID, now.Rev, monday.Add(after))
		if err == nil && !a.Booked {
			t.Errorf("%+v", a.Conflicts)
		}
		return err
	}
	d.ok(move(97 * time.Hour))
	_, err = d.s.Move(d.ctx, b.ID, booking.Wish{Start: monday.Add(98 * time.Hour)}) // the host's own
	d.ok(err)
	if l := v.Leave(d.get(b)); l.Moves != 1 || !l.Move {
		t.Errorf("after one move: %+v", l)
	}
	d.ok(move(99 * time.Hour))
	if err := move(100 * time.Hour); !errors.Is(err, booking.ErrNoLeave) {
		t.Errorf("a third move: %v", err)
	}
	if _, err := v.Move(d.ctx, b.ID, 1, monday.Add(101*time.Hour)); !errors.Is(err, booking.ErrChanged) {
		t.Errorf("from an old page: %v", err)
	}
	d.pass(99*time.Hour - 24*time.Hour + time.Second)
	if _, err := v.CallOff(d.ctx, b.ID, d.get(b).Rev, ""); !errors.Is(err, booking.ErrNoLeave) {
		t.Errorf("cancelled too late: %v", err)
	}
}

// A page that ended, or has not spoken for long, is not there.
func TestPageURL(t *testing.T) {
	d := open(t)
	for _, c := range []struct{ say, want string }{{"https://meet.example", "https://meet.example"}, {"", ""}, {"http://127.0.0.1:8080", "http://127.0.0.1:8080"}} {
		d.ok(d.s.NotePage(d.ctx, c.say))
		if got, err := d.s.PageURL(d.ctx); got != c.want || err != nil {
			t.Errorf("%q: %q %v", c.say, got, err)
		}
	}
	d.pass(time.Hour)
	if got, err := d.s.PageURL(d.ctx); got != "" || err != nil {
		t.Errorf("%q %v", got, err)
	}
	d.ok(d.store.SetMeta(d.ctx, "page", "nonsense"))
	if got, err := d.s.PageURL(d.ctx); got != "" || err != nil {
		t.Errorf("%q %v", got, err)
	}
}

// Another key, another pass.
func TestPassesNeedTheKey(t *testing.T) {
	d := open(t)
	v := d.visits()
	b := d.book("phone", 48*time.Hour)
	pass, err := v.Pass(d.ctx, booking.PassManage, b.ID, "anna@example.com")
	d.ok(err)
	got, who, err := v.Open(d.ctx, booking.PassManage, pass)
	if err != nil || got.ID != b.ID || who.Email != "anna@example.com" || len(pass) != 48 {
		t.Errorf("%v %v %v", got.ID, who, err)
	}
	d.marker.key = "second"
	_, _, err = v.Open(d.ctx, booking.PassManage, pass)
	d.code(err, kwadrans.CodeNotFound)
	d.marker.locked = true
	_, _, err = v.Open(d.ctx, booking.PassManage, pass)
	d.code(err, kwadrans.CodeKeyLocked)
}
