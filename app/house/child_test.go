package house_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
	"kwadrans/internal/connect"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/outbox"
)

// The test binary plays the other processes too: what it is to do stands in the
// environment.
const (
	envRole = "KWADRANS_TEST_ROLE"
	envSeed = "KWADRANS_TEST_SEED"
)

var roles = map[string]func(ctx context.Context, rng *rand.Rand) error{
	"booker": func(ctx context.Context, rng *rand.Rand) error { return booker(ctx, rng, quick) },
	"naive":  func(ctx context.Context, rng *rand.Rand) error { return booker(ctx, rng, careless) },
	"dense":  dense,
	"reckless": func(ctx context.Context, rng *rand.Rand) error {
		return reckless(ctx, rng)
	},
	"runner": runner,
}

func TestMain(m *testing.M) {
	role := os.Getenv(envRole)
	if role == "" {
		os.Exit(m.Run())
	}
	seed, _ := strconv.ParseUint(os.Getenv(envSeed), 10, 64)
	if err := roles[role](context.Background(), rand.New(rand.NewPCG(seed, 7))); err != nil {
		fmt.Println("ERROR", err)
		os.Exit(1)
	}
}

var connectOptions = connect.Options{Silent: false, Lang: kwadrans.Polish}

func child(ctx context.Context, tune func(*outbox.Outbox)) (*house.House, error) {
	return house.Open(ctx, house.Config{Dir: os.Getenv("KWADRANS_DATA"), Env: os.Getenv, Tune: tune, Timeout: callTime})
}

// careless is the mutant: it repeats without a look-up.
func careless(o *outbox.Outbox) {
	quick(o)
	o.Targets["zoom"] = forgetful{o.Targets["zoom"]}
}

type forgetful struct{ outbox.Target }

func (f forgetful) Act(ctx context.Context, s kwadrans.Step) (kwadrans.Done, error) {
	s.MaybeSent = false
	return f.Target.Act(ctx, s)
}

// booker runs the outbox and books, moves and cancels until it is killed. A line is
// said after the commit; of a move also before, since the kill may come in between.
func booker(ctx context.Context, rng *rand.Rand, tune func(*outbox.Outbox)) error {
	h, err := child(ctx, tune)
	if err != nil {
		return err
	}
	go func() {
		if err := h.Work(ctx); err != nil {
			fmt.Println("ERROR", err)
		}
	}()
	fmt.Println("READY .")
	var mine []string
	for {
		start := time.Now().UTC().Truncate(24 * time.Hour).Add(48*time.Hour + time.Duration(rng.IntN(690*96))*15*time.Minute)
		if dice := rng.IntN(100); len(mine) > 0 && dice < 25 {
			id := mine[rng.IntN(len(mine))]
			fmt.Println("MOVING", id, start.Format(time.RFC3339), ".")
			a, err := h.Booking.Move(ctx, id, booking.Wish{Start: start})
			if kwadrans.CodeOf(err) == kwadrans.CodeInvalid { // it is cancelled
				continue
			}
			if err != nil {
				return err
			}
			if a.Booked {
				fmt.Println("MOVED", id, start.Format(time.RFC3339), ".")
			}
		} else if len(mine) > 0 && dice < 55 {
			id := mine[rng.IntN(len(mine))]
			if _, err := h.Booking.Cancel(ctx, id, "choroba", 0); err != nil {
				return err
			}
			fmt.Println("CANCELLED", id, ".")
		} else {
			a, err := h.Booking.Book(ctx, booking.Request{Topic: "rozmowa", Start: start, Attendees: guests(1 + rng.IntN(2))})
			if err != nil {
				return err
			}
			if a.Booked {
				mine = append(mine, a.Booking.ID)
				fmt.Println("ACK", a.Booking.ID, start.Format(time.RFC3339), ".")
			}
		}
		time.Sleep(time.Duration(rng.IntN(25)) * time.Millisecond)
	}
}

func guests(n int) []kwadrans.Attendee {
	list := []kwadrans.Attendee{
		{Name: "Anna Nowak", Email: "anna@example.com", Zone: "Europe/Warsaw", Lang: kwadrans.Polish},
		{Name: "Bob Stone", Email: "bob@example.com", Zone: "America/New_York", Lang: kwadrans.English},
		{Name: "Zażółć Gęślą", Email: "Jaźń.G@example.com", Zone: "Asia/Tokyo", Lang: kwadrans.Polish},
	}
	return list[:n]
}

// process is another process that plays a role.
type process struct {
	cmd   *exec.Cmd
	mu    sync.Mutex
	lines [][]string // what it said, without the dot that ends each line
	ready chan struct{}
	ended chan struct{}
}

// start starts a process and reads what it says.
func (s *stage) start(t *testing.T, role string, seed uint64) *process {
	t.Helper()
	self, err := os.Executable()
	s.ok(err)
	p := &process{cmd: exec.Command(self), ready: make(chan struct{}), ended: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), envRole+"="+role, envSeed+"="+strconv.FormatUint(seed, 10))
	for k, v := range s.sb.Env() {
		p.cmd.Env = append(p.cmd.Env, k+"="+v)
	}
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	s.ok(err)
	s.ok(p.cmd.Start())
	go func() {
		defer close(p.ended)
		var once sync.Once
		for sc := bufio.NewScanner(out); sc.Scan(); {
			words := strings.Fields(sc.Text())
			if len(words) == 0 || words[len(words)-1] != "." && words[0] != "ERROR" { // cut by the kill
				continue
			}
			p.mu.Lock()
			p.lines = append(p.lines, words)
			p.mu.Unlock()
			if words[0] == "READY" {
				once.Do(func() { close(p.ready) })
			}
		}
	}()
	return p
}

// kill ends it without warning and returns all it said.
func (p *process) kill() [][]string {
	_ = p.cmd.Process.Kill()
	return p.wait()
}

func (p *process) wait() [][]string {
	<-p.ended
	_ = p.cmd.Wait()
	return p.lines
}
