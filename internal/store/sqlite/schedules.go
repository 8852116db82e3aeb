package sqlite

import (
	"context"
	"database/sql"

	"kwadrans/internal/kwadrans"
)

// AddSchedule keeps a new schedule, or fails with CodeExists.
func (s *Store) AddSchedule(ctx context.Context, sch kwadrans.Schedule) error {
	return s.tx(ctx, "keep the schedule", func(tx *sql.Tx) error { return insertSchedule(ctx, tx, sch) })
}

// RenameSchedule puts a schedule in the place of the one that is called name; the
// topics of that one follow. CodeNotFound, or CodeExists when the new name is taken.
func (s *Store) RenameSchedule(ctx context.Context, name string, sch kwadrans.Schedule) error {
	return s.tx(ctx, "rename the schedule", func(tx *sql.Tx) error {
		if err := insertSchedule(ctx, tx, sch); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE topic SET schedule = ?1, body = json_set(body, '$.schedule', ?1) WHERE schedule = ?2`, sch.Name, name)
		if err != nil {
			return err
		}
		res, err := tx.ExecContext(ctx, `DELETE FROM schedule WHERE name = ?`, name)
		return removed(res, err, "schedule", name)
	})
}

func insertSchedule(ctx context.Context, tx *sql.Tx, sch kwadrans.Schedule) error {
	body, err := toJSON(sch)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO schedule (name, body) VALUES (?, ?)`, sch.Name, body)
	if isUnique(err) {
		return kwadrans.Errorf(kwadrans.CodeExists, "schedule %q exists already", sch.Name).WithHint("choose another name")
	}
	return err
}
