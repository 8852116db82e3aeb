package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"net/url"

	"kwadrans/internal/kwadrans"
)

func secretAAD(id string) string  { return "calendar/" + id + "/secret" }
func addressAAD(id string) string { return "calendar/" + id + "/address" }

// CalendarSecret returns the password or token of a calendar; false when it has
// none. It fails with CodeNotFound, with CodeKeyLocked, CodeKeyAbsent or
// CodeKeyChanged where the key is not to be had, and with CodeKeyChanged where what
// the calendar is read with, the address of a feed too, was forgotten with its key.
func (s *Store) CalendarSecret(ctx context.Context, id string) (kwadrans.Secret, bool, error) {
	var feed, lost bool
	var address, secret []byte
	err := s.r.QueryRowContext(ctx, `SELECT kind = 'feed', sealed, secret, lost FROM calendar WHERE id = ?`, id).Scan(&feed, &address, &secret, &lost)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", false, notFound("calendar", id)
	case err != nil:
		return "", false, wrap("read the calendar", err)
	case lost || feed && address == nil:
		return "", false, kwadrans.Errorf(kwadrans.CodeKeyChanged, "store: what the calendar is read with was forgotten with its key").
			WithHint("give its password again, or remove it and add it anew")
	}
	if _, err := s.openAddress(ctx, id, address); err != nil {
		return "", false, err
	}
	if secret == nil {
		return "", false, nil
	}
	plain, err := s.seal.Open(ctx, secretAAD(id), secret)
	return kwadrans.Secret(plain), err == nil, err
}

// ChangeCalendarSecret keeps another password or token, sealed; an empty one
// removes it. The calendar may be looked at at once, and the steps that wait for
// it are let go. CodeNotFound, and the key's codes.
func (s *Store) ChangeCalendarSecret(ctx context.Context, id string, secret kwadrans.Secret) error {
	sealed, err := s.sealSecret(ctx, id, secret)
	if err != nil {
		return err
	}
	return s.tx(ctx, "keep the calendar's password", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE calendar SET secret = ?, lost = 0 WHERE id = ?`, sealed, id)
		if err := removed(res, err, "calendar", id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE source SET next_ms = 0 WHERE name = ?`, id); err != nil {
			return err
		}
		return resume(ctx, tx, kwadrans.LaneCalendar+id)
	})
}

func (s *Store) sealSecret(ctx context.Context, id string, secret kwadrans.Secret) ([]byte, error) {
	if secret == "" {
		return nil, nil
	}
	return s.seal.Seal(ctx, secretAAD(id), []byte(secret.Reveal()))
}

// address is how an address is kept.
type address struct {
	shown, place string
	sealed       []byte // nil for one that is no secret
}

// sealAddress seals that of a feed. Its hash tells nothing: what makes it a secret
// is as long as a key.
func (s *Store) sealAddress(ctx context.Context, c kwadrans.Calendar) (address, error) {
	if c.Kind != kwadrans.CalendarFeed {
		return address{shown: c.Address, place: c.Address}, nil
	}
	sealed, err := s.seal.Seal(ctx, addressAAD(c.ID), []byte(c.Address))
	sum := sha256.Sum256([]byte(c.Address))
	return address{shownOf(c.Address), hex.EncodeToString(sum[:]), sealed}, err
}

// shownOf returns what may be shown of the address of a feed: where it is, without
// what makes it a secret.
func shownOf(feed string) string {
	if u, err := url.Parse(feed); err == nil && u.Host != "" {
		return u.Scheme + "://" + u.Host + "/…"
	}
	return "…"
}

// openAddress returns the whole address; "" for one that is no secret.
func (s *Store) openAddress(ctx context.Context, id string, sealed []byte) (string, error) {
	if sealed == nil {
		return "", nil
	}
	plain, err := s.seal.Open(ctx, addressAAD(id), sealed)
	return string(plain), err
}

// forgetCalendarSecrets drops what the key of before sealed, and holds the lane of
// the calendar that bookings are written into.
func forgetCalendarSecrets(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO pause (lane, until_ms, code, words) SELECT ? || id, ?, ?, '' FROM calendar WHERE publish = 1 AND secret IS NOT NULL
		ON CONFLICT (lane) DO UPDATE SET until_ms = excluded.until_ms, code = excluded.code, words = ''`,
		kwadrans.LaneCalendar, ms(kwadrans.Forever), kwadrans.CodeCalendarAuth)
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE calendar SET lost = lost OR secret IS NOT NULL, secret = NULL, sealed = NULL WHERE secret IS NOT NULL OR sealed IS NOT NULL`)
	}
	return err
}
