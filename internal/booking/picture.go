package booking

import (
	"context"
	"slices"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"
)

// Picture is a stretch of time as a slot picker draws it. All of it comes from one
// reading of the sources, so that no part contradicts another.
type Picture struct {
	Zone    string              // of the topic's schedule
	Slots   []slots.Slot        // free starts, ascending
	Reasons []kwadrans.Conflict // for every other start of the grid why not, ascending
	Busy    []kwadrans.Busy     // what takes the host's time here, buffers included, by start; not cut at the edges
	Unknown []kwadrans.Unknown  // what could not be read here; not cut at the edges
	Open    []kwadrans.Span     // opening hours, ascending and apart, cut at the edges
}

// Picture returns what a topic offers in the range, and what takes the rest of
// it. Errors: CodeNotFound.
func (s *Service) Picture(ctx context.Context, slug string, span kwadrans.Span) (Picture, error) {
	v, err := s.look(ctx, slug, span, nil)
	if err != nil {
		return Picture{}, err
	}
	return v.picture(span)
}

// MovePicture is Picture for a booking that is to get another start: it is not in its own
// way. Errors: CodeNotFound, CodeAmbiguous.
func (s *Service) MovePicture(ctx context.Context, prefix string, span kwadrans.Span) (Picture, error) {
	b, err := s.Store.Booking(ctx, prefix)
	if err != nil {
		return Picture{}, err
	}
	v, err := s.look(ctx, b.Topic, span, &b)
	if err != nil {
		return Picture{}, err
	}
	return v.picture(span)
}

func (v view) picture(span kwadrans.Span) (p Picture, err error) {
	p = Picture{Zone: v.schedule.Zone, Slots: v.engine.Slots(span.Start, span.End), Reasons: v.engine.Why(span.Start, span.End)}
	for _, b := range v.report.Busy {
		if b.Widen(b.Before, b.After).Overlaps(span) {
			p.Busy = append(p.Busy, b)
		}
	}
	for _, u := range v.report.Unknown {
		if u.Overlaps(span) {
			p.Unknown = append(p.Unknown, u)
		}
	}
	slices.SortStableFunc(p.Busy, func(a, b kwadrans.Busy) int { return a.Start.Compare(b.Start) })
	p.Open, err = v.schedule.Open(span)
	return p, err
}
