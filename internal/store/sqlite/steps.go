package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"kwadrans/internal/kwadrans"
)

const stepColumns = `subject, target, lane, needs, want, have, remote_id, maybe_sent, maybe_ms, ever, attempt, not_before, fence, lease_ms, code, words, dead`

// due is the condition of a step that may be worked on at ?1: not given up,
// its time come, its lane not paused, and what it needs done.
const due = `have < want AND dead = 0 AND not_before <= ?1 AND lease_ms <= ?1
	AND NOT EXISTS (SELECT 1 FROM pause p WHERE p.until_ms > ?1 AND substr(step.lane, 1, length(p.lane)) = p.lane)
	AND (needs = '' OR NOT EXISTS (SELECT 1 FROM step n WHERE n.subject = step.subject AND n.target = step.needs AND n.have < step.want))`

// wantStep sets what a target should have; edits of one target coalesce.
func wantStep(ctx context.Context, tx *sql.Tx, st kwadrans.Step, live bool) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO step (subject, target, lane, needs, live, want, not_before) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (subject, target) DO UPDATE SET lane = excluded.lane, needs = excluded.needs, live = excluded.live, want = excluded.want,
		dead = 0, attempt = 0, code = '', words = '',
		not_before = CASE WHEN step.maybe_sent = 1 THEN max(step.not_before, excluded.not_before) ELSE excluded.not_before END`,
		st.Subject, st.Target, st.Lane, st.Needs, live, st.Want, ms(st.NotBefore))
	return err
}

// Claim takes the next due step for lease: committed before any call goes out,
// it counts as maybe sent from now on. The step is returned as it was before,
// with its new Fence. False when nothing is due.
func (s *Store) Claim(ctx context.Context, now time.Time, lease time.Duration) (st kwadrans.Step, ok bool, err error) {
	var any bool // a look without a write first: most looks find nothing
	if err = s.r.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM step WHERE `+due+`)`, ms(now)).Scan(&any); err != nil || !any {
		return st, false, wrap("look for work", err)
	}
	err = s.tx(ctx, "claim a step", func(tx *sql.Tx) error {
		list, err := querySteps(ctx, tx, `WHERE `+due+` ORDER BY not_before, subject, target LIMIT 1`, ms(now))
		if err != nil || len(list) == 0 {
			return err
		}
		st, ok = list[0], true
		st.Fence++
		_, err = tx.ExecContext(ctx, `UPDATE step SET fence = ?, maybe_sent = 1, ever = CASE WHEN live = 1 THEN 1 ELSE ever END,
			lease_ms = ? WHERE subject = ? AND target = ?`, st.Fence, ms(now.Add(lease)), st.Subject, st.Target)
		return err
	})
	return st, ok && err == nil, err
}

// Complete writes what a claimed step achieved, with what it tells of its
// booking. False when the claim was lost to a newer one.
func (s *Store) Complete(ctx context.Context, st kwadrans.Step, d kwadrans.Done, now time.Time) (bool, error) {
	kept := false
	err := s.tx(ctx, "complete a step", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE step SET have = ?1, remote_id = CASE WHEN ?2 THEN '' WHEN ?3 = '' THEN remote_id ELSE ?3 END,
			maybe_sent = 0, maybe_ms = 0, attempt = 0, not_before = CASE WHEN want > ?1 THEN not_before ELSE 0 END, lease_ms = 0, code = '', words = ''
			WHERE subject = ?4 AND target = ?5 AND fence = ?6`, d.Rev, d.Forget, d.RemoteID, st.Subject, st.Target, st.Fence)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		kept = true
		if m := d.Meeting; m != nil {
			if _, err := tx.ExecContext(ctx, `UPDATE booking SET zoom_id = ?, zoom_join = ?, zoom_passcode = ?, zoom_host = ? WHERE id = ?`,
				m.ID, m.JoinURL, m.Passcode, m.HostMail, st.Subject); err != nil {
				return err
			}
		}
		if err := settleState(ctx, tx, st.Subject); err != nil {
			return err
		}
		d.Event.At = now
		return addEvent(ctx, tx, st.Subject, d.Event)
	})
	return kept && err == nil, err
}

// Failed writes that a claimed step did not succeed: when to try again, what is
// known, and whether it is given up. A pause, when given, keeps the lane back.
func (s *Store) Failed(ctx context.Context, st kwadrans.Step, p *kwadrans.Pause, e kwadrans.Event, now time.Time) (bool, error) {
	kept := false
	err := s.tx(ctx, "note a failed step", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE step SET maybe_sent = ?, maybe_ms = ?, ever = ?, attempt = ?, not_before = ?, lease_ms = 0, code = ?, words = ?, dead = ?
			WHERE subject = ? AND target = ? AND fence = ? AND want = ?`, st.MaybeSent, ms(st.MaybeSince), st.Ever, st.Attempt, ms(st.NotBefore), st.Code, st.Words, st.Dead,
			st.Subject, st.Target, st.Fence, st.Want)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return err
		}
		if n == 0 { // the wish changed meanwhile: keep what is known of the outside, try at once
			_, err = tx.ExecContext(ctx, `UPDATE step SET maybe_sent = ?, maybe_ms = ?, ever = ?, lease_ms = 0, not_before = max(not_before, ?) WHERE subject = ? AND target = ? AND fence = ?`,
				st.MaybeSent, ms(st.MaybeSince), st.Ever, ms(whenUnknown(st, now)), st.Subject, st.Target, st.Fence)
			return err
		}
		kept = true
		if p != nil {
			if err := pause(ctx, tx, p.Lane, *p); err != nil {
				return err
			}
		}
		if err := settleState(ctx, tx, st.Subject); err != nil {
			return err
		}
		e.At = now
		return addEvent(ctx, tx, st.Subject, e)
	})
	return kept && err == nil, err
}

