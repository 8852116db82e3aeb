package sqlite

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/store/storetest"
)

// The mutants are stores that each break one promise; the suite must see it.

type guardless struct{ *Store }

func (m guardless) Reserve(ctx context.Context, b kwadrans.Booking, st []kwadrans.Step, e kwadrans.Event) ([]kwadrans.Busy, error) {
	if b.Over == "" {
		b.Over = "mutant"
	}
	return m.Store.Reserve(ctx, b, st, e)
}

type revless struct{ *Store }

func (m revless) Revise(ctx context.Context, b kwadrans.Booking, _ int, st []kwadrans.Step, e kwadrans.Event) (bool, error) {
	old, err := m.Booking(ctx, b.ID)
	if err != nil {
		return false, err
	}
	return m.Store.Revise(ctx, b, old.Rev, st, e)
}

type fenceless struct{ *Store }

func (m fenceless) Complete(ctx context.Context, st kwadrans.Step, d kwadrans.Done, at time.Time) (bool, error) {
	list, err := m.Steps(ctx, st.Subject)
	for _, now := range list {
		if now.Target == st.Target {
			st.Fence = now.Fence
		}
	}
	return first2(m.Store.Complete(ctx, st, d, at))(err)
}

func first2(ok bool, err error) func(error) (bool, error) {
	return func(before error) (bool, error) { return ok, first(before, err) }
}

type forgetful struct{ *Store } // a claim tells what an earlier attempt may have done only by luck

func (m forgetful) Claim(ctx context.Context, at time.Time, lease time.Duration) (kwadrans.Step, bool, error) {
	st, ok, err := m.Store.Claim(ctx, at, lease)
	st.MaybeSent = false
	return st, ok, err
}

type eager struct{ *Store } // what was under way is done again at once

func (m eager) Recover(ctx context.Context, at time.Time, _ time.Duration) (int, error) {
	return m.Store.Recover(ctx, at, 0)
}

type pauseless struct{ *Store }

func (m pauseless) Failed(ctx context.Context, st kwadrans.Step, _ *kwadrans.Pause, e kwadrans.Event, at time.Time) (bool, error) {
	return m.Store.Failed(ctx, st, nil, e, at)
}

type impatient struct{ *Store } // retries what is unknown without a rest

func (m impatient) RetryStep(ctx context.Context, subject, target string) error {
	_, err := m.w.ExecContext(ctx, `UPDATE step SET not_before = 0 WHERE subject = ? AND target = ?`, subject, target)
	return first(m.Store.RetryStep(ctx, subject, target), err)
}

type rewriting struct{ *Store } // the last letter wins

func (m rewriting) KeepLetter(ctx context.Context, b, target string, rev int, e kwadrans.Envelope, stamp time.Time) (kwadrans.Envelope, error) {
	_, err := m.w.ExecContext(ctx, `DELETE FROM letter WHERE booking = ? AND target = ? AND rev = ?`, b, target, rev)
	if err != nil {
		return e, err
	}
	return m.Store.KeepLetter(ctx, b, target, rev, e, stamp)
}

type genless struct{ *Store }

func (m genless) SaveTokens(ctx context.Context, kind kwadrans.ConnectionKind, _ int64, next kwadrans.Tokens) (bool, error) {
	gen, err := m.TokenGen(ctx, kind)
	if err != nil {
		return false, err
	}
	return m.Store.SaveTokens(ctx, kind, gen, next)
}

type bare struct{ *Store } // shows the password to who did not ask for it

func (m bare) MailAccount(ctx context.Context) (kwadrans.MailAccount, bool, error) {
	return m.MailAccountWithPassword(ctx)
}

type wiping struct{ *Store } // changes an account by keeping it anew

func (m wiping) ChangeMailAccount(ctx context.Context, a kwadrans.MailAccount) (bool, error) {
	done, err := m.Store.ChangeMailAccount(ctx, a)
	if done {
		err = m.SaveMailAccount(ctx, a)
	}
	return done, err
}

