package storetest

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"

	"kwadrans/internal/kwadrans"
)

// Sealer really seals, so that a value that was changed or moved to another row
// does not open. Two Sealers of the same name share their key.
type Sealer string

// Seal encrypts plain for the row that aad names.
func (s Sealer) Seal(_ context.Context, aad string, plain []byte) ([]byte, error) {
	c, err := s.cipher()
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, c.NonceSize())
	_, _ = rand.Read(nonce) // crypto/rand never fails
	return c.Seal(nonce, nonce, plain, []byte(aad)), nil
}

// Open decrypts what Seal made for the same row, or fails with CodeKeyChanged.
func (s Sealer) Open(_ context.Context, aad string, sealed []byte) ([]byte, error) {
	c, err := s.cipher()
	if err != nil {
		return nil, err
	}
	n := c.NonceSize()
	if len(sealed) < n {
		return nil, kwadrans.Errorf(kwadrans.CodeKeyChanged, "storetest: nothing is sealed in %d bytes", len(sealed))
	}
	plain, err := c.Open(nil, sealed[:n], sealed[n:], []byte(aad))
	if err != nil {
		return nil, kwadrans.Errorf(kwadrans.CodeKeyChanged, "storetest: it was sealed otherwise").Because(err)
	}
	return plain, nil
}

func (s Sealer) cipher() (cipher.AEAD, error) {
	key := sha256.Sum256([]byte(s))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
