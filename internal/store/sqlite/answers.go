package sqlite

import (
	"context"
	"database/sql"
	"time"

	"kwadrans/internal/kwadrans"
)

// BookingByUID returns the booking of an invitation; false when there is none.
func (s *Store) BookingByUID(ctx context.Context, uid string) (b kwadrans.Booking, found bool, err error) {
	list, err := queryBookings(ctx, s.r, `FROM booking WHERE uid = ?`, uid)
	if err != nil || len(list) == 0 {
		return b, false, err
	}
	return list[0], true, nil
}

// KeepAnswer keeps what an attendee answered and when (DTSTAMP); false when who it is does
// not attend, or gave a later answer.
func (s *Store) KeepAnswer(ctx context.Context, id, email string, answer kwadrans.Answer, stamp time.Time, e kwadrans.Event) (bool, error) {
	done := false
	err := s.tx(ctx, "keep the answer", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE attendee SET answer = ?, answered_ms = ? WHERE booking = ? AND email = ? AND answered_ms < ?`,
			answer, ms(stamp), id, email, ms(stamp))
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if done = n > 0; err != nil || !done {
			return err
		}
		return addEvent(ctx, tx, id, e)
	})
	return done && err == nil, err
}

func msOrZero(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return ms(t)
}
