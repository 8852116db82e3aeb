// Package desk is the door of the window: small bound structs, one for each
// screen, that the page in the window may call. No rule lives here.
//
// Everything crosses in the shapes of shapes.go: times as RFC 3339 text with
// their zone beside them, failures as JSON text {code, message, hint}.
package desk

import (
	"context"
	"sync"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// Desk is the open data file behind the window. It changes when the user goes
// to the sandbox and back, so each call takes the house of the moment.
type Desk struct {
	Dir       string                                                   // of the user's own data file
	Open      func(ctx context.Context) (*house.House, error)          // the user's own data
	Restore   func(ctx context.Context, backup string) (string, error) // puts a backup in its place, while it is closed
	Browser   func(url string) error                                   // shows an address in the system's browser
	Reveal    func(path string) error                                  // shows a file's directory
	Emit      func(event string, data any)                             // tells the page
	Raise     func() bool                                              // brings the window to the front; false where the desktop forbids it
	Notify    func(title, body string)                                 // a notification of the desktop
	Dialogs   Dialogs
	Clipboard func(text string) error
	Env       func(name string) string

	shell shell

	mu      sync.RWMutex
	h       *house.House
	sandbox *house.Sandbox
	stop    func()
	opened  chan struct{} // closed when the first opening has ended
	failed  error         // why it failed
	signIn  func()        // cancels the sign-in under way; nil when there is none
	signing sync.WaitGroup

	lastSignIn SignIn
}

// Dialogs are the system's file dialogs; "" is a cancelled one.
type Dialogs interface {
	Save(title, name string) (string, error)
	OpenFile(title string) (string, error)
}

// Names of the events that the page listens to.
const (
	EventChanged    = "changed"    // something in the data file changed: ask again
	EventConnected  = "connected"  // a sign-in ended; data is SignIn
	EventLink       = "link"       // a kwadrans:// address asks to show something; data is Link
	EventPassphrase = "passphrase" // the key file needs its passphrase; data is true when a new one is to be chosen
)

// New returns a desk whose outside is still to be filled in.
func New() *Desk { return &Desk{opened: make(chan struct{})} }

// Bound returns the structs that the page may call.
func (d *Desk) Bound() []any {
	return []any{&Shell{d}, &Video{d}, &Mail{d}, &Topics{d}, &NewBooking{d}, &Bookings{d}, &Settings{d}}
}

// Start opens the user's data file and carries out waiting steps in the
// background until Stop. It returns at once: a failure is what Shell.Begin tells.
func (d *Desk) Start(ctx context.Context) {
	go func() {
		defer close(d.opened)
		if err := d.open(ctx); err != nil {
			d.mu.Lock()
			d.failed = err
			d.mu.Unlock()
		}
	}()
}

// open opens the user's own data file; a panic is a failure too.
func (d *Desk) open(ctx context.Context) (err error) {
	defer recovered(&err)
	h, err := d.Open(ctx)
	if err != nil {
		return err
	}
	d.use(h, nil)
	return nil
}

// use makes h the house behind the window and sets its work going.
func (d *Desk) use(h *house.House, s *house.Sandbox) {
	ctx, cancel := context.WithCancel(context.Background())
	var work sync.WaitGroup
	work.Go(func() { safely(h, func() error { return h.Work(ctx) }) })
	work.Go(func() { safely(h, func() error { return d.watch(ctx, h) }) })
	d.mu.Lock()
	defer d.mu.Unlock()
	d.h, d.sandbox, d.failed = h, s, nil
	d.stop = func() { cancel(); work.Wait() }
}

// safely keeps a failure of background work from ending the program.
func safely(h *house.House, f func() error) {
	err := func() (err error) {
		defer recovered(&err)
		return f()
	}()
	if err != nil {
		h.Log.Error("desk: background work ended", "code", kwadrans.CodeOf(err), "error", err)
	}
}

// lookEvery is how often the window asks whether the data changed.
const lookEvery = 300 * time.Millisecond

// watch tells the page when the data file changed, by whomever.
func (d *Desk) watch(ctx context.Context, h *house.House) error {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	last, err := h.Store.Changes(ctx)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		now, failed := h.Store.Changes(ctx)
		if failed == nil && (err != nil || now != last) {
			last, err = now, nil
			d.Emit(EventChanged, nil)
		}
	}
}

// Stop ends the background work and closes the file.
func (d *Desk) Stop() error {
	<-d.opened
	d.mu.Lock()
	h, s, stop, signIn := d.h, d.sandbox, d.stop, d.signIn
	d.h, d.sandbox, d.stop = nil, nil, nil
	d.mu.Unlock()
	if h == nil {
		return nil
	}
	if signIn != nil {
		signIn()
	}
	d.signing.Wait()
	stop()
	err := h.Close()
	if s != nil {
		_ = s.Close()
	}
	return err
}

// current returns the data file that is open now, nil for none.
func (d *Desk) current() *house.House {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.h
}

// house returns the open data file, once the first opening has ended.
func (d *Desk) house(ctx context.Context) (*house.House, error) {
	select {
	case <-d.opened:
	case <-ctx.Done():
		return nil, kwadrans.Errorf(kwadrans.CodeBusyFile, "desk: the data file is still being opened").WithHint("wait a moment and try again")
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	switch {
	case d.h != nil:
		return d.h, nil
	case d.failed != nil:
		return nil, d.failed
	}
	return nil, kwadrans.Errorf(kwadrans.CodeInternal, "desk: no data file is open")
}
