//go:build linux

package secrets

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"kwadrans/internal/kwadrans"
)

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
	mended(t, v, out)
}

// mended fails unless v, which met a locked keychain, works without a restart.
func mended(t *testing.T, v *Vault, out []byte) {
	t.Helper()
	wantState(t, v, OK)
	if got, err := v.Open(t.Context(), "row", out); err != nil || string(got) != "x" {
		t.Errorf("%q, %v", got, err)
	}
	if err := v.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantState(t, newVault(v.Dir, &Keychain{}), OK)
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
			if name != "gone" && hasUserBus(t) {
				t.Skip("godbus would find the bus of whoever runs this, and their own keychain")
			}
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

// hasUserBus says whether godbus finds a bus without the environment.
func hasUserBus(t *testing.T) bool {
	t.Helper()
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(filepath.Join("/run/user", me.Uid, name)); err == nil {
			return true
		}
	}
	return false
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
