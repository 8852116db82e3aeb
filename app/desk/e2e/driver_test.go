//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// driver is one session of WebKitWebDriver with one window (W3C WebDriver).
type driver struct {
	t       testing.TB
	base    string // http://127.0.0.1:port/session/id
	process *exec.Cmd
}

// patience is how long the harness waits for what must come.
const patience = 20 * time.Second

// drive starts a command in the environment env and takes hold of the window that it opens.
func drive(t testing.TB, env []string, command []string) *driver {
	t.Helper()
	port := freePort(t)
	cmd := exec.Command(stage.driver, "--port="+strconv.Itoa(port))
	cmd.Env = env
	cmd.Stderr = os.Stderr
	if testing.Verbose() {
		cmd.Stdout = os.Stderr
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	d := &driver{t: t, base: fmt.Sprintf("http://127.0.0.1:%d", port), process: cmd}
	t.Cleanup(d.quit)
	d.await(port)
	options := map[string]any{"binary": "/usr/bin/env", "args": append([]string{"LD_PRELOAD=" + stage.shim}, command...)}
	var got struct {
		SessionID string `json:"sessionId"`
	}
	want := map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{"webkitgtk:browserOptions": options}}}
	if err := d.call("POST", "/session", want, &got); err != nil {
		t.Fatalf("the window did not open: %v", err)
	}
	d.base += "/session/" + got.SessionID
	d.must("POST", "/timeouts", map[string]any{"implicit": 0, "script": 60_000}, nil)
	return d
}

func freePort(t testing.TB) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// await returns once the driver listens.
func (d *driver) await(port int) {
	d.t.Helper()
	d.until("the driver listens", func() bool {
		c, err := net.Dial("tcp", "127.0.0.1:"+strconv.Itoa(port))
		if err == nil {
			c.Close()
		}
		return err == nil
	})
}

// quit closes the window and the driver, and returns when none of their processes
// is left, since they write to the user's directory until then. What does not end by
// itself is killed.
func (d *driver) quit() {
	_ = d.call("DELETE", "", nil, nil)
	group := -d.process.Process.Pid
	_ = syscall.Kill(group, syscall.SIGTERM)
	go func() { _ = d.process.Wait() }()
	end := time.Now().Add(5 * time.Second)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for syscall.Kill(group, 0) == nil {
		if time.Now().After(end) {
			_ = syscall.Kill(group, syscall.SIGKILL)
		}
		<-tick.C
	}
}

var errNoElement = errors.New("no such element")

// call makes one call of the protocol.
func (d *driver) call(method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequest(method, d.base+path, body)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	var v struct {
		Value json.RawMessage `json:"value"`
	}
	if err := json.NewDecoder(bufio.NewReader(res.Body)).Decode(&v); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		var e struct{ Error, Message string }
		_ = json.Unmarshal(v.Value, &e)
		if e.Error == "no such element" || e.Error == "stale element reference" {
			return errNoElement
		}
		return fmt.Errorf("%s %s: %s: %s", method, path, e.Error, e.Message)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(v.Value, out)
}

func (d *driver) must(method, path string, in, out any) {
	d.t.Helper()
	if err := d.call(method, path, in, out); err != nil {
		d.t.Fatal(err)
	}
}

// script runs a function body in the page and reads what it returns.
func (d *driver) script(out any, body string, args ...any) {
	d.t.Helper()
	if args == nil {
		args = []any{}
	}
	d.must("POST", "/execute/sync", map[string]any{"script": body, "args": args}, out)
}

// scriptAsync runs a function body whose last argument is to be called with the answer.
func (d *driver) scriptAsync(out any, body string, args ...any) {
	d.t.Helper()
	if args == nil {
		args = []any{}
	}
	d.must("POST", "/execute/async", map[string]any{"script": body, "args": args}, out)
}

// until waits for something that must come true.
func (d *driver) until(what string, yes func() bool) {
	d.t.Helper()
	end := time.Now().Add(patience)
	tick := time.NewTicker(25 * time.Millisecond)
	defer tick.Stop()
	for !yes() {
		if time.Now().After(end) {
			d.t.Fatalf("it did not come true: %s\n%s", what, d.testimony())
		}
		<-tick.C
	}
}

// testimony tells what was on the screen when something failed.
func (d *driver) testimony() string {
	path := filepath.Join("../../../out/e2e", strings.ReplaceAll(d.t.Name(), "/", "-")+".png")
	if err := save(path); err != nil {
		return err.Error()
	}
	var text string
	_ = d.call("POST", "/execute/sync", map[string]any{"script": "return document.body.innerText", "args": []any{}}, &text)
	return "the screen is in " + path + " and says: " + strings.Join(strings.Fields(text), " ")
}
