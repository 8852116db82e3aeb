package cli

import (
	"fmt"
	"time"

	"kwadrans/internal/busy"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// when writes the time of a meeting in a zone: date, hours, place and offset.
func (r *run) when(start, end time.Time, zone string) string {
	if loc, err := kwadrans.Zone(zone); err == nil {
		start = start.In(loc)
	}
	return fmt.Sprintf("%s, %s, %s", lang.Date(r.lang, start), lang.Range(start, end), lang.Place(r.lang, zone, start))
}

// moment writes an instant in a zone.
func (r *run) moment(t time.Time, zone string) string {
	if loc, err := kwadrans.Zone(zone); err == nil {
		t = t.In(loc)
	}
	return fmt.Sprintf("%s, %s, %s", lang.Date(r.lang, t), lang.Clock(t), lang.Place(r.lang, zone, t))
}

// why says a conflict in one line: rule, item, source and age.
func (r *run) why(c kwadrans.Conflict) string {
	s := r.t("why." + string(c.Code))
	if c.Item != "" {
		s += ": " + r.item(c)
	}
	zone := r.zone
	if !c.Span.Start.IsZero() && c.Code != kwadrans.SourceUnknown {
		s += " (" + r.when(c.Span.Start, c.Span.End, zone) + ")"
	}
	if !c.CheckedAt.IsZero() {
		s += " · " + r.t("cli.source", "source", r.source(c.Source), "time", lang.Clock(inZone(c.CheckedAt, zone)))
	}
	return s
}

// item names what is in the way; of a source that cannot be read it is the reason.
func (r *run) item(c kwadrans.Conflict) string {
	if c.Code == kwadrans.SourceUnknown || c.Item == busy.TooMuch {
		return lang.Words(r.lang, c.Item)
	}
	return c.Item
}

// source names where something is known from: a calendar has a name of its own.
func (r *run) source(name string) string {
	switch name {
	case "bookings", "zoom", "topic", "schedule", "host":
		return r.t("source." + name)
	}
	return name
}

func inZone(t time.Time, zone string) time.Time {
	if loc, err := kwadrans.Zone(zone); err == nil {
		return t.In(loc)
	}
	return t
}

func (r *run) nearest(list []time.Time) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintln(r.Err, r.t("cli.nearest"))
	for _, t := range list {
		fmt.Fprintln(r.Err, "  "+t.In(inZone(t, r.zone).Location()).Format(time.RFC3339)+"  "+r.moment(t, r.zone))
	}
}

// printBooking shows a booking with its lights.
func (r *run) printBooking(b kwadrans.Booking, steps []kwadrans.Step, pauses []kwadrans.Pause) {
	r.line(b.TopicName + " · " + r.t("state."+string(b.State)))
	r.line("  " + r.when(b.Start, b.End, b.Wall.Zone))
	r.line("  " + r.t("cli.booking.id", "id", b.ID))
	for _, a := range b.Attendees {
		r.line("  " + r.t("cli.booking.attendee", "who", person(a.Name, a.Email)))
	}
	if b.Zoom != nil && b.State != kwadrans.Cancelled {
		r.line("  " + b.Zoom.JoinURL)
	}
	if b.Over != "" {
		r.line("  " + r.t("cli.booking.over", "reason", b.Over))
	}
	for _, s := range steps {
		r.line("  " + r.step(s, pauses))
	}
}

// step writes one light: done, waiting and for what, or failed and why.
func (r *run) step(s kwadrans.Step, pauses []kwadrans.Pause) string {
	name := r.t("step."+s.Kind(), "to", s.Address())
	v := stepShapeOf(s, pauses, r.zone)
	text := fmt.Sprintf("%s %s: %s", light(v.State), name, r.t("light."+string(v.State)))
	if v.Error != nil {
		text += ", " + r.t("error."+v.Error.Code+".what")
		if v.Error.Message != "" {
			text += " (" + lang.Words(r.lang, v.Error.Message) + ")"
		}
	}
	if s.MaybeSent && v.State == kwadrans.LightWaiting {
		text += "; " + r.t("cli.maybe")
	}
	if v.NotBefore != "" && v.Error != nil {
		if t, err := time.Parse(time.RFC3339, v.NotBefore); err == nil {
			text += "; " + r.t("cli.next", "time", r.moment(t, r.zone))
		}
	}
	return text
}

func light(l kwadrans.Light) string {
	switch l {
	case kwadrans.LightDone:
		return "✓"
	case kwadrans.LightFailed:
		return "✗"
	case kwadrans.LightNotNeeded:
		return "–"
	}
	return "…"
}

func person(name, email string) string {
	if name == "" {
		return email
	}
	return name + " <" + email + ">"
}
