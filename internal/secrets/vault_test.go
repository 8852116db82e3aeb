package secrets

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

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

// loss is a way of losing the key, and how it is mended.
type loss struct {
	name string
	harm func(r *fakeRing)
	want Standing
	code kwadrans.Code
	hint string
	mend func(r *fakeRing, was string)
}

var losses = []loss{
	{"locked", func(r *fakeRing) { r.fail(errors.New("failed to unlock correct collection '/x'")) }, Locked, kwadrans.CodeKeyLocked, "unlock", answerAgain},
	{"no keychain", func(r *fakeRing) { r.fail(errNoBus) }, Absent, kwadrans.CodeKeyAbsent, "KWADRANS_SECRETS=file", answerAgain},
	{"entry removed", func(r *fakeRing) { r.put("") }, Absent, kwadrans.CodeKeyAbsent, "kwadrans key renew", (*fakeRing).put},
	{"entry damaged", func(r *fakeRing) { r.put("?") }, Changed, kwadrans.CodeKeyChanged, "kwadrans key renew", (*fakeRing).put},
	{"another key", func(r *fakeRing) { r.put(base64.StdEncoding.EncodeToString(newKey())) }, Changed, kwadrans.CodeKeyChanged, "kwadrans key renew", (*fakeRing).put},
}

func answerAgain(r *fakeRing, _ string) { r.fail(nil) }

// With one vault from harm to mending, since the program is not restarted.
func TestLossesAndHowTheyAreMended(t *testing.T) {
	for _, l := range losses {
		t.Run(l.name, func(t *testing.T) {
			dir, r := t.TempDir(), &fakeRing{}
			before := newVault(dir, &Keychain{ring: r})
			out := sealed(t, before, "row", "x")
			was := r.stored()
			l.harm(r)
			harmed := r.stored()
			wantState(t, before, OK) // what was read once goes on working

			v := newVault(dir, &Keychain{ring: r})
			wantState(t, v, l.want)
			_, err := v.Open(t.Context(), "row", out)
			wantCode(t, err, l.code)
			var e *kwadrans.Error
			if errors.As(err, &e); !strings.Contains(e.Hint, l.hint) {
				t.Errorf("hint is %q, want %q in it", e.Hint, l.hint)
			}
			_, err = v.Seal(t.Context(), "row", nil)
			wantCode(t, err, l.code)
			if r.stored() != harmed || r.sets.Load() != 1 {
				t.Fatal("a new key was made without being asked for")
			}

			l.mend(r, was)
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
	if text := r.stored(); text != "?" {
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

// A backup is restored on a computer whose keychain another data directory uses:
// its key is taken, not replaced.
func TestRenewTakesTheKeyThatOthersUse(t *testing.T) {
	here, there := &fakeRing{}, &fakeRing{}
	dir := t.TempDir()
	sealed(t, newVault(dir, &Keychain{ring: there}), "row", "x")
	neighbour := t.TempDir()
	theirs := sealed(t, newVault(neighbour, &Keychain{ring: here}), "row", "y")
	v := newVault(dir, &Keychain{ring: here})
	wantState(t, v, Changed)
	if err := v.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantState(t, v, OK)
	if got, err := newVault(neighbour, &Keychain{ring: here}).Open(t.Context(), "row", theirs); err != nil || string(got) != "y" {
		t.Errorf("the neighbour's secrets are lost: %q, %v", got, err)
	}
}
