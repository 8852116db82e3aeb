// Package busy tells when a host is taken, from every source that knows: own
// bookings, the host's Zoom meetings, calendars of others. It looks at sources
// when they are due and answers from the copies that it keeps of them, so that
// no question waits for the network. A source that cannot be read is unknown for
// the whole stretch, never free.
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
	Fresh  bool   // with Zoom: its meetings are read anew, as they are before something is reserved
}

// Report is what is known.
type Report struct {
	Busy    []kwadrans.Busy
	Unknown []kwadrans.Unknown
}

// Reader reads the sources. Without a Keeper there are no calendars, and Zoom is
// asked every time.
type Reader struct {
	Own    Own
	Zoom   Zoom
	Keeper *Keeper
	Now    func() time.Time
}

// Read answers from what is kept of every source; only with Fresh it asks Zoom.
// Calendars are those of the file's owner. It fails only when the own data file
// cannot be read.
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
	if r.Keeper != nil && ask.Host == kwadrans.Me {
		if err := r.Keeper.calendars(ctx, ask.Span, &rep); err != nil {
			return Report{}, err
		}
	}
	if !ask.Zoom {
		return rep, nil
	}
	meetings, unknown, err := r.meetings(ctx, ask)
	if err != nil {
		return Report{}, err
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

func (r *Reader) meetings(ctx context.Context, ask Ask) ([]kwadrans.Busy, []kwadrans.Unknown, error) {
	if r.Keeper != nil {
		return r.Keeper.meetings(ctx, ask)
	}
	meetings, unknown, err := r.Zoom.Busy(ctx, ask.Host, ask.Span)
	if err != nil {
		return nil, []kwadrans.Unknown{unreadZoom(ask.Span, r.Now(), err)}, nil
	}
	return meetings, unknown, nil
}

func unreadZoom(span kwadrans.Span, now time.Time, err error) kwadrans.Unknown {
	return kwadrans.Unknown{Span: span, Source: zoomName, CheckedAt: now, Code: kwadrans.CodeOf(err), Words: kwadrans.WordsOf(err)}
}
