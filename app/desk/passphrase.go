package desk

import (
	"context"

	"kwadrans/internal/kwadrans"
)

// Passphrase asks whoever sits before the window for the passphrase of the key
// file, and for a new one when confirm is set. CodeKeyLocked when it is refused.
func (d *Desk) Passphrase(ctx context.Context, confirm bool) (kwadrans.Secret, error) {
	answer := d.shell.ask()
	d.Emit(EventPassphrase, confirm)
	select {
	case text := <-answer:
		if text != "" {
			return kwadrans.Secret(text), nil
		}
	case <-ctx.Done():
	}
	return "", kwadrans.Errorf(kwadrans.CodeKeyLocked, "desk: the passphrase was not given").WithHint("try again and give the passphrase")
}
