package sqlite

import (
	"context"
	"database/sql"

	"kwadrans/internal/kwadrans"
)

// The first condition is the index's: held seats are looked for among live bookings only.
const waiting = `FROM booking WHERE state <> 'cancelled' AND state = 'held' ORDER BY created_ms, id`

// Holds returns the bookings that wait for a confirmation, oldest first.
func (s *Store) Holds(ctx context.Context) ([]kwadrans.Booking, error) {
	return queryBookings(ctx, s.r, waiting)
}

// DropHold forgets a booking that still waits for a confirmation, with its steps
// and letters; false when it does not wait any more.
func (s *Store) DropHold(ctx context.Context, id string) (bool, error) {
	dropped := false
	err := s.tx(ctx, "forget a held seat", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM booking WHERE id = ? AND state = 'held'`, id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		dropped = true
		_, err = tx.ExecContext(ctx, `DELETE FROM step WHERE subject = ?`, id)
		return err
	})
	return dropped && err == nil, err
}

// Met says whether the address attends a booking that was more than a held seat.
func (s *Store) Met(ctx context.Context, email string) (bool, error) {
	var met bool
	err := s.r.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM attendee a JOIN booking b ON b.id = a.booking WHERE a.email = ? AND b.state <> 'held')`, email).Scan(&met)
	return met, wrap("read the attendees", err)
}
