package desk

import (
	"context"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// goneCalendar is a removed calendar with all that would bring it back, kept in memory
// only: a source that is dead cannot be read once more.
type goneCalendar struct {
	house    *house.House // it was in
	calendar kwadrans.Calendar
	secret   kwadrans.Secret
	look     kwadrans.Look
}

// late is how long after undoTime an undo that was pressed in time may arrive.
const late = 5 * time.Second

// Remove forgets a calendar at once: from then on it counts no more. Until UndoUntil, Undo
// brings it back. Where its password cannot be had it goes for good, and UndoUntil is empty.
func (c *Calendars) Remove(id string) (Removed, error) {
	return change(c.desk, func(ctx context.Context, h *house.House) (Removed, error) {
		w, err := h.Store.Calendar(ctx, id)
		if err != nil {
			return Removed{}, err
		}
		g, err := held(ctx, h, w)
		kept := err == nil
		if _, err := h.Keeper.Remove(ctx, w.ID); err != nil {
			return Removed{}, err
		}
		v := Removed{ID: w.ID, Name: w.Name}
		if kept {
			p, _, _ := h.Store.Profile(ctx) // without one the time stands in UTC
			v.UndoUntil = stamp(h.Now().Add(undoTime), p.Zone)
			c.hold(g)
		}
		return v, nil
	})
}

func held(ctx context.Context, h *house.House, w kwadrans.Calendar) (g goneCalendar, err error) {
	g = goneCalendar{house: h, calendar: w}
	if g.secret, _, err = h.Store.CalendarSecret(ctx, w.ID); err != nil {
		return g, err
	}
	objects, _, err := h.Store.Objects(ctx, w.ID)
	if err != nil {
		return g, err
	}
	g.look = kwadrans.Look{Reading: w.Reading, Change: &kwadrans.CalendarChange{Whole: true, Changed: objects, Mark: w.Reading.Mark}}
	kept, _, found, err := h.Store.Copy(ctx, w.ID)
	if found {
		g.look.Copy = &kept
	}
	return g, err
}

// hold keeps a removed calendar for as long as it can be brought back.
func (c *Calendars) hold(g goneCalendar) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gone == nil {
		c.gone = map[string]goneCalendar{}
	}
	c.gone[g.calendar.ID] = g
	time.AfterFunc(undoTime+late, func() { c.release(g.calendar.ID) })
}

func (c *Calendars) release(id string) (goneCalendar, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	g, ok := c.gone[id]
	delete(c.gone, id)
	return g, ok
}

// Undo brings a removed calendar back, with what was read of it. CodeNotFound when that is
// too late.
func (c *Calendars) Undo(id string) error {
	return alter(c.desk, func(ctx context.Context, h *house.House) error {
		g, ok := c.release(id)
		if !ok || g.house != h {
			return kwadrans.Errorf(kwadrans.CodeNotFound, "desk: the calendar cannot be brought back any more").WithHint("add it once more")
		}
		err := h.Store.AddCalendar(ctx, g.calendar, g.secret)
		if kwadrans.CodeOf(err) == kwadrans.CodeInUse { // bookings are written into another one by now
			g.calendar.Publish = false
			err = h.Store.AddCalendar(ctx, g.calendar, g.secret)
		}
		if err != nil {
			return err
		}
		if _, err := h.Store.KeepLook(ctx, id, g.look); err != nil {
			return err
		}
		if g.calendar.Publish {
			return h.Store.WriteBookings(ctx, id, h.Now())
		}
		return nil
	})
}
