package house_test

import (
	"context"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/mail/catcher"
	"kwadrans/internal/outbox"
	"kwadrans/internal/zoom/sandbox"
)

// ledger is what the killed processes said.
type ledger struct {
	kills     int
	acked     map[string]string // booking to its start
	maybe     map[string]string // to the start that it was about to get
	moved     int
	cancelled map[string]bool
	errors    []string
}

// ravage starts processes and kills each after at most 120 ms, while Zoom and the
// mail server fail now and then.
func (s *stage) ravage(role string, kills int, seed uint64) *ledger {
	s.Helper()
	rng := rand.New(rand.NewPCG(seed, 3))
	l := &ledger{acked: map[string]string{}, maybe: map[string]string{}, cancelled: map[string]bool{}}
	for range kills {
		s.spoil(rng)
		p := s.start(s.T, role, rng.Uint64())
		if rng.IntN(10) > 0 { // else it dies while it opens the file
			select {
			case <-p.ready:
			case <-p.ended:
			case <-time.After(20 * time.Second):
			}
		}
		time.Sleep(time.Duration(rng.IntN(121)) * time.Millisecond) // the kill comes at any moment
		l.note(p.kill())
		s.world.ClientKilled()
	}
	s.world.StopFailing()
	s.mail.Heal()
	return l
}

// spoil plans what goes wrong in the next life: about one call in ten.
func (s *stage) spoil(rng *rand.Rand) {
	faults := []struct {
		rule  string
		fault sandbox.Fault
	}{
		{ruleCreate, sandbox.ErrorBefore}, {ruleCreate, sandbox.ResetAfter}, {ruleCreate, sandbox.ErrorAfter}, {ruleCreate, sandbox.Truncated},
		{ruleCreate, sandbox.ResetBefore}, {ruleDelete, sandbox.ResetAfter}, {ruleDelete, sandbox.ErrorBefore}, {ruleUpdate, sandbox.ResetAfter}, {ruleUpdate, sandbox.ErrorBefore}, {ruleList, sandbox.HTML}, {ruleGet, sandbox.ErrorBefore},
	}
	if rng.IntN(100) < 40 {
		f := faults[rng.IntN(len(faults))]
		s.world.FailNext(f.rule, 1, f.fault)
	}
	drops := []catcher.Fault{{At: catcher.AtDot, Act: catcher.DropKept}, {At: catcher.AtDot, Act: catcher.Drop}, {At: catcher.AtRcpt, Code: 451, Text: "later"}}
	if rng.IntN(100) < 25 {
		f := drops[rng.IntN(len(drops))]
		f.Times = 1
		s.mail.Inject(f)
	}
}

func (l *ledger) note(lines [][]string) {
	l.kills++
	for _, words := range lines {
		switch words[0] {
		case "ACK":
			l.acked[words[1]] = words[2]
		case "MOVING":
			l.maybe[words[1]] = words[2]
		case "MOVED":
			l.acked[words[1]] = words[2]
			l.moved++
		case "CANCELLED":
			l.cancelled[words[1]] = true
		case "ERROR":
			l.errors = append(l.errors, fmtLine(words))
		}
	}
}

// kills is how often a harness kills: fewer with the race detector, which is slow.
func kills(t *testing.T) int {
	switch {
	case os.Getenv("KWADRANS_SOAK") == "1":
		return 10_000
	case raceDetector || testing.Short():
		return 30
	}
	return 300
}

func seedOf(t *testing.T) uint64 {
	seed := uint64(time.Now().UnixNano())
	if v, err := strconv.ParseUint(os.Getenv("KWADRANS_SEED"), 10, 64); err == nil {
		seed = v
	}
	t.Logf("KWADRANS_SEED=%d", seed)
	return seed
}

// Whenever the program is killed: nothing that was promised is lost, nothing is
// doubled, and everybody has the right letter in the end.
func TestKill(t *testing.T) {
	began := time.Now()
	s := build(t)
	l := s.ravage("booker", kills(t), seedOf(t))
	ravaged := time.Since(began)
	h := s.open()
	defer func() { _ = h.Close() }()
	s.drain(h)
	doubles := len(s.judge(h, l, meetingsOnly))
	s.sweep(h)
	for _, wrong := range s.judge(h, l, everything) {
		t.Error(wrong)
	}
	if !raceDetector && (len(l.acked) < l.kills/2 || len(l.cancelled) < l.kills/20 || l.moved < l.kills/20) {
		t.Errorf("only %d bookings, %d moves and %d cancellations in %d lives: the harness is idle", len(l.acked), l.moved, len(l.cancelled), l.kills)
	}
	t.Logf("%d kills in %v and %v: %d acked, %d moved, %d cancelled, %d creates, %d doubles healed, %d letters",
		l.kills, ravaged.Round(time.Second), (time.Since(began) - ravaged).Round(time.Second), len(l.acked), l.moved, len(l.cancelled), s.calls(ruleCreate), doubles, len(s.mail.Letters()))
}

// The control: who repeats without a look-up is found out by the same judge.
func TestKillFindsTheNaive(t *testing.T) {
	s := build(t)
	l := s.ravage("naive", min(kills(t), 120), seedOf(t))
	h := s.open()
	defer func() { _ = h.Close() }()
	h.Outbox.Targets["zoom"] = forgetful{h.Outbox.Targets["zoom"]}
	s.drain(h)
	wrong := s.judge(h, l, meetingsOnly)
	if len(wrong) == 0 {
		t.Error("nothing was found: the judge is blind")
	}
	t.Logf("found %d wrongs in %d bookings, such as %q", len(wrong), len(l.acked), wrong[:min(3, len(wrong))])
}

// The control: a move that does not reach Zoom, or of which somebody gets no letter, is
// found out by the same judge.
func TestKillFindsTheIdleMover(t *testing.T) {
	for target, words := range map[string]string{"zoom": "0 meetings", "letter": "SEQUENCE 0 instead of 1"} {
		s := build(t)
		h := s.open()
		b := s.book(h, 0, 1)
		s.drain(h)
		h.Outbox.Targets[target] = idle{h.Outbox.Targets[target]}
		_, err := h.Booking.Move(t.Context(), b.ID, booking.Wish{Start: b.Start.Add(time.Hour)})
		s.ok(err)
		s.drain(h)
		l := &ledger{acked: map[string]string{b.ID: b.Start.Add(time.Hour).Format(time.RFC3339)}}
		if wrong := strings.Join(s.judge(h, l, everything), "; "); !strings.Contains(wrong, words) {
			t.Errorf("%s: found %q", target, wrong)
		}
		s.ok(h.Close())
	}
}

// idle is the mutant: it says that a change was made.
type idle struct{ outbox.Target }

func (i idle) Act(_ context.Context, s kwadrans.Step) (kwadrans.Done, error) {
	return kwadrans.Done{Rev: s.Want, RemoteID: s.RemoteID}, nil
}
