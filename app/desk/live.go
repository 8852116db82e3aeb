package desk

import (
	"context"
	"os"
	"sync"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// live is an open data file with all that goes on over it.
type live struct {
	*house.House
	box  *house.Sandbox // nil over the user's own data
	ctx  context.Context
	end  context.CancelFunc // of ctx, before the file is closed
	uses sync.WaitGroup     // background work, the sign-in and calls of the page

	serving    serving
	signIn     context.CancelFunc // of the sign-in under way; nil when there is none
	lastSignIn SignIn
}

// use makes h the house behind the window and sets its work going.
func (d *Desk) use(h *house.House, box *house.Sandbox) {
	ctx, end := context.WithCancel(context.Background())
	l := &live{House: h, box: box, ctx: ctx, end: end}
	l.uses.Go(func() { lasting(ctx, h, h.Work) })
	l.uses.Go(func() { lasting(ctx, h, h.Watch) })
	l.uses.Go(func() { lasting(ctx, h, func(ctx context.Context) error { return d.watch(ctx, h) }) })
	l.uses.Go(func() { d.servePage(l) })
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now, d.failed = l, nil
}

// servePage lets the page begin where the user left it on.
func (d *Desk) servePage(l *live) {
	err := safely(func() error {
		f, err := keptPage(l.ctx, l.House)
		if err == nil && f.On {
			l.serving.begin(d, l, f)
			d.Emit(EventChanged, nil)
		}
		return err
	})
	if err != nil && l.ctx.Err() == nil {
		l.Log.Error("desk: the page could not begin", "code", kwadrans.CodeOf(err), "error", err)
	}
}

// shut ends all that goes on over the open data file, waits for the calls that use
// it, and closes it. A sandbox is thrown away; where that fails, the next one does it.
func (d *Desk) shut() error {
	d.mu.Lock()
	l := d.now
	d.now = nil
	d.mu.Unlock()
	if l == nil {
		return nil
	}
	l.end()
	l.uses.Wait()
	err := l.Close()
	if l.box != nil {
		_ = l.box.Close()
		_ = os.RemoveAll(l.box.Dir)
	}
	return err
}

// inTurn runs f, which opens and closes data files. One does so at a time, and
// calls of the page wait meanwhile.
func (d *Desk) inTurn(f func() error) error {
	d.turn.Lock()
	defer d.turn.Unlock()
	d.mu.Lock()
	if d.settling == nil {
		d.settling = make(chan struct{})
	}
	d.exchanging = d.now != nil
	d.mu.Unlock()
	defer func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		close(d.settling)
		d.settling, d.exchanging = nil, false
	}()
	return safely(f)
}

// exchange closes the data file and lets f open another one. Where that fails, the
// user's own is opened again, and the page looks at what there is now.
func (d *Desk) exchange(f func(ctx context.Context) error) error {
	if d.over {
		return none()
	}
	_ = d.shut() // what was written is complete without it
	err := inTime(f)
	if err == nil {
		return nil
	}
	defer d.Emit(EventChanged, nil)
	if again := inTime(d.open); again != nil {
		return again
	}
	return err
}

// take returns the data file of the moment for one use, which ends with uses.Done.
// While another one is put in its place it waits; what changes something is refused
// then, since the page showed the old one.
func (d *Desk) take(ctx context.Context, changes bool) (*live, error) {
	for {
		l, settling, err := d.look(changes)
		if l != nil || err != nil {
			return l, err
		}
		select {
		case <-settling:
		case <-ctx.Done():
			return nil, busy()
		}
	}
}

// look is take without waiting: settling says for what.
func (d *Desk) look(changes bool) (l *live, settling <-chan struct{}, err error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	switch {
	case changes && d.exchanging:
		return nil, nil, busy()
	case d.settling != nil:
		return nil, d.settling, nil
	case d.now != nil:
		d.now.uses.Add(1)
		return d.now, nil, nil
	case d.failed != nil:
		return nil, nil, d.failed
	}
	return nil, nil, none()
}

func none() error { return kwadrans.Errorf(kwadrans.CodeInternal, "desk: no data file is open") }

func busy() error {
	return kwadrans.Errorf(kwadrans.CodeBusyFile, "desk: the data file is still being opened").WithHint("wait a moment and try again")
}

// retryAfter is how long background work rests that has failed.
const retryAfter = 10 * time.Second

// lasting does background work until ctx ends. A failure, such as a full disk, ends
// neither the program nor the work.
func lasting(ctx context.Context, h *house.House, work func(context.Context) error) {
	for ctx.Err() == nil {
		err := safely(func() error { return work(ctx) })
		if err != nil {
			h.Log.Error("desk: background work failed", "code", kwadrans.CodeOf(err), "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(retryAfter):
		}
	}
}
