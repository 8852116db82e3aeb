package secrets

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/store/sqlite"
)

// With the real store: what is sealed lies nowhere in the clear, and a new
// process opens it.
func TestWithTheStore(t *testing.T) {
	const canary = "canary-refresh-token"
	dir := t.TempDir()
	open := func() (*sqlite.Store, *Vault) {
		t.Helper()
		v := &Vault{Source: cheapFile(filepath.Join(dir, "kwadrans.key"), "pass"), Dir: dir}
		s, err := sqlite.Open(t.Context(), dir, v)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		v.Notes = s
		return s, v
	}
	s, v := open()
	if err := s.CanSeal(t.Context()); err != nil {
		t.Fatal(err)
	}
	ok, err := s.SaveTokens(t.Context(), kwadrans.Personal, 0, kwadrans.Tokens{Access: canary, Refresh: canary})
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	s2, _ := open()
	if got, err := s2.Tokens(t.Context(), kwadrans.Personal); err != nil || got.Refresh.Reveal() != canary {
		t.Errorf("the second process: %v", err)
	}
	list, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(list) < 3 {
		t.Fatal(list, err)
	}
	for _, path := range list {
		if text, err := os.ReadFile(path); err != nil || bytes.Contains(text, []byte(canary)) {
			t.Errorf("%s tells the token (%v)", path, err)
		}
	}
	if err := v.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = s2.Tokens(t.Context(), kwadrans.Personal)
	wantCode(t, err, kwadrans.CodeKeyChanged)
}
