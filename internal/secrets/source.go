// Package secrets keeps the one key of this installation and seals tokens and
// passwords with it, so that the data file alone gives nobody anything.
package secrets

import (
	"context"
	"crypto/rand"
	"errors"

	"kwadrans/internal/kwadrans"
)

// KeySize is the length of the key in bytes.
const KeySize = 32

// Source is where the one key lies. A source is safe for concurrent use.
type Source interface {
	// Name names the source for people and for the note beside the data:
	// "keychain", "file" or "throw-away".
	Name() string
	// Key returns the KeySize bytes of the stored key. It fails with
	// CodeKeyLocked, with CodeKeyAbsent (no key: the error wraps ErrNoEntry; no
	// such place on this machine: it does not), and with CodeKeyChanged when
	// what is stored is not a key any more.
	Key(ctx context.Context) ([]byte, error)
	// Make makes a new random key, keeps it in place of any other, and returns
	// what is stored now. It fails with the codes of Key, and with CodeReadOnly
	// or CodeDiskFull.
	Make(ctx context.Context) ([]byte, error)
}

// ErrNoEntry is in the chain of a source's CodeKeyAbsent when the place is
// there and holds no key: only then may a first key be made.
var ErrNoEntry = errors.New("no key is stored")

const (
	hintRenew  = "if the key is gone for good, forget what it sealed: kwadrans key renew (then connect again)"
	hintInFile = "keep the key in a file with a passphrase instead: KWADRANS_SECRETS=file"
)

func noEntry(place string) *kwadrans.Error {
	return kwadrans.Errorf(kwadrans.CodeKeyAbsent, "secrets: there is no key in %s", place).WithHint(hintRenew).Because(ErrNoEntry)
}

func notAKey(place string) *kwadrans.Error {
	return kwadrans.Errorf(kwadrans.CodeKeyChanged, "secrets: what is stored in %s is not a key of kwadrans, or is damaged", place).
		WithHint("put it back from a backup; %s", kwadrans.Say(hintRenew))
}

func newKey() []byte {
	key := make([]byte, KeySize)
	_, _ = rand.Read(key) // never fails: crypto/rand ends the program instead
	return key
}

// sound says whether key can be one of ours: a key of zeros is a lost one.
func sound(key []byte) bool {
	var or byte
	for _, b := range key {
		or |= b
	}
	return len(key) == KeySize && or != 0
}
