package sqlite

import (
	"context"
	"slices"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// The mutants of what the window asks.

type careless struct{ *Store } // takes back what is on its way

func (m careless) TakeBack(ctx context.Context, b kwadrans.Booking, rev int, st []kwadrans.Step, e kwadrans.Event) (bool, error) {
	return m.Store.Revise(ctx, b, rev, st, e)
}

type lenient struct{ *Store } // a claim does not end the time of undo

func (m lenient) Claim(ctx context.Context, at time.Time, lease time.Duration) (kwadrans.Step, bool, error) {
	st, ok, err := m.Store.Claim(ctx, at, lease)
	if ok {
		_, again := m.w.ExecContext(ctx, `INSERT INTO undo (booking, rev) VALUES (?, ?) ON CONFLICT DO NOTHING`, st.Subject, st.Want)
		err = first(err, again)
	}
	return st, ok, err
}

type torn struct{ *Store } // reads a booking and its steps one after the other

func (m torn) BookingAndSteps(ctx context.Context, prefix string) (kwadrans.Booking, []kwadrans.Step, error) {
	b, err := m.Booking(ctx, prefix)
	if err != nil {
		return b, nil, err
	}
	steps, err := m.Steps(ctx, b.ID)
	return b, steps, err
}

type hasty struct{ *Store } // retries what Undo holds back

func (m hasty) RetryBooking(ctx context.Context, id string) error {
	_, err := m.w.ExecContext(ctx, `DELETE FROM undo WHERE booking = ?`, id)
	return first(err, m.Store.RetryBooking(ctx, id))
}

type ascii struct{ *Store } // knows no capital letters but A to Z

func (m ascii) BookingList(ctx context.Context, ask kwadrans.ListAsk) ([]kwadrans.Booking, bool, error) {
	list, _, err := m.Store.BookingList(ctx, kwadrans.ListAsk{When: ask.When, Now: ask.Now})
	lower := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
			return r
		}, s)
	}
	list = slices.DeleteFunc(list, func(b kwadrans.Booking) bool {
		text := b.TopicName
		for _, a := range b.Attendees {
			text += "\n" + a.Name + "\n" + a.Email
		}
		return slices.ContainsFunc(strings.Fields(ask.Search), func(w string) bool { return !strings.Contains(lower(text), lower(w)) })
	})
	list = list[min(ask.Offset, len(list)):]
	more := ask.Limit > 0 && len(list) > ask.Limit
	if more {
		list = list[:ask.Limit]
	}
	return list, more, err
}

type deaf struct{ *Store } // hears of changes once

func (m deaf) Changes(context.Context) (int64, error) { return 1, nil }

type calm struct{ *Store } // only what was given up needs a person

func (m calm) Attention(ctx context.Context, at time.Time) ([]kwadrans.Booking, error) {
	list, err := m.Store.Attention(ctx, at)
	return slices.DeleteFunc(list, func(b kwadrans.Booking) bool { return b.State != kwadrans.Attention }), err
}
