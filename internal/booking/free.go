package booking

import (
	"context"
	"time"

	"kwadrans/internal/busy"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"
)

// Offer returns the bookable starts of a topic in the range, and for every other
// start of the grid the reason, from one reading of the sources.
func (s *Service) Offer(ctx context.Context, slug string, span kwadrans.Span) ([]slots.Slot, []kwadrans.Conflict, error) {
	v, err := s.look(ctx, slug, span, nil)
	if err != nil {
		return nil, nil, err
	}
	return v.engine.Slots(span.Start, span.End), v.engine.Why(span.Start, span.End), nil
}

// Check says why a start cannot be booked; nothing when it can.
func (s *Service) Check(ctx context.Context, slug string, start time.Time) ([]kwadrans.Conflict, error) {
	v, err := s.look(ctx, slug, kwadrans.Span{Start: start, End: start}, nil)
	if err != nil {
		return nil, err
	}
	return v.engine.Check(start), nil
}

// CheckMove says why a booking cannot move to a start; nothing when it can. The
// booking itself is not in its own way. Errors: CodeNotFound, CodeAmbiguous.
func (s *Service) CheckMove(ctx context.Context, prefix string, start time.Time) ([]kwadrans.Conflict, error) {
	b, err := s.Store.Booking(ctx, prefix)
	if err != nil {
		return nil, err
	}
	v, err := s.look(ctx, b.Topic, kwadrans.Span{Start: start, End: start}, &b)
	if err != nil {
		return nil, err
	}
	return v.engine.Check(start), nil
}

// view is what is known around a range, and the one engine over it.
type view struct {
	topic    kwadrans.Topic
	schedule kwadrans.Schedule
	report   busy.Report
	engine   *slots.Engine
}

// look gathers what the one engine needs to answer about the range, from what is kept
// of the sources. A booking that is about to change keeps its length and does not hold
// itself back.
func (s *Service) look(ctx context.Context, slug string, span kwadrans.Span, changing *kwadrans.Booking) (view, error) {
	return s.view(ctx, slug, span, changing, false)
}

// lookAnew does so after Zoom was asked once more: the last look before time is reserved.
func (s *Service) lookAnew(ctx context.Context, slug string, span kwadrans.Span, changing *kwadrans.Booking) (view, error) {
	return s.view(ctx, slug, span, changing, true)
}

func (s *Service) view(ctx context.Context, slug string, span kwadrans.Span, changing *kwadrans.Booking, anew bool) (v view, err error) {
	if v.topic, err = s.Store.Topic(ctx, slug); err != nil {
		return v, err
	}
	except := ""
	if changing != nil {
		except, v.topic.Duration = changing.ID, kwadrans.Duration(changing.Span().Duration())
	}
	if v.schedule, err = s.Store.Schedule(ctx, v.topic.Schedule); err != nil {
		return v, err
	}
	zoom, err := s.hostsInZoom(ctx, v.topic)
	if err != nil {
		return v, err
	}
	if v.report, err = s.Busy.Read(ctx, busy.Ask{Host: kwadrans.Me, Span: span.Widen(slots.Back, slots.Ahead), Except: except, Zoom: zoom, Fresh: anew}); err != nil {
		return v, err
	}
	v.engine, err = slots.New(slots.Query{
		Topic: v.topic, Mode: slots.One, Now: s.Now(),
		Hosts: []slots.Host{{ID: kwadrans.Me, Active: true, Schedule: v.schedule, Busy: v.report.Busy, Unknown: v.report.Unknown}},
	})
	return v, err
}

// hostsInZoom says whether the host's Zoom meetings have to be read. Whoever has
// a Zoom connection is busy in those meetings wherever the topic meets; that it
// cannot be used now makes them unknown, not free.
func (s *Service) hostsInZoom(ctx context.Context, t kwadrans.Topic) (bool, error) {
	if t.Place().Kind == kwadrans.PlaceZoom {
		return true, nil
	}
	c, err := s.Connections.Connection(ctx, kwadrans.Personal)
	return c.State != kwadrans.NotConnected, err
}
