//go:build linux

package secrets

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
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
