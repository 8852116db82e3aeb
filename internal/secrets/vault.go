package secrets

import (
	"context"
	"log/slog"
	"sync"

	"kwadrans/internal/kwadrans"
)

// Notes keeps small facts beside the data: which key sealed it, and where
// that key lay. "" means never noted.
type Notes interface {
	Meta(ctx context.Context, key string) (string, error)
	SetMeta(ctx context.Context, key, value string) error
}

// The facts that are noted. The source comes first: the check value is what
// says that a key is in use.
const (
	noteCheck  = "key_check"
	noteSource = "key_source"
)

// Vault seals secrets with the key of a source, makes that key at first use,
// and never silently makes another. It is safe for concurrent use by
// goroutines and, through a lock in Dir, by processes.
type Vault struct {
	Source Source
	Dir    string       // the data directory, for the file key.lock
	Notes  Notes        // set it after the store is open and before first use
	Log    *slog.Logger // nil is silence

	mu   sync.Mutex
	kept *keys
	now  *flight
}

// Seal seals plain (which may be empty) for the row that aad names. It makes
// the key where none was ever used, and fails with CodeKeyLocked, CodeKeyAbsent
// or CodeKeyChanged, and with the codes of Notes.
func (v *Vault) Seal(ctx context.Context, aad string, plain []byte) ([]byte, error) {
	if aad == "" {
		return nil, kwadrans.Errorf(kwadrans.CodeInternal, "secrets: seal without the name of a row")
	}
	k, err := v.keys(ctx)
	if err != nil {
		return nil, err
	}
	return k.seal(aad, plain), nil
}

// Open returns what Seal sealed for the same aad. It never makes a key. It
// fails with CodeCorrupt when the value was changed or moved, with
// CodeKeyChanged when another key sealed it, and with the codes of Seal.
func (v *Vault) Open(ctx context.Context, aad string, sealed []byte) ([]byte, error) {
	noted, err := v.noted(ctx)
	if err != nil {
		return nil, err
	}
	if noted == "" {
		return nil, kwadrans.Errorf(kwadrans.CodeKeyAbsent, "secrets: a secret is stored, and the data file does not know with which key").WithHint(hintRenew)
	}
	k, err := v.keys(ctx)
	if err != nil {
		return nil, err
	}
	return k.open(aad, sealed)
}

// MAC returns the HMAC-SHA256 of data with a key that does nothing else. It
// fails with the codes of Seal.
func (v *Vault) MAC(ctx context.Context, data []byte) ([]byte, error) {
	k, err := v.keys(ctx)
	if err != nil {
		return nil, err
	}
	return k.mac(data), nil
}

// noted returns the check value of the key in use, "" for none.
func (v *Vault) noted(ctx context.Context) (string, error) {
	if v.Source == nil || v.Notes == nil || v.Dir == "" {
		return "", kwadrans.Errorf(kwadrans.CodeInternal, "secrets: the vault is used before its source, its notes and its directory are set")
	}
	return v.Notes.Meta(ctx, noteCheck)
}

func (v *Vault) log() *slog.Logger {
	if v.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return v.Log
}
