package house_test

import (
	"strings"
	"testing"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

// book books in this process, so many quarters of an hour into the day after tomorrow.
func (s *stage) book(h *house.House, quarter, people int) kwadrans.Booking {
	s.Helper()
	start := time.Now().UTC().Truncate(24 * time.Hour).Add(48*time.Hour + time.Duration(quarter)*15*time.Minute)
	a, err := h.Booking.Book(s.Context(), booking.Request{Topic: "rozmowa", Start: start, Attendees: guests(people)})
	s.ok(err)
	if !a.Booked {
		s.Fatalf("not booked: %+v", a.Conflicts)
	}
	return a.Booking
}

func (s *stage) done(h *house.House, b kwadrans.Booking) bool {
	s.Helper()
	steps, err := h.Store.Steps(s.Context(), b.ID)
	s.ok(err)
	for _, st := range steps {
		if !st.Done() {
			return false
		}
	}
	return len(steps) > 0
}

// One process runs the outbox, another books and only watches; when the first
// is killed, the watcher takes over.
func TestOneRunsTheOutboxOthersWatch(t *testing.T) {
	s := build(t)
	h := s.open()
	defer func() { _ = h.Close() }()
	p := s.start(t, "runner", 1)
	<-p.ready
	first := s.book(h, 0, 2)
	took := s.await("another process carries it out", 10*time.Second, func() bool { return s.done(h, first) })
	if took > time.Second && !raceDetector {
		t.Errorf("it took %v", took)
	}
	s.world.FailNext(ruleCreate, 1, sandbox.HeldAfter) // killed between "created" and commit
	second := s.book(h, 4, 1)
	s.await("the meeting is made", 10*time.Second, func() bool { return len(s.world.Meetings()) == 2 })
	p.kill()
	s.world.ClientKilled()
	s.ok(h.Await(s.Context(), second.ID, 20*time.Second))
	if !s.done(h, second) || len(s.world.Meetings()) != 2 || s.calls(ruleCreate) != 2 {
		t.Errorf("done %v, %d meetings, %d creates", s.done(h, second), len(s.world.Meetings()), s.calls(ruleCreate))
	}
	for _, wrong := range s.judge(h, &ledger{}, everything) {
		t.Error(wrong)
	}
}

// A meeting whose answer was lost is looked for before anything is made again.
func TestLostAnswer(t *testing.T) {
	for _, f := range []sandbox.Fault{sandbox.ResetAfter, sandbox.ErrorAfter, sandbox.Truncated, sandbox.HeldAfter} {
		t.Run(f.Name, func(t *testing.T) {
			s := build(t)
			h := s.open()
			defer func() { _ = h.Close() }()
			s.world.FailNext(ruleCreate, 1, f)
			b := s.book(h, 0, 3)
			s.world.ClearJournal()
			s.ok(h.Await(s.Context(), b.ID, 20*time.Second))
			var order []string
			for _, e := range s.world.Journal() {
				if e.Rule == ruleCreate || e.Rule == ruleList {
					order = append(order, strings.Fields(e.Rule)[0])
				}
			}
			if got := strings.Join(order, " "); got != "POST GET" || !s.done(h, b) || len(s.world.AllMeetings()) != 1 {
				t.Errorf("calls %q, done %v, %d meetings", got, s.done(h, b), len(s.world.AllMeetings()))
			}
			for _, wrong := range s.judge(h, &ledger{}, everything) {
				t.Error(wrong)
			}
		})
	}
}

// Nothing made it: after the look-up it is made, once.
func TestNothingWasMade(t *testing.T) {
	s := build(t)
	h := s.open()
	defer func() { _ = h.Close() }()
	s.world.FailNext(ruleCreate, 1, sandbox.ErrorBefore)
	b := s.book(h, 0, 1)
	s.ok(h.Await(s.Context(), b.ID, 20*time.Second))
	if !s.done(h, b) || len(s.world.AllMeetings()) != 1 || s.calls(ruleCreate) != 2 {
		t.Errorf("done %v, %d meetings, %d creates", s.done(h, b), len(s.world.AllMeetings()), s.calls(ruleCreate))
	}
}

// Disable keeps letters of finished bookings going and holds what Zoom must be
// told until the next sign-in.
func TestDisableThenCancelThenConnect(t *testing.T) {
	s := build(t)
	h := s.open()
	defer func() { _ = h.Close() }()
	ready, open := s.book(h, 0, 2), kwadrans.Booking{}
	s.drain(h)
	open = s.book(h, 8, 2)
	_, err := h.Connect.Disable(t.Context(), kwadrans.Personal)
	s.ok(err)
	_, err = h.Booking.Cancel(t.Context(), ready.ID, "choroba", 0)
	s.ok(err)
	s.drain(h)
	pauses, err := h.Store.Pauses(t.Context(), h.Now())
	s.ok(err)
	steps, err := h.Store.Steps(t.Context(), ready.ID)
	s.ok(err)
	for _, st := range steps {
		p, held := kwadrans.PauseOf(st, pauses)
		if zoom := st.Target == kwadrans.TargetZoom; st.Done() == zoom || zoom && (!held || p.Code != kwadrans.CodeNotConnected) {
			t.Errorf("%s: done %v, paused %v %s", st.Target, st.Done(), held, p.Code)
		}
	}
	if n := len(s.world.Meetings()); n != 1 {
		t.Errorf("%d meetings: Disable keeps what was made, and makes nothing", n)
	}
	s.connect(h)
	s.drain(h)
	if !s.done(h, open) || !s.done(h, ready) {
		t.Error("not done after the new sign-in")
	}
	for _, wrong := range s.judge(h, &ledger{}, everything) {
		t.Error(wrong)
	}
}

// Zoom ends the sign-in: what waits goes on with the next one.
func TestSignInAgain(t *testing.T) {
	s := build(t)
	h := s.open()
	defer func() { _ = h.Close() }()
	b := s.book(h, 0, 1)
	s.world.AuthorizeElsewhere()
	s.drain(h)
	c, err := h.Store.Connection(t.Context(), kwadrans.Personal)
	s.ok(err)
	if c.State != kwadrans.SignInAgain || s.done(h, b) {
		t.Errorf("state %q", c.State)
	}
	s.connect(h)
	s.drain(h)
	for _, wrong := range s.judge(h, &ledger{}, everything) {
		t.Error(wrong)
	}
}
