package secrets

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	keyring "github.com/zalando/go-keyring"

	"kwadrans/internal/kwadrans"
)

// Windows keeps 2,560 bytes in an entry and macOS about 3,000; Linux a megabyte.
func TestKeychainKeepsOneShortText(t *testing.T) {
	r := &fakeRing{}
	k := &Keychain{ring: r}
	made, err := k.Make(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text := r.stored()
	if len(text) != 44 {
		t.Errorf("%d characters are stored, want 44", len(text))
	}
	got, err := k.Key(t.Context())
	if err != nil || string(got) != string(made) || !sound(got) {
		t.Errorf("read back %d bytes, %v", len(got), err)
	}
	again, err := k.Make(t.Context())
	if err != nil || string(again) == string(made) {
		t.Errorf("a second Make gave the same key (%v)", err)
	}
}

func TestKeychainThroughTheLibrary(t *testing.T) {
	keyring.MockInit()
	k := &Keychain{ring: mockRing{}}
	_, err := k.Key(t.Context())
	wantCode(t, err, kwadrans.CodeKeyAbsent)
	if !errors.Is(err, ErrNoEntry) {
		t.Errorf("%v does not say that a key may be made", err)
	}
	made, err := k.Make(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := k.Key(t.Context()); err != nil || string(got) != string(made) {
		t.Errorf("read back %v, %v", got, err)
	}
}

type mockRing struct{}

func (mockRing) Get(service, user string) (string, error) { return keyring.Get(service, user) }
func (mockRing) Set(service, user, text string) error     { return keyring.Set(service, user, text) }

func TestKeychainRefusesWhatIsNotAKey(t *testing.T) {
	for name, text := range map[string]string{
		"words":    "correct horse battery staple",
		"short":    base64.StdEncoding.EncodeToString(make([]byte, 16)),
		"long":     base64.StdEncoding.EncodeToString(newKey()) + "AAAA",
		"zeros":    base64.StdEncoding.EncodeToString(make([]byte, KeySize)),
		"two keys": base64.StdEncoding.EncodeToString(append(newKey(), newKey()...)),
	} {
		t.Run(name, func(t *testing.T) {
			r := &fakeRing{}
			r.put(text)
			_, err := (&Keychain{ring: r}).Key(t.Context())
			wantCode(t, err, kwadrans.CodeKeyChanged)
		})
	}
}

func exitError(t *testing.T, code int) error {
	t.Helper()
	err := exec.CommandContext(t.Context(), "/bin/sh", "-c", fmt.Sprintf("exit %d", code)).Run()
	if err == nil {
		t.Fatal("no error")
	}
	return err
}

func TestKeychainErrors(t *testing.T) {
	cases := []struct {
		name  string
		err   error
		code  kwadrans.Code
		words string
	}{
		{"no entry", keyring.ErrNotFound, kwadrans.CodeKeyAbsent, "no key in the keychain"},
		{"platform", keyring.ErrUnsupportedPlatform, kwadrans.CodeKeyAbsent, "no keychain on this machine"},
		{"no dbus-launch", &exec.Error{Name: "dbus-launch", Err: exec.ErrNotFound}, kwadrans.CodeKeyAbsent, "no keychain on this machine"},
		{"no bus", fmt.Errorf("%w: dial", errNoBus), kwadrans.CodeKeyAbsent, "no keychain on this machine"},
		{"macOS without one", exitError(t, 37), kwadrans.CodeKeyAbsent, "no keychain on this machine"},
		{"macOS locked", exitError(t, 36), kwadrans.CodeKeyLocked, "is locked"},
		{"macOS password", exitError(t, 51), kwadrans.CodeKeyLocked, "is locked"},
		{"macOS cancelled", exitError(t, 128), kwadrans.CodeKeyLocked, "is locked"},
		{"macOS else", exitError(t, 3), kwadrans.CodeKeyLocked, "answered with an error"},
		{"dismissed", errors.New("failed to unlock correct collection '/x'"), kwadrans.CodeKeyLocked, "is locked"},
		{"no login keyring", errors.New("failed to unlock correct collection '/org/freedesktop/secrets/aliases/default'"), kwadrans.CodeKeyLocked, "no default keyring"},
		{"locked", errors.New("Cannot create an item in a locked collection"), kwadrans.CodeKeyLocked, "is locked"},
		{"too big", keyring.ErrSetDataTooBig, kwadrans.CodeKeyLocked, "answered with an error"},
		{"silent", errSilent, kwadrans.CodeKeyLocked, "does not answer"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			k := &Keychain{ring: &fakeRing{err: c.err}}
			_, err := k.Key(t.Context())
			wantCode(t, err, c.code)
			if !strings.Contains(err.Error(), c.words) {
				t.Errorf("%q does not say %q", err, c.words)
			}
			if got := errors.Is(err, ErrNoEntry); got != (c.name == "no entry") {
				t.Errorf("%v: a key may be made: %v", err, got)
			}
			_, err = k.Make(t.Context())
			wantCode(t, err, c.code)
		})
	}
}

// go-keyring 0.2.8 takes a dismissed prompt of CreateItem for success.
func TestKeychainNoticesThatNothingWasKept(t *testing.T) {
	_, err := (&Keychain{ring: forgetful{}}).Make(t.Context())
	wantCode(t, err, kwadrans.CodeKeyLocked)
}

type forgetful struct{}

func (forgetful) Get(string, string) (string, error) { return "", keyring.ErrNotFound }
func (forgetful) Set(string, string, string) error   { return nil }

type panicking struct{ forgetful }

func (panicking) Get(string, string) (string, error) { var s *strings.Builder; return s.String(), nil }

func TestKeychainOutlivesAPanicOfTheLibrary(t *testing.T) {
	_, err := (&Keychain{ring: panicking{}}).Key(t.Context())
	wantCode(t, err, kwadrans.CodeKeyLocked)
	if !errors.Is(err, errPanic) {
		t.Error(err)
	}
}

func TestKeychainThatNeverAnswers(t *testing.T) {
	for _, limit := range []time.Duration{0, 700 * time.Millisecond} {
		synctest.Test(t, func(t *testing.T) {
			r := &fakeRing{hang: make(chan struct{})}
			k, want := &Keychain{ring: r, Timeout: limit}, limit
			if limit == 0 {
				want = 5 * time.Second
			}
			start := time.Now()
			_, err := k.Key(t.Context())
			wantCode(t, err, kwadrans.CodeKeyLocked)
			if took := time.Since(start); took != want {
				t.Errorf("took %v, want %v", took, want)
			}
			_, err = k.Make(t.Context()) // waits for the question under way, and is never put
			wantCode(t, err, kwadrans.CodeKeyLocked)
			close(r.hang)
			synctest.Wait()
			if r.sets.Load() != 0 {
				t.Error("a write that was given up was carried out")
			}
		})
	}
}

// A prompt that is answered after the timeout must not be shown again.
func TestKeychainTakesUpALateAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &fakeRing{hang: make(chan struct{})}
		r.put(base64.StdEncoding.EncodeToString(newKey()))
		k := &Keychain{ring: r}
		for range 3 {
			_, err := k.Key(t.Context())
			wantCode(t, err, kwadrans.CodeKeyLocked)
		}
		time.AfterFunc(time.Second, func() { close(r.hang) })
		if _, err := k.Key(t.Context()); err != nil {
			t.Error(err)
		}
		if n := r.asked.Load(); n != 1 {
			t.Errorf("asked %d times, want once", n)
		}
	})
}

// A keychain that died during a question must not block the next for ever.
func TestKeychainIsAskedAnewAfterAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang := make(chan struct{})
		r := &fakeRing{hang: hang}
		k := &Keychain{ring: r}
		_, err := k.Key(t.Context())
		wantCode(t, err, kwadrans.CodeKeyLocked)
		time.Sleep(patience)
		r.mu.Lock()
		r.hang = nil
		r.mu.Unlock()
		if _, err := k.Make(t.Context()); err != nil {
			t.Error(err)
		}
		close(hang)
	})
}

func TestKeychainObeysItsCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &fakeRing{hang: make(chan struct{})}
		defer close(r.hang)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		start := time.Now()
		_, err := (&Keychain{ring: r}).Key(ctx)
		wantCode(t, err, kwadrans.CodeKeyLocked)
		if !errors.Is(err, context.Canceled) || time.Since(start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}
