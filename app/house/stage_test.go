package house_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/mail/catcher"
	"kwadrans/internal/outbox"
	"kwadrans/internal/zoom/sandbox"
)

// stage is a sandbox in this process, for other processes that use its data.
type stage struct {
	*testing.T
	sb    *house.Sandbox
	world *sandbox.World
	mail  *catcher.Server
	later atomic.Int64 // how much later than the machine's clock houses opened here think it is
}

// build starts a sandbox, sets it up and connects it once.
func build(t *testing.T) *stage {
	t.Helper()
	dir := filepath.Join(fast(t), "data")
	sb, err := house.StartSandbox(t.Context(), dir, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sb.Close() })
	s := &stage{T: t, sb: sb, world: sb.World, mail: sb.Mail}
	s.world.Turn(func(k *sandbox.Knobs) { k.PerSecond, k.DailyLimit = false, 1_000_000 })
	h, err := sb.Open(t.Context(), host.Email, visit)
	s.ok(err)
	_, err = h.Setup.SetProfile(t.Context(), host)
	s.ok(err)
	s.connect(h)
	always := kwadrans.Schedule{Name: "always", Zone: host.Zone, Exceptions: []kwadrans.Exception{}}
	for i := range always.Weekly {
		always.Weekly[i] = []kwadrans.Window{{From: 0, To: 1440}}
	}
	s.ok(h.Setup.SetSchedule(t.Context(), always))
	topic := kwadrans.DefaultTopic("Rozmowa", kwadrans.Duration(15*time.Minute))
	topic.Places, topic.Schedule, topic.MaxDays = []kwadrans.Place{{Kind: kwadrans.PlaceZoom}}, "always", 700
	_, err = h.Setup.AddTopic(t.Context(), topic)
	s.ok(err)
	s.ok(h.Close())
	return s
}

var host = kwadrans.Profile{Name: "Ola Żak", Email: "ola@example.com", Zone: "Europe/Warsaw", Lang: kwadrans.Polish}

// fast is a directory of memory where there is one: kill -9 loses no page that
// the system holds, so the disk is not what these harnesses ask.
func fast(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "kwadrans-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func (s *stage) ok(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// visit is a browser whose person agrees to everything.
func visit(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return errors.Join(err, resp.Body.Close())
}

// quick are the outbox's numbers for harnesses: everything happens soon.
func quick(o *outbox.Outbox) {
	o.Settle, o.Lease, o.Grace = 150*time.Millisecond, 2*time.Second, 30*time.Millisecond
	o.First, o.Longest, o.Poll = 20*time.Millisecond, 200*time.Millisecond, 10*time.Millisecond
}

const callTime = time.Second // of one call to Zoom, in harnesses

// open opens the data in this process.
func (s *stage) open() *house.House {
	s.Helper()
	env := s.sb.Env()
	h, err := house.Open(s.Context(), house.Config{
		Dir: s.sb.Dir, Env: func(name string) string { return env[name] }, Open: visit, Tune: quick, Timeout: callTime,
		Now: func() time.Time { return time.Now().Add(time.Duration(s.later.Load())) },
	})
	s.ok(err)
	return h
}

func (s *stage) connect(h *house.House) {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), 20*time.Second)
	defer cancel()
	_, err := h.Connect.Connect(ctx, kwadrans.Personal, connectOptions)
	s.ok(err)
}

// await polls until done, or fails after a while.
func (s *stage) await(what string, most time.Duration, done func() bool) time.Duration {
	s.Helper()
	began := time.Now()
	for !done() {
		if time.Since(began) > most {
			s.Fatalf("%s: not within %v", what, most)
		}
		time.Sleep(5 * time.Millisecond)
	}
	return time.Since(began)
}

// posts counts the calls that a rule names.
func (s *stage) calls(rule string) (n int) {
	for _, e := range s.world.Journal() {
		if e.Rule == rule {
			n++
		}
	}
	return n
}

const (
	ruleCreate = "POST /users/{userId}/meetings"
	ruleList   = "GET /users/{userId}/meetings"
	ruleGet    = "GET /meetings/{meetingId}"
	ruleUpdate = "PATCH /meetings/{meetingId}"
	ruleDelete = "DELETE /meetings/{meetingId}"
)
