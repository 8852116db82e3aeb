package cli

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"kwadrans/internal/mail/catcher"
	"kwadrans/internal/outbox"
	"kwadrans/internal/zoom/sandbox"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"kwadrans": func() {
		p := Program{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.Getenv, Browser: visit, Now: time.Now, Tune: quick}
		os.Exit(p.Run(context.Background(), os.Args[1:]))
	}})
}

// quick lets an unknown outcome settle in three seconds: the answers that the scripts
// lose are lost on this computer.
func quick(o *outbox.Outbox) { o.Settle, o.First = 3*time.Second, 200*time.Millisecond }

// visit is a browser in which somebody signs in.
func visit(url string) error {
	go func() {
		if resp, err := http.Get(url); err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
		}
	}()
	return nil
}

// The scripts speak with the program as people and programs do: by its command
// line, against the Zoom look-alike and a real mail server of their own.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireExplicitExec: true, UpdateScripts: *update,
		Setup: setUp,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "json": jsonCmd, "zoom": zoomCmd, "letters": lettersCmd, "post": postCmd, "keep": keepCmd,
		},
	})
}

// outside is what a script's program talks to.
type outside struct {
	world *sandbox.World
	mail  *catcher.Server
	dir   string
}

type outsideKey struct{}

func setUp(env *testscript.Env) error {
	t, ok := env.T().(sandbox.TB)
	if !ok {
		t = scriptT{env}
	}
	zoom := sandbox.Start(t, sandbox.Options{Seed: 1})
	mail, err := catcher.Start(catcher.Options{})
	if err != nil {
		return err
	}
	env.Defer(func() { _ = mail.Close() })
	data := filepath.Join(env.WorkDir, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		return err
	}
	env.Values[outsideKey{}] = &outside{zoom.World, mail, data}
	env.Setenv("KWADRANS_DATA", data)
	env.Setenv("KWADRANS_SECRETS", "file")
	env.Setenv("KWADRANS_PASSPHRASE", "korrekt pferd batterie")
	env.Setenv("KWADRANS_ZOOM_OAUTH_URL", zoom.URL)
	env.Setenv("KWADRANS_ZOOM_API_URL", zoom.API)
	env.Setenv("KWADRANS_ZOOM_CLIENT_ID", sandbox.ClientID)
	env.Setenv("SMTP_PORT", strconv.Itoa(mail.Port()))
	env.Setenv("LANG", "en_GB.UTF-8")
	env.Setenv("MONDAY", monday(time.Now()).Format(time.DateOnly))
	env.Setenv("FRIDAY", monday(time.Now()).AddDate(0, 0, 4).Format(time.DateOnly))
	env.Setenv("OFFSET", monday(time.Now()).Format("-07:00"))
	return nil
}

// monday is a Monday about two weeks ahead, at noon in Warsaw.
func monday(now time.Time) time.Time {
	loc, err := time.LoadLocation("Europe/Warsaw")
	if err != nil {
		panic(err)
	}
	d := now.In(loc).AddDate(0, 0, 10)
	for d.Weekday() != time.Monday {
		d = d.AddDate(0, 0, 1)
	}
	return time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, loc)
}

// scriptT lets the sandbox fail the script that broke a rule.
type scriptT struct{ env *testscript.Env }

func (s scriptT) Helper()          {}
func (s scriptT) Cleanup(f func()) { s.env.Defer(f) }
func (s scriptT) Errorf(format string, args ...any) {
	s.env.T().Fatal(fmt.Sprintf(format, args...))
}
func (s scriptT) Logf(format string, args ...any) { s.env.T().Log(fmt.Sprintf(format, args...)) }

func of(ts *testscript.TestScript) *outside { return ts.Value(outsideKey{}).(*outside) }

