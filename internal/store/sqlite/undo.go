package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"kwadrans/internal/kwadrans"
)

// TakeBack is Revise while nothing of revision rev went out: it was held back,
// and none of its steps was ever claimed. b may have any revision; where it is
// cancelled, what the outside never heard of is done at once. False when rev was
// claimed, not held back, or is not the stored one; CodeNotFree as with Revise.
func (s *Store) TakeBack(ctx context.Context, b kwadrans.Booking, rev int, steps []kwadrans.Step, e kwadrans.Event) (bool, error) {
	done := false
	err := s.tx(ctx, "take a change back", func(tx *sql.Tx) (err error) {
		var may bool
		if err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM undo WHERE booking = ? AND rev = ?)`, b.ID, rev).Scan(&may); err != nil || !may {
			return err
		}
		if done, err = revise(ctx, tx, b, rev, steps, e); err != nil || !done {
			return err
		}
		return nothingOut(ctx, tx, b.ID)
	})
	return done && err == nil, err
}

// nothingOut completes the steps that would tell the outside of the end of what
// it never heard of: nobody has to be asked for that.
func nothingOut(ctx context.Context, tx *sql.Tx, booking string) error {
	_, err := tx.ExecContext(ctx, `UPDATE step SET have = want, not_before = 0
		WHERE subject = ? AND live = 0 AND ever = 0 AND maybe_sent = 0 AND remote_id = ''`, booking)
	return err
}

// noteUndo notes that a revision can be taken back when all its steps are held back.
func noteUndo(ctx context.Context, tx *sql.Tx, b kwadrans.Booking, steps []kwadrans.Step) error {
	held := len(steps) > 0
	for _, st := range steps {
		held = held && !st.NotBefore.IsZero()
	}
	if !held {
		_, err := tx.ExecContext(ctx, `DELETE FROM undo WHERE booking = ?`, b.ID)
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO undo (booking, rev) VALUES (?, ?) ON CONFLICT (booking) DO UPDATE SET rev = excluded.rev`, b.ID, b.Rev)
	return err
}

// noteBefore keeps what the booking was before the revision rev, if that can be taken back.
func noteBefore(ctx context.Context, tx *sql.Tx, before kwadrans.Booking, rev int) error {
	before.Zoom = nil // the booking has it
	text, err := toJSON(before)
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE undo SET before = ? WHERE booking = ? AND rev = ?`, text, before.ID, rev)
	}
	return err
}

// Before returns what the booking was before its revision rev, without its Zoom meeting;
// false where that can be taken back no more, and for a new booking.
func (s *Store) Before(ctx context.Context, id string, rev int) (b kwadrans.Booking, found bool, err error) {
	var text string
	err = s.r.QueryRowContext(ctx, `SELECT before FROM undo WHERE booking = ? AND rev = ? AND before <> ''`, id, rev).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return b, false, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &b)
	}
	return b, err == nil, wrap("read the booking as it was", err)
}

// noUndo ends the time in which a revision can be taken back.
func noUndo(ctx context.Context, tx *sql.Tx, booking string, rev int) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM undo WHERE booking = ? AND rev = ?`, booking, rev)
	return err
}
