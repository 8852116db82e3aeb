package secrets

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kwadrans/internal/kwadrans"
)

func wantState(t *testing.T, v *Vault, want Standing) {
	t.Helper()
	s := v.State(t.Context())
	if s.Standing != want {
		t.Fatalf("state is %q (%v), want %q", s.Standing, s.Fault, want)
	}
	var e *kwadrans.Error
	if healthy := want == OK || want == None; healthy != (s.Fault == nil) || !healthy && !errors.As(s.Fault, &e) {
		t.Errorf("%q comes with the fault %v", want, s.Fault)
	}
	if v.Source != nil && s.Source != v.Source.Name() {
		t.Errorf("source is %q", s.Source)
	}
}

func TestVaultIsNotReady(t *testing.T) {
	dir := t.TempDir()
	s := &ThrowAway{Path: filepath.Join(dir, "key")}
	for _, v := range []*Vault{{}, {Dir: dir, Notes: fileNotes(dir)}, {Source: s, Dir: dir}, {Source: s, Notes: fileNotes(dir)}} {
		_, err := v.Seal(t.Context(), "row", nil)
		wantCode(t, err, kwadrans.CodeInternal)
		wantCode(t, v.Renew(t.Context()), kwadrans.CodeInternal)
		wantState(t, v, Unknown)
	}
}

func TestLookingMakesNoKey(t *testing.T) {
	v := throwAwayVault(t)
	wantState(t, v, None)
	_, err := v.Open(t.Context(), "row", make([]byte, 100))
	wantCode(t, err, kwadrans.CodeKeyAbsent)
	list, err := os.ReadDir(v.Dir)
	if err != nil || len(list) > 0 {
		t.Errorf("left %v, %v", list, err)
	}
	sealed(t, v, "row", "")
	wantState(t, v, OK)
}

func TestFirstUseTakesTheKeyThatIsThere(t *testing.T) {
	a := throwAwayVault(t)
	out := sealed(t, a, "row", "x")
	dir := t.TempDir()
	b := newVault(dir, a.Source)
	wantState(t, b, None)
	sealed(t, b, "other", "y")
	if got, err := b.Open(t.Context(), "row", out); err != nil || string(got) != "x" {
		t.Errorf("%q, %v", got, err)
	}
}

// Each way of losing the key, and how it is mended: with the same vault, since
// the program is not restarted.
func TestStandingsAndHowTheyAreMended(t *testing.T) {
	locked := errors.New("failed to unlock correct collection '/x'")
	cases := []struct {
		name      string
		harm      func(r *fakeRing)
		restarted bool // the harm is seen by a new process only
		want      Standing
		code      kwadrans.Code
		hint      string
		mend      func(r *fakeRing, was string)
	}{
		{"locked", func(r *fakeRing) { r.fail(locked) }, true, Locked, kwadrans.CodeKeyLocked, "unlock", func(r *fakeRing, _ string) { r.fail(nil) }},
		{"no keychain", func(r *fakeRing) { r.fail(errNoBus) }, true, Absent, kwadrans.CodeKeyAbsent, "KWADRANS_SECRETS=file", func(r *fakeRing, _ string) { r.fail(nil) }},
		{"entry removed", func(r *fakeRing) { r.put("") }, true, Absent, kwadrans.CodeKeyAbsent, "kwadrans key renew", func(r *fakeRing, was string) { r.put(was) }},
		{"entry damaged", func(r *fakeRing) { r.put("?") }, true, Changed, kwadrans.CodeKeyChanged, "kwadrans key renew", func(r *fakeRing, was string) { r.put(was) }},
		{"another key", func(r *fakeRing) { _, _ = (&Keychain{ring: r}).Make(context.Background()) }, true, Changed, kwadrans.CodeKeyChanged, "kwadrans key renew", func(r *fakeRing, was string) { r.put(was) }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir, r := t.TempDir(), &fakeRing{}
			before := newVault(dir, &Keychain{ring: r})
			out := sealed(t, before, "row", "x")
			was, _, _ := r.state()
			sets := r.sets.Load()
			c.harm(r)
			now, _, _ := r.state()
			harmSets := r.sets.Load() - sets
			wantState(t, before, OK) // what was read once goes on working

			v := newVault(dir, &Keychain{ring: r})
			wantState(t, v, c.want)
			_, err := v.Open(t.Context(), "row", out)
			wantCode(t, err, c.code)
			var e *kwadrans.Error
			if errors.As(err, &e); !strings.Contains(e.Hint, c.hint) {
				t.Errorf("hint is %q, want %q in it", e.Hint, c.hint)
			}
			_, err = v.Seal(t.Context(), "row", nil)
			wantCode(t, err, c.code)
			if text, _, _ := r.state(); text != now || r.sets.Load() != sets+harmSets {
				t.Fatal("a new key was made without being asked for")
			}

			c.mend(r, was)
			wantState(t, v, OK)
			if got, err := v.Open(t.Context(), "row", out); err != nil || string(got) != "x" {
				t.Errorf("after mending: %q, %v", got, err)
			}
		})
	}
}

