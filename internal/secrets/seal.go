package secrets

import (
	"bytes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"

	"golang.org/x/crypto/chacha20poly1305"

	"kwadrans/internal/kwadrans"
)

// A sealed value is: version, key id, nonce, ciphertext. The key id is the
// start of the check value, so that "another key" is not taken for "damaged".
const (
	sealVersion = 1
	idSize      = 4
	headerSize  = 1 + idSize
	minSealed   = headerSize + chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead
	checkSize   = 8
)

// keys are what is derived from the one key, which itself is not kept. They
// stand behind functions: fmt follows pointers into unexported fields (with %s
// it prints them whatever their methods say), but not into functions.
type keys struct {
	field func() cipher.AEAD
	mark  func() []byte
	check []byte // names the key and tells nothing of it
}

func derive(key []byte) (*keys, error) {
	if !sound(key) {
		return nil, kwadrans.Errorf(kwadrans.CodeKeyChanged, "secrets: the key is not %d bytes, or empty", KeySize).WithHint(hintRenew)
	}
	field, err := branch(key, "field", chacha20poly1305.KeySize)
	if err != nil {
		return nil, err
	}
	aead, err := chacha20poly1305.NewX(field)
	if err != nil {
		return nil, kwadrans.Errorf(kwadrans.CodeInternal, "secrets: derive the field key").Because(err)
	}
	mark, err := branch(key, "mark", sha256.Size)
	if err != nil {
		return nil, err
	}
	check, err := branch(key, "check", checkSize)
	return &keys{field: func() cipher.AEAD { return aead }, mark: func() []byte { return mark }, check: check}, err
}

// branch derives a key for one purpose (RFC 5869; the input is uniform, so no salt).
func branch(key []byte, purpose string, size int) ([]byte, error) {
	out, err := hkdf.Key(sha256.New, key, nil, "kwadrans/"+purpose+"/v1", size)
	if err != nil {
		return nil, kwadrans.Errorf(kwadrans.CodeInternal, "secrets: derive the %s key", purpose).Because(err)
	}
	return out, nil
}

func (k *keys) checkText() string { return hex.EncodeToString(k.check) }

func (k *keys) header() []byte { return append([]byte{sealVersion}, k.check[:idSize]...) }

func (k *keys) seal(aad string, plain []byte) []byte {
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	_, _ = rand.Read(nonce)
	out := append(k.header(), nonce...)
	return k.field().Seal(out, nonce, plain, append(k.header(), aad...))
}

func (k *keys) open(aad string, sealed []byte) ([]byte, error) {
	damaged := kwadrans.Errorf(kwadrans.CodeCorrupt, "secrets: a stored secret is damaged or was moved").
		WithHint("give that one again: kwadrans zoom connect, or the mail password")
	if len(sealed) < minSealed || sealed[0] != sealVersion {
		return nil, damaged
	}
	if !bytes.Equal(sealed[:headerSize], k.header()) {
		return nil, kwadrans.Errorf(kwadrans.CodeKeyChanged, "secrets: a stored secret was sealed with another key").WithHint(hintRenew)
	}
	nonce, text := sealed[headerSize:headerSize+chacha20poly1305.NonceSizeX], sealed[headerSize+chacha20poly1305.NonceSizeX:]
	plain, err := k.field().Open(nil, nonce, text, append(k.header(), aad...))
	if err != nil {
		return nil, damaged
	}
	return plain, nil
}

func (k *keys) mac(data []byte) []byte {
	h := hmac.New(sha256.New, k.mark())
	_, _ = h.Write(data)
	return h.Sum(nil)
}
