package sqlite

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"kwadrans/internal/kwadrans"
)

// mode is how a file is opened.
type mode int

const (
	writing mode = iota
	reading      // through SQLite's locks, beside others that may write
	frozen       // as a file that nobody changes: no locks, no -shm file, and no WAL is read
	alone        // to write a file that nobody else knows of and that is thrown away when this fails: nothing beside it
)

// readers is how many may read at the same time.
const readers = 4

func connect(ctx context.Context, path string, seal Sealer, m mode) (*Store, error) {
	w, err := sql.Open("sqlite", dsn(path, m, false))
	if err != nil {
		return nil, openError(path, err)
	}
	w.SetMaxOpenConns(1)
	r, err := sql.Open("sqlite", dsn(path, m, true))
	if err != nil {
		_ = w.Close()
		return nil, openError(path, err)
	}
	r.SetMaxOpenConns(readers)
	r.SetMaxIdleConns(readers)
	s := &Store{Path: path, ReadOnly: m != writing, w: w, r: r, watch: &watch{dsn: dsn(path, m, true)}, seal: seal}
	if err := ping(ctx, w); err != nil {
		_ = s.Close()
		return nil, openError(path, err)
	}
	return s, nil
}

// ping opens the first connection. Everything waits for a lock but turning a
// new file to WAL (SQLite does not ask the busy handler there), so of several first
// starts at the same moment the others come again.
func ping(ctx context.Context, w *sql.DB) error {
	for wait := 2 * time.Millisecond; ; wait *= 2 {
		err := w.PingContext(ctx)
		if err == nil || wait > 4*time.Second {
			return err
		}
		if code, _ := classify(err); code != kwadrans.CodeBusyFile {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// connectReading opens a file without changing it. WAL needs its -shm file;
// where that cannot be made, a file is read as frozen, unless there is a WAL
// with what was written last: that must not be overlooked.
func connectReading(ctx context.Context, path string, seal Sealer) (*Store, error) {
	s, err := connect(ctx, path, seal, reading)
	if err == nil {
		if err = s.firstPage(ctx); err == nil {
			return s, nil
		}
		_ = s.Close()
	}
	if info, statErr := os.Stat(path + "-wal"); statErr == nil && info.Size() > 0 {
		return nil, err
	}
	if s, err = connect(ctx, path, seal, frozen); err != nil {
		return nil, err
	}
	if err = s.firstPage(ctx); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// firstPage reads something: opening alone touches nothing.
func (s *Store) firstPage(ctx context.Context) error {
	var v int
	if err := s.w.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&v); err != nil {
		return openError(s.Path, err)
	}
	return nil
}

// dsn writes the address of the file. Whoever only reads is query_only as well.
func dsn(path string, m mode, reader bool) string {
	q := url.Values{}
	pragma := func(list ...string) {
		for _, p := range list {
			q.Add("_pragma", p)
		}
	}
	pragma("busy_timeout(10000)", "foreign_keys(1)", "trusted_schema(0)")
	switch {
	case m == frozen:
		q.Set("immutable", "1")
		fallthrough
	case m == reading:
		q.Set("mode", "ro")
		pragma("query_only(1)")
	case reader:
		pragma("query_only(1)")
	case m == alone:
		pragma("journal_mode(MEMORY)", "synchronous(FULL)")
	default:
		pragma("journal_mode(WAL)", "synchronous(FULL)", "secure_delete(1)", "fullfsync(1)", "checkpoint_fullfsync(1)")
		q.Set("_txlock", "immediate")
	}
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}
	return u.String()
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
