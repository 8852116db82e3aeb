package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
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
		AND EXISTS (SELECT 1 FROM credential WHERE credential.kind = connection.kind AND gen = ?)`, state, ms(now), kind, gen)
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

// CanSeal says whether secrets can be sealed now, with the key's codes.
func (s *Store) CanSeal(ctx context.Context) error {
	_, err := s.seal.Seal(ctx, "probe", nil)
	return err
}

// tokenText is what is sealed; Secret itself cannot be written.
type tokenText struct {
	Access, Refresh, Scope, APIURL string
	Expires                        time.Time
}

func tokenAAD(kind kwadrans.ConnectionKind, gen int64) string {
	return fmt.Sprintf("zoom/%s/tokens/%d", kind, gen)
}

// Tokens returns the newest token pair of a connection. It fails with
// CodeNotConnected when there is none, and with the key's codes.
func (s *Store) Tokens(ctx context.Context, kind kwadrans.ConnectionKind) (kwadrans.Tokens, error) {
	var gen int64
	var sealed []byte
	err := s.r.QueryRowContext(ctx, `SELECT gen, sealed FROM credential WHERE kind = ?`, kind).Scan(&gen, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return kwadrans.Tokens{}, kwadrans.Errorf(kwadrans.CodeNotConnected, "zoom is not connected").WithHint("connect it with: kwadrans zoom connect")
	}
	if err != nil {
		return kwadrans.Tokens{}, wrap("read the tokens", err)
	}
	plain, err := s.seal.Open(ctx, tokenAAD(kind, gen), sealed)
	if err != nil {
		return kwadrans.Tokens{}, err
	}
	var t tokenText
	if err := json.Unmarshal(plain, &t); err != nil {
		return kwadrans.Tokens{}, wrap("read the tokens", err)
	}
	return kwadrans.Tokens{Gen: gen, Access: kwadrans.Secret(t.Access), Refresh: kwadrans.Secret(t.Refresh),
		Expires: t.Expires, Scope: t.Scope, APIURL: t.APIURL}, nil
}

// TokenGen returns the generation of the stored pair without opening it; 0 for none.
func (s *Store) TokenGen(ctx context.Context, kind kwadrans.ConnectionKind) (int64, error) {
	var gen int64
	err := s.r.QueryRowContext(ctx, `SELECT gen FROM credential WHERE kind = ?`, kind).Scan(&gen)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return gen, wrap("read the tokens", err)
}

// SaveTokens keeps next as generation gen+1 if the stored generation is gen (0
// for none); false when another process was faster. It is on the disk when
// SaveTokens returns.
func (s *Store) SaveTokens(ctx context.Context, kind kwadrans.ConnectionKind, gen int64, next kwadrans.Tokens) (bool, error) {
	plain, err := json.Marshal(tokenText{Access: next.Access.Reveal(), Refresh: next.Refresh.Reveal(), Scope: next.Scope, APIURL: next.APIURL, Expires: next.Expires})
	if err != nil {
		return false, wrap("keep the tokens", err)
	}
	sealed, err := s.seal.Seal(ctx, tokenAAD(kind, gen+1), plain)
	if err != nil {
		return false, err
	}
	saved := false
	err = s.tx(ctx, "keep the tokens", func(tx *sql.Tx) error {
		var now int64
		err := tx.QueryRowContext(ctx, `SELECT gen FROM credential WHERE kind = ?`, kind).Scan(&now)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if now != gen {
			return nil
		}
		saved = true
		_, err = tx.ExecContext(ctx, `INSERT INTO credential (kind, gen, sealed) VALUES (?, ?, ?)
			ON CONFLICT (kind) DO UPDATE SET gen = excluded.gen, sealed = excluded.sealed`, kind, gen+1, sealed)
		return err
	})
	return saved && err == nil, err
}

// ForgetTokens removes the token pair of a connection for good.
func (s *Store) ForgetTokens(ctx context.Context, kind kwadrans.ConnectionKind) error {
	_, err := s.w.ExecContext(ctx, `DELETE FROM credential WHERE kind = ?`, kind)
	return wrap("forget the tokens", err)
}

// PauseLanes keeps every lane that starts with the prefix back until p.Until.
func (s *Store) PauseLanes(ctx context.Context, prefix string, p kwadrans.Pause) error {
	return s.tx(ctx, "pause "+prefix, func(tx *sql.Tx) error { return pause(ctx, tx, prefix, p) })
}

// ResumeLanes ends the pauses of every lane that starts with the prefix and
// makes their waiting steps due.
func (s *Store) ResumeLanes(ctx context.Context, prefix string) error {
	return s.tx(ctx, "resume "+prefix, func(tx *sql.Tx) error { return resume(ctx, tx, prefix) })
}

func pause(ctx context.Context, tx *sql.Tx, lane string, p kwadrans.Pause) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO pause (lane, until_ms, code, words) VALUES (?, ?, ?, ?)
		ON CONFLICT (lane) DO UPDATE SET until_ms = excluded.until_ms, code = excluded.code, words = excluded.words`,
		lane, ms(p.Until), p.Code, p.Words)
	return err
}

// resume leaves rows of unknown outcome to their settle time.
func resume(ctx context.Context, tx *sql.Tx, prefix string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM pause WHERE substr(lane, 1, length(?1)) = ?1`, prefix); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE step SET not_before = 0, attempt = 0
		WHERE have < want AND dead = 0 AND lease_ms = 0 AND maybe_sent = 0 AND attempt > 0 AND substr(lane, 1, length(?1)) = ?1`, prefix)
	return err
}

// Pauses returns the pauses that hold at now.
func (s *Store) Pauses(ctx context.Context, now time.Time) ([]kwadrans.Pause, error) {
	rows, err := s.r.QueryContext(ctx, `SELECT lane, until_ms, code, words FROM pause WHERE until_ms > ? ORDER BY lane`, ms(now))
	if err != nil {
		return nil, wrap("read the pauses", err)
	}
	defer func() { _ = rows.Close() }()
	var list []kwadrans.Pause
	for rows.Next() {
		var p kwadrans.Pause
		var until int64
		if err := rows.Scan(&p.Lane, &until, &p.Code, &p.Words); err != nil {
			return nil, wrap("read the pauses", err)
		}
		p.Until = at(until)
		list = append(list, p)
	}
	return list, wrap("read the pauses", rows.Err())
}
