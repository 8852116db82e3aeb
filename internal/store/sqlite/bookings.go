package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

const bookingColumns = `id, uid, topic, topic_name, host, host_name, host_email, wall_date, wall_minutes, wall_fold, zone,
	start_ms, end_ms, blocked_start, blocked_end, place, change, note, state, rev, zoom_id, zoom_join, zoom_passcode, zoom_host,
	over, reason, created_ms, updated_ms, form`

const byPrefix = `FROM booking WHERE id >= ?1 AND id < ?1 || char(1114111) ORDER BY id LIMIT 2`

// Booking returns the booking whose id starts with the prefix of at least eight
// characters: CodeNotFound, CodeAmbiguous, CodeInvalid for a shorter one.
func (s *Store) Booking(ctx context.Context, prefix string) (kwadrans.Booking, error) {
	return oneBooking(ctx, s.r, prefix)
}

// BookingAndSteps is Booking with Steps, both of one moment.
func (s *Store) BookingAndSteps(ctx context.Context, prefix string) (b kwadrans.Booking, steps []kwadrans.Step, err error) {
	tx, err := s.r.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return b, nil, wrap("read the booking", err)
	}
	defer func() { _ = tx.Rollback() }()
	if b, err = oneBooking(ctx, tx, prefix); err != nil {
		return b, nil, err
	}
	steps, err = stepsOf(ctx, tx, b.ID)
	return b, steps, err
}

func oneBooking(ctx context.Context, q querier, prefix string) (kwadrans.Booking, error) {
	if len(prefix) < 8 {
		return kwadrans.Booking{}, kwadrans.Errorf(kwadrans.CodeInvalid, "%q is too short for a booking id", prefix).WithHint("give at least 8 characters of it")
	}
	list, err := queryBookings(ctx, q, byPrefix, strings.ToLower(prefix))
	if err != nil {
		return kwadrans.Booking{}, err
	}
	switch len(list) {
	case 0:
		return kwadrans.Booking{}, notFound("booking", prefix)
	case 1:
		return list[0], nil
	}
	return kwadrans.Booking{}, kwadrans.Errorf(kwadrans.CodeAmbiguous, "%q fits more than one booking", prefix).WithHint("give more characters of the id")
}

const inRange = `FROM booking WHERE start_ms < ? AND start_ms > ? AND end_ms > ? ORDER BY start_ms, id LIMIT ? OFFSET ?`

// Bookings returns the bookings that touch the range, by start; limit 0 is all.
func (s *Store) Bookings(ctx context.Context, span kwadrans.Span, limit, offset int) ([]kwadrans.Booking, error) {
	if limit <= 0 {
		limit = -1
	}
	return queryBookings(ctx, s.r, inRange,
		ms(span.End), ms(span.Start.Add(-kwadrans.MaxMeeting)), ms(span.Start), limit, offset)
}

const busyColumns = `id, topic, topic_name, start_ms, end_ms, blocked_start, blocked_end, place ->> 'kind' = 'zoom'`

const ownBusy = `SELECT ` + busyColumns + ` FROM booking
	WHERE host = ? AND state <> 'cancelled' AND id <> ? AND blocked_start < ? AND blocked_start > ? AND blocked_end > ? ORDER BY start_ms`

// OwnBusy returns the stretches that the bookings of a host hold in the range,
// but for one booking id, which may be empty.
func (s *Store) OwnBusy(ctx context.Context, host string, span kwadrans.Span, except string) ([]kwadrans.Busy, error) {
	return queryBusy(ctx, s.r, ownBusy, host, except, ms(span.End), ms(span.Start)-maxBlocked, ms(span.Start))
}

// maxBlocked is the longest stretch with buffers, in milliseconds; the schema checks it.
const maxBlocked = int64(72 * time.Hour / time.Millisecond)

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func queryBusy(ctx context.Context, q querier, query string, args ...any) ([]kwadrans.Busy, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, wrap("read the bookings", err)
	}
	defer func() { _ = rows.Close() }()
	var list []kwadrans.Busy
	for rows.Next() {
		var start, end, from, to int64
		b := kwadrans.Busy{Kind: kwadrans.FromBooking, Source: "bookings"}
		if err := rows.Scan(&b.ID, &b.Topic, &b.Item, &start, &end, &from, &to, &b.Zoom); err != nil {
			return nil, wrap("read the bookings", err)
		}
		b.Span = kwadrans.Span{Start: at(start), End: at(end)}
		b.Before, b.After = at(start).Sub(at(from)), at(to).Sub(at(end))
		list = append(list, b)
	}
	return list, wrap("read the bookings", rows.Err())
}

