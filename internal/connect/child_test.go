package connect

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/store/sqlite"
	"kwadrans/internal/store/storetest"
)

// childEnv has the task of a test binary that was started by a test.
const childEnv = "KWADRANS_CONNECT_CHILD"

// task is what a child does, as JSON.
type task struct {
	Do          string // race, crash or wait
	Dir         string
	OAuth, API  string
	Base        time.Time // the virtual clock: Base at real time Start, Speed times as fast
	Start       time.Time
	Speed       int
	Unlocked    bool
	Millis      int
	BeforeStore bool
}

func (k task) now() time.Time {
	return k.Base.Add(time.Since(k.Start.Local()) * time.Duration(max(k.Speed, 1)))
}

// report is what a child tells in the end.
type report struct {
	Good  int
	Codes map[kwadrans.Code]int
}

// deadly is a store whose process dies before it keeps tokens.
type deadly struct{ *sqlite.Store }

func (deadly) SaveTokens(context.Context, kwadrans.ConnectionKind, int64, kwadrans.Tokens) (bool, error) {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

// child is the life of a child process.
func child(text string) {
	var k task
	if err := json.Unmarshal([]byte(text), &k); err != nil {
		panic(err)
	}
	ctx := context.Background()
	store, err := sqlite.Open(ctx, k.Dir, storetest.Sealer("key"))
	if err != nil {
		panic(err)
	}
	var kept Store = store
	if k.Do == "crash" {
		kept = deadly{store}
	}
	s := service(kept, k.OAuth, k.API, k.Dir, &http.Transport{}, k.now)
	s.unlocked = k.Unlocked
	api := client(s)
	if k.Do == "wait" {
		_, err := s.Connect(ctx, kwadrans.Personal, Options{Silent: true, Announce: func(string) { fmt.Println("waiting") }})
		fmt.Println(kwadrans.CodeOf(err))
		os.Exit(0)
	}
	out := report{Codes: map[kwadrans.Code]int{}}
	for until := time.Now().Add(time.Duration(k.Millis) * time.Millisecond); time.Now().Before(until); {
		if _, err := api.Me(ctx); err != nil {
			out.Codes[kwadrans.CodeOf(err)]++
		} else {
			out.Good++
		}
	}
	s.Wait()
	_ = store.Close()
	_ = json.NewEncoder(os.Stdout).Encode(out)
	os.Exit(0)
}

// process is a child as its parent sees it.
type process struct {
	cmd *exec.Cmd
	out *bufio.Scanner
}

func start(t *testing.T, k task) *process {
	t.Helper()
	text, err := json.Marshal(k)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childEnv+"="+string(text))
	cmd.Stderr = os.Stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &process{cmd, bufio.NewScanner(pipe)}
}

func (p *process) line() string {
	p.out.Scan()
	return p.out.Text()
}