func TestUnusedVaultTellsWhatWillFail(t *testing.T) {
	dir := t.TempDir()
	wantState(t, newVault(dir, &Keychain{ring: &fakeRing{err: errNoBus}}), Absent)
	wantState(t, newVault(dir, &Keychain{ring: &fakeRing{err: errors.New("failed to unlock")}}), Locked)
	r := &fakeRing{}
	r.put("?")
	v := newVault(dir, &Keychain{ring: r})
	wantState(t, v, Changed)
	_, err := v.Seal(t.Context(), "row", nil)
	wantCode(t, err, kwadrans.CodeKeyChanged)
	if text, _, _ := r.state(); text != "?" {
		t.Error("what was there is overwritten")
	}
	v.Notes = brokenNotes{}
	wantState(t, v, Unknown)
}

func TestRenew(t *testing.T) {
	v := throwAwayVault(t)
	out := sealed(t, v, "row", "x")
	other := newVault(v.Dir, v.Source) // another process that has read the key
	if _, err := other.Open(t.Context(), "row", out); err != nil {
		t.Fatal(err)
	}
	if err := v.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, v := range []*Vault{v, other, newVault(v.Dir, v.Source)} {
		wantState(t, v, OK)
		_, err := v.Open(t.Context(), "row", out)
		wantCode(t, err, kwadrans.CodeKeyChanged)
	}
	fresh := sealed(t, other, "row", "y")
	if got, err := v.Open(t.Context(), "row", fresh); err != nil || string(got) != "y" {
		t.Errorf("the two disagree after the renewal: %q, %v", got, err)
	}
}

func TestRenewMends(t *testing.T) {
	for name, harm := range map[string]func(path string) error{
		"removed": os.Remove,
		"damaged": func(path string) error { return os.WriteFile(path, []byte("{}"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "kwadrans.key")
			sealed(t, newVault(dir, cheapFile(path, "old")), "row", "x")
			if err := harm(path); err != nil {
				t.Fatal(err)
			}
			v := newVault(dir, cheapFile(path, "new"))
			_, err := v.Seal(t.Context(), "row", nil)
			if code := kwadrans.CodeOf(err); code != kwadrans.CodeKeyAbsent && code != kwadrans.CodeKeyChanged {
				t.Fatal(err)
			}
			if err := v.Renew(t.Context()); err != nil {
				t.Fatal(err)
			}
			wantState(t, v, OK)
			wantState(t, newVault(dir, cheapFile(path, "new")), OK)
		})
	}
}

func TestForgottenPassphraseIsMendedByRenew(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "kwadrans.key")
	sealed(t, newVault(dir, cheapFile(path, "old")), "row", "x")
	v := newVault(dir, cheapFile(path, "new"))
	wantState(t, v, Locked)
	if err := v.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantState(t, v, OK)
}

func TestFailedRenewChangesNothing(t *testing.T) {
	dir, r := t.TempDir(), &fakeRing{}
	v := newVault(dir, &Keychain{ring: r})
	out := sealed(t, v, "row", "x")
	r.fail(errNoBus)
	wantCode(t, v.Renew(t.Context()), kwadrans.CodeKeyAbsent)
	r.fail(nil)
	if got, err := newVault(dir, &Keychain{ring: r}).Open(t.Context(), "row", out); err != nil || string(got) != "x" {
		t.Errorf("%q, %v", got, err)
	}
}

// The user set KWADRANS_SECRETS=file, or took it away: the words name both places.
func TestAnotherSourceIsTold(t *testing.T) {
	dir := t.TempDir()
	sealed(t, newVault(dir, &Keychain{ring: &fakeRing{}}), "row", "x")
	path := filepath.Join(dir, "kwadrans.key")
	for _, want := range []Standing{Absent, Changed} {
		v := newVault(dir, cheapFile(path, "pass"))
		wantState(t, v, want)
		var e *kwadrans.Error
		if errors.As(v.State(t.Context()).Fault, &e); !strings.Contains(e.Message, "keychain") || !strings.Contains(e.Hint, "KWADRANS_SECRETS=keychain") {
			t.Errorf("message %q, hint %q", e.Message, e.Hint)
		}
		made(t, v.Source)
	}
}

