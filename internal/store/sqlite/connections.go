package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// Connection returns what is known of a connection; NotConnected when there is none.
func (s *Store) Connection(ctx context.Context, kind kwadrans.ConnectionKind) (kwadrans.Connection, error) {
	c := kwadrans.Connection{Kind: kind, State: kwadrans.NotConnected}
	var account, granted string
	var connected, used, changed int64
	err := s.r.QueryRowContext(ctx, `SELECT state, account, client_id, api_url, granted, connected_ms, used_ms, changed_ms FROM connection WHERE kind = ?`, kind).
		Scan(&c.State, &account, &c.ClientID, &c.APIURL, &granted, &connected, &used, &changed)
	if errors.Is(err, sql.ErrNoRows) {
		return c, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(account), &c.Account)
	}
	c.Granted = strings.Fields(granted)
	c.Connected, c.LastUsed, c.Changed = at(connected), at(used), at(changed)
	return c, wrap("read the connection", err)
}

// SaveConnection keeps what is known of a connection.
func (s *Store) SaveConnection(ctx context.Context, c kwadrans.Connection) error {
	account, err := toJSON(c.Account)
	if err != nil {
		return wrap("keep the connection", err)
	}
	_, err = s.w.ExecContext(ctx, `INSERT INTO connection (kind, state, account, client_id, api_url, granted, connected_ms, used_ms, changed_ms)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind) DO UPDATE SET state = excluded.state, account = excluded.account,
		client_id = excluded.client_id, api_url = excluded.api_url, granted = excluded.granted, connected_ms = excluded.connected_ms,
		used_ms = excluded.used_ms, changed_ms = excluded.changed_ms`,
		c.Kind, c.State, account, c.ClientID, c.APIURL, strings.Join(c.Granted, " "), ms(c.Connected), ms(c.LastUsed), ms(c.Changed))
	return wrap("keep the connection", err)
}

// MarkConnection changes the state of a connection whose tokens are still of
// generation gen; false when another sign-in has replaced them.
func (s *Store) MarkConnection(ctx context.Context, kind kwadrans.ConnectionKind, gen int64, state kwadrans.ConnectionState, now time.Time) (bool, error) {
	res, err := s.w.ExecContext(ctx, `UPDATE connection SET state = ?, changed_ms = ? WHERE kind = ?
		AND EXISTS (SELECT 1 FROM credential WHERE credential.kind = connection.kind AND gen = ? AND sealed IS NOT NULL)`, state, ms(now), kind, gen)
	if err != nil {
		return false, wrap("mark the connection", err)
	}
	n, err := res.RowsAffected()
	return n == 1, wrap("mark the connection", err)
}

// TouchConnection notes when a connection was last used.
func (s *Store) TouchConnection(ctx context.Context, kind kwadrans.ConnectionKind, now time.Time) error {
	_, err := s.w.ExecContext(ctx, `UPDATE connection SET used_ms = ? WHERE kind = ?`, ms(now), kind)
	return wrap("note the use of the connection", err)
}
