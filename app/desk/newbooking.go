package desk

import (
	"context"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// NewBooking is the dialog in which a host books.
type NewBooking struct{ desk *Desk }

// undoTime is how long a change can be undone in the window: so long nothing goes out.
const undoTime = 10 * time.Second

// Numbers of the slot picker.
const (
	shownDays  = 7  // with opening hours
	searchDays = 60 // in which they are looked for
)

// Days returns the next days of a topic that have opening hours: from a day
// (YYYY-MM-DD; empty is today) on, or before it when back is set. Never days
// before today.
func (n *NewBooking) Days(topic, from string, back bool) (Offer, error) {
	return call(n.desk, func(ctx context.Context, h *house.House) (Offer, error) {
		return n.desk.offered(ctx, h, topic, from, back, func(ctx context.Context, span kwadrans.Span) (booking.Picture, error) {
			return h.Booking.Picture(ctx, topic, span)
		})
	})
}

// Check says why a start of a topic is not free; nothing when it is.
func (n *NewBooking) Check(topic, start string) ([]Conflict, error) {
	return call(n.desk, func(ctx context.Context, h *house.House) ([]Conflict, error) {
		at, err := parseTime(start)
		if err != nil {
			return nil, err
		}
		t, err := h.Store.Topic(ctx, topic)
		if err != nil {
			return nil, err
		}
		list, err := h.Booking.Check(ctx, topic, at)
		if err != nil {
			return nil, err
		}
		sch, err := h.Store.Schedule(ctx, t.Schedule)
		return conflictsOf(list, n.desk.language(ctx, h), sch.Zone, meetingAt(at, t)), err
	})
}

// Book keeps a booking; nothing goes out for ten seconds. A start that is not
// free is an answer, not a failure.
func (n *NewBooking) Book(f BookForm) (BookResult, error) {
	return change(n.desk, func(ctx context.Context, h *house.House) (BookResult, error) {
		at, err := parseTime(f.Start)
		if err != nil {
			return BookResult{}, err
		}
		t, err := h.Store.Topic(ctx, f.Topic)
		if err != nil {
			return BookResult{}, err
		}
		sch, err := h.Store.Schedule(ctx, t.Schedule)
		if err != nil {
			return BookResult{}, err
		}
		a, err := h.Booking.Book(ctx, booking.Request{
			Topic: f.Topic, Start: at, Attendees: each(f.Attendees, attendeeFrom), Note: f.Note, Over: f.Reason, OverZoom: f.OverZoom, Hold: undoTime,
		})
		if err != nil {
			return BookResult{}, err
		}
		l := n.desk.language(ctx, h)
		res := BookResult{OverZoom: a.OverZoom, Conflicts: conflictsOf(a.Conflicts, l, sch.Zone, meetingAt(at, t))}
		if !a.Booked {
			return res, nil
		}
		// It is booked. What cannot be read back now is not a failure of that.
		v, err := oneBooking(ctx, h, a.Booking.ID)
		if err != nil {
			v = bookingOf(a.Booking, nil, nil, l, h.Now())
		}
		res.Booking, res.UndoUntil = &v, stamp(a.Booking.Created.Add(undoTime), v.Zone)
		return res, nil
	})
}

func meetingAt(at time.Time, t kwadrans.Topic) kwadrans.Span {
	return kwadrans.Span{Start: at, End: at.Add(t.Duration.Std())}
}

func conflictsOf(list []kwadrans.Conflict, l kwadrans.Lang, zone string, meeting kwadrans.Span) []Conflict {
	return each(list, func(c kwadrans.Conflict) Conflict { return conflictOf(c, l, zone, meeting) })
}

// span of the days from and to, both included, in a zone.
func daySpan(from, to kwadrans.Date, loc *time.Location) kwadrans.Span {
	end := to.AddDays(1)
	return kwadrans.Span{
		Start: time.Date(from.Year, from.Month, from.Day, 0, 0, 0, 0, loc), End: time.Date(end.Year, end.Month, end.Day, 0, 0, 0, 0, loc),
	}
}

// page is the days that are shown and whether there are others beside them.
type page struct {
	days           []kwadrans.Date
	earlier, later bool
}

// shown chooses the days with opening hours and the span to read for them.
func shown(t kwadrans.Topic, sch kwadrans.Schedule, now time.Time, from string, back bool) (kwadrans.Span, page, error) {
	loc, err := kwadrans.Zone(sch.Zone)
	if err != nil {
		return kwadrans.Span{}, page{}, err
	}
	today := kwadrans.DateOf(now.In(loc))
	day := today
	if from != "" {
		if day, err = kwadrans.ParseDate(from); err != nil {
			return kwadrans.Span{}, page{}, err
		}
	}
	last := today.AddDays(t.MaxDays)
	switch { // the page may be of yesterday, or the topic have been changed since
	case !back && day.Before(today):
		day = today
	case back && last.Before(day):
		day = last.AddDays(1)
	}
	p := page{days: openDays(sch, day, back, today, last)}
	if len(p.days) == 0 {
		return daySpan(today, today, loc), p, nil
	}
	first, end := p.days[0], p.days[len(p.days)-1]
	p.earlier = len(openDays(sch, first, true, today, last)) > 0
	p.later = len(openDays(sch, end.AddDays(1), false, today, last)) > 0
	return daySpan(first, end, loc), p, nil
}

// openDays returns up to shownDays open days in order: from a day on, or before it.
func openDays(sch kwadrans.Schedule, day kwadrans.Date, back bool, first, last kwadrans.Date) (days []kwadrans.Date) {
	step := 1
	if back {
		step, day = -1, day.AddDays(-1)
	}
	for range searchDays {
		if len(days) == shownDays || day.Before(first) || last.Before(day) {
			break
		}
		if len(sch.Windows(day)) > 0 {
			days = append(days, day)
		}
		day = day.AddDays(step)
	}
	if back {
		for i, j := 0, len(days)-1; i < j; i, j = i+1, j-1 {
			days[i], days[j] = days[j], days[i]
		}
	}
	return days
}

func attendeeFrom(a Attendee) kwadrans.Attendee {
	return kwadrans.Attendee{Name: a.Name, Email: a.Email, Zone: a.Zone, Lang: kwadrans.Lang(a.Lang)}
}
