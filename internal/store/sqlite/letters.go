package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"kwadrans/internal/kwadrans"
)

// Letter returns the finished letter of a revision; false when it was never made.
func (s *Store) Letter(ctx context.Context, booking, target string, rev int) (kwadrans.Envelope, bool, error) {
	var e kwadrans.Envelope
	err := s.r.QueryRowContext(ctx, `SELECT from_addr, to_addr, message_id, bytes FROM letter WHERE booking = ? AND target = ? AND rev = ?`, booking, target, rev).
		Scan(&e.From, &e.To, &e.MessageID, &e.Bytes)
	if errors.Is(err, sql.ErrNoRows) {
		return kwadrans.Envelope{}, false, nil
	}
	return e, err == nil, wrap("read the letter", err)
}

// KeepLetter keeps the finished letter of a revision for ever and returns the
// one that is kept: an earlier one wins, so that a resend sends the same bytes.
func (s *Store) KeepLetter(ctx context.Context, booking, target string, rev int, e kwadrans.Envelope, stamp time.Time) (kwadrans.Envelope, error) {
	_, err := s.w.ExecContext(ctx, `INSERT INTO letter (booking, target, rev, message_id, from_addr, to_addr, bytes, stamp_ms, start_ms)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, coalesce((SELECT start_ms FROM booking WHERE id = ?1 AND rev = ?3), 0))
		ON CONFLICT DO NOTHING`, booking, target, rev, e.MessageID, e.From, e.To, e.Bytes, ms(stamp))
	if err != nil {
		return e, wrap("keep the letter", err)
	}
	kept, _, err := s.Letter(ctx, booking, target, rev)
	return kept, err
}

// FirstLetter returns the Message-ID of the first letter to a target and the
// newest stamp of all its letters; "" and the zero time when there is none.
func (s *Store) FirstLetter(ctx context.Context, booking, target string) (messageID string, newest time.Time, err error) {
	var stamp sql.NullInt64
	err = s.r.QueryRowContext(ctx, `SELECT coalesce((SELECT message_id FROM letter WHERE booking = ?1 AND target = ?2 ORDER BY rev LIMIT 1), ''),
		(SELECT max(stamp_ms) FROM letter WHERE booking = ?1 AND target = ?2)`, booking, target).Scan(&messageID, &stamp)
	return messageID, at(stamp.Int64), wrap("read the letters", err)
}

// ToldStart returns the start that the last letter which went out to a target told; the
// zero time when that is not known, or none went out.
func (s *Store) ToldStart(ctx context.Context, booking, target string) (time.Time, error) {
	var start int64
	err := s.r.QueryRowContext(ctx, `SELECT l.start_ms FROM letter l JOIN step s ON s.subject = l.booking AND s.target = l.target
		WHERE l.booking = ? AND l.target = ? AND l.rev <= s.have ORDER BY l.rev DESC LIMIT 1`, booking, target).Scan(&start)
	if errors.Is(err, sql.ErrNoRows) || start == 0 {
		return time.Time{}, nil
	}
	return at(start), wrap("read the letters", err)
}
