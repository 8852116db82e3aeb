package zoom

import (
	"context"
	"strconv"
	"time"

	"kwadrans/internal/kwadrans"
)

// assumedLength is how long a meeting counts when Zoom gives no length.
const assumedLength = 60 * time.Minute

// longest is how long a meeting counts at most, in minutes: a month.
const longest number = 31 * 24 * 60

// Busy returns when a user's meetings take place in the span, and the stretches
// for which that cannot be known. Meetings without a fixed time hold nothing;
// a series holds its occurrences. Any page or series that cannot be read is an
// error or an unknown stretch, never free time.
func (c *Client) Busy(ctx context.Context, user string, span kwadrans.Span) ([]kwadrans.Busy, []kwadrans.Unknown, error) {
	rows, err := c.rows(ctx, user, time.Time{}, time.Time{})
	if err != nil {
		return nil, nil, err
	}
	r := reading{span: span, now: c.Now(), seen: map[key]bool{}}
	read := map[number]bool{}
	for _, m := range rows {
		_, timed := m.start()
		switch {
		case read[m.ID]:
		case m.Type == number(kwadrans.RecurringNoTime):
		case m.Type == number(kwadrans.RecurringFixedTime), m.Type == 0, !timed:
			read[m.ID] = true
			if err := c.whole(ctx, m, &r); err != nil {
				return nil, nil, err
			}
		default:
			start, _ := m.start()
			r.add(m, start, m.Duration, false)
		}
	}
	return r.busy, r.unknown, nil
}

// whole reads a meeting of which the row does not tell the times.
func (c *Client) whole(ctx context.Context, row meeting, r *reading) error {
	var m meeting
	query := map[string][]string{"show_previous_occurrences": {"true"}}
	err := c.do(ctx, getMeeting, []string{text(int64(row.ID))}, query, nil, &m)
	if c.Gone(err) { // deleted since the list was read
		return nil
	}
	if err != nil {
		return err
	}
	m.ID, m.Topic = row.ID, or(m.Topic, row.Topic)
	switch m.Type {
	case number(kwadrans.RecurringNoTime):
	case number(kwadrans.RecurringFixedTime):
		r.series(m)
	default:
		start, ok := m.start()
		if !ok {
			r.unclear(r.span, m)
			return nil
		}
		r.add(m, start, m.Duration, false)
	}
	return nil
}

type key struct {
	id    number
	start int64
}

// reading gathers what is busy in a span.
type reading struct {
	span    kwadrans.Span
	now     time.Time
	seen    map[key]bool
	busy    []kwadrans.Busy
	unknown []kwadrans.Unknown
}

func (r *reading) add(m meeting, start time.Time, minutes number, assumed bool) {
	length := time.Duration(min(minutes, longest)) * time.Minute
	if minutes <= 0 {
		length, assumed = assumedLength, true
	}
	span := kwadrans.Span{Start: start, End: start.Add(length)}
	k := key{m.ID, start.Unix()}
	if r.seen[k] || !span.Overlaps(r.span) {
		return
	}
	r.seen[k] = true
	r.busy = append(r.busy, kwadrans.Busy{
		Span: span, Kind: kwadrans.FromZoom, ID: strconv.FormatInt(int64(m.ID), 10), Item: kwadrans.CleanLine(m.Topic),
		Source: "zoom", CheckedAt: r.now, Assumed: assumed, Zoom: true,
	})
}

func (r *reading) unclear(span kwadrans.Span, m meeting) {
	if !span.Overlaps(r.span) {
		return
	}
	r.unknown = append(r.unknown, kwadrans.Unknown{
		Span: span, Source: "zoom", CheckedAt: r.now, Code: kwadrans.CodeSourceUnknown,
		Words: "Zoom does not tell when " + strconv.Quote(kwadrans.CleanLine(m.Topic)) + " takes place",
	})
}

// series takes the occurrences that Zoom lists, and works out by the rule the
// later ones that it leaves out (it lists at most 50 or 60).
func (r *reading) series(m meeting) {
	last := time.Time{}
	for _, o := range m.Occurrences {
		start, ok := instant(o.StartTime, m.Timezone)
		if !ok {
			r.unclear(r.span, m)
			return
		}
		if o.Status != "deleted" {
			r.add(m, start, or(o.Duration, m.Duration), false)
		}
		if planned := o.planned(start); planned.After(last) {
			last = planned
		}
	}
	known := len(m.Occurrences)
	if known == 0 {
		start, ok := m.start()
		if !ok {
			r.unclear(r.span, m)
			return
		}
		r.add(m, start, m.Duration, true)
		last, known = start, 1
	}
	if !last.Before(r.span.End) {
		return
	}
	later, ok := m.Recurrence.after(last, known, r.span.End, m.Timezone)
	if !ok {
		r.unclear(kwadrans.Span{Start: last.Add(time.Minute), End: r.span.End}, m)
		return
	}
	for _, start := range later {
		r.add(m, start, m.Duration, true)
	}
}