// exits CODE COMMAND… runs a command that must end with the code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var failed *exec.ExitError
	switch {
	case errors.As(err, &failed):
		got = failed.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// json [-err] PATH REGEXP looks at a value of the last output; json -set VAR PATH
// keeps it. A path is keys and indexes with dots; len is a length.
func jsonCmd(ts *testscript.TestScript, neg bool, args []string) {
	from := "stdout"
	if len(args) > 0 && args[0] == "-err" {
		from, args = "stderr", args[1:]
	}
	if len(args) == 3 && args[0] == "-set" {
		ts.Setenv(args[1], lookUp(ts, from, args[2]))
		return
	}
	if len(args) != 2 {
		ts.Fatalf("usage: json [-err] PATH REGEXP, or json -set VAR PATH")
	}
	got := lookUp(ts, from, args[0])
	if ok, err := regexp.MatchString("^(?:"+args[1]+")$", got); err != nil || ok == neg {
		ts.Fatalf("%s is %q, matches %q: %v, %v", args[0], got, args[1], ok, err)
	}
}

func lookUp(ts *testscript.TestScript, from, path string) string {
	var v any
	dec := json.NewDecoder(strings.NewReader(ts.ReadFile(from)))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		ts.Fatalf("%s is not JSON: %v", from, err)
	}
	if _, err := dec.Token(); err != io.EOF {
		ts.Fatalf("%s has more than one value", from)
	}
	for _, key := range strings.Split(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			value, ok := x[key]
			if !ok {
				ts.Fatalf("%s has no %q", path, key)
			}
			v = value
		case []any:
			if key == "len" {
				return strconv.Itoa(len(x))
			}
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(x) {
				ts.Fatalf("%s has no %q of %d", path, key, len(x))
			}
			v = x[i]
		}
	}
	if s, ok := v.(string); ok {
		return s
	}
	b, err := json.Marshal(v)
	ts.Check(err)
	return string(b)
}

// keep FILE writes the last output to a file.
func keepCmd(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(ts.ReadFile("stdout")), 0o600))
}

// zoom steers the look-alike: meetings N, journal MATCH N, fail MATCH N STATUS,
// fault MATCH NAME, remove, decline, allow, elsewhere, expire, exhaust, scopes S…,
// busy START LENGTH TOPIC, weekly START TOPIC.
func zoomCmd(ts *testscript.TestScript, _ bool, args []string) {
	w := of(ts).world
	switch args[0] {
	case "meetings":
		same(ts, "meetings", strconv.Itoa(len(w.Meetings())), args[1])
	case "journal":
		n := 0
		for _, e := range w.Journal() {
			if strings.Contains(e.Rule, args[1]) {
				n++
			}
		}
		same(ts, "requests "+args[1], strconv.Itoa(n), args[2])
	case "fail":
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		status, err := strconv.Atoi(args[3])
		ts.Check(err)
		w.FailNext(args[1], n, sandbox.Refused(status, 1, "no"))
	case "fault":
		f, ok := sandbox.NamedFault(args[2])
		if !ok {
			ts.Fatalf("there is no fault %s", args[2])
		}
		w.FailNext(args[1], 1, f)
	case "remove":
		w.RemoveAppAtMarketplace()
	case "decline":
		w.Consent(sandbox.Decline)
	case "allow":
		w.Consent(sandbox.Allow)
	case "elsewhere":
		w.AuthorizeElsewhere()
	case "expire":
		w.ExpireAccess()
	case "exhaust":
		w.ExhaustDaily()
	case "scopes":
		w.ChangeScopes(args[1:])
	case "busy":
		start, err := time.Parse(time.RFC3339, args[1])
		ts.Check(err)
		length, err := time.ParseDuration(args[2])
		ts.Check(err)
		w.AddMeeting(sandbox.NewMeeting{Topic: args[3], Start: start, Duration: length})
	case "weekly":
		start, err := time.Parse(time.RFC3339, args[1])
		ts.Check(err)
		w.AddMeeting(sandbox.NewMeeting{Topic: args[2], Type: sandbox.FixedTime, Start: start, Rule: &sandbox.Rule{Type: 2, Interval: 1, Times: 8}})
	default:
		ts.Fatalf("zoom cannot %s", args[0])
	}
}

func same(ts *testscript.TestScript, what, got, want string) {
	if got != want {
		ts.Fatalf("%s: %s, want %s", what, got, want)
	}
}

// letters N asks how many letters were caught; letters has TO TEXT looks into the
// last one to an address; letters forget throws them away.
func lettersCmd(ts *testscript.TestScript, neg bool, args []string) {
	m := of(ts).mail
	switch args[0] {
	case "forget":
		m.Forget()
	case "has":
		found := false
		for _, l := range m.Letters() {
			found = found || slices.Contains(l.To, args[1]) && strings.Contains(string(l.Bytes), args[2])
		}
		if found == neg {
			ts.Fatalf("a letter to %s with %q: %v", args[1], args[2], found)
		}
	default:
		same(ts, "letters", strconv.Itoa(len(m.Letters())), args[0])
	}
}

// post steers the mail server: refuse TO, later TO N, login, heal.
func postCmd(ts *testscript.TestScript, _ bool, args []string) {
	m := of(ts).mail
	switch args[0] {
	case "refuse":
		m.Inject(catcher.Fault{At: catcher.AtRcpt, To: args[1], Code: 550, Enhanced: [3]int{5, 1, 1}, Text: "no such user"})
	case "heal":
		m.Heal()
	default:
		ts.Fatalf("post cannot %s", args[0])
	}
}
