// Package desktop knows the desktop that the window stands on: that there is one
// window for one data directory, who opens kwadrans:// addresses, how addresses
// are shown in other programs, and where the window stood last.
package desktop

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"kwadrans/internal/kwadrans"
)

// lockName is the file that the window holds locked; the kernel frees it with the process.
const lockName = "window.lock"

// How long a second start waits for the window that is there, and how often it
// looks: one that is just starting or ending answers no one.
const (
	patience = 10 * time.Second
	lookEach = 50 * time.Millisecond
)

// Seat is the place of the one window over a data directory.
type Seat struct {
	lock   *flock.Flock // nil in a directory that cannot be written
	listen net.Listener // nil where nobody can be answered
	deaf   error        // why
	served sync.WaitGroup
}

// Take takes the seat of a data directory. Where another window has it, that one
// is given the link, or with "" is asked to come forward, and Take returns nil. A
// directory that cannot be written has no seat to fight for: it is always free.
// Errors: CodeBusyFile when the other window does not answer, CodeInvalid when it
// does not take the link.
func Take(ctx context.Context, dir, link string) (*Seat, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		if s, ok := claim(dir); ok {
			return s, nil
		}
		err := handOver(ctx, dir, link)
		switch {
		case err == nil:
			return nil, nil
		case errors.Is(err, errRefused):
			return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "desktop: the open window does not take this link").WithHint("close it and try again")
		}
		select {
		case <-ctx.Done():
			return nil, kwadrans.Errorf(kwadrans.CodeBusyFile, "desktop: Kwadrans is open already and does not answer").
				WithHint("close it, or end its process, and try again").Because(err)
		case <-time.After(lookEach):
		}
	}
}

// claim returns the seat when nobody has it.
func claim(dir string) (*Seat, bool) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return &Seat{deaf: err}, true
	}
	l := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
	ok, err := l.TryLock()
	if err != nil {
		return &Seat{deaf: err}, true
	}
	if !ok {
		return nil, false
	}
	s := &Seat{lock: l}
	s.listen, s.deaf = listen(dir)
	return s, true
}

// Serve answers later starts until Leave: accept gets the link of each, "" from one
// that only asks the window to come forward, and says whether it is one of ours.
// The error says why nobody can be answered.
func (s *Seat) Serve(accept func(link string) error) error {
	if s.listen == nil {
		return s.deaf
	}
	s.served.Go(func() { answerAll(s.listen, accept) })
	return nil
}

// Leave ends answering. Who comes now waits for Free and takes the seat.
func (s *Seat) Leave() {
	if s.listen != nil {
		_ = s.listen.Close()
		s.served.Wait()
	}
}

// Free gives the seat up.
func (s *Seat) Free() {
	s.Leave()
	if s.lock != nil {
		_ = s.lock.Unlock()
	}
}
