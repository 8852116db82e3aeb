package booking_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/outbox"
	"kwadrans/internal/zoom/sandbox"
)

// machine does to a few bookings what may happen to them, in any order, and
// judges what is left when everything has come to rest.
type machine struct {
	*desk
	pick     func(n int) int // a number below n
	bookings []kwadrans.Booking
	foreign  map[int64]bool // meetings that somebody else made
	spare    int            // attempts under way when the key changed: their marks cannot be read any more
	crash    bool           // the next outcome is lost with its process
	played   []string
}

var actions = []struct {
	name string
	do   func(m *machine)
}{
	{"attempt", func(m *machine) { m.attempt() }},
	{"attempt", func(m *machine) { m.attempt() }},
	{"attempt", func(m *machine) { m.attempt() }},
	{"lost response", func(m *machine) { m.world.LoseResponseAfterCommit(ruleCreate); m.attempt() }},
	{"half an answer", func(m *machine) { m.world.FailNext(ruleCreate, 1, sandbox.Truncated); m.attempt() }},
	{"502 after", func(m *machine) { m.world.FailNext(ruleCreate, 1, sandbox.ErrorAfter); m.attempt() }},
	{"500 before", func(m *machine) { m.world.FailNext(ruleCreate, 1, sandbox.ErrorBefore); m.attempt() }},
	{"delete lost", func(m *machine) { m.world.LoseResponseAfterCommit(ruleDelete); m.attempt() }},
	{"no list", func(m *machine) { m.world.FailNext(ruleList, 1, sandbox.HTML); m.attempt() }},
	{"given up", func(m *machine) { m.line.late = true; m.attempt() }},
	{"zombie lands", func(m *machine) { m.line.land() }},
	{"crash", func(m *machine) { m.crash = true; m.attempt(); m.crash = false; m.ok(m.o.Recover(m.ctx)) }},
	{"cancel", func(m *machine) { m.cancel(m.bookings[m.pick(len(m.bookings))]) }},
	{"cancel held", func(m *machine) { m.cancel(m.bookings[m.pick(len(m.bookings))], hold) }},
	{"move", func(m *machine) { m.move(m.bookings[m.pick(len(m.bookings))], 0) }},
	{"move held", func(m *machine) { m.move(m.bookings[m.pick(len(m.bookings))], hold) }},
	{"change lost", func(m *machine) { m.world.LoseResponseAfterCommit(ruleUpdate); m.attempt() }},
	{"undo", func(m *machine) { m.undo(m.bookings[m.pick(len(m.bookings))]) }},
	{"undo", func(m *machine) { m.undo(m.bookings[m.pick(len(m.bookings))]) }},
	{"forged mark", func(m *machine) { m.forge() }},
	{"sweep", func(m *machine) { m.sweepIfDue() }},
	{"key locked", func(m *machine) { m.marker.locked = true; m.attempt(); m.marker.locked = false }},
	{"key changed", func(m *machine) { m.changeKey() }},
}

// attempt lets the next step have its turn.
func (m *machine) attempt() {
	next, any, err := m.store.NextDue(m.ctx, m.now())
	m.ok(err)
	if any && next.Year() < 9000 {
		m.pass(max(next.Sub(m.now()), 0) + time.Duration(m.pick(40))*time.Second)
	}
	m.due()
}

// room is how far a booking may move from its first start, so that none meets another.
const room = 4 * time.Hour

// move gives a booking another start, if it is not cancelled.
func (m *machine) move(b kwadrans.Booking, hold time.Duration) {
	to := b.Start.Add(time.Duration(m.pick(4)) * time.Hour)
	if _, err := m.s.Move(m.ctx, b.ID, booking.Wish{Start: to, Hold: hold}); err != nil && kwadrans.CodeOf(err) != kwadrans.CodeInvalid {
		m.Errorf("move: %v", err)
	}
}

// undo takes the last change back, if that can still be done.
func (m *machine) undo(b kwadrans.Booking) {
	if _, err := m.s.Undo(m.ctx, b.ID); err != nil && kwadrans.CodeOf(err) != kwadrans.CodeInUse {
		m.Errorf("undo: %v", err)
	}
}

