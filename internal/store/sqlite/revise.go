package sqlite

import (
	"context"
	"database/sql"

	"kwadrans/internal/kwadrans"
)

var errTaken = kwadrans.Errorf(kwadrans.CodeNotFree, "store: the time was taken in the same moment").WithHint("choose another start")

// Revise keeps a changed booking whose stored revision is still rev, with the
// steps of the new revision: everything but its id, uid, topic, Zoom meeting and
// the time it was made; who comes back from a cancellation has no Zoom meeting until
// its step has one again. False when somebody else was faster; CodeNotFree when it
// moved to where the host is taken and Over gives no reason.
func (s *Store) Revise(ctx context.Context, b kwadrans.Booking, rev int, steps []kwadrans.Step, e kwadrans.Event) (bool, error) {
	done := false
	err := s.tx(ctx, "change the booking", func(tx *sql.Tx) (err error) {
		done, err = revise(ctx, tx, b, rev, steps, e)
		return err
	})
	return done && err == nil, err
}

func revise(ctx context.Context, tx *sql.Tx, b kwadrans.Booking, rev int, steps []kwadrans.Step, e kwadrans.Event) (bool, error) {
	before, err := oneBooking(ctx, tx, b.ID)
	if err != nil || before.Rev != rev {
		return false, err
	}
	if b.State != kwadrans.Cancelled && b.Rev > rev { // what is taken back keeps it
		if _, err := tx.ExecContext(ctx, `UPDATE booking SET zoom_id = NULL, zoom_join = NULL, zoom_passcode = NULL, zoom_host = NULL
			WHERE id = ? AND rev = ? AND state = 'cancelled'`, b.ID, rev); err != nil {
			return false, err
		}
	}
	if done, err := updateBooking(ctx, tx, b, rev); err != nil || !done {
		return false, err
	}
	if err := wantSteps(ctx, tx, b, steps); err != nil {
		return false, err
	}
	if err := noteBefore(ctx, tx, before, b.Rev); err != nil {
		return false, err
	}
	if err := settleState(ctx, tx, b.ID); err != nil {
		return false, err
	}
	return true, addEvent(ctx, tx, b.ID, e)
}

func updateBooking(ctx context.Context, tx *sql.Tx, b kwadrans.Booking, rev int) (bool, error) {
	place, err := toJSON(b.Place)
	if err != nil {
		return false, err
	}
	change, err := toJSON(b.Change)
	if err != nil {
		return false, err
	}
	res, err := tx.ExecContext(ctx, `UPDATE booking SET host = ?, host_name = ?, host_email = ?, wall_date = ?, wall_minutes = ?, wall_fold = ?, zone = ?,
		start_ms = ?, end_ms = ?, blocked_start = ?, blocked_end = ?, place = ?, change = ?, note = ?, state = ?, rev = ?, over = ?, reason = ?, updated_ms = ?, seek = ?, form = ?
		WHERE id = ? AND rev = ?`,
		b.Host.ID, b.Host.Name, b.Host.Email, b.Wall.Date.String(), b.Wall.Minutes, b.Wall.Fold, b.Wall.Zone,
		ms(b.Start), ms(b.End), ms(b.Blocked.Start), ms(b.Blocked.End), place, change, b.Note, b.State, b.Rev, b.Over, b.Reason, ms(b.Updated), seekOf(b), b.Form, b.ID, rev)
	if isOverlap(err) {
		return false, errTaken
	}
	if err != nil {
		return false, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM attendee WHERE booking = ?`, b.ID); err != nil {
		return false, err
	}
	return true, insertAttendees(ctx, tx, b)
}
