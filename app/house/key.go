package house

import (
	"context"
	"path/filepath"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/secrets"
)

// Files of the key beside the data.
const (
	keyFile    = "kwadrans.key" // protected by a passphrase
	sandboxKey = "sandbox.key"  // a throw-away key: the data is of a sandbox
)

// vault chooses where the key lies: a sandbox has a throw-away one; the file is
// used when the user asked for it or has one already; else the system's keychain.
func (h *House) vault(c Config) (*secrets.Vault, error) {
	v := &secrets.Vault{Dir: c.Dir, Log: h.Log}
	mode, path := c.Env("KWADRANS_SECRETS"), filepath.Join(c.Dir, keyFile)
	switch {
	case h.Sandbox:
		v.Source = &secrets.ThrowAway{Path: filepath.Join(c.Dir, sandboxKey)}
	case mode == "file", mode == "" && exists(path):
		v.Source = &secrets.File{Path: path, Passphrase: passphrase(c)}
	case mode == "", mode == "keychain":
		v.Source = &secrets.Keychain{}
	default:
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "house: KWADRANS_SECRETS=%s is unknown", mode).WithHint("use file or keychain")
	}
	return v, nil
}

// passphrase takes KWADRANS_PASSPHRASE, else asks whoever sits there.
func passphrase(c Config) func(context.Context, bool) (kwadrans.Secret, error) {
	return func(ctx context.Context, confirm bool) (kwadrans.Secret, error) {
		if v := c.Env("KWADRANS_PASSPHRASE"); v != "" {
			return kwadrans.Secret(v), nil
		}
		if c.Passphrase != nil {
			return c.Passphrase(ctx, confirm)
		}
		return "", kwadrans.Errorf(kwadrans.CodeKeyLocked, "house: the key file needs its passphrase").WithHint("set KWADRANS_PASSPHRASE")
	}
}

// RenewKey goes on with another key and gives up what the old one sealed: every
// connection asks for a new sign-in, the mail password has to be given again,
// and the bookings stay. Where no key can be had, nothing is given up.
func (h *House) RenewKey(ctx context.Context) error {
	if err := h.Vault.Renew(ctx); err != nil {
		return err
	}
	return h.Store.ForgetSecrets(ctx, h.Now())
}
