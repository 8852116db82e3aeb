package sqlite

import (
	"context"
	"database/sql"
	"sync"
)

// watch counts the changes of the file. SQLite tells a connection of the commits
// of all others (PRAGMA data_version), so it has one to itself that never writes:
// to it, our own writer is another one. Numbers of two connections cannot be
// compared, so it is kept, and a new one counts as a change.
type watch struct {
	dsn string

	mu      sync.Mutex
	db      *sql.DB
	conn    *sql.Conn
	version int64
	count   int64
	closed  bool
}

// Changes returns a number that is another one whenever somebody, in this process
// or in another, has committed a change of the file since it was last asked.
// Once in a while it grows for nothing.
func (s *Store) Changes(ctx context.Context) (int64, error) {
	w := s.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	fresh := w.conn == nil
	v, err := w.read(ctx)
	if err != nil {
		w.drop()
		return w.count, wrap("look for changes", err)
	}
	if fresh || v != w.version {
		w.version = v
		w.count++
	}
	return w.count, nil
}

func (w *watch) read(ctx context.Context) (v int64, err error) {
	if w.closed {
		return 0, sql.ErrConnDone
	}
	if w.db == nil {
		if w.db, err = sql.Open("sqlite", w.dsn); err != nil {
			return 0, err
		}
	}
	if w.conn == nil {
		if w.conn, err = w.db.Conn(ctx); err != nil {
			return 0, err
		}
	}
	err = w.conn.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&v)
	return v, err
}

// drop gives the connection up; the next look has a new one.
func (w *watch) drop() {
	if w.conn != nil {
		_ = w.conn.Close()
	}
	w.conn = nil
}

func (w *watch) close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	w.drop()
	if w.db == nil {
		return nil
	}
	return w.db.Close()
}
