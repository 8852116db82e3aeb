package sqlite

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"kwadrans/internal/kwadrans"
)

//go:embed schema.sql
var schema string

//go:embed schema2.sql
var schema2 string

//go:embed schema3.sql
var schema3 string

// migration brings a file to the next version. What SQL cannot say, fill does.
type migration struct {
	query string
	fill  func(ctx context.Context, tx *sql.Tx) error
}

// migrations bring a file from version i to i+1. The first makes the schema; a
// released one is never edited. Each runs in one transaction with its version.
var migrations = []migration{{query: schema}, {query: schema2, fill: fillSeek}, {query: schema3}}

// migrate brings the file to the present version, after a look at its health when
// that is due and a backup beside it. made says that a complete file was here before.
func (s *Store) migrate(ctx context.Context, made bool) error {
	v, err := s.identify(ctx, made)
	if err != nil {
		return err
	}
	if err := s.examine(ctx, v < len(migrations), time.Now()); err != nil {
		return err
	}
	if v > 0 && v < len(migrations) {
		if err := s.keepOld(ctx, v); err != nil {
			return err
		}
	}
	for ; v < len(migrations); v++ {
		if err := s.step(ctx, v); err != nil {
			return err
		}
	}
	return mark(filepath.Dir(s.Path))
}

// step runs one migration. Another process may have been faster: the version
// is read again inside the transaction.
func (s *Store) step(ctx context.Context, from int) error {
	return s.tx(ctx, fmt.Sprintf("bring the file to version %d", from+1), func(tx *sql.Tx) error {
		var now int
		if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&now); err != nil || now > from {
			return err
		}
		if _, err := tx.ExecContext(ctx, migrations[from].query); err != nil {
			return err
		}
		if fill := migrations[from].fill; fill != nil {
			if err := fill(ctx, tx); err != nil {
				return err
			}
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

// identify returns the version of the file, 0 for an empty one. It refuses a
// file of another program or a newer one, and an empty one where there was a
// full one.
func (s *Store) identify(ctx context.Context, made bool) (int, error) {
	var app, v, tables int
	err := s.w.QueryRowContext(ctx, `SELECT a.application_id, u.user_version, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_application_id a, pragma_user_version u`).Scan(&app, &v, &tables) // one statement: all of one moment
	switch {
	case err != nil:
		return 0, openError(s.Path, err)
	case v == 0 && app == 0 && tables == 0: // a first start that was cut short
		if made {
			return 0, lost(filepath.Dir(s.Path), s.Path)
		}
		return 0, nil
	case app != applicationID:
		return 0, kwadrans.Errorf(kwadrans.CodeCorrupt, "store: %s is not a file of Kwadrans", s.Path).
			WithHint("name another directory with --data")
	case v > len(migrations):
		return 0, kwadrans.Errorf(kwadrans.CodeNewerFile, "store: %s was written by a newer Kwadrans (version %d of the file, this program knows %d)", s.Path, v, len(migrations)).
			WithHint("install the newer program; nothing was changed")
	case v <= 0 || tables == 0:
		return 0, s.damaged(fmt.Sprintf("version %d with %d tables", v, tables))
	}
	return v, nil
}

func (s *Store) damaged(how string) error {
	return kwadrans.Errorf(kwadrans.CodeCorrupt, "store: %s is damaged (%s)", s.Path, how).
		WithHint(damagedHint)
}

// mark leaves the sign that a complete file was made in the directory.
func mark(dir string) error {
	path := filepath.Join(dir, marker)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	text := []byte("Kwadrans made its data file in this directory. If the file is ever missing or empty, that is a loss, not a first start.\n")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return openError(path, err)
	}
	return nil
}
