package cli

import (
	"time"

	"kwadrans/internal/kwadrans"
)

// The shapes of --json. Fields may be added; these stay.

type hostShape struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

type meetingShape struct {
	ID       string `json:"meeting_id"`
	JoinURL  string `json:"join_url"`
	Passcode string `json:"passcode"`
}

type stepShape struct {
	Target    string          `json:"target"`
	State     kwadrans.Light  `json:"state"`
	Error     *stepErrorShape `json:"error"`
	Attempts  int             `json:"attempts"`
	NotBefore string          `json:"not_before,omitempty"`
	Booking   string          `json:"booking,omitempty"`
}

type stepErrorShape struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

type bookingShape struct {
	ID        string                `json:"id"`
	UID       string                `json:"uid"`
	Topic     string                `json:"topic"`
	State     kwadrans.BookingState `json:"state"`
	Start     string                `json:"start"`
	End       string                `json:"end"`
	Zone      string                `json:"zone"`
	Place     kwadrans.Place        `json:"place"`
	Host      hostShape             `json:"host"`
	Attendees []kwadrans.Attendee   `json:"attendees"`
	Zoom      *meetingShape         `json:"zoom"`
	Steps     []stepShape           `json:"steps"`
	Note      string                `json:"note"`
	Form      string                `json:"form,omitempty"` // what a visitor answered
	Revision  int                   `json:"revision"`
	Over      string                `json:"over,omitempty"`
	Reason    string                `json:"reason,omitempty"`
}

// stamp writes an instant in a zone, RFC 3339 with its offset.
func stamp(t time.Time, zone string) string {
	if loc, err := kwadrans.Zone(zone); err == nil {
		t = t.In(loc)
	}
	return t.Format(time.RFC3339)
}

func shapeOf(b kwadrans.Booking, steps []kwadrans.Step, pauses []kwadrans.Pause) bookingShape {
	v := bookingShape{
		ID: b.ID, UID: b.UID, Topic: b.Topic, State: b.State, Start: stamp(b.Start, b.Wall.Zone), End: stamp(b.End, b.Wall.Zone), Zone: b.Wall.Zone,
		Place: b.Place, Host: hostShape{b.Host.Name, b.Host.Email}, Attendees: b.Attendees, Steps: []stepShape{},
		Note: b.Note, Form: b.Form, Revision: b.Rev, Over: b.Over, Reason: b.Reason,
	}
	if b.Zoom != nil {
		v.Zoom = &meetingShape{b.Zoom.MeetingID(), b.Zoom.JoinURL, b.Zoom.Passcode}
	}
	for _, s := range steps {
		v.Steps = append(v.Steps, stepShapeOf(s, pauses, b.Wall.Zone))
	}
	if b.Place.Kind != kwadrans.PlaceZoom {
		v.Steps = append([]stepShape{{Target: kwadrans.TargetZoom, State: kwadrans.LightNotNeeded}}, v.Steps...)
	}
	return v
}

func stepShapeOf(s kwadrans.Step, pauses []kwadrans.Pause, zone string) stepShape {
	v := stepShape{Target: s.Target, State: s.Light(), Attempts: s.Attempt}
	if s.Done() {
		return v
	}
	code, words, when := s.Code, s.Words, s.NotBefore
	if p, ok := kwadrans.PauseOf(s, pauses); ok {
		code, words, when = p.Code, p.Words, p.Until
	}
	if code != "" {
		v.Error = &stepErrorShape{string(code), words}
	}
	if !s.Dead && !when.IsZero() && when.Before(kwadrans.Forever) {
		v.NotBefore = stamp(when, zone)
	}
	return v
}

type whyShape struct {
	Start     string          `json:"start"`
	Code      kwadrans.WhyNot `json:"code"`
	Item      string          `json:"item"`
	ItemStart string          `json:"item_start,omitempty"`
	ItemEnd   string          `json:"item_end,omitempty"`
	Source    string          `json:"source"`
	CheckedAt *string         `json:"checked_at"`
	Nearest   []string        `json:"nearest"`
}

func whyShapes(list []kwadrans.Conflict, zone string) []whyShape {
	out := make([]whyShape, 0, len(list))
	for _, c := range list {
		out = append(out, whyShapeOf(c, zone))
	}
	return out
}

func whyShapeOf(c kwadrans.Conflict, zone string) whyShape {
	v := whyShape{Start: stamp(c.Start, zone), Code: c.Code, Item: c.Item, Source: c.Source, Nearest: []string{}}
	if !c.Span.Start.IsZero() {
		v.ItemStart, v.ItemEnd = stamp(c.Span.Start, zone), stamp(c.Span.End, zone)
	}
	if !c.CheckedAt.IsZero() {
		at := stamp(c.CheckedAt, zone)
		v.CheckedAt = &at
	}
	for _, t := range c.Nearest {
		v.Nearest = append(v.Nearest, stamp(t, zone))
	}
	return v
}
