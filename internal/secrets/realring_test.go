//go:build linux

package secrets

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"kwadrans/internal/kwadrans"
)

const (
	inSession   = "KWADRANS_SECRETS_TEST_SESSION"
	secretsName = "org.freedesktop.secrets"
	ringWait    = 20 * time.Second
)

// session runs the test that calls it again, in a session bus of its own with
// a home of its own; true says that this is the inner run. config is for
// dbus-run-session, "" for the system's.
func session(t *testing.T, config string) bool {
	t.Helper()
	if os.Getenv(inSession) == t.Name() {
		return true
	}
	if testing.Short() {
		t.Skip("-short: no real keychain")
	}
	tool, err := exec.LookPath("dbus-run-session")
	if err != nil {
		t.Fatalf("install dbus and gnome-keyring, or give -short: %v", err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var args []string
	if config != "" {
		args = append(args, "--config-file="+config)
	}
	args = append(args, "--", self, "-test.run=^"+t.Name()+"$", "-test.v")
	cmd := exec.CommandContext(t.Context(), tool, args...)
	cmd.Env = append(homeEnv(t), inSession+"="+t.Name(), quickExit)
	out, err := cmd.CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("--- PASS: "+t.Name())) {
		t.Errorf("in the session: %v\n%s", err, out)
	}
	t.Logf("in the session:\n%s", out)
	return false
}

// homeEnv is the environment of a machine with nobody at it: no display on
// which a prompt could appear, and nothing of the developer's own keychain.
func homeEnv(t *testing.T) []string {
	t.Helper()
	home, err := os.MkdirTemp("", "kw") // a short path: sockets have 108 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	run := filepath.Join(home, "run")
	if err := os.Mkdir(run, 0o700); err != nil {
		t.Fatal(err)
	}
	return []string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + home, "HOME=" + home, "LC_ALL=C", "XDG_RUNTIME_DIR=" + run,
		"XDG_DATA_HOME=" + home + "/data", "XDG_CONFIG_HOME=" + home + "/config", "XDG_CACHE_HOME=" + home + "/cache"}
}

