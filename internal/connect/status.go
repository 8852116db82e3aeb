package connect

import (
	"context"
	"path/filepath"

	"github.com/gofrs/flock"

	"kwadrans/internal/kwadrans"
)

// Status is what a person is shown of a connection.
type Status struct {
	Connection  kwadrans.Connection // State is Connecting while a sign-in is under way
	Permissions []Granted
}

// Granted is a permission and whether it was given.
type Granted struct {
	Permission
	Given   bool
	Missing []string // the scopes that lack
}

// Status returns the state of a connection and what was granted. It asks nobody.
func (s *Service) Status(ctx context.Context, kind kwadrans.ConnectionKind) (Status, error) {
	c, err := s.Store.Connection(ctx, kind)
	if err != nil {
		return Status{}, err
	}
	st := Status{Connection: c}
	for _, p := range Permissions(kind) {
		lack := p.lacks(c.Granted)
		st.Permissions = append(st.Permissions, Granted{Permission: p, Given: len(lack) == 0 && c.State != kwadrans.NotConnected, Missing: lack})
	}
	if s.signingIn(kind) {
		st.Connection.State = kwadrans.Connecting
	}
	return st, nil
}

// signingIn asks with a shared lock, so that two who ask do not see each other.
func (s *Service) signingIn(kind kwadrans.ConnectionKind) bool {
	l := flock.New(filepath.Join(s.Dir, connectLock(kind)), flock.SetPermissions(0o600))
	free, err := l.TryRLock()
	if free {
		_ = l.Unlock()
	}
	return err == nil && !free
}

// Check asks Zoom whether the connection still stands, which also notices that
// the app was removed in Zoom.
func (s *Service) Check(ctx context.Context, kind kwadrans.ConnectionKind) (Status, error) {
	_, asked := s.identify(ctx, kind)
	st, err := s.Status(ctx, kind)
	if err != nil {
		return st, err
	}
	return st, asked
}
