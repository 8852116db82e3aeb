package booking

import (
	"context"
	"time"

	"kwadrans/internal/busy"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"
)

// Slots returns the bookable starts of a topic in the range.
func (s *Service) Slots(ctx context.Context, slug string, span kwadrans.Span) ([]slots.Slot, error) {
	e, _, err := s.engine(ctx, slug, span, "")
	if err != nil {
		return nil, err
	}
	return e.Slots(span.Start, span.End), nil
}

// Why returns, for every start of the grid that is not bookable, the reason.
func (s *Service) Why(ctx context.Context, slug string, span kwadrans.Span) ([]kwadrans.Conflict, error) {
	e, _, err := s.engine(ctx, slug, span, "")
	if err != nil {
		return nil, err
	}
	return e.Why(span.Start, span.End), nil
}

// Check says why a start cannot be booked; nothing when it can.
func (s *Service) Check(ctx context.Context, slug string, start time.Time) ([]kwadrans.Conflict, error) {
	e, _, err := s.engine(ctx, slug, kwadrans.Span{Start: start, End: start}, "")
	if err != nil {
		return nil, err
	}
	return e.Check(start), nil
}

// around is how far beyond the question the sources are read: a week back for
// the weekly limit, two weeks ahead for the nearest free starts.
const (
	aroundBack  = 8 * 24 * time.Hour
	aroundAhead = 15 * 24 * time.Hour
)

// engine reads what the one engine needs to answer about the range.
func (s *Service) engine(ctx context.Context, slug string, span kwadrans.Span, except string) (*slots.Engine, busy.Report, error) {
	topic, err := s.Store.Topic(ctx, slug)
	if err != nil {
		return nil, busy.Report{}, err
	}
	schedule, err := s.Store.Schedule(ctx, topic.Schedule)
	if err != nil {
		return nil, busy.Report{}, err
	}
	rep, err := s.Busy.Read(ctx, busy.Ask{
		Host: kwadrans.Me, Span: span.Widen(aroundBack, aroundAhead), Except: except, Zoom: topic.Place().Kind == kwadrans.PlaceZoom,
	})
	if err != nil {
		return nil, busy.Report{}, err
	}
	e, err := slots.New(slots.Query{
		Topic: topic, Mode: slots.One, Now: s.Now(),
		Hosts: []slots.Host{{ID: kwadrans.Me, Active: true, Schedule: schedule, Busy: rep.Busy, Unknown: rep.Unknown}},
	})
	return e, rep, err
}
