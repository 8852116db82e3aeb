package connect

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

// raced is what a race of processes for the rotating tokens came to.
type raced struct {
	refreshes, refused, good int
	codes                    map[kwadrans.Code]int
	state                    kwadrans.ConnectionState
	broken                   []string
}

// race lets processes use one connection whose access token needs renewal about
// ten times a second; a refresh token that is used twice ends the grant's use.
func race(t *testing.T, processes, millis int, unlocked bool) raced {
	t.Helper()
	k := task{Do: "race", Dir: t.TempDir(), Base: noon, Start: time.Now().Round(0), Speed: 400, Unlocked: unlocked, Millis: millis}
	sb, err := sandbox.Listen(sandbox.New(sandbox.Options{Seed: 3, Now: k.now}), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sb.Close)
	sb.World.Turn(func(n *sandbox.Knobs) { n.AccessLife, n.Grace = 100*time.Second, time.Hour })
	k.OAuth, k.API = sb.URL, sb.API
	r := beginWith(t, sb, k.Dir)
	r.connect()
	var children []*process
	for range processes {
		children = append(children, start(t, k))
	}
	out := raced{codes: map[kwadrans.Code]int{}}
	for _, c := range children {
		var rep report
		if err := json.Unmarshal([]byte(c.line()), &rep); err != nil {
			t.Errorf("a child told nothing: %v", err)
		}
		if err := c.cmd.Wait(); err != nil {
			t.Error(err)
		}
		out.good += rep.Good
		for code, n := range rep.Codes {
			out.codes[code] += n
		}
	}
	for _, e := range sb.World.Journal() {
		if e.Rule == callRefresh {
			if out.refreshes++; strings.Contains(e.Answer, "invalid_grant") {
				out.refused++
			}
		}
	}
	out.state, out.broken = r.state(), sb.World.Broken()
	return out
}

// Six processes, one rotating token: nobody is asked to sign in again.
func TestTokenRace(t *testing.T) {
	millis := 3000
	if os.Getenv("KWADRANS_SOAK") == "1" {
		millis = 60_000
	}
	got := race(t, 6, millis, false)
	t.Logf("%+v", got)
	if got.refused != 0 || got.state != kwadrans.Connected || len(got.broken) > 0 || got.refreshes < millis/300 || got.good < 100 {
		t.Errorf("%+v", got)
	}
	for code, n := range got.codes {
		if code != kwadrans.CodeOffline { // on a slow machine a call may outlive its token of a quarter of a second
			t.Errorf("%d calls failed with %s", n, code)
		}
	}
}

// The control: without the lock the same race must end in forced sign-ins.
func TestTokenRaceWithoutTheLockIsLost(t *testing.T) {
	for range 3 {
		got := race(t, 6, 1500, true)
		t.Logf("%+v", got)
		if got.refused > 0 {
			return
		}
	}
	t.Error("the harness does not see that the lock is missing")
}

// The process dies after Zoom has rotated and before the pair is kept: only a
// new sign-in helps, and nothing loops.
func TestCrashBetweenAnswerAndStoreNeedsASignIn(t *testing.T) {
	r := begin(t)
	r.connect()
	r.w.Advance(time.Hour)
	k := task{Do: "crash", Dir: r.Dir, OAuth: r.sb.URL, API: r.sb.API, Base: r.w.Now(), Start: time.Now().Round(0), Millis: 5000}
	c := start(t, k)
	if err := c.cmd.Wait(); err == nil || c.cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("the child was not killed: %v", err)
	}
	r.w.ClientKilled()
	for range 5 {
		if _, err := r.api.Me(t.Context()); err == nil {
			t.Fatal("a call was made")
		} else {
			r.fails(err, kwadrans.CodeRemovedAtZoom)
		}
	}
	if n := r.count(callRefresh); n > 2 || r.state() != kwadrans.RemovedAtZoom || r.paused() != kwadrans.CodeRemovedAtZoom {
		t.Errorf("%d refreshes, %s, held by %q", n, r.state(), r.paused())
	}
	r.connect()
	if _, err := r.api.Me(t.Context()); err != nil || r.paused() != "" {
		t.Errorf("after the new sign-in: %v, held by %q", err, r.paused())
	}
}

func TestTwoWindowsAtOnce(t *testing.T) {
	r := begin(t)
	c := start(t, task{Do: "wait", Dir: r.Dir, OAuth: r.sb.URL, API: r.sb.API, Base: noon, Start: time.Now().Round(0)})
	if got := c.line(); got != "waiting" {
		t.Fatalf("the other process says %q", got)
	}
	_, err := r.Connect(t.Context(), mine, Options{})
	r.fails(err, kwadrans.CodeConnecting)
	for range 20 {
		if st, err := r.Status(t.Context(), mine); err != nil || st.Connection.State != kwadrans.Connecting {
			t.Errorf("%+v, %v", st.Connection, err)
		}
	}
	if st, err := r.Status(t.Context(), kwadrans.Team); err != nil || st.Connection.State != kwadrans.NotConnected {
		t.Errorf("the team: %+v, %v", st.Connection, err)
	}
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
	r.connect()
}

// Two who look at the same time used to take each other for a sign-in.
func TestLookersDoNotSeeEachOther(t *testing.T) {
	r := begin(t)
	done := make(chan int)
	for range 4 {
		go func() {
			wrong := 0
			for range 200 {
				if st, err := r.Status(t.Context(), mine); err != nil || st.Connection.State == kwadrans.Connecting {
					wrong++
				}
			}
			done <- wrong
		}()
	}
	for range 4 {
		if n := <-done; n > 0 {
			t.Errorf("%d wrong answers", n)
		}
	}
}