func TestFirstUseNeedsANote(t *testing.T) {
	v := throwAwayVault(t)
	notes := v.Notes
	v.Notes = readOnlyNotes{notes}
	if _, err := v.Seal(t.Context(), "row", nil); kwadrans.CodeOf(err) != kwadrans.CodeReadOnly {
		t.Fatal(err)
	}
	v.Notes = notes
	sealed(t, v, "row", "x")
	wantState(t, v, OK)
}

// countedSource counts, and answers when gate is closed.
type countedSource struct {
	Source
	mu    sync.Mutex
	reads int
	gate  chan struct{}
}

func (s *countedSource) Key(ctx context.Context) ([]byte, error) {
	s.mu.Lock()
	s.reads++
	s.mu.Unlock()
	select {
	case <-s.gate:
		return s.Source.Key(ctx)
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func TestOneReadForAll(t *testing.T) {
	first := throwAwayVault(t)
	out := sealed(t, first, "row", "x")
	synctest.Test(t, func(t *testing.T) {
		s := &countedSource{Source: first.Source, gate: make(chan struct{})}
		v := newVault(first.Dir, s)
		var all sync.WaitGroup
		impatient, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		for range 8 {
			all.Go(func() {
				if got, err := v.Open(t.Context(), "row", out); err != nil || string(got) != "x" {
					t.Errorf("%q, %v", got, err)
				}
			})
		}
		_, err := v.Open(impatient, "row", out) // may even be the one who started it
		wantCode(t, err, kwadrans.CodeKeyLocked)
		close(s.gate)
		all.Wait()
		sealed(t, v, "row", "y")
		if s.reads != 1 {
			t.Errorf("read %d times", s.reads)
		}
	})
}

func TestAReadThatNobodyWaitsForIsEnded(t *testing.T) {
	first := throwAwayVault(t)
	out := sealed(t, first, "row", "x")
	synctest.Test(t, func(t *testing.T) {
		s := &countedSource{Source: first.Source, gate: make(chan struct{})}
		v := newVault(first.Dir, s)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := v.Open(ctx, "row", out)
		wantCode(t, err, kwadrans.CodeKeyLocked)
		synctest.Wait() // a goroutine that still waited would fail the bubble
		close(s.gate)
		if _, err := v.Open(t.Context(), "row", out); err != nil {
			t.Error(err)
		}
	})
}

func TestParallelFirstUse(t *testing.T) {
	for name, vaults := range map[string]int{"one vault": 1, "a vault each": 8} {
		t.Run(name, func(t *testing.T) {
			dir, r := t.TempDir(), &fakeRing{}
			var list []*Vault
			for range vaults {
				list = append(list, newVault(dir, &Keychain{ring: r}))
			}
			macs := make([][]byte, 8)
			var all sync.WaitGroup
			for i := range macs {
				all.Go(func() {
					mac, err := list[i%vaults].MAC(t.Context(), []byte("probe"))
					if err != nil {
						t.Error(err)
					}
					macs[i] = mac
				})
			}
			all.Wait()
			for _, mac := range macs {
				if !bytes.Equal(mac, macs[0]) {
					t.Error("two keys")
				}
			}
			if n := r.sets.Load(); n != 1 {
				t.Errorf("made %d keys", n)
			}
			wantState(t, newVault(dir, &Keychain{ring: r}), OK)
		})
	}
}

func TestFirstUseByProcesses(t *testing.T) {
	for _, mode := range []string{"throw-away", "file"} {
		t.Run(mode, func(t *testing.T) {
			for range 3 {
				oneKey(t, children(t, 6, mode, t.TempDir()))
			}
		})
	}
}

// oneKey fails unless all used the same key.
func oneKey(t *testing.T, list []answer) {
	t.Helper()
	for _, a := range list {
		if a.Code != "" {
			t.Errorf("%s: %s", a.Code, a.Text)
		}
		if len(a.MAC) != 32 || !bytes.Equal(a.MAC, list[0].MAC) {
			t.Error("the processes do not have one key")
		}
	}
}
