package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/google/uuid"
	_ "modernc.org/sqlite" // the driver "sqlite"

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

	w, r *sql.DB
	seal Sealer
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
	fresh, err := prepare(dir, path)
	if err != nil && !errors.Is(err, fs.ErrPermission) {
		return nil, err
	}
	s, err := connect(ctx, path, seal, false)
	if err == nil {
		err = s.migrate(ctx, fresh)
		if err == nil {
			return s, nil
		}
		_ = s.Close()
	}
	if kwadrans.CodeOf(err) != kwadrans.CodeReadOnly || fresh {
		return nil, err
	}
	return openReadOnly(ctx, path, seal)
}

// prepare makes the file with the right mode (the driver would make it
// readable for everybody) and refuses an empty file where there was a full one.
func prepare(dir, path string) (fresh bool, err error) {
	info, err := os.Stat(path)
	_, markErr := os.Stat(filepath.Join(dir, marker))
	made := markErr == nil
	switch {
	case err == nil && info.Size() > 0:
		return false, nil
	case made:
		return false, kwadrans.Errorf(kwadrans.CodeCorrupt, "store: %s is missing or empty, and it was not before", path).
			WithHint("bring a backup back with: kwadrans restore FILE (or remove %s to start anew)", filepath.Join(dir, marker))
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return false, openError(path, err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return true, openError(path, err)
	}
	return true, f.Close()
}

func connect(ctx context.Context, path string, seal Sealer, readOnly bool) (*Store, error) {
	w, err := sql.Open("sqlite", dsn(path, readOnly, false))
	if err != nil {
		return nil, openError(path, err)
	}
	w.SetMaxOpenConns(1)
	r, err := sql.Open("sqlite", dsn(path, readOnly, true))
	if err != nil {
		_ = w.Close()
		return nil, openError(path, err)
	}
	r.SetMaxOpenConns(4)
	s := &Store{Path: path, ReadOnly: readOnly, w: w, r: r, seal: seal}
	if err := w.PingContext(ctx); err != nil {
		_ = s.Close()
		return nil, openError(path, err)
	}
	return s, nil
}

func openReadOnly(ctx context.Context, path string, seal Sealer) (*Store, error) {
	s, err := connect(ctx, path, seal, true)
	if err != nil {
		return nil, err
	}
	v, err := s.version(ctx, s.r)
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

// dsn writes the address of the file. The reader pool is query_only; a file
// that cannot be written is opened as immutable, since WAL needs its -shm file.
func dsn(path string, immutable, reader bool) string {
	q := url.Values{}
	for _, p := range []string{"busy_timeout(10000)", "foreign_keys(1)", "trusted_schema(0)"} {
		q.Add("_pragma", p)
	}
	switch {
	case immutable:
		q.Set("mode", "ro")
		q.Set("immutable", "1")
		q.Add("_pragma", "query_only(1)")
	case reader:
		q.Add("_pragma", "query_only(1)")
	default:
		for _, p := range []string{"journal_mode(WAL)", "synchronous(FULL)", "secure_delete(1)", "fullfsync(1)", "checkpoint_fullfsync(1)"} {
			q.Add("_pragma", p)
		}
		q.Set("_txlock", "immediate")
	}
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}
	return u.String()
}

// Close closes the file. What was written is complete without it.
func (s *Store) Close() error { return errors.Join(s.r.Close(), s.w.Close()) }

// InstallID names this data file in the marks of its Zoom meetings: eight
// characters, random, made with the file.
func (s *Store) InstallID(ctx context.Context) (string, error) { return s.Meta(ctx, "install") }

// Meta returns a small fact by its name; "" when it was never set.
func (s *Store) Meta(ctx context.Context, key string) (string, error) {
	var v string
	err := s.r.QueryRowContext(ctx, `SELECT v FROM meta WHERE k = ?`, key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return v, wrap("read "+key, err)
}

// SetMeta keeps a small fact.
func (s *Store) SetMeta(ctx context.Context, key, value string) error {
	_, err := s.w.ExecContext(ctx, `INSERT INTO meta (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v`, key, value)
	return wrap("keep "+key, err)
}

// tx runs f in one immediate transaction.
func (s *Store) tx(ctx context.Context, what string, f func(*sql.Tx) error) error {
	tx, err := s.w.BeginTx(ctx, nil)
	if err != nil {
		return wrap(what, err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	if err := f(tx); err != nil {
		return wrap(what, err)
	}
	return wrap(what, tx.Commit())
}

func newInstallID() string {
	id := uuid.New()
	return fmt.Sprintf("%x", id[:4])
}
