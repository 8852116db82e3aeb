package desk

import (
	"context"
	"slices"
	"strings"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// Schedules is the screen of the schedules and their editor.
type Schedules struct{ desk *Desk }

// List returns all schedules by name, each with the topics that use it.
func (s *Schedules) List() ([]Hours, error) {
	return call(s.desk, func(ctx context.Context, h *house.House) ([]Hours, error) {
		list, err := h.Store.Schedules(ctx)
		if err != nil {
			return nil, err
		}
		topics, err := h.Store.Topics(ctx)
		return each(list, func(sch kwadrans.Schedule) Hours { return hoursOf(sch, topics) }), err
	})
}

// Fresh returns a new schedule without a name: Monday to Friday, 9:00 to 17:00, in the
// host's zone.
func (s *Schedules) Fresh() (Hours, error) {
	return call(s.desk, func(ctx context.Context, h *house.House) (Hours, error) {
		p, _, err := h.Store.Profile(ctx)
		return hoursOf(kwadrans.DefaultSchedule("", p.Zone), nil), err
	})
}

// Add keeps a new schedule.
func (s *Schedules) Add(v Hours) (Hours, error) {
	return s.keep(v, func(ctx context.Context, h *house.House, sch kwadrans.Schedule) (kwadrans.Schedule, error) {
		return h.Setup.AddSchedule(ctx, sch)
	})
}

// Change replaces the schedule called name; with another name in v it is renamed.
func (s *Schedules) Change(name string, v Hours) (Hours, error) {
	return s.keep(v, func(ctx context.Context, h *house.House, sch kwadrans.Schedule) (kwadrans.Schedule, error) {
		return h.Setup.ChangeSchedule(ctx, name, sch)
	})
}

// Remove removes a schedule and returns it, for undo; not while a topic uses it.
func (s *Schedules) Remove(name string) (Hours, error) {
	return change(s.desk, func(ctx context.Context, h *house.House) (Hours, error) {
		sch, err := h.Setup.RemoveSchedule(ctx, name)
		return hoursOf(sch, nil), err
	})
}

// Look says what a schedule comes to in the next week, from Monday on, kept or not.
func (s *Schedules) Look(v Hours) (Outlook, error) {
	return call(s.desk, func(_ context.Context, h *house.House) (Outlook, error) {
		sch, err := hoursFrom(v)
		if err != nil {
			return Outlook{}, err
		}
		loc, err := kwadrans.Zone(sch.Zone)
		if err != nil {
			return Outlook{}, err
		}
		today := kwadrans.DateOf(h.Now().In(loc))
		monday := today.AddDays(7 - (int(today.Weekday())+6)%7)
		open, err := sch.Open(daySpan(monday, monday.AddDays(6), loc))
		out := Outlook{From: monday.String(), To: monday.AddDays(6).String()}
		for _, span := range open {
			out.Minutes += minutes(span)
		}
		return out, err
	})
}

func (s *Schedules) keep(v Hours, keep func(context.Context, *house.House, kwadrans.Schedule) (kwadrans.Schedule, error)) (Hours, error) {
	return change(s.desk, func(ctx context.Context, h *house.House) (Hours, error) {
		sch, err := hoursFrom(v)
		if err == nil {
			sch, err = keep(ctx, h, sch)
		}
		if err != nil {
			return Hours{}, err
		}
		topics, err := h.Store.Topics(ctx)
		return hoursOf(sch, topics), err
	})
}

func hoursOf(sch kwadrans.Schedule, topics []kwadrans.Topic) Hours {
	v := Hours{Name: sch.Name, Zone: sch.Zone, Topics: []TopicInShort{}, Week: make([][]Opening, 0, 7)}
	for i := 1; i <= 7; i++ {
		v.Week = append(v.Week, each(sch.Weekly[i%7], openingOf))
	}
	v.Days = each(sch.Exceptions, func(e kwadrans.Exception) DayHours {
		return DayHours{Date: e.Date.String(), Hours: each(e.Windows, openingOf), Reason: e.Reason}
	})
	slices.SortFunc(v.Days, func(a, b DayHours) int { return strings.Compare(a.Date, b.Date) })
	for _, t := range topics {
		if t.Schedule == sch.Name {
			v.Topics = append(v.Topics, TopicInShort{Slug: t.Slug, Name: t.Name, Colour: t.Colour, On: t.On})
		}
	}
	return v
}

func hoursFrom(v Hours) (kwadrans.Schedule, error) {
	sch := kwadrans.Schedule{Name: v.Name, Zone: v.Zone, Exceptions: []kwadrans.Exception{}}
	for i, list := range v.Week[:min(7, len(v.Week))] {
		sch.Weekly[(i+1)%7] = windowsFrom(list)
	}
	for _, d := range v.Days {
		date, err := kwadrans.ParseDate(d.Date)
		if err != nil {
			return sch, err
		}
		sch.Exceptions = append(sch.Exceptions, kwadrans.Exception{Date: date, Windows: windowsFrom(d.Hours), Reason: kwadrans.CleanLine(d.Reason)})
	}
	return sch, nil
}

func openingOf(w kwadrans.Window) Opening { return Opening{From: w.From, To: w.To} }

// windowsFrom puts the openings of a day in order.
func windowsFrom(list []Opening) []kwadrans.Window {
	out := each(list, func(o Opening) kwadrans.Window { return kwadrans.Window{From: o.From, To: o.To} })
	slices.SortFunc(out, func(a, b kwadrans.Window) int { return a.From - b.From })
	return out
}
