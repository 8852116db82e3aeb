package secrets

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"kwadrans/internal/kwadrans"
)

const (
	lockName = "key.lock"
	lockWait = 30 * time.Second
	lockTick = 20 * time.Millisecond
)

// Renew makes a new key and notes it. What the old key sealed cannot be opened
// any more, here and in every data directory that shares the source: the
// caller has forgotten it. It fails with the codes of Source.Make and Notes.
func (v *Vault) Renew(ctx context.Context) error {
	if _, err := v.noted(ctx); err != nil {
		return err
	}
	unlock, err := v.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	key, err := v.Source.Make(ctx)
	if err != nil {
		return err
	}
	k, err := v.note(ctx, key)
	if err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.kept = k
	v.renewals++
	v.log().WarnContext(ctx, "key renewed", "source", v.Source.Name())
	return nil
}

// lock keeps other processes (and other vaults here) from making a key at the
// same time. It fails with CodeBusyFile and CodeReadOnly.
func (v *Vault) lock(ctx context.Context) (unlock func(), err error) {
	path := filepath.Join(v.Dir, lockName)
	wait, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	l := flock.New(path)
	ok, err := l.TryLockContext(wait, lockTick)
	switch {
	case ok && err == nil:
		return func() { _ = l.Close() }, nil
	case errors.Is(err, fs.ErrPermission), errors.Is(err, fs.ErrNotExist):
		return nil, diskFault("lock", path, err)
	}
	return nil, kwadrans.Errorf(kwadrans.CodeBusyFile, "secrets: another kwadrans is making the key").WithHint("wait for it and try again").Because(err)
}
