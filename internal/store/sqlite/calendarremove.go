package sqlite

import (
	"context"
	"database/sql"
	"strings"

	"kwadrans/internal/kwadrans"
)

// RemoveCalendar removes a calendar with all that was read from it, by its whole
// id, or fails with CodeNotFound. It never waits for the calendar: steps towards it
// that are not done are dropped, also one that is under way, what waited for them
// goes on, and bookings that needed a person for one of them do so no more. Done
// steps stay, since they tell what was written into it; changes of those bookings
// want nothing of it any more.
func (s *Store) RemoveCalendar(ctx context.Context, id string) error {
	return s.tx(ctx, "remove the calendar", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM calendar WHERE id = ?`, id)
		if err := removed(res, err, "calendar", id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM source WHERE name = ?`, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM pause WHERE lane = ?`, kwadrans.LaneCalendar+id); err != nil {
			return err
		}
		return dropSteps(ctx, tx, kwadrans.EventIn(id))
	})
}

const openTowards = `SELECT subject FROM step WHERE target = ? AND have < want`

// dropSteps drops the steps towards a target that will never be there again. Whoever
// works on one of them finds that its claim was lost.
func dropSteps(ctx context.Context, tx *sql.Tx, target string) error {
	subjects, err := texts(ctx, tx, openTowards, target)
	if err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM step WHERE target = ? AND have < want`,
		`UPDATE step SET needs = '' WHERE needs = ? AND have < want`,
	} {
		if _, err := tx.ExecContext(ctx, query, target); err != nil {
			return err
		}
	}
	for _, subject := range subjects {
		if err := settleState(ctx, tx, subject); err != nil {
			return err
		}
	}
	return nil
}

// leadsNowhere says whether a target is a calendar that was removed.
func leadsNowhere(ctx context.Context, tx *sql.Tx, target string) (gone bool, err error) {
	id, isCalendar := strings.CutPrefix(target, kwadrans.EventIn(""))
	if !isCalendar {
		return false, nil
	}
	err = tx.QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM calendar WHERE id = ?)`, id).Scan(&gone)
	return gone, err
}

// texts reads a column.
func texts(ctx context.Context, q querier, query string, args ...any) (list []string, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}
