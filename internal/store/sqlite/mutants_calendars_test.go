package sqlite

import (
	"context"
	"time"

	"kwadrans/internal/kwadrans"
)

// The mutants of what is kept of other calendars.

type talkative struct{ *Store } // lists the addresses of feeds

func (m talkative) Calendars(ctx context.Context) ([]kwadrans.Calendar, error) {
	list, err := m.Store.Calendars(ctx)
	for i := range list {
		c, e := m.Calendar(ctx, list[i].ID)
		list[i], err = c, first(err, e)
	}
	return list, err
}

type trusting struct{ *Store } // reads a calendar without the password that it had

func (m trusting) ForgetSecrets(ctx context.Context, at time.Time) error {
	err := m.Store.ForgetSecrets(ctx, at)
	_, e := m.w.ExecContext(ctx, `UPDATE calendar SET lost = 0`)
	return first(err, e)
}

type doubling struct{ *Store } // adds a calendar twice

func (m doubling) AddCalendar(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret) error {
	_, err := m.w.ExecContext(ctx, `UPDATE calendar SET place = place || id`)
	return first(err, m.Store.AddCalendar(ctx, c, secret))
}

type broadcasting struct{ *Store } // writes bookings into many calendars

func (m broadcasting) AddCalendar(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret) error {
	_, err := m.w.ExecContext(ctx, `DROP INDEX IF EXISTS calendar_publish`)
	return first(err, m.Store.AddCalendar(ctx, c, secret))
}

type clinging struct{ *Store } // goes on towards a calendar that was removed

func (m clinging) RemoveCalendar(ctx context.Context, id string) error {
	_, err := m.w.ExecContext(ctx, `DELETE FROM calendar WHERE id = ?`, id)
	return err
}

type erasing struct{ *Store } // forgets what was written into a calendar

func (m erasing) RemoveCalendar(ctx context.Context, id string) error {
	err := m.Store.RemoveCalendar(ctx, id)
	_, e := m.w.ExecContext(ctx, `DELETE FROM step WHERE target = ?`, kwadrans.EventIn(id))
	return first(err, e)
}

type late struct{ *Store } // keeps an expansion of objects that were replaced

func (m late) KeepCopy(ctx context.Context, source string, _ int64, c kwadrans.Copy) (bool, error) {
	gen, err := m.Generation(ctx, source)
	if err != nil {
		return false, err
	}
	return m.Store.KeepCopy(ctx, source, gen, c)
}

type rash struct{ *Store } // forgets the copy when a look fails

func (m rash) KeepLook(ctx context.Context, source string, look kwadrans.Look) (int64, error) {
	gen, err := m.Store.KeepLook(ctx, source, look)
	if look.Reading.Code != "" {
		_, e := m.w.ExecContext(ctx, `DELETE FROM source_copy WHERE source = ?`, source)
		err = first(err, e)
	}
	return gen, err
}

type piling struct{ *Store } // keeps what is gone

func (m piling) KeepLook(ctx context.Context, source string, look kwadrans.Look) (int64, error) {
	if look.Change != nil {
		change := *look.Change
		change.Whole = false
		look.Change = &change
	}
	return m.Store.KeepLook(ctx, source, look)
}

type rooted struct{ *Store } // keeps what another address said

func (m rooted) ChangeCalendar(ctx context.Context, c kwadrans.Calendar) error {
	_, err := m.w.ExecContext(ctx, `UPDATE calendar SET address = ?, place = ? WHERE id = ? AND kind <> 'feed'`, c.Address, c.Address, c.ID)
	return first(err, m.Store.ChangeCalendar(ctx, c))
}

type sure struct{ *Store } // thinks that the rules of zones never change

func (m sure) WallDue(ctx context.Context, _ string, at time.Time) ([]kwadrans.Booking, error) {
	known, err := m.Meta(ctx, MetaRules)
	if err != nil {
		return nil, err
	}
	return m.Store.WallDue(ctx, known, at)
}

type loose struct{ *Store } // lets go of the UIDs of what was cancelled

func (m loose) OwnUIDs(ctx context.Context) (map[string]bool, error) {
	list, err := texts(ctx, m.r, `SELECT uid FROM booking WHERE state <> 'cancelled'`)
	own := map[string]bool{}
	for _, uid := range list {
		own[uid] = true
	}
	return own, err
}

type haunted struct{ *Store } // wants something of a calendar that was removed

func (m haunted) Revise(ctx context.Context, b kwadrans.Booking, rev int, st []kwadrans.Step, e kwadrans.Event) (bool, error) {
	done, err := m.Store.Revise(ctx, b, rev, st, e)
	_, e2 := m.w.ExecContext(ctx, `UPDATE step SET want = ? WHERE subject = ? AND target LIKE 'calendar:%'`, b.Rev, b.ID)
	return done, first(err, e2)
}