// forge copies the mark of a booking with another signature, or of another data file.
func (m *machine) forge() {
	b := m.bookings[m.pick(len(m.bookings))]
	mark := "kwd1 " + m.s.Install + ".00000000000000000000000000.0000000000"
	for _, v := range m.world.AllMeetings() {
		if v.Start.Equal(b.Start) && strings.HasPrefix(v.Mark, "kwd1 ") {
			mark = v.Mark[:len(v.Mark)-2] + "!!"
			if m.pick(2) == 0 {
				mark = strings.Replace(v.Mark, m.s.Install, "ffffffff", 1)
			}
		}
	}
	m.foreign[m.world.AddMeeting(sandbox.NewMeeting{Topic: b.TopicName, Agenda: mark, Start: b.Start, Duration: 30 * time.Minute})] = true
}

// changeKey gives up the key. What is under way, or a double already, cannot be
// recognised any more: it is left, as if it were somebody else's.
func (m *machine) changeKey() {
	m.spare += len(m.line.held)
	for _, v := range m.world.Meetings() {
		if b, ours := m.of(v); ours && !m.foreign[v.ID] && m.step(b, kwadrans.TargetZoom).RemoteID != fmt.Sprint(v.ID) {
			m.spare++
		}
	}
	m.marker.key += "!"
}

func (m *machine) sweepIfDue() {
	due, err := m.s.SweepDue(m.ctx)
	m.ok(err)
	if due {
		_, _ = m.s.Sweep(m.ctx)
	}
}

// rest lets everything end: what is under way lands, nothing fails any more.
func (m *machine) rest() {
	m.line.land()
	m.world.StopFailing()
	m.settle()
	for range 4 {
		m.pass(11 * time.Minute)
		m.sweepIfDue()
		m.settle()
	}
}

// verdict names what is not as promised.
func (m *machine) verdict() (wrong []string) {
	marked, starts := map[string][]int64{}, map[int64]time.Time{}
	strangers := 0
	for _, v := range m.world.Meetings() {
		starts[v.ID] = v.Start
		switch b, ours := m.of(v); {
		case m.foreign[v.ID]:
			strangers++
		case ours:
			marked[b.ID] = append(marked[b.ID], v.ID)
		}
	}
	if strangers != len(m.foreign) {
		wrong = append(wrong, fmt.Sprintf("%d of %d foreign meetings are left", strangers, len(m.foreign)))
	}
	for _, b := range m.bookings {
		now, list := m.get(b), marked[b.ID]
		switch {
		case now.State == kwadrans.Cancelled && len(list) > m.spare:
			wrong = append(wrong, fmt.Sprintf("cancelled, and %v live", list))
		case now.State == kwadrans.Cancelled:
		case now.State != kwadrans.Confirmed || now.Zoom == nil:
			wrong = append(wrong, fmt.Sprintf("state %s", now.State))
		case len(list) == 0 || len(list) > 1+m.spare || !has(list, now.Zoom.ID):
			wrong = append(wrong, fmt.Sprintf("meetings %v live, the letters say %d", list, now.Zoom.ID))
		case !starts[now.Zoom.ID].Equal(now.Start):
			wrong = append(wrong, fmt.Sprintf("it begins at %v, and at %v in Zoom", now.Start, starts[now.Zoom.ID]))
		case m.told(b) != now.Start.Format("20060102T150405Z"):
			wrong = append(wrong, fmt.Sprintf("it begins at %v, and the last letter says %s", now.Start, m.told(b)))
		case m.toldOff(b):
			wrong = append(wrong, "it is on, and somebody was told that it is not")
		}
	}
	return wrong
}

// told is the start that the last letter about a booking says.
func (m *machine) told(b kwadrans.Booking) (start string) {
	for _, e := range m.post.sent {
		if value(e, "UID") == b.UID {
			start = value(e, "DTSTART")
		}
	}
	return start
}

// toldOff says whether anybody got a cancellation of a booking.
func (m *machine) toldOff(b kwadrans.Booking) bool {
	return slices.ContainsFunc(m.post.sent, func(e kwadrans.Envelope) bool {
		return value(e, "UID") == b.UID && (value(e, "METHOD") == "CANCEL" || value(e, "STATUS") == "CANCELLED")
	})
}

// of tells whose meeting it is, by its time: every booking has hours of its own.
func (m *machine) of(v sandbox.MeetingView) (kwadrans.Booking, bool) {
	for _, b := range m.bookings {
		if !v.Start.Before(b.Start) && v.Start.Before(b.Start.Add(room)) {
			return b, true
		}
	}
	return kwadrans.Booking{}, false
}

func has(list []int64, id int64) bool {
	for _, v := range list {
		if v == id {
			return true
		}
	}
	return false
}

// lossy loses outcomes when the machine crashes.
type lossy struct {
	outbox.Store
	m *machine
}

