package secrets

import (
	"context"

	"kwadrans/internal/kwadrans"
)

// flight is one reading of the key that many may wait for.
type flight struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiting int
	keys    *keys
	err     error
}

// keys returns the keys in use. They are kept after the first success only, so
// that unlocking the source mends everything without a restart; and they are
// compared with the note each time, so that a renewal by another process is seen.
func (v *Vault) keys(ctx context.Context) (*keys, error) {
	noted, err := v.noted(ctx)
	if err != nil {
		return nil, err
	}
	f, k := v.board(ctx, noted)
	if k != nil {
		return k, nil
	}
	select {
	case <-f.done:
		return f.keys, f.err
	case <-ctx.Done():
		v.leave(f)
		return nil, kwadrans.Errorf(kwadrans.CodeKeyLocked, "secrets: the key was not given in time").WithHint("try again").Because(context.Cause(ctx))
	}
}

// board returns the kept keys, or the flight that fetches them.
func (v *Vault) board(ctx context.Context, noted string) (*flight, *keys) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.kept != nil && v.kept.checkText() == noted {
		return nil, v.kept
	}
	if v.now == nil {
		ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
		v.now = &flight{done: make(chan struct{}), cancel: cancel}
		go v.fly(ctx, v.now)
	}
	v.now.waiting++
	return v.now, nil
}

// leave ends a flight that nobody waits for any more: its prompt would be
// answered for nothing.
func (v *Vault) leave(f *flight) {
	v.mu.Lock()
	defer v.mu.Unlock()
	f.waiting--
	if f.waiting > 0 {
		return
	}
	f.cancel()
	if v.now == f {
		v.now = nil
	}
}

func (v *Vault) fly(ctx context.Context, f *flight) {
	defer f.cancel()
	k, err := v.fetch(ctx)
	v.mu.Lock()
	defer v.mu.Unlock()
	f.keys, f.err = k, err
	if err == nil {
		v.kept = k // if the key was renewed meanwhile, the note says so at the next use
	}
	if v.now == f {
		v.now = nil
	}
	close(f.done)
}
