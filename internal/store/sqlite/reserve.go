package sqlite

import (
	"context"
	"database/sql"

	"kwadrans/internal/kwadrans"
)

// Reserve looks and writes in one immediate transaction: it keeps the booking
// with its steps and the first line of its history, or returns the bookings of
// the same host that are in the way. A booking with a reason in Over is kept
// whatever is in the way.
func (s *Store) Reserve(ctx context.Context, b kwadrans.Booking, steps []kwadrans.Step, e kwadrans.Event) ([]kwadrans.Busy, error) {
	var inTheWay []kwadrans.Busy
	err := s.tx(ctx, "reserve", func(tx *sql.Tx) (err error) {
		if b.Over == "" {
			if inTheWay, err = overlapping(ctx, tx, b); err != nil || len(inTheWay) > 0 {
				return err
			}
		}
		if err = insertBooking(ctx, tx, b); err != nil {
			return err
		}
		if err = wantSteps(ctx, tx, b, steps); err != nil {
			return err
		}
		return addEvent(ctx, tx, b.ID, e)
	})
	return inTheWay, err
}

// The bound of blocked_end follows from the rule behind it, and spares reckoning that
// for the seats of the three days before.
const overlap = `SELECT ` + busyColumns + ` FROM booking
	WHERE host = ? AND state <> 'cancelled' AND id <> ? AND blocked_start < ? AND blocked_start > ? AND blocked_end > ?
	AND ((start_ms < ? AND end_ms > ?) OR (blocked_start < ? AND blocked_end > ?)) ORDER BY start_ms LIMIT 5`

// overlapping returns the seats of the same host that the booking may not
// touch: the padded time of the one and the core of the other, either way.
func overlapping(ctx context.Context, tx *sql.Tx, b kwadrans.Booking) ([]kwadrans.Busy, error) {
	return queryBusy(ctx, tx, overlap, overlapArgs(b)...)
}

func overlapArgs(b kwadrans.Booking) []any {
	from, to := ms(b.Blocked.Start), ms(b.Blocked.End)
	return []any{b.Host.ID, b.ID, to, from - maxBlocked, from, to, from, ms(b.End), ms(b.Start)}
}

func insertBooking(ctx context.Context, tx *sql.Tx, b kwadrans.Booking) error {
	place, err := toJSON(b.Place)
	if err != nil {
		return err
	}
	change, err := toJSON(b.Change)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO booking (id, uid, topic, topic_name, host, host_name, host_email, wall_date, wall_minutes, wall_fold, zone,
		start_ms, end_ms, blocked_start, blocked_end, place, change, note, state, rev, over, reason, created_ms, updated_ms, seek, form)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		b.ID, b.UID, b.Topic, b.TopicName, b.Host.ID, b.Host.Name, b.Host.Email, b.Wall.Date.String(), b.Wall.Minutes, b.Wall.Fold, b.Wall.Zone,
		ms(b.Start), ms(b.End), ms(b.Blocked.Start), ms(b.Blocked.End), place, change, b.Note, b.State, b.Rev, b.Over, b.Reason, ms(b.Created), ms(b.Updated), seekOf(b), b.Form)
	if isOverlap(err) {
		return errTaken
	}
	if err != nil {
		return err
	}
	return insertAttendees(ctx, tx, b)
}

func insertAttendees(ctx context.Context, tx *sql.Tx, b kwadrans.Booking) error {
	for i, a := range b.Attendees {
		_, err := tx.ExecContext(ctx, `INSERT INTO attendee (booking, pos, name, email, zone, lang, answer, answered_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			b.ID, i, a.Name, a.Email, a.Zone, a.Lang, a.Answer, msOrZero(a.Answered))
		if isUnique(err) {
			return kwadrans.Errorf(kwadrans.CodeInvalid, "attendee %s is invited twice", a.Email)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