func (l lossy) Complete(ctx context.Context, s kwadrans.Step, d kwadrans.Done, now time.Time) (bool, error) {
	if l.m.crash {
		return false, nil
	}
	return l.Store.Complete(ctx, s, d, now)
}

func (l lossy) Failed(ctx context.Context, s kwadrans.Step, p *kwadrans.Pause, e kwadrans.Event, now time.Time) (bool, error) {
	if l.m.crash {
		return false, nil
	}
	return l.Store.Failed(ctx, s, p, e, now)
}

// naive is the mutant: it repeats without looking.
type naive struct{ outbox.Target }

func (n naive) Act(ctx context.Context, s kwadrans.Step) (kwadrans.Done, error) {
	s.MaybeSent = false
	return n.Target.Act(ctx, s)
}

// play is one game on the desk, in weeks of its own.
func (d *desk) play(f failer, game int, pick func(n int) int) *machine {
	d.failer = f
	d.pass(4 * 24 * time.Hour)
	d.newWorld(d.now, uint64(game)+1)
	d.marker.key, d.post.sent = "first", nil
	m := &machine{desk: d, pick: pick, foreign: map[int64]bool{}}
	d.o.Store = lossy{d.store, m}
	for i := range 1 + pick(2) {
		at := d.now().Truncate(time.Hour).Add(time.Duration(24+i*5) * time.Hour)
		m.bookings = append(m.bookings, d.booked(booking.Request{Topic: "zoom", Start: at, Attendees: people("anna@example.com"), Hold: time.Duration(pick(2)) * hold}))
	}
	for range 2 + pick(12) {
		a := actions[pick(len(actions))]
		m.played = append(m.played, a.name)
		a.do(m)
	}
	m.rest()
	return m
}

// Whatever happens, in any order: one live meeting per booking, none per
// cancelled one, and nobody else's is touched.
func TestMachine(t *testing.T) {
	if !checks {
		t.Skip("TestMachineGames plays a few under the race detector")
	}
	d := open(t)
	game := 0
	rapid.Check(t, func(t *rapid.T) {
		game++
		m := d.play(t, game, func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "pick") })
		if wrong := m.verdict(); len(wrong) > 0 {
			t.Fatalf("%v after %v", wrong, m.played)
		}
	})
}

// The same for a thousand more games, each of a seed of its own.
func TestMachineGames(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	if v, err := strconv.ParseUint(os.Getenv("KWADRANS_SEED"), 10, 64); err == nil {
		seed = v
	}
	d := open(t)
	for game := range games {
		m := d.play(t, game, picker(seed+uint64(game)))
		if wrong := m.verdict(); len(wrong) > 0 {
			t.Fatalf("KWADRANS_SEED=%d: %v after %v", seed+uint64(game), wrong, m.played)
		}
	}
	t.Logf("seed %d", seed)
}

func picker(seed uint64) func(n int) int {
	rng := rand.New(rand.NewPCG(seed, 1))
	return rng.IntN
}

// The control: who repeats without looking is found out soon.
func TestMachineFindsTheNaive(t *testing.T) {
	d := open(t)
	d.o.Targets["zoom"] = naive{d.o.Targets["zoom"]}
	for game := range 200 {
		if wrong := d.play(t, game, picker(uint64(game))).verdict(); len(wrong) > 0 {
			t.Logf("found in game %d: %v", game, wrong)
			return
		}
	}
	t.Error("200 games did not find it: the machine is blind")
}

// careless is the mutant: it takes back what has gone out.
type careless struct{ booking.Store }

func (c careless) TakeBack(ctx context.Context, b kwadrans.Booking, rev int, steps []kwadrans.Step, e kwadrans.Event) (bool, error) {
	return c.Revise(ctx, b, rev, steps, e)
}

func (c careless) Before(ctx context.Context, id string, rev int) (kwadrans.Booking, bool, error) {
	b, found, err := c.Store.Before(ctx, id, rev)
	if err != nil || found {
		return b, found, err
	}
	b, err = c.Booking(ctx, id)
	b.State, b.Reason = kwadrans.Confirmed, ""
	b.Rev--
	return b, true, err
}

// The control: who takes back what has gone out is found out soon.
func TestMachineFindsTheCareless(t *testing.T) {
	d := open(t)
	d.s.Store = careless{d.store}
	for game := range 200 {
		if wrong := d.play(t, game, picker(uint64(game))).verdict(); len(wrong) > 0 {
			t.Logf("found in game %d: %v", game, wrong)
			return
		}
	}
	t.Error("200 games did not find it: the machine is blind")
}
