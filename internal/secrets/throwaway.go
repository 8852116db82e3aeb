package secrets

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io/fs"
)

// ThrowAway is the bare key in a file: for the demo and the sandbox, whose
// data are worth nothing to anybody. Never use it for real data.
type ThrowAway struct {
	Path string
}

// Name returns "throw-away".
func (t *ThrowAway) Name() string { return "throw-away" }

// Key reads the file. It fails with CodeKeyAbsent when there is none, with
// CodeKeyChanged when it is damaged, and with CodeReadOnly when it may not be read.
func (t *ThrowAway) Key(context.Context) ([]byte, error) {
	text, err := readFile(t.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, noEntry(t.Path)
	}
	if err != nil {
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(text)))
	if err != nil || !sound(key) {
		return nil, notAKey(t.Path)
	}
	return key, nil
}

// Make writes a file with a new key in place of any other, with mode 0600. It
// fails with CodeReadOnly and CodeDiskFull.
func (t *ThrowAway) Make(ctx context.Context) ([]byte, error) {
	text := base64.StdEncoding.AppendEncode(nil, newKey())
	if err := replaceFile(t.Path, append(text, '\n')); err != nil {
		return nil, err
	}
	return t.Key(ctx)
}
