package foreign

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	goical "github.com/emersion/go-ical"

	"kwadrans/internal/kwadrans"
)

// event is a VEVENT: a single one, the master of a series, or the change of one
// of its occurrences.
type event struct {
	uid, summary string
	start        moment
	length       length
	rules        []string
	rdates       []rdate
	exdates      []moment
	instead      *moment // RECURRENCE-ID: the occurrence that it stands for
	onward       bool    // and for all that follow
	loose        bool    // it stands for one, but cannot tell for which
	sequence     int
	stamp        string
	free         bool // it does not block
	allDay       bool
	doubt        bool // it was not understood whole
	more         bool // it recurs in a way that cannot be read
}

// rdate is an occurrence that is named, with its own length when it has one.
type rdate struct {
	at     moment
	length *length
}

// reader makes events of the components of one calendar.
type reader struct {
	x   *expander
	cal calendar
}

// moment reads the time in a value of p.
func (r reader) moment(p goical.Prop, value string) (m moment, ok bool) {
	v, ok := parseReading(value)
	if !ok {
		return m, false
	}
	m = moment{wall: v.wall, loc: r.x.rules.Zone, date: v.date}
	switch zone := p.Params.Get("TZID"); {
	case v.date || strings.EqualFold(p.Params.Get("VALUE"), "DATE"):
		m.wall, m.date = midnight(v.wall), true
	case v.utc:
		m.loc = time.UTC
	case zone != "":
		at := r.x.zones.find(r.cal.page, zone)
		if m.loc, m.doubt = at.loc, at.guess; at.guess {
			r.x.notes.add(NoteZone, "", zone)
		}
	default:
		m.floating = true
		if r.cal.zone != "" {
			if at := r.x.zones.find(r.cal.page, r.cal.zone); !at.guess {
				m.loc = at.loc
			}
		}
	}
	return m, true
}

// one reads a property that has one time. ok is false when there is none or it
// cannot be read; tried says which.
func (r reader) one(c *goical.Component, name string) (m moment, ok, tried bool) {
	list := c.Props[name]
	if len(list) == 0 {
		return m, false, lost(c, name)
	}
	m, ok = r.moment(list[0], list[0].Value)
	return m, ok, true
}

// event reads a VEVENT. It returns nil when there is nothing to place in time.
func (r reader) event(c *goical.Component) *event {
	e := &event{summary: summary(c), stamp: first(c, "DTSTAMP")}
	e.uid = r.uid(c)
	e.sequence, _ = strconv.Atoi(first(c, "SEQUENCE"))
	e.free = r.cal.method == "CANCEL" || r.x.free(c)
	start, ok, tried := r.one(c, "DTSTART")
	if e.start = start; !ok {
		if !e.free {
			r.untimed(c, e.uid, tried)
		}
		return nil
	}
	e.doubt = start.doubt || lost(c, "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
	if !r.measure(c, e) {
		return nil
	}
	e.allDay = start.date || outlookDay(c, e)
	r.recurrence(c, e)
	return e
}

// untimed is for an event without a start that can be read. One that does not
// even try has no place in time; else it is somewhere before its end, if that
// is known.
func (r reader) untimed(c *goical.Component, uid string, tried bool) {
	r.x.notes.add(NoteUntimed, uid, first(c, "DTSTART"))
	if !tried {
		return
	}
	r.x.result.Doubt++
	span := r.x.in
	if end, ok, _ := r.one(c, "DTEND"); ok && len(c.Props["RRULE"])+len(c.Props["RDATE"]) == 0 && !lost(c, "RRULE", "RDATE") {
		if span.End = end.instant(); end.doubt {
			span.End = span.End.Add(24 * time.Hour)
		}
	}
	r.x.unknown(span)
}

// uid returns the identifier, or makes one up so that events without do not
// become one series.
func (r reader) uid(c *goical.Component) string {
	uid := strings.TrimSpace(first(c, "UID"))
	if uid == "" || len(uid) > maxUID {
		r.x.made++
		return fmt.Sprintf("none-%d", r.x.made)
	}
	return uid
}

func summary(c *goical.Component) string {
	return clip(kwadrans.CleanLine(plain(clip(first(c, "SUMMARY"), 1000))), 200)
}
