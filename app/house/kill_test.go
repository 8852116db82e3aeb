package house_test

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"kwadrans/internal/mail/catcher"
	"kwadrans/internal/zoom/sandbox"
)

// ledger is what the killed processes said.
type ledger struct {
	kills     int
	acked     map[string]string // booking to its start
	cancelled map[string]bool
	errors    []string
}

// ravage starts processes and kills each after at most 120 ms, while Zoom and the
// mail server fail now and then.
func (s *stage) ravage(role string, kills int, seed uint64) *ledger {
	s.Helper()
	rng := rand.New(rand.NewPCG(seed, 3))
	l := &ledger{acked: map[string]string{}, cancelled: map[string]bool{}}
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
		{ruleCreate, sandbox.ResetBefore}, {ruleDelete, sandbox.ResetAfter}, {ruleDelete, sandbox.ErrorBefore}, {ruleList, sandbox.HTML}, {ruleGet, sandbox.ErrorBefore},
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
	if !raceDetector && (len(l.acked) < l.kills/2 || len(l.cancelled) < l.kills/20) {
		t.Errorf("only %d bookings and %d cancellations in %d lives: the harness is idle", len(l.acked), len(l.cancelled), l.kills)
	}
	t.Logf("%d kills in %v and %v: %d acked, %d cancelled, %d creates, %d doubles healed, %d letters",
		l.kills, ravaged.Round(time.Second), (time.Since(began) - ravaged).Round(time.Second), len(l.acked), len(l.cancelled), s.calls(ruleCreate), doubles, len(s.mail.Letters()))
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
