package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"kwadrans/internal/kwadrans"
)

// Copy returns when a source is taken, with the generation that it is of. Not
// found: there is none, or it is damaged; then it has to be worked out anew.
func (s *Store) Copy(ctx context.Context, source string) (c kwadrans.Copy, gen int64, found bool, err error) {
	var rules sql.NullString
	var times, items []byte
	err = s.r.QueryRowContext(ctx, `SELECT gen, rules, times, items FROM source LEFT JOIN source_copy ON source = name WHERE name = ?`, source).Scan(&gen, &rules, &times, &items)
	if errors.Is(err, sql.ErrNoRows) {
		return c, 0, false, nil
	}
	if err != nil {
		return c, 0, false, wrap("read the source", err)
	}
	if c, found = unpack(times, items); found {
		c.Rules = rules.String
	}
	return c, gen, found, nil
}

// KeepCopy puts a copy that was worked out anew in the place of the one of its
// generation; false when that is no longer the newest.
func (s *Store) KeepCopy(ctx context.Context, source string, gen int64, c kwadrans.Copy) (kept bool, err error) {
	err = s.tx(ctx, "keep what was read", func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM source WHERE name = ? AND gen = ?)`, source, gen).Scan(&kept)
		if err != nil || !kept {
			return err
		}
		return keepCopy(ctx, tx, source, c)
	})
	return kept && err == nil, err
}

func keepCopy(ctx context.Context, tx *sql.Tx, source string, c kwadrans.Copy) error {
	times, items := pack(c)
	_, err := tx.ExecContext(ctx, `INSERT INTO source_copy (source, rules, times, items) VALUES (?, ?, ?, ?)
		ON CONFLICT (source) DO UPDATE SET rules = excluded.rules, times = excluded.times, items = excluded.items`, source, c.Rules, times, items)
	return err
}

func dropCopy(ctx context.Context, tx *sql.Tx, source string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM source_copy WHERE source = ?`, source)
	return err
}
