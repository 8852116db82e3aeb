package sqlite

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"kwadrans/internal/outbox"
)

// pragmas returns the facts of one connection.
func pragmas(t *testing.T, c *sql.Conn, names ...string) (facts []string) {
	t.Helper()
	for _, name := range names {
		var v string
		must(t, c.QueryRowContext(ctx, `PRAGMA `+name).Scan(&v))
		facts = append(facts, name+"="+v)
	}
	return facts
}

// conns takes n connections of a pool at the same time.
func conns(t *testing.T, db *sql.DB, n int) (list []*sql.Conn) {
	t.Helper()
	for range n {
		c, err := db.Conn(ctx)
		must(t, err)
		t.Cleanup(func() { _ = c.Close() })
		list = append(list, c)
	}
	return list
}

var pragmaNames = []string{"journal_mode", "synchronous", "foreign_keys", "trusted_schema", "busy_timeout", "query_only", "secure_delete"}

// Every pooled connection has its pragmas: set by Exec they would reach one only.
func TestPragmasOfEveryConnection(t *testing.T) {
	s := fill(t, t.TempDir())
	writer := "[journal_mode=wal synchronous=2 foreign_keys=1 trusted_schema=0 busy_timeout=10000 query_only=0 secure_delete=1]"
	reader := "[journal_mode=wal synchronous=2 foreign_keys=1 trusted_schema=0 busy_timeout=10000 query_only=1]"
	for _, c := range conns(t, s.w, 1) {
		if got := fmt.Sprint(pragmas(t, c, pragmaNames...)); got != writer {
			t.Errorf("writer: %s", got)
		}
	}
	for _, c := range conns(t, s.r, readers) {
		if got := fmt.Sprint(pragmas(t, c, pragmaNames[:6]...)); got != reader {
			t.Errorf("reader: %s", got)
		}
	}
	if n := s.w.Stats().MaxOpenConnections; n != 1 {
		t.Errorf("%d writers", n)
	}
}

// The control: without the DSN the facts are others.
func TestPragmasFindMutants(t *testing.T) {
	dir := filled(t)
	c := conns(t, raw(t, filepath.Join(dir, FileName)), 1)[0]
	got := fmt.Sprint(pragmas(t, c, pragmaNames...))
	if got != "[journal_mode=wal synchronous=2 foreign_keys=0 trusted_schema=1 busy_timeout=10000 query_only=0 secure_delete=0]" {
		t.Errorf("a bare connection: %s", got)
	}
}

// Older versions of SQLite lost WAL frames (before 3.51.3) or a rollback (3.53.3).
func TestSQLiteVersion(t *testing.T) {
	s := open(t, t.TempDir())
	var v string
	must(t, s.r.QueryRow(`SELECT sqlite_version()`).Scan(&v))
	var major, minor, patch int
	if _, err := fmt.Sscanf(v, "%d.%d.%d", &major, &minor, &patch); err != nil {
		t.Fatal(err)
	}
	if major*1_000_000+minor*1000+patch < 3_054_001 {
		t.Errorf("SQLite %s is older than 3.54.1", v)
	}
}

// The outbox rests an unknown outcome as long as the store lets it rest.
func TestSettleIsTheOutboxes(t *testing.T) {
	if settle != outbox.DefaultSettle {
		t.Errorf("%v here, %v there", settle, outbox.DefaultSettle)
	}
}
