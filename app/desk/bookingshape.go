package desk

import (
	"context"
	"strings"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

func oneBooking(ctx context.Context, h *house.House, id string) (Booking, error) {
	w, _, err := h.Booking.Booking(ctx, id)
	if err != nil {
		return Booking{}, err
	}
	list, err := bookingsOf(ctx, h, []kwadrans.Booking{w})
	if err != nil {
		return Booking{}, err
	}
	return list[0], nil
}

// bookingsOf reads the steps of bookings and puts both into shape.
func bookingsOf(ctx context.Context, h *house.House, rows []kwadrans.Booking) ([]Booking, error) {
	ids := each(rows, func(b kwadrans.Booking) string { return b.ID })
	steps, err := h.Store.StepsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	pauses, err := h.Store.Pauses(ctx, h.Now())
	if err != nil {
		return nil, err
	}
	topics, err := h.Store.Topics(ctx)
	if err != nil {
		return nil, err
	}
	shelves, err := shelvesOf(ctx, h)
	if err != nil {
		return nil, err
	}
	colours := map[string]string{}
	for _, t := range topics {
		colours[t.Slug] = t.Colour
	}
	p, _, err := h.Store.Profile(ctx)
	if err != nil {
		return nil, err
	}
	return each(rows, func(b kwadrans.Booking) Booking {
		v := bookingOf(b, steps[b.ID], pauses, p.Lang, h.Now())
		v.Colour = colours[b.Topic]
		for i := range v.Steps {
			shelves.name(&v.Steps[i].To, v.Steps[i].Target)
		}
		return v
	}), nil
}

// shelves are the names of the calendars that bookings may be written into, by target.
type shelves map[string]string

func shelvesOf(ctx context.Context, h *house.House) (shelves, error) {
	list, err := h.Store.Calendars(ctx)
	names := shelves{}
	for _, c := range list {
		names[kwadrans.EventIn(c.ID)] = c.Name
	}
	return names, err
}

// told is the target of an event, a calendar by its name: that of now, or of then.
func (s shelves) told(e kwadrans.Event) string {
	name := e.Target
	s.name(&name, e.Target)
	switch {
	case name == e.Target:
		return e.Target
	case name == "" && strings.HasPrefix(e.Kind, "calendar-"):
		name = e.Detail
	}
	return kwadrans.EventIn(name)
}

// name puts the name of a calendar where its id would stand: empty for one that was removed.
func (s shelves) name(place *string, target string) {
	if strings.HasPrefix(target, kwadrans.EventIn("")) {
		*place = s[target]
	}
}

func bookingOf(b kwadrans.Booking, steps []kwadrans.Step, pauses []kwadrans.Pause, l kwadrans.Lang, now time.Time) Booking {
	zone := b.Wall.Zone
	v := Booking{
		ID: b.ID, Short: b.Short(), Topic: b.Topic, TopicName: b.TopicName, State: string(b.State), Start: stamp(b.Start, zone), End: stamp(b.End, zone), Zone: zone,
		Place: placeOf(b.Place), HostName: b.Host.Name, HostEmail: b.Host.Email, Attendees: each(b.Attendees, attendeeOf),
		Note: b.Note, Form: b.Form, Over: b.Over, Reason: b.Reason, Steps: each(steps, func(s kwadrans.Step) Step { return stepOf(s, pauses, l, zone) }),
	}
	if b.Zoom != nil {
		v.JoinURL, v.MeetingID, v.Passcode = b.Zoom.JoinURL, b.Zoom.MeetingID(), b.Zoom.Passcode
	}
	if held := b.Updated.Add(undoTime); held.After(now) && untouched(steps, now) {
		v.UndoUntil = stamp(held, zone)
	}
	v.Zoom, v.Letters, v.Calendar = lightOf(v.Steps, "zoom"), lightOf(v.Steps, "letter"), lightOf(v.Steps, "calendar")
	return v
}

// untouched says whether every open step is still held back for undo.
func untouched(steps []kwadrans.Step, now time.Time) bool {
	open := false
	for _, s := range steps {
		if s.Done() {
			continue
		}
		open = true
		if s.Attempt > 0 || s.MaybeSent || !s.NotBefore.After(now) {
			return false
		}
	}
	return open
}

func attendeeOf(a kwadrans.Attendee) Attendee {
	return Attendee{Name: a.Name, Email: a.Email, Zone: a.Zone, Lang: string(a.Lang), Answer: string(a.Answer)}
}

func stepOf(s kwadrans.Step, pauses []kwadrans.Pause, l kwadrans.Lang, zone string) Step {
	v := Step{Target: s.Target, Kind: s.Kind(), To: s.Address(), State: string(s.Light()), Attempts: s.Attempt, MaybeSent: s.MaybeSent}
	if s.Done() {
		return v
	}
	code, words, when := s.Code, s.Words, s.NotBefore
	if p, ok := kwadrans.PauseOf(s, pauses); ok {
		code, words, when = p.Code, p.Words, p.Until
	}
	v.Code, v.Words = string(code), wordsOf(l, words)
	if !s.Dead && !when.IsZero() && when.Before(kwadrans.Forever) {
		v.NotBefore = stamp(when, zone)
	}
	return v
}

// lightOf sums up the steps of one kind: the worst one is what shows.
func lightOf(steps []Step, kind string) Light {
	light := Light{State: string(kwadrans.LightNotNeeded)}
	for _, s := range steps {
		if s.Kind != kind || s.State == string(kwadrans.LightNotNeeded) {
			continue
		}
		light.Total++
		if s.State == string(kwadrans.LightDone) {
			light.Done++
		}
		if rank(s.State) > rank(light.State) {
			light.State, light.Code = s.State, s.Code
		}
	}
	return light
}

func rank(state string) int {
	switch kwadrans.Light(state) {
	case kwadrans.LightFailed:
		return 3
	case kwadrans.LightWaiting:
		return 2
	case kwadrans.LightDone:
		return 1
	}
	return 0
}
