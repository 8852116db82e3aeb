package sqlite

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"

	"kwadrans/internal/kwadrans"
)

//go:embed schema.sql
var schema string

// migrations bring a file from version i to i+1. The first makes the schema; a
// released one is never edited. Each runs in one transaction with its version.
var migrations = []string{schema}

// migrate brings the file to the present version, after a look at its health
// and a backup beside it.
func (s *Store) migrate(ctx context.Context, fresh bool) error {
	v, err := s.version(ctx, s.w)
	if err != nil {
		return err
	}
	if v > 0 || !fresh {
		if err := s.examine(ctx, v); err != nil {
			return err
		}
	}
	if v > 0 && v < len(migrations) {
		if err := s.Backup(ctx, fmt.Sprintf("%s.before-v%d.backup", s.Path, len(migrations))); err != nil {
			return err
		}
	}
	for ; v < len(migrations); v++ {
		if err := s.step(ctx, v); err != nil {
			return err
		}
	}
	return s.mark()
}

// step runs one migration. Another process may have been faster: the version
// is read again inside the transaction.
func (s *Store) step(ctx context.Context, from int) error {
	return s.tx(ctx, fmt.Sprintf("bring the file to version %d", from+1), func(tx *sql.Tx) error {
		var now int
		if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&now); err != nil || now > from {
			return err
		}
		if _, err := tx.ExecContext(ctx, migrations[from]); err != nil {
			return err
		}
		if from == 0 {
			if _, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d`, applicationID)); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO meta (k, v) VALUES ('install', ?)`, newInstallID()); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, from+1))
		return err
	})
}

// examine refuses a file of another program, of a newer program, or a damaged one.
func (s *Store) examine(ctx context.Context, version int) error {
	var app int
	if err := s.w.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&app); err != nil {
		return openError(s.Path, err)
	}
	if app != applicationID && version > 0 {
		return kwadrans.Errorf(kwadrans.CodeCorrupt, "store: %s is not a file of Kwadrans", s.Path).
			WithHint("name another directory with --data")
	}
	if version > len(migrations) {
		return kwadrans.Errorf(kwadrans.CodeNewerFile, "store: %s was written by a newer Kwadrans (version %d of the file, this program knows %d)", s.Path, version, len(migrations)).
			WithHint("install the newer program; nothing was changed")
	}
	var verdict string
	if err := s.w.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&verdict); err != nil {
		return openError(s.Path, err)
	}
	if verdict != "ok" {
		return kwadrans.Errorf(kwadrans.CodeCorrupt, "store: %s is damaged (%s)", s.Path, verdict).
			WithHint("the file is kept as it is; bring a backup back with: kwadrans restore FILE")
	}
	return nil
}

func (s *Store) version(ctx context.Context, db *sql.DB) (int, error) {
	var v int
	if err := db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&v); err != nil {
		return 0, openError(s.Path, err)
	}
	return v, nil
}

// mark leaves the sign that a file was made in this directory.
func (s *Store) mark() error {
	path := filepath.Join(filepath.Dir(s.Path), marker)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	text := []byte("Kwadrans made its data file in this directory. If the file is ever missing or empty, that is a loss, not a first start.\n")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return openError(path, err)
	}
	return nil
}
