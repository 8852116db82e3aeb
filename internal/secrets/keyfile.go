package secrets

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"

	"kwadrans/internal/kwadrans"
)

// cost is what opening the file asks of the machine (RFC 9106).
type cost struct {
	Time      uint32 `json:"time"`
	MemoryKiB uint32 `json:"memory_kib"`
	Threads   uint8  `json:"threads"`
}

// standardCost is the second recommended choice of RFC 9106, §4.
var standardCost = cost{Time: 3, MemoryKiB: 64 << 10, Threads: 4}

func (c cost) orStandard() cost {
	if c == (cost{}) {
		return standardCost
	}
	return c
}

// bearable keeps a file made by somebody else from eating the machine.
func (c cost) bearable() bool {
	return c.Time >= 1 && c.Time <= 16 && c.Threads >= 1 && c.Threads <= 16 &&
		c.MemoryKiB >= 8*uint32(c.Threads) && c.MemoryKiB <= 1<<20
}

// keyFile is the content of the file. Sum tells a damaged file from a wrong
// passphrase; it protects nothing.
type keyFile struct {
	Format int    `json:"kwadrans_key"`
	KDF    string `json:"kdf"`
	Cost   cost   `json:"cost"`
	Salt   []byte `json:"salt"`
	Nonce  []byte `json:"nonce"`
	Sealed []byte `json:"sealed"`
	Sum    []byte `json:"sum"`
}

const (
	keyFormat = 1
	kdfName   = "argon2id"
	saltSize  = 16
)

func sealKey(key []byte, pass kwadrans.Secret, c cost) (keyFile, error) {
	k := keyFile{Format: keyFormat, KDF: kdfName, Cost: c,
		Salt: make([]byte, saltSize), Nonce: make([]byte, chacha20poly1305.NonceSizeX)}
	_, _ = rand.Read(k.Salt)
	_, _ = rand.Read(k.Nonce)
	aead, err := chacha20poly1305.NewX(k.stretch(pass))
	if err != nil {
		return k, kwadrans.Errorf(kwadrans.CodeInternal, "secrets: seal the key").Because(err)
	}
	k.Sealed = aead.Seal(nil, k.Nonce, key, k.header())
	k.Sum = k.sum()
	return k, nil
}

// open returns the key; false for another passphrase.
func (k keyFile) open(pass kwadrans.Secret) ([]byte, bool) {
	aead, err := chacha20poly1305.NewX(k.stretch(pass))
	if err != nil {
		return nil, false
	}
	key, err := aead.Open(nil, k.Nonce, k.Sealed, k.header())
	return key, err == nil
}

func (k keyFile) stretch(pass kwadrans.Secret) []byte {
	return argon2.IDKey([]byte(pass.Reveal()), k.Salt, k.Cost.Time, k.Cost.MemoryKiB, k.Cost.Threads, chacha20poly1305.KeySize)
}

// header is what the passphrase vouches for beside the key.
func (k keyFile) header() []byte {
	return fmt.Appendf(nil, "kwadrans key %d %s t=%d m=%d p=%d %x", k.Format, k.KDF, k.Cost.Time, k.Cost.MemoryKiB, k.Cost.Threads, k.Salt)
}

func (k keyFile) sum() []byte {
	sum := sha256.Sum256(fmt.Appendf(k.header(), " %x %x", k.Nonce, k.Sealed))
	return sum[:]
}

func (k keyFile) text() []byte {
	text, _ := json.MarshalIndent(k, "", "  ") // numbers, texts and bytes only: cannot fail
	return append(text, '\n')
}

// parseKeyFile reads the content of a file; false when it is damaged, or its
// numbers are not ours.
func parseKeyFile(text []byte) (keyFile, bool) {
	var k keyFile
	if err := json.Unmarshal(text, &k); err != nil {
		return k, false
	}
	ok := k.Format == keyFormat && k.KDF == kdfName && k.Cost.bearable() && len(k.Salt) == saltSize &&
		len(k.Nonce) == chacha20poly1305.NonceSizeX && len(k.Sealed) == KeySize+chacha20poly1305.Overhead
	return k, ok && bytes.Equal(k.Sum, k.sum())
}
