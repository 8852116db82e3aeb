package secrets

import (
	"bytes"
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kwadrans/internal/kwadrans"
)

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
		synctest.Wait()
		close(s.gate) // what still waited would read for the next one
		if _, err := v.Open(t.Context(), "row", out); err != nil || s.reads != 2 {
			t.Errorf("%v after %d reads, want 2", err, s.reads)
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
