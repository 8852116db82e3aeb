package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"kwadrans/internal/kwadrans"
)

const readingColumns = `good_ms, tried_ms, next_ms, fails, code, words, doubt, etag, modified, token, ctag`

// readingRow is a reading as it lies in the file; all is NULL when the source was
// never looked at.
type readingRow struct {
	good, tried, next, fails, doubt              sql.NullInt64
	code, words, etag, modified, token, changing sql.NullString
}

func (r *readingRow) into() []any {
	return []any{&r.good, &r.tried, &r.next, &r.fails, &r.code, &r.words, &r.doubt, &r.etag, &r.modified, &r.token, &r.changing}
}

func (r *readingRow) reading() kwadrans.Reading {
	return kwadrans.Reading{
		Good: at(r.good.Int64), Tried: at(r.tried.Int64), Next: at(r.next.Int64), Fails: int(r.fails.Int64),
		Code: kwadrans.Code(r.code.String), Words: r.words.String, Doubt: int(r.doubt.Int64),
		Mark: kwadrans.SourceMark{ETag: r.etag.String, Modified: r.modified.String, Token: r.token.String, CTag: r.changing.String},
	}
}

// Reading returns what the last looks at a source said; the zero one when it was
// never looked at.
func (s *Store) Reading(ctx context.Context, source string) (kwadrans.Reading, error) {
	var r readingRow
	err := s.r.QueryRowContext(ctx, `SELECT `+readingColumns+` FROM source WHERE name = ?`, source).Scan(r.into()...)
	if errors.Is(err, sql.ErrNoRows) {
		return kwadrans.Reading{}, nil
	}
	return r.reading(), wrap("read the source", err)
}

const generation = `SELECT gen FROM source WHERE name = ?`

// Generation returns the number of the newest copy of a source: it is another one
// whenever what the source holds may be. 0 when it was never looked at.
func (s *Store) Generation(ctx context.Context, source string) (gen int64, err error) {
	err = s.r.QueryRowContext(ctx, generation, source).Scan(&gen)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return gen, wrap("read the source", err)
}

// KeepLook keeps what one look at a source left, all of it or nothing, and returns
// the generation: one more with a change or a copy. Without either the objects and
// the copy stay, and a change without a copy voids the copy. CodeNotFound for a
// calendar that was removed meanwhile.
func (s *Store) KeepLook(ctx context.Context, source string, look kwadrans.Look) (gen int64, err error) {
	err = s.tx(ctx, "keep what was read", func(tx *sql.Tx) error {
		if err := mustExist(ctx, tx, source); err != nil {
			return err
		}
		changed := look.Change != nil && !look.Change.Same
		if gen, err = keepReading(ctx, tx, source, look.Reading, changed || look.Copy != nil); err != nil {
			return err
		}
		if changed {
			if err := keepObjects(ctx, tx, source, look.Change); err != nil {
				return err
			}
		}
		switch {
		case look.Copy != nil:
			return keepCopy(ctx, tx, source, *look.Copy)
		case changed:
			return dropCopy(ctx, tx, source)
		}
		return nil
	})
	return gen, err
}

func mustExist(ctx context.Context, tx *sql.Tx, source string) error {
	if strings.HasPrefix(source, kwadrans.SourceZoom("")) {
		return nil
	}
	var known bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM calendar WHERE id = ?)`, source).Scan(&known)
	if err == nil && !known {
		return notFound("calendar", source)
	}
	return err
}

func keepReading(ctx context.Context, tx *sql.Tx, source string, r kwadrans.Reading, grows bool) (gen int64, err error) {
	err = tx.QueryRowContext(ctx, `INSERT INTO source (name, gen, `+readingColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET gen = gen + excluded.gen, good_ms = excluded.good_ms, tried_ms = excluded.tried_ms, next_ms = excluded.next_ms,
		fails = excluded.fails, code = excluded.code, words = excluded.words, doubt = excluded.doubt,
		etag = excluded.etag, modified = excluded.modified, token = excluded.token, ctag = excluded.ctag RETURNING gen`,
		source, grows, ms(r.Good), ms(r.Tried), ms(r.Next), r.Fails, r.Code, r.Words, r.Doubt,
		r.Mark.ETag, r.Mark.Modified, r.Mark.Token, r.Mark.CTag).Scan(&gen)
	return gen, err
}

// voidCopy forgets the copy of a source that will be worked out anew.
func voidCopy(ctx context.Context, tx *sql.Tx, source string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE source SET gen = gen + 1 WHERE name = ?`, source); err != nil {
		return err
	}
	return dropCopy(ctx, tx, source)
}

// forgetSource forgets all that is known of a source but its generation, which is
// never used twice.
func forgetSource(ctx context.Context, tx *sql.Tx, source string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM calendar_object WHERE calendar = ?`, source); err != nil {
		return err
	}
	if err := voidCopy(ctx, tx, source); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE source SET good_ms = 0, tried_ms = 0, next_ms = 0, fails = 0, code = '', words = '', doubt = 0,
		etag = '', modified = '', token = '', ctag = '' WHERE name = ?`, source)
	return err
}
