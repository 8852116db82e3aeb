package secrets

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"kwadrans/internal/kwadrans"
)

// maxKeyFile is far more than a key file holds; what is longer is cut, and so
// found to be damaged.
const maxKeyFile = 4096

// readFile returns the content of a key file; fs.ErrNotExist is in the chain
// when there is none.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, diskFault(err, "%s cannot be read", path)
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxKeyFile))
	if err != nil {
		return nil, diskFault(err, "%s cannot be read", path)
	}
	return text, nil
}

// replaceFile puts text in place of the file at once: a crash leaves the old
// key or the new one, never a half.
func replaceFile(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // mode 0600
	if err != nil {
		return diskFault(err, "%s cannot be written", path)
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return diskFault(err, "%s cannot be written", path)
	}
	syncDir(filepath.Dir(path))
	return nil
}

// syncDir makes the new name last; Windows cannot do it and need not.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

func diskFault(err error, format, path string) error {
	e := kwadrans.Errorf(kwadrans.CodeInternal, "secrets: "+format, path).Because(err)
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		e.Code = kwadrans.CodeReadOnly
		return e.WithHint("make the file and its directory readable and writable for you")
	case errors.Is(err, syscall.ENOSPC):
		e.Code = kwadrans.CodeDiskFull
		return e.WithHint("make room on the disk and try again; nothing was lost")
	}
	return e
}
