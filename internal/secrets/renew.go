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

// Renew goes on with another key and notes it: with the one that the source
// holds now, where that is not the noted one (another computer's keychain, which
// other data directories may share), else with a new one. What the old key sealed
// cannot be opened any more: the caller forgets it. It fails with the codes of
// Source.Make and Notes.
func (v *Vault) Renew(ctx context.Context) error {
	noted, err := v.noted(ctx)
	if err != nil {
		return err
	}
	unlock, err := v.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	key, err := v.other(ctx, noted)
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
	v.log().WarnContext(ctx, "key renewed", "source", v.Source.Name())
	return nil
}

// other returns the key of the source when it is a usable one that is not
// noted, else a new one.
func (v *Vault) other(ctx context.Context, noted string) ([]byte, error) {
	if key, err := v.Source.Key(ctx); err == nil {
		if k, err := derive(key); err == nil && k.checkText() != noted {
			return key, nil
		}
	}
	return v.Source.Make(ctx)
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
		return nil, diskFault(err, "%s cannot be locked", path)
	}
	return nil, kwadrans.Errorf(kwadrans.CodeBusyFile, "secrets: another kwadrans is making the key").WithHint("wait for it and try again").Because(err)
}
