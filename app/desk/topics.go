package desk

import (
	"context"
	"slices"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// Topics is the screen of the meeting topics and their form.
type Topics struct{ desk *Desk }

// List returns all topics, oldest first.
func (t *Topics) List() ([]Topic, error) {
	return call(t.desk, func(ctx context.Context, h *house.House) ([]Topic, error) {
		list, err := h.Store.Topics(ctx)
		return each(list, topicOf), err
	})
}

// Fresh returns a new topic as it is when nothing more is said; its place is
// Zoom when Zoom can be used.
func (t *Topics) Fresh() (Topic, error) {
	return call(t.desk, func(ctx context.Context, h *house.House) (Topic, error) {
		v := kwadrans.DefaultTopic("", kwadrans.Duration(30*time.Minute))
		c, err := h.Store.Connection(ctx, kwadrans.Personal)
		if err == nil && c.State != kwadrans.NotConnected {
			v.Places = []kwadrans.Place{{Kind: kwadrans.PlaceZoom}}
		}
		list, failed := h.Store.Schedules(ctx)
		if failed == nil && len(list) > 0 && !slices.ContainsFunc(list, func(s kwadrans.Schedule) bool { return s.Name == v.Schedule }) {
			v.Schedule = list[0].Name
		}
		return topicOf(v), err
	})
}

// Slug makes the short name of a topic's name.
func (t *Topics) Slug(name string) (string, error) { return kwadrans.Slug(name), nil }

// Add keeps a new topic.
func (t *Topics) Add(v Topic) (Topic, error) { return t.keep(v, true) }

// Change replaces the topic of the same slug. Bookings keep what they were made with.
func (t *Topics) Change(v Topic) (Topic, error) { return t.keep(v, false) }

func (t *Topics) keep(v Topic, fresh bool) (Topic, error) {
	return change(t.desk, func(ctx context.Context, h *house.House) (Topic, error) {
		keep := h.Setup.ChangeTopic
		if fresh {
			keep = h.Setup.AddTopic
		}
		w, err := topicFrom(v)
		if err == nil {
			w, err = keep(ctx, w)
		}
		return topicOf(w), err
	})
}

// Switch turns a topic on or off.
func (t *Topics) Switch(slug string, on bool) (Topic, error) {
	return change(t.desk, func(ctx context.Context, h *house.House) (Topic, error) {
		w, err := h.Setup.SwitchTopic(ctx, slug, on)
		return topicOf(w), err
	})
}

// Remove removes a topic and returns it, for undo; its bookings stay.
func (t *Topics) Remove(slug string) (Topic, error) {
	return change(t.desk, func(ctx context.Context, h *house.House) (Topic, error) {
		w, err := h.Store.Topic(ctx, slug)
		if err == nil {
			err = h.Store.RemoveTopic(ctx, slug)
		}
		return topicOf(w), err
	})
}

// Schedules returns the schedules; before the first topic, the one that it would get.
func (t *Topics) Schedules() ([]Schedule, error) {
	return call(t.desk, func(ctx context.Context, h *house.House) ([]Schedule, error) {
		list, err := h.Store.Schedules(ctx)
		if err == nil && len(list) == 0 {
			p, _, failed := h.Store.Profile(ctx)
			list, err = []kwadrans.Schedule{kwadrans.DefaultSchedule("default", p.Zone)}, failed
		}
		return each(list, scheduleOf), err
	})
}

// Free returns the first free starts of a topic, for its preview.
func (t *Topics) Free(slug string) ([]string, error) {
	return call(t.desk, func(ctx context.Context, h *house.House) ([]string, error) {
		topic, err := h.Store.Topic(ctx, slug)
		if err != nil {
			return nil, err
		}
		schedule, err := h.Store.Schedule(ctx, topic.Schedule)
		if err != nil {
			return nil, err
		}
		if err := h.Ready(ctx); err != nil {
			return nil, err
		}
		now := h.Now()
		list, _, err := h.Booking.Offer(ctx, slug, kwadrans.Span{Start: now, End: now.AddDate(0, 0, 14)})
		free := []string{}
		for _, s := range list[:min(len(list), 4)] {
			free = append(free, stamp(s.Start, schedule.Zone))
		}
		return free, err
	})
}

func topicOf(t kwadrans.Topic) Topic {
	return Topic{
		Slug: t.Slug, Name: t.Name, Description: t.Description, Colour: t.Colour, On: t.On, Listed: t.Listed, Duration: t.Duration.Minutes(),
		Places: each(t.Places, placeOf), Schedule: t.Schedule, Step: t.Step.Minutes(), BufferBefore: t.BufferBefore.Minutes(), BufferAfter: t.BufferAfter.Minutes(),
		Notice: t.MinNotice.Minutes(), MaxDays: t.MaxDays, DailyLimit: t.DailyLimit, WeeklyLimit: t.WeeklyLimit,
		MayMove: t.Change.MayMove, MoveBefore: t.Change.MoveBefore.Minutes(), MaxMoves: t.Change.MaxMoves,
		MayCancel: t.Change.MayCancel, CancelBefore: t.Change.CancelBefore.Minutes(), Page: askingOf(t),
	}
}

// mostMinutes keeps a number of the page from overflowing a length of time.
const mostMinutes = 10 * 366 * 24 * 60

func topicFrom(v Topic) (t kwadrans.Topic, err error) {
	minutes := func(n int) kwadrans.Duration {
		if n < -mostMinutes || n > mostMinutes {
			err = kwadrans.Errorf(kwadrans.CodeInvalid, "topic: a length of %d minutes cannot be used", n)
		}
		return kwadrans.Duration(time.Duration(n) * time.Minute)
	}
	t = kwadrans.Topic{
		Slug: v.Slug, Name: v.Name, Description: kwadrans.CleanText(v.Description), Colour: v.Colour, On: v.On, Listed: v.Listed, Duration: minutes(v.Duration),
		Places: each(v.Places, placeFrom), Schedule: v.Schedule, Step: minutes(v.Step), BufferBefore: minutes(v.BufferBefore), BufferAfter: minutes(v.BufferAfter),
		MinNotice: minutes(v.Notice), MaxDays: v.MaxDays, DailyLimit: v.DailyLimit, WeeklyLimit: v.WeeklyLimit,
		Change: kwadrans.ChangePolicy{
			MayMove: v.MayMove, MoveBefore: minutes(v.MoveBefore), MaxMoves: v.MaxMoves, MayCancel: v.MayCancel, CancelBefore: minutes(v.CancelBefore),
		},
	}
	t.Confirm = kwadrans.Confirm(v.Page.Confirm)
	for _, q := range v.Page.Questions {
		t.Questions = append(t.Questions, kwadrans.Question(q))
	}
	if t.Slug == "" {
		t.Slug = kwadrans.Slug(t.Name)
	}
	return t, err
}

func askingOf(t kwadrans.Topic) Asking {
	v := Asking{Confirm: string(t.Confirm), Questions: []Question{}}
	if v.Confirm == "" {
		v.Confirm = string(kwadrans.ConfirmAlways)
	}
	for _, q := range t.Questions {
		v.Questions = append(v.Questions, Question(q))
	}
	return v
}

func placeOf(p kwadrans.Place) Place {
	return Place{Kind: string(p.Kind), Detail: p.Detail, WaitingRoom: setting(p.WaitingRoom), JoinBeforeHost: setting(p.JoinBeforeHost)}
}

func placeFrom(p Place) kwadrans.Place {
	return kwadrans.Place{Kind: kwadrans.PlaceKind(p.Kind), Detail: kwadrans.CleanLine(p.Detail), WaitingRoom: choice(p.WaitingRoom), JoinBeforeHost: choice(p.JoinBeforeHost)}
}

func setting(b *bool) string {
	switch {
	case b == nil:
		return ""
	case *b:
		return "on"
	}
	return "off"
}

func choice(s string) *bool {
	if s == "" {
		return nil
	}
	on := s == "on"
	return &on
}

func scheduleOf(s kwadrans.Schedule) Schedule {
	v := Schedule{Name: s.Name, Zone: s.Zone}
	for i := 1; i <= 7; i++ {
		v.Hours = append(v.Hours, each(s.Weekly[i%7], kwadrans.Window.String))
	}
	return v
}
