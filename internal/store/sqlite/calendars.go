package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"kwadrans/internal/kwadrans"
)

const calendarColumns = `id, kind, calendar.name, address, sealed, login, colour, all_day, publish, near, added_ms, ` + readingColumns

const (
	withReading  = ` FROM calendar LEFT JOIN source ON source.name = id `
	allCalendars = withReading + `ORDER BY added_ms, id`
	oneCalendar  = withReading + `WHERE id >= ?1 AND id < ?1 || char(1114111) ORDER BY id LIMIT 2`
)

// Calendars returns the other calendars of the host in the order in which they
// were added, each with its reading. It opens nothing sealed: the Address of a
// feed is only what may be shown of it.
func (s *Store) Calendars(ctx context.Context) ([]kwadrans.Calendar, error) {
	list, _, err := queryCalendars(ctx, s.r, allCalendars)
	return list, err
}

// Calendar returns the calendar whose id starts with the prefix of at least eight
// characters, with the whole address: CodeNotFound, CodeAmbiguous, CodeInvalid for
// a shorter prefix. While the key is not to be had the address of a feed is only
// what may be shown of it, and CalendarSecret fails.
func (s *Store) Calendar(ctx context.Context, prefix string) (kwadrans.Calendar, error) {
	if len(prefix) < 8 {
		return kwadrans.Calendar{}, kwadrans.Errorf(kwadrans.CodeInvalid, "%q is too short for a calendar id", prefix).WithHint("give at least 8 characters of it")
	}
	list, sealed, err := queryCalendars(ctx, s.r, oneCalendar, strings.ToLower(prefix))
	switch {
	case err != nil:
		return kwadrans.Calendar{}, err
	case len(list) == 0:
		return kwadrans.Calendar{}, notFound("calendar", prefix)
	case len(list) > 1:
		return kwadrans.Calendar{}, kwadrans.Errorf(kwadrans.CodeAmbiguous, "%q fits more than one calendar", prefix).WithHint("give more characters of the id")
	}
	c := list[0]
	if address, err := s.openAddress(ctx, c.ID, sealed[0]); err == nil && address != "" {
		c.Address = address
	}
	return c, nil
}

// queryCalendars reads calendars, and beside each what is sealed of its address.
func queryCalendars(ctx context.Context, q querier, from string, args ...any) (list []kwadrans.Calendar, sealed [][]byte, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+calendarColumns+from, args...)
	if err != nil {
		return nil, nil, wrap("read the calendars", err)
	}
	defer func() { _ = rows.Close() }()
	list = []kwadrans.Calendar{}
	for rows.Next() {
		var c kwadrans.Calendar
		var secret []byte
		var added int64
		var r readingRow
		into := append([]any{&c.ID, &c.Kind, &c.Name, &c.Address, &secret, &c.Login, &c.Colour, &c.AllDay, &c.Publish, &c.Near, &added}, r.into()...)
		if err := rows.Scan(into...); err != nil {
			return nil, nil, wrap("read the calendars", err)
		}
		c.Added, c.Reading = at(added), r.reading()
		list, sealed = append(list, c), append(sealed, secret)
	}
	return list, sealed, wrap("read the calendars", rows.Err())
}

// AddCalendar keeps a new calendar, its secret sealed; an empty one is none. Of a
// feed the address is sealed as well, since it is all that is needed to read it.
// CodeExists for an address that is there already, CodeInUse when it is to publish
// and another calendar does, and the key's codes.
func (s *Store) AddCalendar(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret) error {
	address, err := s.sealAddress(ctx, c)
	if err != nil {
		return err
	}
	sealed, err := s.sealSecret(ctx, c.ID, secret)
	if err != nil {
		return err
	}
	_, err = s.w.ExecContext(ctx, `INSERT INTO calendar (id, kind, name, address, place, sealed, login, secret, colour, all_day, publish, near, added_ms)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.ID, c.Kind, c.Name, address.shown, address.place, address.sealed, c.Login, sealed, c.Colour, c.AllDay, c.Publish, c.Near, ms(c.Added))
	return calendarError(err)
}

// ChangeCalendar changes everything but the kind, the secret and when it was
// added. At another address nothing is known of the calendar any more; with
// another choice about all-day events its copy is void; at another address or with
// another login the steps that wait for it are let go. CodeNotFound, and those of
// AddCalendar.
func (s *Store) ChangeCalendar(ctx context.Context, c kwadrans.Calendar) error {
	var was, place string
	err := s.r.QueryRowContext(ctx, `SELECT kind, address, place FROM calendar WHERE id = ?`, c.ID).Scan(&c.Kind, &was, &place)
	if errors.Is(err, sql.ErrNoRows) {
		return notFound("calendar", c.ID)
	}
	if err != nil {
		return wrap("read the calendar", err)
	}
	next := address{shown: was, place: place}
	if c.Kind != kwadrans.CalendarFeed || c.Address != was { // a feed as it is shown keeps its address
		if next, err = s.sealAddress(ctx, c); err != nil {
			return err
		}
	}
	return s.tx(ctx, "change the calendar", func(tx *sql.Tx) error { return changeCalendar(ctx, tx, c, next) })
}

func changeCalendar(ctx context.Context, tx *sql.Tx, c kwadrans.Calendar, next address) error {
	var moved, other, days bool
	err := tx.QueryRowContext(ctx, `SELECT place <> ?, login <> ?, all_day <> ? FROM calendar WHERE id = ?`, next.place, c.Login, c.AllDay, c.ID).
		Scan(&moved, &other, &days)
	if errors.Is(err, sql.ErrNoRows) {
		return notFound("calendar", c.ID)
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE calendar SET name = ?, address = ?, place = ?, sealed = coalesce(?, sealed), login = ?, colour = ?, all_day = ?, publish = ?, near = ? WHERE id = ?`,
		c.Name, next.shown, next.place, next.sealed, c.Login, c.Colour, c.AllDay, c.Publish, c.Near, c.ID)
	if err != nil {
		return calendarError(err)
	}
	switch {
	case moved:
		err = forgetSource(ctx, tx, c.ID)
	case days:
		err = voidCopy(ctx, tx, c.ID)
	}
	if err == nil && (moved || other) {
		err = resume(ctx, tx, kwadrans.LaneCalendar+c.ID)
	}
	return err
}

func calendarError(err error) error {
	switch {
	case isUnique(err) && strings.Contains(err.Error(), "calendar.publish"):
		return kwadrans.Errorf(kwadrans.CodeInUse, "store: bookings are written into another calendar already").WithHint("stop that one first")
	case isUnique(err):
		return kwadrans.Errorf(kwadrans.CodeExists, "store: this calendar was added already").WithHint("see kwadrans %s list", "calendar")
	}
	return wrap("keep the calendar", err)
}
