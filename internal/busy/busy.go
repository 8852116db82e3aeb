// Package busy reads when a host is taken, from every source that knows: own
// bookings, the host's Zoom meetings, later other calendars. A source that
// cannot be read is unknown for the whole stretch, never free.
package busy

import (
	"context"
	"time"

	"kwadrans/internal/kwadrans"
)

// Own is what the reader asks of the data file.
type Own interface {
	// OwnBusy returns what the bookings of a host hold, but for one booking id.
	OwnBusy(ctx context.Context, host string, span kwadrans.Span, except string) ([]kwadrans.Busy, error)
	// OwnMeetings returns the Zoom meetings that belong to our bookings.
	OwnMeetings(ctx context.Context, span kwadrans.Span) (map[int64]bool, error)
}

// Zoom is what the reader asks of Zoom. Meetings whose times cannot be known
// come back as unknown stretches.
type Zoom interface {
	Busy(ctx context.Context, host string, span kwadrans.Span) ([]kwadrans.Busy, []kwadrans.Unknown, error)
}

// Ask says what is to be read.
type Ask struct {
	Host   string
	Span   kwadrans.Span
	Except string // a booking that is about to move, and does not hold itself back
	Zoom   bool   // the host's Zoom meetings as well
}

// Report is what is known.
type Report struct {
	Busy    []kwadrans.Busy
	Unknown []kwadrans.Unknown
}

// Reader reads the sources.
type Reader struct {
	Own  Own
	Zoom Zoom
	Now  func() time.Time
}

// Read asks every source. It fails only when the own data file cannot be read.
func (r *Reader) Read(ctx context.Context, ask Ask) (Report, error) {
	own, err := r.Own.OwnBusy(ctx, ask.Host, ask.Span, ask.Except)
	if err != nil {
		return Report{}, err
	}
	now := r.Now()
	for i := range own {
		own[i].CheckedAt = now
	}
	rep := Report{Busy: own}
	if !ask.Zoom {
		return rep, nil
	}
	meetings, unknown, err := r.Zoom.Busy(ctx, ask.Host, ask.Span)
	if err != nil {
		rep.Unknown = append(rep.Unknown, kwadrans.Unknown{Span: ask.Span, Source: "zoom", CheckedAt: now, Code: kwadrans.CodeOf(err), Words: kwadrans.WordsOf(err)})
		return rep, nil
	}
	ours, err := r.Own.OwnMeetings(ctx, ask.Span)
	if err != nil {
		return Report{}, err
	}
	for _, m := range meetings {
		if !ours[meetingID(m)] { // those stand in the report as bookings
			rep.Busy = append(rep.Busy, m)
		}
	}
	rep.Unknown = append(rep.Unknown, unknown...)
	return rep, nil
}
