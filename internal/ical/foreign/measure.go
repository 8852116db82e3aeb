package foreign

import (
	"strings"
	"time"

	goical "github.com/emersion/go-ical"
)

// measure finds out how long the event is. It returns false when it ends before it starts.
func (r reader) measure(c *goical.Component, e *event) bool {
	end, ok, tried := r.one(c, "DTEND")
	given := first(c, "DURATION")
	switch {
	case ok && e.start.date:
		days := int(midnight(end.wall).Sub(e.start.wall).Hours() / 24)
		if !end.date && !end.wall.Equal(midnight(end.wall)) {
			days++
		}
		// Some write the first day as the last one, which RFC 5545 §3.6.1 forbids.
		if e.length.days = days; days == 0 {
			e.length.days = 1
		}
	case ok:
		e.length.exact = end.instant().Sub(e.start.instant())
		if e.doubt = e.doubt || end.doubt; end.doubt != e.start.doubt && e.length.exact <= 0 {
			e.length.exact = 24 * time.Hour
		}
	case given != "" && !tried:
		if e.length, ok = parseLength(given); !ok {
			r.aDay(e, given)
		} else if e.start.date {
			e.length = length{days: max(1, int((e.length.flat()+24*time.Hour-1)/(24*time.Hour)))}
		}
	case tried || lost(c, "DURATION"):
		r.aDay(e, first(c, "DTEND"))
	case e.start.date:
		e.length.days = 1
	}
	if e.length.flat() < 0 {
		r.x.notes.add(NoteBackward, e.uid, first(c, "DTEND"))
		return false
	}
	return true
}

func (r reader) aDay(e *event, text string) {
	r.x.notes.add(NoteLength, e.uid, text)
	e.length, e.doubt = length{days: 1}, true
}

// outlookDay says whether Outlook means whole days by a time from midnight to midnight.
func outlookDay(c *goical.Component, e *event) bool {
	return strings.EqualFold(first(c, "X-MICROSOFT-CDO-ALLDAYEVENT"), "TRUE") &&
		e.start.wall.Equal(midnight(e.start.wall)) && e.length.flat() >= 23*time.Hour
}
