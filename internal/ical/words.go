package ical

import (
	"fmt"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// reader is who a page is written for.
type reader struct {
	lang kwadrans.Lang
	zone zone
	host bool // the page is the host's own
}

// zone is a time zone with the name that people gave it.
type zone struct {
	name string
	loc  *time.Location
}

// newReader takes the first zone that exists: a page is not held up by a zone
// that is for showing only.
func newReader(l kwadrans.Lang, own, other string, host bool) reader {
	r := reader{lang: l, host: host, zone: zone{"UTC", time.UTC}}
	for _, name := range []string{own, other} {
		if loc, err := kwadrans.Zone(name); err == nil {
			r.zone = zone{name, loc}
			break
		}
	}
	return r
}

// shown is how many names a title carries.
const shown = 3

// summary is the title: the topic and the other side.
func (e event) summary() string {
	return strings.Join(filled(kwadrans.CleanLine(e.booking.TopicName), e.others()), " · ")
}

// others names the other side: the host, or the attendees for the host's own page.
func (e event) others() string {
	if !e.reader.host {
		return called(e.booking.Host.Name, e.booking.Host.Email)
	}
	var names []string
	for i, a := range e.booking.Attendees {
		if i == shown {
			names[shown-1] += fmt.Sprintf(" +%d", len(e.booking.Attendees)-shown)
			break
		}
		names = append(names, called(a.Name, a.Email))
	}
	return strings.Join(names, ", ")
}

// called is a name, or the address of who has none.
func called(name, email string) string {
	if name = kwadrans.CleanLine(name); name != "" {
		return name
	}
	return kwadrans.CleanLine(email)
}

// description is what the entry says when it is opened: the link alone on the
// first line, where programs look for it, then all that is needed to join.
func (e event) description() string {
	blocks := []string{e.joining(), e.times(), e.persons()}
	if e.reader.host && e.booking.Short() != "" {
		blocks = append(blocks, e.say("ical.booking", "booking", kwadrans.CleanLine(e.booking.Short())))
	}
	if !e.reader.host && e.status != cancelled {
		how := "ical.change"
		if e.managed { // the link itself is for one reader only, and calendars are shared
			how = "ical.change.page"
		}
		blocks = append(blocks, e.say(how))
	}
	return strings.Join(filled(blocks...), "\n\n")
}

func (e event) say(key string, args ...any) string { return lang.T(e.reader.lang, key, args...) }

// joining says how to get in, or that it is off.
func (e event) joining() string {
	if e.status == cancelled {
		lines := []string{e.say("ical.cancelled"), e.labelled("ical.reason", "reason", e.booking.Reason)}
		if e.booking.Place.Kind == kwadrans.PlaceZoom {
			lines = append(lines, e.say("ical.link.off"))
		}
		return strings.Join(filled(lines...), "\n")
	}
	lines := []string{e.link}
	switch p := e.booking.Place; p.Kind {
	case kwadrans.PlacePhone:
		lines = append(lines, e.labelled("ical.phone", "phone", kwadrans.CleanLine(p.Detail)))
	case kwadrans.PlaceAddress:
		lines = append(lines, e.labelled("ical.address", "address", kwadrans.CleanLine(p.Detail)))
	case kwadrans.PlaceZoom:
		lines = append(lines, e.zoom()...)
	}
	lines = append(lines, e.labelled("ical.message", "message", e.booking.Note))
	if e.reader.host {
		lines = append(lines, e.labelled("ical.form", "form", e.booking.Form))
	}
	return strings.Join(filled(lines...), "\n")
}

func (e event) zoom() []string {
	z := e.booking.Zoom
	if z == nil || e.link == "" {
		return []string{e.say("ical.link.none")}
	}
	lines := []string{e.labelled("ical.id", "id", grouped(z)), e.labelled("ical.passcode", "passcode", kwadrans.CleanLine(z.Passcode))}
	if e.reader.host {
		lines = append(lines, e.labelled("ical.start", "mail", kwadrans.CleanLine(z.HostMail)))
	}
	return lines
}

// labelled says something about a value, and nothing where there is no value.
func (e event) labelled(key, name, value string) string {
	if value = kwadrans.CleanText(value); value == "" {
		return ""
	}
	return e.say(key, name, value)
}

// persons names who is in it. An attendee never reads about another.
func (e event) persons() string {
	if !e.reader.host {
		h := e.booking.Host
		return e.labelled("ical.host", "host", strings.Join(filled(kwadrans.CleanLine(h.Name), kwadrans.CleanLine(h.Email)), ", "))
	}
	if len(e.booking.Attendees) == 0 {
		return ""
	}
	lines := []string{e.say("ical.attendees")}
	for _, a := range e.booking.Attendees {
		lines = append(lines, "- "+strings.Join(filled(kwadrans.CleanLine(a.Name), kwadrans.CleanLine(a.Email)), ", "))
	}
	return strings.Join(lines, "\n")
}

// grouped writes a meeting id as Zoom shows it: 872 5518 0342.
func grouped(z *kwadrans.ZoomMeeting) string {
	id := z.MeetingID()
	if z.ID <= 0 || len(id) < 9 {
		return id
	}
	if len(id) < 11 {
		return id[:3] + " " + id[3:6] + " " + id[6:]
	}
	return id[:3] + " " + id[3:7] + " " + id[7:]
}

// filled returns the texts that say something.
func filled(list ...string) []string {
	kept := list[:0:0]
	for _, s := range list {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}