func queryBookings(ctx context.Context, q querier, from string, args ...any) ([]kwadrans.Booking, error) {
	list, err := scanBookings(ctx, q, from, args...)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Attendees, err = attendees(ctx, q, list[i].ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func scanBookings(ctx context.Context, q querier, from string, args ...any) ([]kwadrans.Booking, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+bookingColumns+` `+from, args...)
	if err != nil {
		return nil, wrap("read the bookings", err)
	}
	defer func() { _ = rows.Close() }()
	list := []kwadrans.Booking{}
	for rows.Next() {
		b, err := scanBooking(rows)
		if err != nil {
			return nil, wrap("read the bookings", err)
		}
		list = append(list, b)
	}
	return list, wrap("read the bookings", rows.Err())
}

func scanBooking(rows *sql.Rows) (b kwadrans.Booking, err error) {
	var day, place, change string
	var start, end, from, to, created, updated int64
	var zoomID sql.NullInt64
	var join, pass, zhost sql.NullString
	err = rows.Scan(&b.ID, &b.UID, &b.Topic, &b.TopicName, &b.Host.ID, &b.Host.Name, &b.Host.Email, &day, &b.Wall.Minutes, &b.Wall.Fold, &b.Wall.Zone,
		&start, &end, &from, &to, &place, &change, &b.Note, &b.State, &b.Rev, &zoomID, &join, &pass, &zhost, &b.Over, &b.Reason, &created, &updated, &b.Form)
	if err != nil {
		return b, err
	}
	if b.Wall.Date, err = kwadrans.ParseDate(day); err != nil {
		return b, err
	}
	if err = json.Unmarshal([]byte(place), &b.Place); err != nil {
		return b, err
	}
	if err = json.Unmarshal([]byte(change), &b.Change); err != nil {
		return b, err
	}
	b.Start, b.End, b.Blocked = at(start), at(end), kwadrans.Span{Start: at(from), End: at(to)}
	b.Created, b.Updated = at(created), at(updated)
	if zoomID.Valid {
		b.Zoom = &kwadrans.ZoomMeeting{ID: zoomID.Int64, JoinURL: join.String, Passcode: pass.String, HostMail: zhost.String}
	}
	return b, nil
}

func attendees(ctx context.Context, q querier, id string) ([]kwadrans.Attendee, error) {
	rows, err := q.QueryContext(ctx, `SELECT name, email, zone, lang, answer, answered_ms FROM attendee WHERE booking = ? ORDER BY pos`, id)
	if err != nil {
		return nil, wrap("read the attendees", err)
	}
	defer func() { _ = rows.Close() }()
	list := []kwadrans.Attendee{}
	for rows.Next() {
		var a kwadrans.Attendee
		var answered int64
		if err := rows.Scan(&a.Name, &a.Email, &a.Zone, &a.Lang, &a.Answer, &answered); err != nil {
			return nil, wrap("read the attendees", err)
		}
		if answered != 0 {
			a.Answered = at(answered)
		}
		list = append(list, a)
	}
	return list, wrap("read the attendees", rows.Err())
}

const ownMeetings = `SELECT zoom_id FROM booking WHERE zoom_id IS NOT NULL AND start_ms < ? AND start_ms > ?`

// OwnMeetings returns the ids of the Zoom meetings of our bookings, cancelled
// ones too, that start in the range.
func (s *Store) OwnMeetings(ctx context.Context, span kwadrans.Span) (map[int64]bool, error) {
	rows, err := s.r.QueryContext(ctx, ownMeetings,
		ms(span.End), ms(span.Start.Add(-kwadrans.MaxMeeting)))
	if err != nil {
		return nil, wrap("read the bookings", err)
	}
	defer func() { _ = rows.Close() }()
	own := map[int64]bool{}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, wrap("read the bookings", err)
		}
		own[id] = true
	}
	return own, wrap("read the bookings", rows.Err())
}

const ownUIDs = `SELECT uid FROM booking`

// OwnUIDs returns the UIDs of the invitations of all our bookings, cancelled ones too.
func (s *Store) OwnUIDs(ctx context.Context) (map[string]bool, error) {
	list, err := texts(ctx, s.r, ownUIDs)
	own := make(map[string]bool, len(list))
	for _, uid := range list {
		own[uid] = true
	}
	return own, wrap("read the bookings", err)
}
