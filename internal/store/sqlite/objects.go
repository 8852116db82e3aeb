package sqlite

import (
	"context"
	"database/sql"

	"kwadrans/internal/kwadrans"
)

// Objects returns the last good copy of a calendar as it came, by href, with its
// generation: both of one moment.
func (s *Store) Objects(ctx context.Context, id string) (list []kwadrans.CalendarObject, gen int64, err error) {
	tx, err := s.r.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, 0, wrap("read the calendar", err)
	}
	defer func() { _ = tx.Rollback() }()
	if err := tx.QueryRowContext(ctx, `SELECT coalesce((`+generation+`), 0)`, id).Scan(&gen); err != nil {
		return nil, 0, wrap("read the calendar", err)
	}
	rows, err := tx.QueryContext(ctx, `SELECT href, etag, body FROM calendar_object WHERE calendar = ? ORDER BY href`, id)
	if err != nil {
		return nil, 0, wrap("read the calendar", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var o kwadrans.CalendarObject
		if err := rows.Scan(&o.Href, &o.ETag, &o.Body); err != nil {
			return nil, 0, wrap("read the calendar", err)
		}
		list = append(list, o)
	}
	return list, gen, wrap("read the calendar", rows.Err())
}

// Tags returns the tag of each object of the last good copy by its href.
func (s *Store) Tags(ctx context.Context, id string) (map[string]string, error) {
	rows, err := s.r.QueryContext(ctx, `SELECT href, etag FROM calendar_object WHERE calendar = ?`, id)
	if err != nil {
		return nil, wrap("read the calendar", err)
	}
	defer func() { _ = rows.Close() }()
	tags := map[string]string{}
	for rows.Next() {
		var href, tag string
		if err := rows.Scan(&href, &tag); err != nil {
			return nil, wrap("read the calendar", err)
		}
		tags[href] = tag
	}
	return tags, wrap("read the calendar", rows.Err())
}

// keepObjects lays a change upon the copy. An object that came again as it was is
// not written anew.
func keepObjects(ctx context.Context, tx *sql.Tx, calendar string, change *kwadrans.CalendarChange) error {
	if change.Whole {
		came := make([]string, 0, len(change.Changed))
		for _, o := range change.Changed {
			came = append(came, o.Href)
		}
		if err := dropObjects(ctx, tx, calendar, `href NOT IN (SELECT value FROM json_each(?))`, came); err != nil {
			return err
		}
	}
	if len(change.Gone) > 0 {
		if err := dropObjects(ctx, tx, calendar, `href IN (SELECT value FROM json_each(?))`, change.Gone); err != nil {
			return err
		}
	}
	for _, o := range change.Changed {
		body := o.Body
		if body == nil {
			body = []byte{} // nil would be NULL
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO calendar_object (calendar, href, etag, body) VALUES (?, ?, ?, ?)
			ON CONFLICT (calendar, href) DO UPDATE SET etag = excluded.etag, body = excluded.body
			WHERE etag <> excluded.etag OR body <> excluded.body`, calendar, o.Href, o.ETag, body); err != nil {
			return err
		}
	}
	return nil
}

func dropObjects(ctx context.Context, tx *sql.Tx, calendar, which string, hrefs []string) error {
	list, err := toJSON(hrefs)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM calendar_object WHERE calendar = ? AND `+which, calendar, list)
	return err
}
