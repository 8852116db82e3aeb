package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"kwadrans/internal/kwadrans"
)

const stepColumns = `subject, target, lane, needs, want, have, remote_id, account, maybe_sent, maybe_ms, ever, attempt, not_before, fence, lease_ms, code, words, dead`

// settle is how long an attempt of unknown outcome rests before the outside is
// looked at (the outbox's DefaultSettle; a test compares them).
const settle = 30 * time.Second

// rested is the earliest not_before of a step that a person wants done now: at
// once, but for an unknown outcome, which settles first whatever its back-off says.
var rested = fmt.Sprintf(`CASE WHEN maybe_sent = 0 THEN 0 ELSE min(not_before, maybe_ms + %d) END`, settle.Milliseconds())

// wantStep sets what a target should have; edits of one target coalesce.
func wantStep(ctx context.Context, tx *sql.Tx, st kwadrans.Step, live bool) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO step (subject, target, lane, needs, live, want, not_before) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (subject, target) DO UPDATE SET lane = excluded.lane, needs = excluded.needs, live = excluded.live, want = excluded.want,
		dead = 0, attempt = 0, code = '', words = '',
		not_before = max(excluded.not_before, `+rested+`)`,
		st.Subject, st.Target, st.Lane, st.Needs, live, st.Want, ms(st.NotBefore))
	return err
}

// Steps returns the steps of a booking, Zoom first.
func (s *Store) Steps(ctx context.Context, subject string) ([]kwadrans.Step, error) {
	return querySteps(ctx, s.r, `WHERE subject = ? ORDER BY target <> 'zoom', target`, subject)
}

const openSteps = `WHERE have < want ORDER BY dead DESC, not_before, subject, target`

// OpenSteps returns every step that is not done, the given up ones first.
func (s *Store) OpenSteps(ctx context.Context) ([]kwadrans.Step, error) {
	return querySteps(ctx, s.r, openSteps)
}

// RetryStep makes a waiting or given up step due now; an unknown outcome
// settles first. One that is under way is left to it. CodeNotFound when there is no
// such open step.
func (s *Store) RetryStep(ctx context.Context, subject, target string) error {
	return s.tx(ctx, "retry a step", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE step SET dead = 0, attempt = 0, not_before = CASE WHEN lease_ms <> 0 THEN not_before ELSE `+rested+` END
			WHERE subject = ? AND target = ? AND have < want`, subject, target)
		if err := removed(res, err, "step", target); err != nil {
			return err
		}
		return settleState(ctx, tx, subject)
	})
}

// KeepAccount notes, before a claimed step acts, in which account of the outside
// it does: an attempt whose answer is lost can be looked for only there.
func (s *Store) KeepAccount(ctx context.Context, st kwadrans.Step, account string) error {
	_, err := s.w.ExecContext(ctx, `UPDATE step SET account = ? WHERE subject = ? AND target = ? AND fence = ?`, account, st.Subject, st.Target, st.Fence)
	return wrap("note the account", err)
}

func querySteps(ctx context.Context, q querier, where string, args ...any) ([]kwadrans.Step, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+stepColumns+` FROM step `+where, args...)
	if err != nil {
		return nil, wrap("read the steps", err)
	}
	defer func() { _ = rows.Close() }()
	list := []kwadrans.Step{}
	for rows.Next() {
		var st kwadrans.Step
		var maybe, notBefore, lease int64
		if err := rows.Scan(&st.Subject, &st.Target, &st.Lane, &st.Needs, &st.Want, &st.Have, &st.RemoteID, &st.Account, &st.MaybeSent, &maybe, &st.Ever,
			&st.Attempt, &notBefore, &st.Fence, &lease, &st.Code, &st.Words, &st.Dead); err != nil {
			return nil, wrap("read the steps", err)
		}
		st.MaybeSince, st.NotBefore, st.Lease = at(maybe), at(notBefore), at(lease)
		list = append(list, st)
	}
	return list, wrap("read the steps", rows.Err())
}

// settleState writes the state that a booking has with its steps.
func settleState(ctx context.Context, tx *sql.Tx, booking string) error {
	var state kwadrans.BookingState
	err := tx.QueryRowContext(ctx, `SELECT state FROM booking WHERE id = ?`, booking).Scan(&state)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // a step of something else than a booking
	}
	if err != nil {
		return err
	}
	steps, err := querySteps(ctx, tx, `WHERE subject = ?`, booking)
	if err != nil {
		return err
	}
	if next := kwadrans.StateOf(state, steps); next != state {
		_, err = tx.ExecContext(ctx, `UPDATE booking SET state = ? WHERE id = ?`, next, booking)
	}
	return err
}
