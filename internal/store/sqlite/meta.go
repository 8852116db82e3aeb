package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/google/uuid"
)

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

func newInstallID() string {
	id := uuid.New()
	return fmt.Sprintf("%x", id[:4])
}
