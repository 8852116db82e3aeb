package ical

import (
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// times says when it is: by the reader's clock first, then by the other side's,
// as the letter does. After a move the time that no longer holds comes first.
func (e event) times() string {
	start, end := e.booking.Start.In(e.reader.zone.loc), e.booking.End
	lines := []string{}
	if dated(e.old) && e.status != cancelled {
		lines = append(lines, e.say("ical.was", "when", e.when(e.old.In(e.reader.zone.loc), time.Time{})))
	}
	lines = append(lines, e.when(start, end))
	for _, o := range e.elsewhere() {
		there := start.In(o.loc)
		line := lang.Place(e.reader.lang, o.name, there) + ": " + lang.Range(there, end) + ", " + e.dayThere(start, there)
		if len(o.who) > 0 {
			line += " (" + strings.Join(o.who, ", ") + ")"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// when writes "piątek, 27 listopada 2026, 9:15–10:15, Nowy Jork (GMT−5)" by the
// reader's clock; without an end only the start.
func (e event) when(start, end time.Time) string {
	clock := lang.Clock(start)
	if !end.IsZero() {
		clock = lang.Range(start, end)
	}
	l := e.reader.lang
	return lang.Date(l, start) + ", " + clock + ", " + lang.Place(l, e.reader.zone.name, start)
}

// dayThere names the day at the other side only where it is another.
func (e event) dayThere(here, there time.Time) string {
	if kwadrans.DateOf(here) == kwadrans.DateOf(there) {
		return e.say("ical.same-day")
	}
	return lang.Date(e.reader.lang, there)
}

// side is a zone of the other side, and whose it is where that is worth saying.
type side struct {
	zone
	who []string
}

// elsewhere returns the other zones: the booking's for an attendee, those of the
// attendees for the host.
func (e event) elsewhere() (list []side) {
	if !e.reader.host {
		return e.addSide(list, e.booking.Wall.Zone, "")
	}
	for _, a := range e.booking.Attendees {
		list = e.addSide(list, a.Zone, called(a.Name, a.Email))
	}
	return list
}

func (e event) addSide(list []side, name, who string) []side {
	loc, err := kwadrans.Zone(name)
	if err != nil || name == e.reader.zone.name {
		return list
	}
	for i := range list {
		if list[i].name == name {
			list[i].who = append(list[i].who, who)
			return list
		}
	}
	return append(list, side{zone{name, loc}, filled(who)})
}
