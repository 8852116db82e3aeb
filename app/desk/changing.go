package desk

import (
	"context"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// Changing is the dialog in which a booking is moved, cancelled or restored: it shows
// what goes out before it does.
type Changing struct{ desk *Desk }

// Days is NewBooking.Days for a booking that gets another start: it is not in its own way.
func (c *Changing) Days(id, from string, back bool) (Offer, error) {
	return call(c.desk, func(ctx context.Context, h *house.House) (Offer, error) {
		b, err := h.Store.Booking(ctx, id)
		if err != nil {
			return Offer{}, err
		}
		return c.desk.offered(ctx, h, b.Topic, from, back, func(ctx context.Context, span kwadrans.Span) (booking.Picture, error) {
			return h.Booking.MovePicture(ctx, b.ID, span)
		})
	})
}

// Check says why a booking cannot move to a start; nothing when it can.
func (c *Changing) Check(id, start string) ([]Conflict, error) {
	return call(c.desk, func(ctx context.Context, h *house.House) ([]Conflict, error) {
		at, err := parseTime(start)
		if err != nil {
			return nil, err
		}
		b, err := h.Store.Booking(ctx, id)
		if err != nil {
			return nil, err
		}
		list, err := h.Booking.CheckMove(ctx, b.ID, at)
		if err != nil {
			return nil, err
		}
		return conflictsOf(list, c.desk.language(ctx, h), b.Wall.Zone, kwadrans.Span{Start: at, End: at.Add(b.Span().Duration())}), nil
	})
}

// Plan tells what the change would send. A start that is not free is an answer.
func (c *Changing) Plan(f ChangeForm) (SendPlan, error) {
	return call(c.desk, func(ctx context.Context, h *house.House) (SendPlan, error) {
		w, err := wishOf(f)
		if err != nil {
			return SendPlan{}, err
		}
		var p booking.Plan
		switch f.Act {
		case "move":
			p, err = h.Booking.PlanMove(ctx, f.ID, w)
		case "restore":
			p, err = h.Booking.PlanRestore(ctx, f.ID, w)
		case "cancel":
			p, err = h.Booking.PlanCancel(ctx, f.ID, booking.Ending{Reason: f.Reason, Silent: f.Silent})
		default:
			err = noAct(f.Act)
		}
		if err != nil {
			return SendPlan{}, err
		}
		return planOf(p, c.desk.language(ctx, h))
	})
}

// Do makes the change; for ten seconds nothing goes out, and Bookings.Undo takes it back.
// A start that is not free is an answer, not a failure.
func (c *Changing) Do(f ChangeForm) (BookResult, error) {
	return change(c.desk, func(ctx context.Context, h *house.House) (BookResult, error) {
		w, err := wishOf(f)
		if err != nil {
			return BookResult{}, err
		}
		var a booking.Answer
		switch f.Act {
		case "move":
			a, err = h.Booking.Move(ctx, f.ID, w)
		case "restore":
			a, err = h.Booking.Restore(ctx, f.ID, w)
		case "cancel":
			a.Booking, err = h.Booking.End(ctx, f.ID, booking.Ending{Reason: f.Reason, Silent: f.Silent, Hold: undoTime})
			a.Booked = err == nil
		default:
			err = noAct(f.Act)
		}
		if err != nil {
			return BookResult{}, err
		}
		return c.desk.changed(ctx, h, f, w, a)
	})
}

// changed tells how a change ended.
func (d *Desk) changed(ctx context.Context, h *house.House, f ChangeForm, w booking.Wish, a booking.Answer) (BookResult, error) {
	if !a.Booked {
		b, err := h.Store.Booking(ctx, f.ID)
		if err != nil {
			return BookResult{}, err
		}
		start := b.Start
		if !w.Start.IsZero() {
			start = w.Start
		}
		meeting := kwadrans.Span{Start: start, End: start.Add(b.Span().Duration())}
		return BookResult{OverZoom: a.OverZoom, Conflicts: conflictsOf(a.Conflicts, d.language(ctx, h), b.Wall.Zone, meeting)}, nil
	}
	v, err := oneBooking(ctx, h, a.Booking.ID)
	return BookResult{Conflicts: []Conflict{}, Booking: &v, UndoUntil: v.UndoUntil}, err
}

func wishOf(f ChangeForm) (w booking.Wish, err error) {
	w = booking.Wish{OverZoom: f.OverZoom, Silent: f.Silent, Hold: undoTime}
	if f.Act != "cancel" {
		w.Over = f.Reason
	}
	if f.Act == "move" {
		w.Start, err = parseTime(f.Start)
	}
	return w, err
}

func noAct(name string) error {
	return kwadrans.Errorf(kwadrans.CodeInvalid, "desk: %q is nothing that is done to a booking", name)
}

// planOf puts a plan into shape; times are in the booking's zone.
func planOf(p booking.Plan, l kwadrans.Lang) (SendPlan, error) {
	zone := p.Next.Wall.Zone
	v := SendPlan{
		Start: stamp(p.Next.Start, zone), End: stamp(p.Next.End, zone), OverZoom: p.OverZoom,
		Conflicts: conflictsOf(p.Conflicts, l, zone, p.Next.Span()), Parts: make([]PlanPart, 0, len(p.Parts)),
	}
	for _, part := range p.Parts {
		shape, err := partOf(part)
		if err != nil {
			return SendPlan{}, err
		}
		v.Parts = append(v.Parts, shape)
	}
	return v, nil
}

// offered are the next days of a topic that have opening hours; see NewBooking.Days.
func (d *Desk) offered(ctx context.Context, h *house.House, topic, from string, back bool,
	picture func(context.Context, kwadrans.Span) (booking.Picture, error)) (Offer, error) {
	t, err := h.Store.Topic(ctx, topic)
	if err != nil {
		return Offer{}, err
	}
	sch, err := h.Store.Schedule(ctx, t.Schedule)
	if err != nil {
		return Offer{}, err
	}
	span, days, err := shown(t, sch, h.Now(), from, back)
	if err != nil {
		return Offer{}, err
	}
	if err := h.Ready(ctx); err != nil {
		return Offer{}, err
	}
	h.Nudge()
	pic, err := picture(ctx, span)
	if err != nil {
		return Offer{}, err
	}
	a := around{lang: d.language(ctx, h), now: h.Now()}
	if a.calendars, err = h.Store.Calendars(ctx); err != nil {
		return Offer{}, err
	}
	c, err := h.Store.Connection(ctx, kwadrans.Personal)
	a.zoom = c.State != kwadrans.NotConnected
	return offerOf(pic, sch, days, a), err
}
