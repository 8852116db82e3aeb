package sqlite

import (
	"context"
	"sync"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/store/storetest"
)

const heldFor = 10 * time.Second

// heldBooking keeps a booking whose only step is held back.
func heldBooking(t *testing.T, s *Store, n int) kwadrans.Booking {
	t.Helper()
	b := storetest.Sample(n, n*60)
	st := storetest.Steps(b)[0]
	st.NotBefore = now.Add(heldFor)
	_, err := s.Reserve(ctx, b, []kwadrans.Step{st}, created)
	must(t, err)
	return b
}

// takeBack cancels a booking that is held back.
func takeBack(s storetest.Store, b kwadrans.Booking) (bool, error) {
	b.State, b.Rev = kwadrans.Cancelled, b.Rev+1
	return s.TakeBack(ctx, b, 1, storetest.Steps(b)[:1], kwadrans.Event{Kind: "undone"})
}

// undoRounds lets one connection claim while another takes back, and counts who
// won. It ends when both did, or none.
func undoRounds(t *testing.T, rounds int, undoer func(s *Store) storetest.Store) (claims, undos, wrong int) {
	t.Helper()
	dir := t.TempDir()
	worker, s := open(t, dir), open(t, dir)
	second := undoer(s)
	for n := 0; n < rounds && wrong == 0; n++ {
		b := heldBooking(t, worker, n+1)
		var wg sync.WaitGroup
		var st kwadrans.Step
		var claimed, undone bool
		begin := make(chan struct{})
		wg.Go(func() {
			<-begin
			var err error
			if st, claimed, err = worker.Claim(ctx, now.Add(heldFor), time.Minute); err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			<-begin
			var err error
			if undone, err = takeBack(second, b); err != nil {
				t.Error(err)
			}
		})
		close(begin)
		wg.Wait()
		switch {
		case claimed && !undone:
			claims++
		case undone && !claimed:
			undos++
		default:
			wrong++
		}
		if claimed {
			_, err := worker.Complete(ctx, st, kwadrans.Done{Rev: 9}, now)
			must(t, err)
		}
	}
	return claims, undos, wrong
}

// Undo and a claim by another connection: one of them wins, and each does at times.
func TestUndoRace(t *testing.T) {
	t.Parallel()
	claims, undos, wrong := undoRounds(t, soak(400, 4000), func(s *Store) storetest.Store { return s })
	t.Logf("%d claims, %d undos", claims, undos)
	if wrong > 0 || claims == 0 || undos == 0 {
		t.Errorf("%d claims, %d undos, both or none: %d", claims, undos, wrong)
	}
}

// apart is the mutant: it looks first, and then acts.
type apart struct{ *Store }

func (m apart) TakeBack(ctx context.Context, b kwadrans.Booking, rev int, steps []kwadrans.Step, e kwadrans.Event) (bool, error) {
	var may bool
	err := m.r.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM undo WHERE booking = ? AND rev = ?)`, b.ID, rev).Scan(&may)
	if err != nil || !may {
		return false, err
	}
	return m.Store.Revise(ctx, b, rev, steps, e)
}

// The control: the race is a race, and the judge sees who loses it.
func TestUndoRaceFindsMutants(t *testing.T) {
	t.Parallel()
	if claims, undos, wrong := undoRounds(t, 400, func(s *Store) storetest.Store { return apart{s} }); wrong == 0 {
		t.Errorf("%d claims, %d undos, and never both", claims, undos)
	}
}

// What can be taken back can be so by the next process.
func TestUndoAfterARestart(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	b := heldBooking(t, s, 1)
	must(t, s.Close())
	if ok, err := takeBack(open(t, dir), b); !ok || err != nil {
		t.Error(ok, err)
	}
}
