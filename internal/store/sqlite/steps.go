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

// wantSteps sets what the outside should have of a booking, and notes whether the
// revision can be taken back. Of a calendar that was removed nothing is
// wanted, and nothing waits for it.
func wantSteps(ctx context.Context, tx *sql.Tx, b kwadrans.Booking, steps []kwadrans.Step) error {
	for _, st := range steps {
		gone, err := leadsNowhere(ctx, tx, st.Target)
		if err != nil {
			return err
		}
		if gone {
			continue
		}
		if gone, err = leadsNowhere(ctx, tx, st.Needs); err != nil {
			return err
		}
		if gone {
			st.Needs = ""
		}
		if err := wantStep(ctx, tx, st, b.State != kwadrans.Cancelled); err != nil {
			return err
		}
	}
	return noteUndo(ctx, tx, b, steps)
}

// Steps returns the steps of a booking, Zoom first.
func (s *Store) Steps(ctx context.Context, subject string) ([]kwadrans.Step, error) {
	return stepsOf(ctx, s.r, subject)
}

func stepsOf(ctx context.Context, q querier, subject string) ([]kwadrans.Step, error) {
	return querySteps(ctx, q, `WHERE subject = ? ORDER BY target <> 'zoom', target`, subject)
}

const stepsOfMany = `WHERE subject IN (SELECT value FROM json_each(?)) ORDER BY subject, target <> 'zoom', target`

// StepsOf returns the steps of many bookings by their ids, Zoom first.
func (s *Store) StepsOf(ctx context.Context, ids []string) (map[string][]kwadrans.Step, error) {
	asked, err := toJSON(ids)
	if err != nil {
		return nil, wrap("read the steps", err)
	}
	list, err := querySteps(ctx, s.r, stepsOfMany, asked)
	if err != nil {
		return nil, err
	}
	of := make(map[string][]kwadrans.Step, len(ids))
	for _, st := range list {
		of[st.Subject] = append(of[st.Subject], st)
	}
	return of, nil
}

const openSteps = `WHERE have < want ORDER BY dead DESC, not_before, subject, target`

// OpenSteps returns every step that is not done, the given up ones first.
func (s *Store) OpenSteps(ctx context.Context) ([]kwadrans.Step, error) {
	return querySteps(ctx, s.r, openSteps)
}

// again makes an open step due now, but for one that is under way or that Undo holds back.
var again = `UPDATE step SET dead = 0, attempt = 0, not_before = CASE WHEN lease_ms <> 0
	OR EXISTS (SELECT 1 FROM undo u WHERE u.booking = step.subject AND u.rev = step.want) THEN not_before ELSE ` + rested + ` END
	WHERE subject = ? AND have < want`

// RetryStep makes a waiting or given up step due now; an unknown outcome
// settles first. One that is under way, or held back for Undo, is left to it.
// CodeNotFound when there is no such open step.
func (s *Store) RetryStep(ctx context.Context, subject, target string) error {
	return s.tx(ctx, "retry a step", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, again+` AND target = ?`, subject, target)
		if err := removed(res, err, "step", target); err != nil {
			return err
		}
		return settleState(ctx, tx, subject)
	})
}

// RetryBooking is RetryStep for every open step of a booking, by its whole id.
// Nothing happens when all are done; CodeNotFound when there is no such booking.
func (s *Store) RetryBooking(ctx context.Context, id string) error {
	return s.tx(ctx, "retry a booking", func(tx *sql.Tx) error {
		var known bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM booking WHERE id = ?)`, id).Scan(&known); err != nil {
			return err
		}
		if !known {
			return notFound("booking", id)
		}
		if _, err := tx.ExecContext(ctx, again, id); err != nil {
			return err
		}
		return settleState(ctx, tx, id)
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
