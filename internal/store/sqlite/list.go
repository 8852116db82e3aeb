package sqlite

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// The lists of bookings, each along its own index.
const (
	toCome    = `FROM booking WHERE state <> 'cancelled' AND start_ms > ? AND end_ms > ?`
	past      = `FROM booking WHERE state <> 'cancelled' AND start_ms < ? AND end_ms <= ?`
	cancelled = `FROM booking WHERE state = 'cancelled'`

	found = ` AND instr(seek, ?) > 0`

	soonest = ` ORDER BY start_ms, id LIMIT ? OFFSET ?`
	latest  = ` ORDER BY start_ms DESC, id DESC LIMIT ? OFFSET ?`
)

// BookingList returns one page of a list, and whether there is more behind it.
// CodeInvalid for a list that there is not.
func (s *Store) BookingList(ctx context.Context, ask kwadrans.ListAsk) (page []kwadrans.Booking, more bool, err error) {
	where, args, err := listed(ask)
	if err != nil {
		return nil, false, err
	}
	limit := -1
	if ask.Limit > 0 {
		limit = ask.Limit + 1
	}
	page, err = queryBookings(ctx, s.r, where, append(args, limit, max(ask.Offset, 0))...)
	if ask.Limit > 0 && len(page) > ask.Limit {
		return page[:ask.Limit], true, err
	}
	return page, false, err
}

func listed(ask kwadrans.ListAsk) (where string, args []any, err error) {
	now, order := ms(ask.Now), latest
	switch ask.When {
	case kwadrans.ListUpcoming:
		where, order, args = toCome, soonest, comeArgs(ask.Now)
	case kwadrans.ListPast:
		where, args = past, []any{now, now}
	case kwadrans.ListCancelled:
		where = cancelled
	default:
		return "", nil, kwadrans.Errorf(kwadrans.CodeInvalid, "store: there is no list %q of bookings", ask.When)
	}
	for _, word := range ask.Words() {
		where += found
		args = append(args, word)
	}
	return where + order, args, nil
}

// comeArgs are those of toCome: a meeting is at most MaxMeeting long, so one that is
// not over does not begin further back.
func comeArgs(now time.Time) []any { return []any{ms(now.Add(-kwadrans.MaxMeeting)), ms(now)} }

// seekOf is what a search looks at: the names and addresses that a booking shows.
func seekOf(b kwadrans.Booking) string {
	texts := []string{b.TopicName, b.Note, b.Form}
	for _, a := range b.Attendees {
		texts = append(texts, a.Name, a.Email)
	}
	return kwadrans.Fold(strings.Join(texts, "\n"))
}

// oldBookings are the bookings of version 1, as far as a search looks at them.
func oldBookings(ctx context.Context, tx *sql.Tx) (list []kwadrans.Booking, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, topic_name, note FROM booking`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var b kwadrans.Booking
		if err := rows.Scan(&b.ID, &b.TopicName, &b.Note); err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	return list, rows.Err()
}

// oldAttendees are the attendees of version 1, as far as a search looks at them.
func oldAttendees(ctx context.Context, tx *sql.Tx, id string) (list []kwadrans.Attendee, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT name, email FROM attendee WHERE booking = ? ORDER BY pos`, id)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var a kwadrans.Attendee
		if err := rows.Scan(&a.Name, &a.Email); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, rows.Err()
}

// fillSeek writes down what a search looks at for the bookings of version 1.
func fillSeek(ctx context.Context, tx *sql.Tx) error {
	list, err := oldBookings(ctx, tx)
	if err != nil {
		return err
	}
	for _, b := range list {
		if b.Attendees, err = oldAttendees(ctx, tx, b.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE booking SET seek = ? WHERE id = ?`, seekOf(b), b.ID); err != nil {
			return err
		}
	}
	return nil
}