// bareBus is the config of a session bus that starts nothing by itself.
func bareBus(t *testing.T) string {
	t.Helper()
	if os.Getenv(inSession) != "" {
		return ""
	}
	path := filepath.Join(t.TempDir(), "bus.conf")
	text := `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func bus(t *testing.T) *dbus.Conn {
	t.Helper()
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// owned waits until somebody owns the name of the keychain, or nobody does.
func owned(t *testing.T, conn *dbus.Conn, want bool) {
	t.Helper()
	for deadline := time.Now().Add(ringWait); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		var has bool
		if err := conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, secretsName).Store(&has); err != nil {
			t.Fatal(err)
		}
		if has == want {
			return
		}
	}
	t.Fatalf("waited %v for %s to have an owner: %v", ringWait, secretsName, want)
}

// daemon starts gnome-keyring with its login keyring unlocked. The returned
// function ends that process.
func daemon(t *testing.T, conn *dbus.Conn, password string) (stop func()) {
	t.Helper()
	cmd := exec.Command("gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground")
	cmd.Stdin = strings.NewReader(password)
	if err := cmd.Start(); err != nil {
		t.Fatalf("install gnome-keyring, or give -short: %v", err)
	}
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		owned(t, conn, false)
	}
	t.Cleanup(stop)
	owned(t, conn, true)
	return stop
}

func TestRealKeychain(t *testing.T) {
	if !session(t, bareBus(t)) {
		return
	}
	conn := bus(t)
	stop := daemon(t, conn, "pw")
	dir := t.TempDir()

	oneKey(t, children(t, 6, "keychain", dir)) // first use, all at once
	v := newVault(dir, &Keychain{})
	out := sealed(t, v, "row", "x")
	mac, err := v.MAC(t.Context(), []byte("probe"))
	if err != nil {
		t.Fatal(err)
	}
	second := children(t, 1, "keychain", dir)
	if !bytes.Equal(second[0].MAC, mac) {
		t.Errorf("the second process has another key: %+v", second[0])
	}

	lock(t, conn)
	v = newVault(dir, &Keychain{})
	start := time.Now()
	wantState(t, v, Locked)
	t.Logf("locked: %v, after %v", v.State(t.Context()).Fault, time.Since(start))
	if a := children(t, 1, "keychain", dir)[0]; a.Code != kwadrans.CodeKeyLocked {
		t.Errorf("locked, in another process: %+v", a)
	}
	wantCode(t, v.Renew(t.Context()), kwadrans.CodeKeyLocked)

	stop()
	wantState(t, v, Absent)
	stop = daemon(t, conn, "not the password")
	wantState(t, v, Locked)
	stop()

	daemon(t, conn, "pw")
	wantState(t, v, OK) // mended without a restart
	if got, err := v.Open(t.Context(), "row", out); err != nil || string(got) != "x" {
		t.Errorf("%q, %v", got, err)
	}
	if err := v.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantState(t, newVault(dir, &Keychain{}), OK)
}

// lock locks every collection of the keychain.
func lock(t *testing.T, conn *dbus.Conn) {
	t.Helper()
	service := conn.Object(secretsName, "/org/freedesktop/secrets")
	list, err := service.GetProperty("org.freedesktop.Secret.Service.Collections")
	if err != nil {
		t.Fatal(err)
	}
	paths, ok := list.Value().([]dbus.ObjectPath)
	if !ok || len(paths) == 0 {
		t.Fatalf("collections: %v", list)
	}
	if err := service.Call("org.freedesktop.Secret.Service.Lock", 0, paths).Err; err != nil {
		t.Fatal(err)
	}
}

// As a person without a login keyring sees it: the bus starts gnome-keyring by
// itself, and its prompt has nowhere to appear.
func TestRealKeychainThatNobodyEverUnlocked(t *testing.T) {
	if !session(t, "") {
		return
	}
	conn := bus(t)
	v := newVault(t.TempDir(), &Keychain{})
	wantState(t, v, Locked)
	_, err := v.Seal(t.Context(), "row", nil)
	wantCode(t, err, kwadrans.CodeKeyLocked)
	var e *kwadrans.Error
	if errors.As(err, &e); !strings.Contains(e.Hint, "KWADRANS_SECRETS=file") {
		t.Errorf("a server where nobody can unlock it is not told what to do: %q", e.Hint)
	}
	if noted, err := v.noted(t.Context()); noted != "" || err != nil {
		t.Errorf("noted %q, %v", noted, err)
	}
	endActivated(t, conn)
}

// endActivated ends the daemon that the bus started, by its process id: it
// would outlive the session.
func endActivated(t *testing.T, conn *dbus.Conn) {
	t.Helper()
	var pid uint32
	if err := conn.BusObject().Call("org.freedesktop.DBus.GetConnectionUnixProcessID", 0, secretsName).Store(&pid); err != nil {
		t.Logf("nothing was started: %v", err)
		return
	}
	p, err := os.FindProcess(int(pid))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Kill(); err != nil {
		t.Error(err)
	}
}

func TestRealBusWithoutAKeychain(t *testing.T) {
	if !session(t, bareBus(t)) {
		return
	}
	_, err := (&Keychain{}).Key(t.Context())
	wantCode(t, err, kwadrans.CodeKeyAbsent)
	if errors.Is(err, ErrNoEntry) || !strings.Contains(err.Error(), "no keychain on this machine") {
		t.Error(err)
	}
	wantState(t, newVault(t.TempDir(), &Keychain{}), Absent)
}

// No bus, and none may be started: dbus-launch stands ready to be caught.
func TestNoBus(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no real keychain")
	}
	for name, address := range map[string]string{"none": "", "autolaunch": "autolaunch:", "gone": "unix:path=/nowhere/bus"} {
		t.Run(name, func(t *testing.T) {
			dir, env := t.TempDir(), homeEnv(t)
			trap := "#!/bin/sh\n: > " + dir + "/launched\nexit 1\n"
			if err := os.WriteFile(filepath.Join(dir, "dbus-launch"), []byte(trap), 0o700); err != nil {
				t.Fatal(err)
			}
			env = append(env, "PATH="+dir, "DBUS_SESSION_BUS_ADDRESS="+address)
			a := children(t, 1, "keychain", dir, env...)[0]
			if a.Code != kwadrans.CodeKeyAbsent || !strings.Contains(a.Text, "no keychain on this machine") {
				t.Errorf("%+v", a)
			}
			if _, err := os.Stat(filepath.Join(dir, "launched")); err == nil {
				t.Error("a bus was to be started")
			}
		})
	}
}

func TestRealServiceThatNeverAnswers(t *testing.T) {
	if !session(t, bareBus(t)) {
		return
	}
	conn := bus(t)
	if _, err := conn.RequestName(secretsName, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	calls := make(chan *dbus.Message, 100)
	conn.Eavesdrop(calls) // from here on nothing is answered
	k := &Keychain{Timeout: 300 * time.Millisecond}
	start := time.Now()
	_, err := k.Key(t.Context())
	wantCode(t, err, kwadrans.CodeKeyLocked)
	if took := time.Since(start); took < k.Timeout || took > k.Timeout+2*time.Second {
		t.Errorf("took %v", took)
	}
	if !errors.Is(err, errSilent) {
		t.Error(err)
	}
	if len(calls) == 0 {
		t.Error("the service was not asked")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err = newVault(t.TempDir(), k).Seal(ctx, "row", nil)
	wantCode(t, err, kwadrans.CodeKeyLocked)
}
