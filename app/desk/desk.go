// Package desk is the door of the window: small bound structs, one for each
// screen, that the page in the window may call. No rule lives here.
//
// Everything crosses in the shapes of shapes*.go: times as RFC 3339 text with
// their zone beside them, failures as JSON text {code, message, hint}.
package desk

import (
	"context"
	"sync"
	"time"

	"kwadrans/app/house"
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
	Quit      func()                                                   // closes the window
	Notify    func(title, body string)                                 // a notification of the desktop
	Dialogs   Dialogs
	Clipboard func(text string) error
	Env       func(name string) string

	shell shell

	turn sync.Mutex // of who opens and closes data files
	over bool       // Stop was called; under turn

	mu         sync.RWMutex
	now        *live         // nil when no data file is open
	failed     error         // why none is open
	settling   chan struct{} // closed when who has the turn is done; nil when nobody has it
	exchanging bool          // who has the turn puts another file in the place of one that the page showed
}

// Dialogs are the system's file dialogs; "" is a cancelled one.
type Dialogs interface {
	Save(title, name string) (string, error)
	OpenFile(title string, kinds ...FileKind) (string, error)
}

// FileKind is a kind of files that a dialog offers, the first one before the others:
// "*.ics", or "*" for all.
type FileKind struct{ Name, Pattern string }

// Names of the events that the page listens to.
const (
	EventChanged    = "changed"    // something in the data file changed: ask again
	EventConnected  = "connected"  // a sign-in ended; data is SignIn
	EventLink       = "link"       // a kwadrans:// address asks to show something; data is Link
	EventClosing    = "closing"    // the window is to be closed while something is not kept
	EventDropped    = "dropped"    // a file was dropped on the window; data is its path
	EventPassphrase = "passphrase" // the key file needs its passphrase; data is true when a new one is to be chosen
)

// New returns a desk whose outside is still to be filled in.
func New() *Desk { return &Desk{settling: make(chan struct{})} }

// Bound returns the structs that the page may call.
func (d *Desk) Bound() []any {
	return []any{&Shell{d}, &Video{d}, &Mail{d}, &Topics{d}, &Schedules{d}, &NewBooking{d}, &Bookings{d}, &Settings{d}, &Calendars{desk: d}, &Page{d}, &Changing{d}, &Answers{d}}
}

// Start opens the user's data file and carries out waiting steps in the
// background until Stop. It returns at once: a failure is what Shell.Begin tells.
func (d *Desk) Start(ctx context.Context) {
	go func() {
		_ = d.inTurn(func() error {
			if d.over {
				return none()
			}
			return d.open(ctx)
		})
	}()
}

// open opens the user's own data file.
func (d *Desk) open(ctx context.Context) error {
	var h *house.House
	err := safely(func() (err error) { h, err = d.Open(ctx); return err })
	if err != nil {
		d.mu.Lock()
		d.failed = err
		d.mu.Unlock()
		return err
	}
	d.use(h, nil)
	return nil
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

// Stop ends the background work and closes the file, for good.
func (d *Desk) Stop() error {
	return d.inTurn(func() error {
		d.over = true
		return d.shut()
	})
}
