package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"kwadrans/internal/kwadrans"
)

// FileName is the name of the data file in its directory.
const FileName = "kwadrans.db"

// marker says that a data file was made here, so that an empty file in its
// place is a loss and not a first start.
const marker = "kwadrans.made"

// applicationID marks our files in SQLite's header: "Kwdr".
const applicationID = 0x4b776472

// Sealer seals secrets before they are written. The text aad names the row, so
// that a sealed value cannot be moved to another.
type Sealer interface {
	Seal(ctx context.Context, aad string, plain []byte) ([]byte, error)
	Open(ctx context.Context, aad string, sealed []byte) ([]byte, error)
}

// Store is an open data file. It is safe for concurrent use by goroutines and,
// through SQLite's locks, by processes.
type Store struct {
	Path     string
	ReadOnly bool // opened without the possibility to write; writes fail with CodeReadOnly

	w, r  *sql.DB
	watch *watch
	seal  Sealer
}

// Open opens the data file in dir, makes it where there was never one, and
// brings an older one up to date after a backup. It fails with CodeNewerFile,
// CodeCorrupt, CodeDiskFull or CodeBusyFile; a file that cannot be written is
// opened for reading.
func Open(ctx context.Context, dir string, seal Sealer) (*Store, error) {
	path := filepath.Join(dir, FileName)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, openError(path, err)
	}
	was, err := prepare(dir, path)
	if err != nil {
		return nil, err
	}
	if !was.fresh { // a file of somebody else must not even be turned to WAL
		if err := look(ctx, path, was); err != nil && kwadrans.CodeOf(err) != kwadrans.CodeReadOnly {
			return nil, err
		}
	}
	s, err := openWriting(ctx, path, seal, was)
	if err == nil || was.fresh || kwadrans.CodeOf(err) != kwadrans.CodeReadOnly {
		return s, err
	}
	return openReading(ctx, path, seal)
}

// before says what was in the directory when the file was opened.
type before struct {
	fresh bool // no file, or an empty one
	made  bool // a complete file was there once
}

// prepare makes the file with the right mode (the driver would make it
// readable for everybody) and refuses an empty file where there was a full one.
func prepare(dir, path string) (before, error) {
	// the marker first: another process may be making the file at this moment, and leaves its marker last
	_, err := os.Stat(filepath.Join(dir, marker))
	was := before{made: err == nil}
	info, err := os.Stat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return was, kwadrans.Errorf(kwadrans.CodeInvalid, "store: %s is not a file", path)
	case err == nil && info.Mode().Perm()&0o077 != 0:
		_ = os.Chmod(path, info.Mode().Perm()&0o700) // as far as we may; reading works without
	}
	switch {
	case err == nil && info.Size() > 0:
		return was, nil
	case was.made:
		return was, lost(dir, path)
	case err == nil:
		was.fresh = true
		return was, nil
	case !errors.Is(err, fs.ErrNotExist):
		return was, openError(path, err)
	}
	was.fresh = true
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return was, nil
	}
	if err != nil {
		return was, openError(path, err)
	}
	return was, f.Close()
}

func lost(dir, path string) error {
	return kwadrans.Errorf(kwadrans.CodeCorrupt, "store: %s is missing or empty, and it was not before", path).
		WithHint("bring a backup back with: kwadrans restore FILE (or remove %s to start anew)", filepath.Join(dir, marker))
}

// look refuses a file that is not ours or too new without changing a byte of it.
func look(ctx context.Context, path string, was before) error {
	s, err := connectReading(ctx, path, nil)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	_, err = s.identify(ctx, was.made)
	return err
}

func openWriting(ctx context.Context, path string, seal Sealer, was before) (*Store, error) {
	s, err := connect(ctx, path, seal, writing)
	if err != nil {
		return nil, err
	}
	if err = s.migrate(ctx, was.made); err == nil {
		err = s.mayWrite(ctx)
	}
	if err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// mayWrite takes the write lock and changes nothing. SQLite opens a file that
// cannot be written without a word, and even begins an "immediate" transaction on it.
func (s *Store) mayWrite(ctx context.Context) error {
	err := s.tx(ctx, "open for writing", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM meta WHERE 0`)
		return err
	})
	if kwadrans.CodeOf(err) == kwadrans.CodeBusyFile {
		return nil // somebody is writing, so it can be written
	}
	return err
}

func openReading(ctx context.Context, path string, seal Sealer) (*Store, error) {
	s, err := connectReading(ctx, path, seal)
	if err != nil {
		return nil, err
	}
	v, err := s.identify(ctx, true)
	if err == nil && v != len(migrations) {
		err = kwadrans.Errorf(kwadrans.CodeReadOnly, "store: %s must be brought up to date and cannot be written", path).
			WithHint("make the file and its directory writable for you")
	}
	if err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// Close closes the file. What was written is complete without it.
func (s *Store) Close() error { return errors.Join(s.watch.close(), s.r.Close(), s.w.Close()) }
