package ical

import (
	"slices"
	"strconv"
	"time"

	goical "github.com/emersion/go-ical"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// event is what a page says about one booking to one reader.
type event struct {
	booking   kwadrans.Booking
	reader    reader
	status    string
	sequence  int
	stamp     time.Time
	modified  time.Time // zero: not said
	old       time.Time // the start before a move; zero: there was none
	link      string    // checked; empty when there is none, none yet, or none any more
	organizer string    // address; empty on the host's pages
	guest     *guest    // nil on the host's pages
	managed   bool      // the letter has a link to move and cancel
}

// guest is the one attendee that a page names: the others are nobody's business.
type guest struct {
	name   string
	email  string
	answer kwadrans.Answer
}

// props returns the properties of the event. What is empty is left out: readers
// take an empty property for a defect.
func (e event) props() []prop {
	b := e.booking
	list := []prop{
		{name: goical.PropUID, value: b.UID},
		{name: goical.PropSequence, value: strconv.Itoa(e.sequence)},
		instant(goical.PropDateTimeStamp, e.stamp),
		instant(goical.PropCreated, b.Created),
		instant(goical.PropLastModified, e.modified),
		instant(goical.PropDateTimeStart, b.Start),
		instant(goical.PropDateTimeEnd, b.End),
		{name: goical.PropSummary, value: e.summary()},
		{name: goical.PropDescription, value: e.description()},
		{name: goical.PropStatus, value: e.status},
		{name: goical.PropClass, value: "PUBLIC"},
	}
	list = append(list, e.place()...)
	list = append(list, e.people()...)
	list = append(list, e.busy()...)
	return slices.DeleteFunc(list, func(p prop) bool { return p.value == "" })
}

// place returns where to go. A meeting that is off keeps its address, but its
// link is not repeated. CONFERENCE is RFC 7986 §5.11.
func (e event) place() []prop {
	p := e.booking.Place
	switch p.Kind {
	case kwadrans.PlacePhone, kwadrans.PlaceAddress:
		return []prop{{name: goical.PropLocation, value: kwadrans.CleanLine(p.Detail)}}
	case kwadrans.PlaceZoom, kwadrans.PlaceLink:
		return e.linked()
	}
	return nil
}

// linked returns the link, bare, in each place where some program looks for it.
func (e event) linked() []prop {
	list := []prop{{name: goical.PropLocation, value: e.link}, {name: goical.PropURL, value: e.link}}
	if e.booking.Place.Kind == kwadrans.PlaceZoom {
		list = append(list, prop{name: goical.PropConference, value: e.link, params: []param{
			{"VALUE", []string{"URI"}}, {"FEATURE", []string{"AUDIO", "VIDEO"}},
			{"LABEL", []string{lang.T(e.reader.lang, "ical.join")}},
		}})
	}
	return list
}

// people returns ORGANIZER and ATTENDEE. The host's pages have neither: Outlook
// throws away what its own user organised, others lock the entry (RFC 5545
// §3.8.4.3 wants an ORGANIZER in group-scheduled components only).
func (e event) people() []prop {
	if e.guest == nil {
		return nil
	}
	list := []prop{{
		name: goical.PropOrganizer, value: mailto(e.organizer),
		params: named(nil, e.booking.Host.Name, e.organizer),
	}}
	params := []param{{"CUTYPE", []string{"INDIVIDUAL"}}, {"ROLE", []string{"REQ-PARTICIPANT"}}}
	if e.status != cancelled {
		params = append(params, param{"PARTSTAT", []string{partstat(e.guest.answer)}}, param{"RSVP", []string{"TRUE"}})
	}
	return append(list, prop{
		name: goical.PropAttendee, value: mailto(e.guest.email),
		params: named(params, e.guest.name, e.guest.email),
	})
}

// named adds CN, which is the address where nobody said a name.
func named(params []param, name, email string) []param {
	cn := cleanParam(name)
	if cn == "" {
		cn = cleanParam(email)
	}
	return append(params, param{"CN", []string{cn}})
}

// partstat writes an answer (RFC 5545 §3.2.12).
func partstat(a kwadrans.Answer) string {
	switch a {
	case kwadrans.Accepted:
		return "ACCEPTED"
	case kwadrans.Declined:
		return "DECLINED"
	case kwadrans.Tentative:
		return "TENTATIVE"
	}
	return "NEEDS-ACTION"
}

// busy says how the time counts: a meeting that is off must not block it, also
// where a program looks at nothing else. Exchange wants a word of its own.
func (e event) busy() []prop {
	transp, exchange := "OPAQUE", "BUSY"
	switch e.status {
	case cancelled:
		transp, exchange = "TRANSPARENT", "FREE"
	case tentative:
		exchange = "TENTATIVE"
	}
	return []prop{{name: goical.PropTransparency, value: transp}, {name: "X-MICROSOFT-CDO-BUSYSTATUS", value: exchange}}
}

// instant writes a time as RFC 5545 §3.3.5, form 2: UTC, which needs no VTIMEZONE.
func instant(name string, t time.Time) prop {
	if !dated(t) {
		return prop{name: name}
	}
	return prop{name: name, value: t.UTC().Format("20060102T150405Z")}
}
