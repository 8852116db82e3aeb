package busy

import (
	"context"

	"kwadrans/internal/kwadrans"
)

// flight is a look that is under way. It goes on when nobody waits for it any
// more, so that a slow source is written down as well.
type flight struct {
	done   chan struct{}
	cancel context.CancelFunc

	said error // why the source could not be read
	err  error // why the data file could not
}

// once joins the look at a source that is under way, or starts one.
func (k *Keeper) once(ctx context.Context, source string, look func(context.Context) (said, err error)) (said, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f := k.join(ctx, source, look)
	if f == nil {
		return nil, kwadrans.Errorf(kwadrans.CodeTimeout, "busy: the program is closing").WithHint("start it again")
	}
	select {
	case <-f.done:
		return f.said, f.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (k *Keeper) join(ctx context.Context, source string, look func(context.Context) (said, err error)) *flight {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return nil
	}
	if f := k.looks[source]; f != nil {
		return f
	}
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), k.deadline())
	f := &flight{done: make(chan struct{}), cancel: cancel}
	if k.looks == nil {
		k.looks = map[string]*flight{}
	}
	k.looks[source] = f
	k.ended.Go(func() {
		defer cancel()
		f.said, f.err = look(bounded)
		k.mu.Lock()
		delete(k.looks, source)
		k.mu.Unlock()
		close(f.done)
	})
	return f
}
