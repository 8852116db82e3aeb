package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"kwadrans/internal/kwadrans"
)

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
	if errors.Is(err, sql.ErrNoRows) || err == nil && sealed == nil {
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

// TokenGen returns the newest generation without opening the pair, also when
// that was forgotten; 0 when there never was one.
func (s *Store) TokenGen(ctx context.Context, kind kwadrans.ConnectionKind) (int64, error) {
	var gen int64
	err := s.r.QueryRowContext(ctx, `SELECT gen FROM credential WHERE kind = ?`, kind).Scan(&gen)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return gen, wrap("read the tokens", err)
}

// SaveTokens keeps next as generation gen+1 if the newest generation is gen (as
// TokenGen tells it); false when another process was faster or the pair was
// forgotten meanwhile. It is on the disk when SaveTokens returns.
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

// ForgetTokens removes the token pair of a connection for good. A refresh that
// is under way cannot bring it back: the generation grows.
func (s *Store) ForgetTokens(ctx context.Context, kind kwadrans.ConnectionKind) error {
	_, err := s.w.ExecContext(ctx, `UPDATE credential SET gen = gen + 1, sealed = NULL WHERE kind = ? AND sealed IS NOT NULL`, kind)
	return wrap("forget the tokens", err)
}

// ForgetSecrets drops every sealed value in one transaction: for a key that was
// renewed, and for a backup that was brought to another machine. Connections that
// had tokens ask for a new sign-in, the mail account and the calendars for their
// passwords, feeds for their address; the lanes of all of them wait until then.
func (s *Store) ForgetSecrets(ctx context.Context, now time.Time) error {
	return s.tx(ctx, "forget the secrets", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE connection SET state = ?, changed_ms = ?
			WHERE kind IN (SELECT kind FROM credential WHERE sealed IS NOT NULL)`, kwadrans.SignInAgain, ms(now)); err != nil {
			return err
		}
		if err := forget(ctx, tx, `UPDATE credential SET gen = gen + 1, sealed = NULL WHERE sealed IS NOT NULL`,
			kwadrans.LaneZoom, kwadrans.CodeReconnect); err != nil {
			return err
		}
		if err := forgetCalendarSecrets(ctx, tx); err != nil {
			return err
		}
		return forget(ctx, tx, `UPDATE mail_account SET password = NULL WHERE password IS NOT NULL`,
			kwadrans.LaneMail, kwadrans.CodeMailAuth)
	})
}

// forget drops secrets and, where there were any, holds the lane that needs them.
func forget(ctx context.Context, tx *sql.Tx, drop, lane string, code kwadrans.Code) error {
	res, err := tx.ExecContext(ctx, drop)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return pause(ctx, tx, kwadrans.Pause{Lane: lane, Until: kwadrans.Forever, Code: code})
}
