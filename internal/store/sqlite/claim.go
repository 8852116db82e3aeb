package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"kwadrans/internal/kwadrans"
)

// due is the condition of a step that may be worked on at ?1: not given up,
// its time come, its lane not paused, and what it needs done.
const due = `have < want AND dead = 0 AND not_before <= ?1 AND lease_ms <= ?1
	AND NOT EXISTS (SELECT 1 FROM pause p WHERE p.until_ms > ?1 AND ` + held + `)
	AND (needs = '' OR NOT EXISTS (SELECT 1 FROM step n WHERE n.subject = step.subject AND n.target = step.needs AND n.have < step.want))`

const (
	anyDue   = `SELECT EXISTS (SELECT 1 FROM step WHERE ` + due + `)`
	firstDue = `WHERE ` + due + ` ORDER BY not_before, subject, target LIMIT 1`
)

// Claim takes the next due step for lease: committed before any call goes out,
// it counts as maybe sent from now on. The step is returned as it was before,
// with its new Fence; one whose lease ran out is MaybeSent since then. From then on
// TakeBack refuses the revision that the step wants. False when nothing is due.
func (s *Store) Claim(ctx context.Context, now time.Time, lease time.Duration) (st kwadrans.Step, ok bool, err error) {
	var any bool // a look without a write first: most looks find nothing
	if err = s.r.QueryRowContext(ctx, anyDue, ms(now)).Scan(&any); err != nil || !any {
		return st, false, wrap("look for work", err)
	}
	err = s.tx(ctx, "claim a step", func(tx *sql.Tx) error {
		list, err := querySteps(ctx, tx, firstDue, ms(now))
		if err != nil || len(list) == 0 {
			return err
		}
		st, ok = list[0], true
		st.Fence++
		if !st.Lease.IsZero() { // nobody came back from that attempt: it was given up when its time was over
			st.MaybeSince = st.Lease
		}
		if err := noUndo(ctx, tx, st.Subject, st.Want); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE step SET fence = ?, maybe_sent = 1, ever = CASE WHEN live = 1 THEN 1 ELSE ever END,
			resumed = 0, lease_ms = ? WHERE subject = ? AND target = ?`, st.Fence, ms(now.Add(lease)), st.Subject, st.Target)
		return err
	})
	return st, ok && err == nil, err
}

// Complete writes what a claimed step achieved, with what it tells of its
// booking. False when the claim was lost to a newer one.
func (s *Store) Complete(ctx context.Context, st kwadrans.Step, d kwadrans.Done, now time.Time) (bool, error) {
	kept := false
	err := s.tx(ctx, "complete a step", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE step SET have = max(have, ?1), remote_id = CASE WHEN ?2 THEN '' WHEN ?3 = '' THEN remote_id ELSE ?3 END,
			account = CASE WHEN ?2 THEN '' WHEN account = '' THEN ?7 ELSE account END, ever = CASE WHEN ?8 THEN 0 ELSE ever END,
			maybe_sent = 0, maybe_ms = 0, attempt = 0, not_before = CASE WHEN want > ?1 THEN not_before ELSE 0 END, lease_ms = 0, code = '', words = ''
			WHERE subject = ?4 AND target = ?5 AND fence = ?6`, d.Rev, d.Forget, d.RemoteID, st.Subject, st.Target, st.Fence, d.Account, d.Never)
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
// False when the claim was lost, or the wish changed meanwhile: then only what
// is known of the outside is kept, and the new wish has its turn.
func (s *Store) Failed(ctx context.Context, st kwadrans.Step, p *kwadrans.Pause, e kwadrans.Event, now time.Time) (bool, error) {
	kept := false
	err := s.tx(ctx, "note a failed step", func(tx *sql.Tx) error {
		var want int
		var resumed bool
		err := tx.QueryRowContext(ctx, `SELECT want, resumed FROM step WHERE subject = ? AND target = ? AND fence = ?`,
			st.Subject, st.Target, st.Fence).Scan(&want, &resumed)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		stale := resumed && p != nil && !p.Until.Before(kwadrans.Forever) // a person has dealt with the cause already
		if p != nil && !stale {
			if err := pause(ctx, tx, *p); err != nil {
				return err
			}
		}
		if want != st.Want {
			return noteOutcome(ctx, tx, st, now)
		}
		kept = true
		return noteFailure(ctx, tx, st, e, now)
	})
	return kept && err == nil, err
}

// accountLeft is the account of a step after an attempt failed: none where the
// outside has nothing and certainly got nothing.
const accountLeft = `CASE WHEN ? OR remote_id <> '' THEN account ELSE '' END`

func noteFailure(ctx context.Context, tx *sql.Tx, st kwadrans.Step, e kwadrans.Event, now time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE step SET maybe_sent = ?, maybe_ms = ?, ever = ?, attempt = ?, not_before = ?, lease_ms = 0, code = ?, words = ?, dead = ?,
		account = `+accountLeft+` WHERE subject = ? AND target = ?`, st.MaybeSent, ms(st.MaybeSince), st.Ever, st.Attempt, ms(st.NotBefore), st.Code, st.Words, st.Dead, st.MaybeSent, st.Subject, st.Target)
	if err != nil {
		return err
	}
	if err := settleState(ctx, tx, st.Subject); err != nil {
		return err
	}
	e.At = now
	return addEvent(ctx, tx, st.Subject, e)
}

// noteOutcome keeps what an attempt for an older wish tells of the outside.
func noteOutcome(ctx context.Context, tx *sql.Tx, st kwadrans.Step, now time.Time) error {
	next := now
	if st.MaybeSent {
		next = st.NotBefore
	}
	_, err := tx.ExecContext(ctx, `UPDATE step SET maybe_sent = ?, maybe_ms = ?, ever = ?, lease_ms = 0, not_before = max(not_before, ?), account = `+accountLeft+`
		WHERE subject = ? AND target = ?`, st.MaybeSent, ms(st.MaybeSince), st.Ever, ms(next), st.MaybeSent, st.Subject, st.Target)
	return err
}

// Recover voids the leases of a process that is gone: what it was doing is
// unknown and settles first. Only the holder of the outbox lock calls it.
func (s *Store) Recover(ctx context.Context, now time.Time, settle time.Duration) (int, error) {
	res, err := s.w.ExecContext(ctx, `UPDATE step SET lease_ms = 0, maybe_ms = ?1, not_before = max(not_before, ?2) WHERE have < want AND lease_ms <> 0`, ms(now), ms(now.Add(settle)))
	if err != nil {
		return 0, wrap("take over the outbox", err)
	}
	n, err := res.RowsAffected()
	return int(n), wrap("take over the outbox", err)
}

const nextDue = `SELECT min(max(not_before, lease_ms, coalesce((SELECT max(p.until_ms) FROM pause p
			WHERE p.until_ms > ?1 AND ` + held + `), 0)))
		FROM step WHERE have < want AND dead = 0
		AND (needs = '' OR NOT EXISTS (SELECT 1 FROM step n WHERE n.subject = step.subject AND n.target = step.needs AND n.have < step.want))`

// NextDue returns when the next step comes due that is neither given up nor
// waiting for another one: a paused one when its pause ends. False for none.
func (s *Store) NextDue(ctx context.Context, now time.Time) (time.Time, bool, error) {
	var v sql.NullInt64
	err := s.r.QueryRowContext(ctx, nextDue, ms(now)).Scan(&v)
	if err != nil || !v.Valid {
		return time.Time{}, false, wrap("look for work", err)
	}
	return at(v.Int64), true, nil
}
