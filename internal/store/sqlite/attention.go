package sqlite

import (
	"context"
	"fmt"
	"time"

	"kwadrans/internal/kwadrans"
)

// recently is how long after its last change a booking that is over may still ask for a person.
const recently = 7 * 24 * time.Hour

// mostAttention bounds a list that one missing password can fill with everything.
const mostAttention = 200

// stuck are the bookings with a step that goes on only when a person acts: it was
// given up, or it or its lane waits for ever, or what it last failed of ends only
// so. Steps that end what the outside never had do not count. ?1 is now, ?2 since
// when a change is recent, ?3 the codes of such failures. The plus keeps SQLite
// from walking through all done steps to save a sort.
var stuck = fmt.Sprintf(`FROM booking JOIN (SELECT subject, max(dead) AS given_up FROM step WHERE have < want
		AND (live = 1 OR ever = 1 OR maybe_sent = 1 OR remote_id <> '')
		AND (dead = 1 OR not_before >= %[1]d OR attempt > 0 AND code IN (SELECT value FROM json_each(?3))
			OR EXISTS (SELECT 1 FROM pause p WHERE p.until_ms >= %[1]d AND `+held+`)) GROUP BY +subject) ON subject = id
	WHERE (end_ms > ?1 OR updated_ms > ?2)`, ms(kwadrans.Forever))

var (
	attention      = stuck + fmt.Sprintf(` ORDER BY given_up DESC, start_ms, id LIMIT %d`, mostAttention)
	countAttention = `SELECT count(*) ` + stuck
)

// Attention returns the bookings that need a person, those with a given up step
// first, then by their start: the ones that are not over, and the ones that
// changed in the last seven days. At most 200; CountBookings counts them all.
func (s *Store) Attention(ctx context.Context, now time.Time) ([]kwadrans.Booking, error) {
	args, err := stuckArgs(now)
	if err != nil {
		return nil, wrap("read the bookings", err)
	}
	return queryBookings(ctx, s.r, attention, args...)
}

func stuckArgs(now time.Time) ([]any, error) {
	codes, err := toJSON(kwadrans.PersonCodes())
	return []any{ms(now), ms(now.Add(-recently)), codes}, err
}

// CountBookings counts the bookings to come, and those that need a person.
func (s *Store) CountBookings(ctx context.Context, now time.Time) (n kwadrans.BookingCounts, err error) {
	args, err := stuckArgs(now)
	if err == nil {
		err = s.r.QueryRowContext(ctx, `SELECT count(*) `+toCome, comeArgs(now)...).Scan(&n.Upcoming)
	}
	if err == nil {
		err = s.r.QueryRowContext(ctx, countAttention, args...).Scan(&n.Attention)
	}
	return n, wrap("count the bookings", err)
}

const (
	countMeetings = `SELECT count(*) ` + toCome + ` AND zoom_id IS NOT NULL`
	countWaiting  = `SELECT count(*) FROM step JOIN booking ON id = subject
		WHERE have < want AND target = 'zoom' AND state <> 'cancelled' AND zoom_id IS NULL AND end_ms > ?`
	countZoomTopics = `SELECT count(*) FROM topic WHERE body ->> '$.places[0].kind' = 'zoom'`
)

// CountVideo counts what hangs on the Zoom connection.
func (s *Store) CountVideo(ctx context.Context, now time.Time) (n kwadrans.VideoCounts, err error) {
	for _, c := range []struct {
		query string
		args  []any
		into  *int
	}{
		{countMeetings, comeArgs(now), &n.Meetings},
		{countWaiting, []any{ms(now)}, &n.Waiting},
		{countZoomTopics, nil, &n.Topics},
	} {
		if err := s.r.QueryRowContext(ctx, c.query, c.args...).Scan(c.into); err != nil {
			return n, wrap("count the bookings", err)
		}
	}
	return n, nil
}
