package secrets

import (
	"context"
	"errors"
	"io/fs"

	"kwadrans/internal/kwadrans"
)

const hintPassphrase = "give the passphrase in KWADRANS_PASSPHRASE or at the prompt"

// File is the key in a file of its own, sealed with a passphrase (Argon2id and
// XChaCha20-Poly1305): for machines without a keychain.
type File struct {
	Path string // usually kwadrans.key beside the data
	// Passphrase asks the person or the environment; confirm says that a new
	// one is being chosen. It is called at every Key and Make.
	Passphrase func(ctx context.Context, confirm bool) (kwadrans.Secret, error)

	cost cost // what new files ask of the machine; zero means standardCost
}

// Name returns "file".
func (f *File) Name() string { return "file" }

// Key opens the file. It fails with CodeKeyLocked for a wrong or missing
// passphrase, with CodeKeyAbsent when there is no file, with CodeKeyChanged
// when the file is damaged, and with CodeReadOnly when it may not be read.
func (f *File) Key(ctx context.Context) ([]byte, error) {
	sealed, err := f.read()
	if err != nil {
		return nil, err
	}
	pass, err := f.passphrase(ctx, false)
	if err != nil {
		return nil, err
	}
	return f.open(sealed, pass)
}

// Make writes a file with a new key in place of any other, with mode 0600,
// and reads it back. It fails with CodeKeyLocked without a passphrase, with
// CodeReadOnly and with CodeDiskFull.
func (f *File) Make(ctx context.Context) ([]byte, error) {
	pass, err := f.passphrase(ctx, true)
	if err != nil {
		return nil, err
	}
	made, err := sealKey(newKey(), pass, f.cost.orStandard())
	if err != nil {
		return nil, err
	}
	if err := replaceFile(f.Path, made.text()); err != nil {
		return nil, err
	}
	sealed, err := f.read()
	if err != nil {
		return nil, err
	}
	return f.open(sealed, pass)
}

func (f *File) read() (keyFile, error) {
	text, err := readFile(f.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return keyFile{}, noEntry(f.Path)
	}
	if err != nil {
		return keyFile{}, err
	}
	k, ok := parseKeyFile(text)
	if !ok {
		return keyFile{}, notAKey(f.Path)
	}
	return k, nil
}

func (f *File) open(k keyFile, pass kwadrans.Secret) ([]byte, error) {
	key, ok := k.open(pass)
	if !ok {
		return nil, kwadrans.Errorf(kwadrans.CodeKeyLocked, "secrets: the passphrase does not open %s", f.Path).
			WithHint("%s; if it is forgotten: kwadrans key renew (then connect again)", kwadrans.Say(hintPassphrase))
	}
	if !sound(key) {
		return nil, notAKey(f.Path)
	}
	return key, nil
}

func (f *File) passphrase(ctx context.Context, confirm bool) (kwadrans.Secret, error) {
	locked := kwadrans.Errorf(kwadrans.CodeKeyLocked, "secrets: %s needs its passphrase", f.Path).WithHint(hintPassphrase)
	if f.Passphrase == nil {
		return "", locked
	}
	pass, err := f.Passphrase(ctx, confirm)
	var coded *kwadrans.Error
	switch {
	case errors.As(err, &coded):
		return "", err
	case err != nil:
		return "", locked.Because(err)
	case pass == "":
		return "", locked
	}
	return pass, nil
}
