package setup

import (
	"context"
	"slices"

	"kwadrans/internal/kwadrans"
)

// DefaultSchedule is the name of the schedule that a first topic gets.
const DefaultSchedule = "default"

// AddTopic keeps a new topic. A topic on the default schedule brings that
// schedule along: Monday to Friday, 9:00 to 17:00, in the profile's zone. Errors:
// CodeInvalid, CodeExists, CodeNotFound for the schedule, CodeNotConnected for
// the place Zoom while Zoom is not connected.
func (s *Service) AddTopic(ctx context.Context, t kwadrans.Topic) (kwadrans.Topic, error) {
	t.Name = kwadrans.CleanLine(t.Name)
	if err := s.checkTopic(ctx, t); err != nil {
		return t, err
	}
	if t.Schedule == DefaultSchedule {
		if err := s.ensureDefault(ctx); err != nil {
			return t, err
		}
	}
	return t, s.Store.AddTopic(ctx, t, s.Now())
}

// ChangeTopic replaces a topic of the same slug. Bookings keep what they were
// made with. Errors as AddTopic, and CodeNotFound; a topic that is held in Zoom
// already needs no connection to be changed.
func (s *Service) ChangeTopic(ctx context.Context, t kwadrans.Topic) (kwadrans.Topic, error) {
	t.Name = kwadrans.CleanLine(t.Name)
	old, err := s.Store.Topic(ctx, t.Slug)
	if err != nil {
		return t, err
	}
	check := s.checkTopic
	if usesZoom(old) { // it was there before the connection went
		check = func(_ context.Context, t kwadrans.Topic) error { return t.Validate() }
	}
	if err := check(ctx, t); err != nil {
		return t, err
	}
	return t, s.Store.SaveTopic(ctx, t)
}

// SwitchTopic turns a topic on or off: a topic that is off cannot be booked.
func (s *Service) SwitchTopic(ctx context.Context, slug string, on bool) (kwadrans.Topic, error) {
	t, err := s.Store.Topic(ctx, slug)
	if err != nil {
		return t, err
	}
	t.On = on
	return t, s.Store.SaveTopic(ctx, t)
}

func (s *Service) checkTopic(ctx context.Context, t kwadrans.Topic) error {
	if err := t.Validate(); err != nil {
		return err
	}
	if !usesZoom(t) {
		return nil
	}
	c, err := s.Connections.Connection(ctx, kwadrans.Personal)
	if err != nil {
		return err
	}
	if c.State == kwadrans.NotConnected {
		return kwadrans.Errorf(kwadrans.CodeNotConnected, "setup: the place Zoom needs a connection to Zoom").
			WithHint("connect it with: kwadrans zoom connect")
	}
	return nil
}

func usesZoom(t kwadrans.Topic) bool {
	return slices.ContainsFunc(t.Places, func(p kwadrans.Place) bool { return p.Kind == kwadrans.PlaceZoom })
}

func (s *Service) ensureDefault(ctx context.Context) error {
	_, err := s.Store.Schedule(ctx, DefaultSchedule)
	if kwadrans.CodeOf(err) != kwadrans.CodeNotFound {
		return err
	}
	p, err := s.Profile(ctx)
	if err != nil {
		return err
	}
	return s.Store.SaveSchedule(ctx, kwadrans.DefaultSchedule(DefaultSchedule, p.Zone))
}
