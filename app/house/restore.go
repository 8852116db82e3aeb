package house

import (
	"context"
	"os"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/secrets"
	"kwadrans/internal/store/sqlite"
)

// Restore puts a backup in the place of the data file while nobody uses it and
// returns where the old file went. The next Open makes Zoom be swept. Errors:
// CodeBusyFile while the program or a command uses the file, and those of
// sqlite.Restore.
func Restore(ctx context.Context, c Config, backup string) (kept string, err error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return "", kwadrans.Errorf(kwadrans.CodeReadOnly, "house: the directory %s cannot be made", c.Dir).Because(err)
	}
	l := lockFile(c.Dir, openLock)
	ok, err := l.TryLock()
	if err != nil {
		return "", kwadrans.Errorf(kwadrans.CodeReadOnly, "house: %s cannot be written", c.Dir).Because(err)
	}
	if !ok {
		return "", kwadrans.Errorf(kwadrans.CodeBusyFile, "house: the data file is in use").WithHint("close Kwadrans and its commands, then restore")
	}
	defer func() { _ = l.Unlock() }()
	return sqlite.Restore(ctx, c.Dir, backup, c.Now())
}

// settleRestored sweeps Zoom at once when the file was restored: what was booked
// after the backup was made still stands there.
func (h *House) settleRestored(ctx context.Context) error {
	if h.Store.ReadOnly { // nobody works on it, and whoever can write it next does this
		return nil
	}
	restored, err := h.Store.Meta(ctx, sqlite.MetaRestored)
	if err != nil || restored == "" {
		return err
	}
	if err := h.Booking.SweepNow(ctx); err != nil {
		return err
	}
	return h.Store.SetMeta(ctx, sqlite.MetaRestored, "")
}

// AfterRestore looks whether the key of this computer opens what the backup
// sealed. Where it does not, the sealed things are forgotten: the bookings are
// back, and the connections ask for a new sign-in. fresh says that this was so.
// A locked key is left alone: it may be the right one. The doors call it once the
// restored file is open, since a person may be asked for the key; until then what is
// sealed cannot be used, and work that needs it waits.
func (h *House) AfterRestore(ctx context.Context) (fresh bool, err error) {
	switch h.Vault.State(ctx).Standing {
	case secrets.Absent, secrets.Changed:
		err := h.RenewKey(ctx)
		if code := kwadrans.CodeOf(err); code == kwadrans.CodeKeyAbsent || code == kwadrans.CodeKeyLocked {
			err = h.Store.ForgetSecrets(ctx, h.Now()) // no keychain yet: kwadrans key renew makes the key later
		}
		return true, err
	}
	return false, nil
}
