package sqlite

import (
	"context"
	"database/sql"

	"kwadrans/internal/kwadrans"
)

// History returns what happened to a booking, oldest first.
func (s *Store) History(ctx context.Context, booking string) ([]kwadrans.Event, error) {
	rows, err := s.r.QueryContext(ctx, `SELECT at_ms, actor, kind, target, detail FROM event WHERE booking = ? ORDER BY id`, booking)
	if err != nil {
		return nil, wrap("read the history", err)
	}
	defer func() { _ = rows.Close() }()
	list := []kwadrans.Event{}
	for rows.Next() {
		var e kwadrans.Event
		var when int64
		if err := rows.Scan(&when, &e.Actor, &e.Kind, &e.Target, &e.Detail); err != nil {
			return nil, wrap("read the history", err)
		}
		e.At = at(when)
		list = append(list, e)
	}
	return list, wrap("read the history", rows.Err())
}

// addEvent writes a line of a booking's history; steps of something else have none.
func addEvent(ctx context.Context, tx *sql.Tx, booking string, e kwadrans.Event) error {
	if e.Kind == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO event (booking, at_ms, actor, kind, target, detail)
		SELECT id, ?, ?, ?, ?, ? FROM booking WHERE id = ?`, ms(e.At), e.Actor, e.Kind, e.Target, e.Detail, booking)
	return err
}
