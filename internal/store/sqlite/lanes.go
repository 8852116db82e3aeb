package sqlite

import (
	"context"
	"database/sql"
	"time"

	"kwadrans/internal/kwadrans"
)

// held is the condition that pause p keeps the lane of a step back: it names
// the lane, or ends in a slash and names those under it. A name that only
// begins alike is another lane.
const held = `(p.lane = step.lane OR p.lane = '' OR substr(p.lane, -1) = '/' AND substr(step.lane, 1, length(p.lane)) = p.lane)`

// PauseLanes keeps a lane back until p.Until, or every lane under a prefix that
// ends in a slash. A pause that holds longer already stays.
func (s *Store) PauseLanes(ctx context.Context, prefix string, p kwadrans.Pause) error {
	p.Lane = prefix
	return s.tx(ctx, "pause "+prefix, func(tx *sql.Tx) error { return pause(ctx, tx, p) })
}

// ResumeLanes ends the pauses of every lane that starts with the prefix and
// makes their waiting steps due. What is under way at this moment may still
// fail of the old cause; it does not pause the lane for good any more.
func (s *Store) ResumeLanes(ctx context.Context, prefix string) error {
	return s.tx(ctx, "resume "+prefix, func(tx *sql.Tx) error { return resume(ctx, tx, prefix) })
}

func pause(ctx context.Context, tx *sql.Tx, p kwadrans.Pause) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO pause (lane, until_ms, code, words) VALUES (?, ?, ?, ?)
		ON CONFLICT (lane) DO UPDATE SET until_ms = excluded.until_ms, code = excluded.code, words = excluded.words
		WHERE excluded.until_ms >= pause.until_ms`, p.Lane, ms(p.Until), p.Code, p.Words)
	return err
}

// resume leaves given up steps to a person, and those that a person held back.
func resume(ctx context.Context, tx *sql.Tx, prefix string) error {
	const under = ` substr(lane, 1, length(?1)) = ?1`
	for _, query := range []string{
		`DELETE FROM pause WHERE` + under,
		`UPDATE step SET resumed = 1 WHERE have < want AND dead = 0 AND lease_ms <> 0 AND` + under,
		`UPDATE step SET not_before = ` + rested + `, attempt = 0 WHERE have < want AND dead = 0 AND lease_ms = 0 AND attempt > 0 AND` + under,
	} {
		if _, err := tx.ExecContext(ctx, query, prefix); err != nil {
			return err
		}
	}
	return nil
}

// Pauses returns the pauses that hold at now.
func (s *Store) Pauses(ctx context.Context, now time.Time) ([]kwadrans.Pause, error) {
	rows, err := s.r.QueryContext(ctx, `SELECT lane, until_ms, code, words FROM pause WHERE until_ms > ? ORDER BY lane`, ms(now))
	if err != nil {
		return nil, wrap("read the pauses", err)
	}
	defer func() { _ = rows.Close() }()
	var list []kwadrans.Pause
	for rows.Next() {
		var p kwadrans.Pause
		var until int64
		if err := rows.Scan(&p.Lane, &until, &p.Code, &p.Words); err != nil {
			return nil, wrap("read the pauses", err)
		}
		p.Until = at(until)
		list = append(list, p)
	}
	return list, wrap("read the pauses", rows.Err())
}
