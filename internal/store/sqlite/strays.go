package sqlite

import (
	"context"
	"time"

	"kwadrans/internal/kwadrans"
)

// SeeStray counts a sighting of a stray meeting and returns it with its history.
func (s *Store) SeeStray(ctx context.Context, v kwadrans.Stray, now time.Time) (kwadrans.Stray, error) {
	var first, last int64
	err := s.w.QueryRowContext(ctx, `INSERT INTO stray (meeting, booking, why, topic, start_ms, first_ms, last_ms, seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 1)
		ON CONFLICT (meeting) DO UPDATE SET why = excluded.why, topic = excluded.topic, start_ms = excluded.start_ms, last_ms = excluded.last_ms, seen = stray.seen + 1
		RETURNING first_ms, last_ms, seen`, v.MeetingID, v.Booking, v.Why, v.Topic, ms(v.Start), ms(now)).Scan(&first, &last, &v.Seen)
	v.First, v.Last = at(first), at(last)
	return v, wrap("note a stray meeting", err)
}

// ForgetStray removes a stray meeting that is gone.
func (s *Store) ForgetStray(ctx context.Context, meeting int64) error {
	_, err := s.w.ExecContext(ctx, `DELETE FROM stray WHERE meeting = ?`, meeting)
	return wrap("forget a stray meeting", err)
}

// Strays returns the stray meetings, oldest first.
func (s *Store) Strays(ctx context.Context) ([]kwadrans.Stray, error) {
	rows, err := s.r.QueryContext(ctx, `SELECT meeting, booking, why, topic, start_ms, first_ms, last_ms, seen FROM stray ORDER BY first_ms, meeting`)
	if err != nil {
		return nil, wrap("read the stray meetings", err)
	}
	defer func() { _ = rows.Close() }()
	list := []kwadrans.Stray{}
	for rows.Next() {
		var v kwadrans.Stray
		var start, first, last int64
		if err := rows.Scan(&v.MeetingID, &v.Booking, &v.Why, &v.Topic, &start, &first, &last, &v.Seen); err != nil {
			return nil, wrap("read the stray meetings", err)
		}
		v.Start, v.First, v.Last = at(start), at(first), at(last)
		list = append(list, v)
	}
	return list, wrap("read the stray meetings", rows.Err())
}