var mutants = map[string]func(s *Store) storetest.Store{
	"reserve/guardless":       func(s *Store) storetest.Store { return guardless{s} },
	"bookings/revless":        func(s *Store) storetest.Store { return revless{s} },
	"claims/fenceless":        func(s *Store) storetest.Store { return fenceless{s} },
	"claims/forgetful":        func(s *Store) storetest.Store { return forgetful{s} },
	"claims/eager":            func(s *Store) storetest.Store { return eager{s} },
	"lanes/pauseless":         func(s *Store) storetest.Store { return pauseless{s} },
	"failures/impatient":      func(s *Store) storetest.Store { return impatient{s} },
	"letters/rewriting":       func(s *Store) storetest.Store { return rewriting{s} },
	"connections/genless":     func(s *Store) storetest.Store { return genless{s} },
	"undo/careless":           func(s *Store) storetest.Store { return careless{s} },
	"undo/lenient":            func(s *Store) storetest.Store { return lenient{s} },
	"undo/torn":               func(s *Store) storetest.Store { return torn{s} },
	"undo/hasty":              func(s *Store) storetest.Store { return hasty{s} },
	"lists/ascii":             func(s *Store) storetest.Store { return ascii{s} },
	"lists/deaf":              func(s *Store) storetest.Store { return deaf{s} },
	"attention/calm":          func(s *Store) storetest.Store { return calm{s} },
	"setup/bare":              func(s *Store) storetest.Store { return bare{s} },
	"setup/wiping":            func(s *Store) storetest.Store { return wiping{s} },
	"calendars/talkative":     func(s *Store) storetest.Store { return talkative{s} },
	"calendars/trusting":      func(s *Store) storetest.Store { return trusting{s} },
	"calendars/doubling":      func(s *Store) storetest.Store { return doubling{s} },
	"calendars/deaf":          func(s *Store) storetest.Store { return deaf{s} },
	"publishing/broadcasting": func(s *Store) storetest.Store { return broadcasting{s} },
	"publishing/clinging":     func(s *Store) storetest.Store { return clinging{s} },
	"publishing/erasing":      func(s *Store) storetest.Store { return erasing{s} },
	"publishing/haunted":      func(s *Store) storetest.Store { return haunted{s} },
	"sources/late":            func(s *Store) storetest.Store { return late{s} },
	"sources/rash":            func(s *Store) storetest.Store { return rash{s} },
	"sources/piling":          func(s *Store) storetest.Store { return piling{s} },
	"sources/rooted":          func(s *Store) storetest.Store { return rooted{s} },
	"rules/sure":              func(s *Store) storetest.Store { return sure{s} },
	"rules/loose":             func(s *Store) storetest.Store { return loose{s} },
}

const mutantEnv = "KWADRANS_STORE_MUTANT"

// A child runs the suite over one mutant here.
func TestMutant(t *testing.T) {
	name := os.Getenv(mutantEnv)
	if name == "" {
		t.Skip("only as a child of TestSuiteFindsMutants")
	}
	storetest.Run(t, func(t *testing.T) storetest.Store { return mutants[name](open(t, t.TempDir())) })
}

// The control: no mutant passes the part of the suite that is about its promise.
func TestSuiteFindsMutants(t *testing.T) {
	t.Parallel()
	var wg sync.WaitGroup
	defer wg.Wait()
	hands := make(chan struct{}, 2)
	for name := range mutants {
		wg.Go(func() {
			hands <- struct{}{}
			defer func() { <-hands }()
			part, _, _ := strings.Cut(name, "/")
			cmd := child(t, "", "", mutantEnv+"="+name)
			cmd.Args = append(cmd.Args, "-test.run=^TestMutant$/^"+part+"$")
			out, err := cmd.Output()
			if err == nil || !strings.Contains(string(out), "--- FAIL: TestMutant/"+part) {
				t.Errorf("%s passes: %v\n%s", name, err, out)
			}
		})
	}
}
