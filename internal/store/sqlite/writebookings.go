package sqlite

import (
	"context"
	"time"

	"kwadrans/internal/kwadrans"
)

// WriteBookings wants every booking to come written into a calendar that knows nothing
// of it yet, those that meet in Zoom once they have their link. Those it knows stay as
// they are. CodeNotFound for a calendar that there is not.
func (s *Store) WriteBookings(ctx context.Context, id string, now time.Time) error {
	if _, err := s.Calendar(ctx, id); err != nil {
		return err
	}
	_, err := s.w.ExecContext(ctx, `INSERT INTO step (subject, target, lane, needs, live, want, not_before)
		SELECT id, ?1, ?2, coalesce((SELECT target FROM step WHERE subject = booking.id AND target = 'zoom'), ''), 1, rev, 0
		FROM booking WHERE state NOT IN ('cancelled', 'held') AND end_ms > ?3
		ON CONFLICT (subject, target) DO NOTHING`, kwadrans.EventIn(id), kwadrans.LaneCalendar+id, ms(now))
	return wrap("plan the calendar", err)
}