func whenUnknown(st kwadrans.Step, now time.Time) time.Time {
	if st.MaybeSent {
		return st.NotBefore
	}
	return now
}

// Recover voids the leases of a process that is gone: what it was doing is
// unknown and settles first. Only the holder of the outbox lock calls it.
func (s *Store) Recover(ctx context.Context, now time.Time, settle time.Duration) (int, error) {
	res, err := s.w.ExecContext(ctx, `UPDATE step SET lease_ms = 0, maybe_ms = ?1, not_before = max(not_before, ?2) WHERE lease_ms <> 0`, ms(now), ms(now.Add(settle)))
	if err != nil {
		return 0, wrap("take over the outbox", err)
	}
	n, err := res.RowsAffected()
	return int(n), wrap("take over the outbox", err)
}

// NextDue returns when the next step that is neither paused nor waiting for
// another one comes due; false when there is none.
func (s *Store) NextDue(ctx context.Context, now time.Time) (time.Time, bool, error) {
	var v sql.NullInt64
	err := s.r.QueryRowContext(ctx, `SELECT min(max(not_before, lease_ms, coalesce((SELECT max(p.until_ms) FROM pause p
			WHERE p.until_ms > ?1 AND substr(step.lane, 1, length(p.lane)) = p.lane), 0)))
		FROM step WHERE have < want AND dead = 0
		AND (needs = '' OR NOT EXISTS (SELECT 1 FROM step n WHERE n.subject = step.subject AND n.target = step.needs AND n.have < step.want))`, ms(now)).Scan(&v)
	if err != nil || !v.Valid {
		return time.Time{}, false, wrap("look for work", err)
	}
	return at(v.Int64), true, nil
}

// Steps returns the steps of a booking, Zoom first.
func (s *Store) Steps(ctx context.Context, subject string) ([]kwadrans.Step, error) {
	return querySteps(ctx, s.r, `WHERE subject = ? ORDER BY target <> 'zoom', target`, subject)
}

// OpenSteps returns every step that is not done, the given up ones first.
func (s *Store) OpenSteps(ctx context.Context) ([]kwadrans.Step, error) {
	return querySteps(ctx, s.r, `WHERE have < want ORDER BY dead DESC, not_before, subject, target`)
}

// RetryStep makes a waiting or given up step due now. Unknown outcomes keep
// their settle time. CodeNotFound when there is no such open step.
func (s *Store) RetryStep(ctx context.Context, subject, target string) error {
	return s.tx(ctx, "retry a step", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE step SET dead = 0, attempt = 0,
			not_before = CASE WHEN maybe_sent = 1 AND dead = 0 THEN not_before ELSE 0 END
			WHERE subject = ? AND target = ? AND have < want AND lease_ms = 0`, subject, target)
		if err := removed(res, err, "step", target); err != nil {
			return err
		}
		return settleState(ctx, tx, subject)
	})
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
		if err := rows.Scan(&st.Subject, &st.Target, &st.Lane, &st.Needs, &st.Want, &st.Have, &st.RemoteID, &st.MaybeSent, &maybe, &st.Ever,
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
