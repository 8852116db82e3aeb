package foreign

import (
	"strings"

	goical "github.com/emersion/go-ical"
)

// recurrence reads what makes an event a series, or part of one.
func (r reader) recurrence(c *goical.Component, e *event) {
	for _, p := range c.Props["RRULE"] {
		e.rules = append(e.rules, p.Value)
	}
	e.more = lost(c, "RRULE", "RDATE")
	for _, p := range c.Props["RDATE"] {
		for value := range strings.SplitSeq(p.Value, ",") {
			if d, ok := r.rdate(p, value, e); ok {
				e.rdates = append(e.rdates, d)
			} else if strings.TrimSpace(value) != "" {
				r.x.notes.add(NoteRule, e.uid, "RDATE:"+value)
				e.more = true
			}
		}
	}
	for _, p := range c.Props["EXDATE"] {
		for value := range strings.SplitSeq(p.Value, ",") {
			if m, ok := r.moment(p, value); ok && !m.doubt {
				e.exdates = append(e.exdates, m)
			} else if strings.TrimSpace(value) != "" {
				r.x.notes.add(NoteLoose, e.uid, "EXDATE:"+value)
				e.doubt = true
			}
		}
	}
	if len(c.Props["EXRULE"]) > 0 || lost(c, "EXRULE") {
		r.x.notes.add(NoteLoose, e.uid, "EXRULE")
		e.doubt = true
	}
	r.place(c, e)
}

// place reads RECURRENCE-ID.
func (r reader) place(c *goical.Component, e *event) {
	at, ok, tried := r.one(c, "RECURRENCE-ID")
	if e.loose = tried && !ok; ok {
		e.instead = &at
		e.onward = strings.EqualFold(c.Props["RECURRENCE-ID"][0].Params.Get("RANGE"), "THISANDFUTURE")
	}
	e.doubt = e.doubt || e.loose || at.doubt
}

// rdate reads a value of RDATE: a time, a day or a period.
func (r reader) rdate(p goical.Prop, value string, e *event) (d rdate, ok bool) {
	from, to, period := strings.Cut(value, "/")
	if d.at, ok = r.moment(p, from); !ok {
		return d, false
	}
	if d.at.date && !e.start.date {
		// A day of an event that has a time means the same time.
		d.at.wall = d.at.wall.Add(e.start.wall.Sub(midnight(e.start.wall)))
		d.at.date, d.at.loc = false, e.start.loc
	} else if e.start.date {
		d.at.wall, d.at.date, d.at.loc = midnight(d.at.wall), true, e.start.loc
	}
	if !period {
		return d, true
	}
	l, ok := parseLength(to)
	if end, isTime := r.moment(p, to); isTime {
		l, ok = length{exact: end.instant().Sub(d.at.instant())}, true
	}
	d.length = &l
	return d, ok && l.flat() >= 0
}
