package secrets

import (
	"context"
	"encoding/base64"
	"errors"
	"sync"
	"time"

	keyring "github.com/zalando/go-keyring"

	"kwadrans/internal/kwadrans"
)

// The entry in the keychain. Only the key lies there, 44 characters: tokens
// would not fit everywhere (Windows keeps 2,560 bytes, macOS about 3,000).
const (
	ringService = "kwadrans"
	ringUser    = "master/v1"
	ringPlace   = "the keychain"
)

// Keychain is the key in the keychain of the system: Secret Service, macOS
// Keychain or Windows Credential Manager. All data directories of one user
// share it. The zero value is ready; use it by pointer.
type Keychain struct {
	// Timeout is how long one question to the keychain may take; zero means 5 s.
	// A keychain that shows a prompt goes on waiting for the person, and the
	// next question takes up its answer.
	Timeout time.Duration

	ring ring // nil means the one of the system

	mu  sync.Mutex
	now *question
}

// ring is what we ask of go-keyring.
type ring interface {
	Get(service, user string) (string, error)
	Set(service, user, secret string) error
}

// Name returns "keychain".
func (k *Keychain) Name() string { return "keychain" }

// Key reads the key. It fails with CodeKeyLocked when the keychain is locked
// or silent, with CodeKeyAbsent when there is no entry or no keychain, and with
// CodeKeyChanged when the entry is not a key.
func (k *Keychain) Key(ctx context.Context) ([]byte, error) {
	text, err := k.ask(ctx, reading, func() (string, error) { return k.place().Get(ringService, ringUser) })
	if err != nil {
		return nil, ringFault(err)
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || !sound(key) {
		return nil, notAKey(ringPlace)
	}
	return key, nil
}

// Make keeps a new key in the keychain in place of any other and reads it
// back. It fails with the codes of Key.
func (k *Keychain) Make(ctx context.Context) ([]byte, error) {
	text := base64.StdEncoding.EncodeToString(newKey())
	_, err := k.ask(ctx, writing, func() (string, error) { return "", k.place().Set(ringService, ringUser, text) })
	if err != nil {
		return nil, ringFault(err)
	}
	// A dismissed prompt counts as success in go-keyring 0.2.8 (CreateItem).
	key, err := k.Key(ctx)
	if errors.Is(err, ErrNoEntry) {
		return nil, kwadrans.Errorf(kwadrans.CodeKeyLocked, "secrets: the keychain did not keep the new key").WithHint(hintUnlock).Because(err)
	}
	return key, err
}

func (k *Keychain) place() ring {
	if k.ring != nil {
		return k.ring
	}
	return systemRing{}
}

// systemRing looks for a keychain before it asks, since the library would
// start a session bus of its own where there is none.
type systemRing struct{}

func (systemRing) Get(service, user string) (string, error) {
	if err := probe(); err != nil {
		return "", err
	}
	return keyring.Get(service, user)
}

func (systemRing) Set(service, user, secret string) error {
	if err := probe(); err != nil {
		return err
	}
	return keyring.Set(service, user, secret)
}
