package desk

import (
	"cmp"
	"context"
	"time"

	"kwadrans/app/house"
	keeper "kwadrans/internal/busy"
	"kwadrans/internal/kwadrans"
)

// entryDays is how far ahead the entries of a source are counted.
const entryDays = 90

// sourcesOf tells how all sources stand.
func sourcesOf(ctx context.Context, h *house.House, l kwadrans.Lang) (Sources, error) {
	p, _, err := h.Store.Profile(ctx)
	if err != nil {
		return Sources{}, err
	}
	counts, err := h.Store.CountBookings(ctx, h.Now())
	if err != nil {
		return Sources{}, err
	}
	list, err := h.Keeper.Sources(ctx)
	if err != nil {
		return Sources{}, err
	}
	keep := cmp.Or(h.Keeper.Keep, keeper.DefaultKeep)
	v := Sources{Zone: p.Zone, Keep: int(keep / time.Minute), Bookings: counts.Upcoming, Calendars: []Calendar{}}
	for _, s := range list {
		r := readingOf(s, keep, l, p.Zone)
		if r.Entries, err = entries(ctx, h, s.ID); err != nil {
			return Sources{}, err
		}
		if s.Calendar == nil {
			v.Zoom = &r
			continue
		}
		c := s.Calendar
		v.Calendars = append(v.Calendars, Calendar{
			ID: c.ID, Kind: string(c.Kind), Name: c.Name, Address: c.Address, Login: c.Login, Colour: c.Colour, AllDay: c.AllDay, Publish: c.Publish, Near: c.Near, Reading: r,
		})
	}
	return v, nil
}

func readingOf(s keeper.Source, keep time.Duration, l kwadrans.Lang, zone string) Reading {
	r := s.Reading
	v := Reading{
		State: string(s.Freshness), Good: stamp(r.Good, zone), Tried: stamp(r.Tried, zone), Next: stamp(r.Next, zone), Fails: r.Fails,
		Code: string(r.Code), Words: wordsOf(l, r.Words), Doubt: r.Doubt,
	}
	if !r.Good.IsZero() {
		v.Until = stamp(r.Good.Add(keep), zone)
	}
	return v
}

// entries counts what a source holds in the next days, as it was read last.
func entries(ctx context.Context, h *house.House, source string) (n int, err error) {
	c, _, _, err := h.Store.Copy(ctx, source)
	now := h.Now()
	ahead := kwadrans.Span{Start: now, End: now.AddDate(0, 0, entryDays)}
	for _, in := range c.Instances {
		if in.Overlaps(ahead) {
			n++
		}
	}
	return n, err
}

// unread counts the calendars that were looked at and cannot be read.
func unread(ctx context.Context, h *house.House) (n int, err error) {
	list, err := h.Store.Calendars(ctx)
	for _, c := range list {
		if !c.Reading.Tried.IsZero() && h.Keeper.Freshness(c.Reading) == kwadrans.Unreadable {
			n++
		}
	}
	return n, err
}
