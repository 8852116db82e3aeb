// Package ical writes the calendar pages that go with letters, and the files
// that people take into calendars of their own (RFC 5545, RFC 5546). A page is
// cleaned before it is written and read again after it: what a reader would find
// is exactly what was meant, or there is no page.
package ical

import (
	"slices"
	"time"

	goical "github.com/emersion/go-ical"

	"kwadrans/internal/kwadrans"
)

// Version is the version of the pages' form; PRODID carries it (RFC 5545 §3.7.3).
const Version = "1.0"

// The methods of a page and the states of an event (RFC 5546 §1.4, RFC 5545 §3.8.1.11).
const (
	request = "REQUEST"
	cancel  = "CANCEL"
	publish = "PUBLISH"

	confirmed = "CONFIRMED"
	tentative = "TENTATIVE"
	cancelled = "CANCELLED"
)

// Page writes the calendar page of a letter: METHOD:REQUEST for an attendee who
// is invited or told of a new time (RFC 5546 §3.2.2), METHOD:CANCEL when it is
// off (§3.2.5), METHOD:PUBLISH for the host's own copy, with STATUS:CANCELLED
// when it is off. Lines are folded and end in CRLF; the same letter gives the
// same bytes. It fails with CodeWaiting while a Zoom booking has no link, with
// CodeInvalid for an address or a link that cannot be used, and with
// CodeInternal for a letter that makes no sense or a page that would not be read
// as it was meant.
func Page(l kwadrans.Letter) ([]byte, error) {
	e, err := fromLetter(l)
	if err != nil {
		return nil, err
	}
	return write(methodOf(l), []event{e})
}

// Copy writes the page of a letter for a draft that a mail program is to send:
// METHOD:PUBLISH without ORGANIZER and ATTENDEE whoever the reader is, since
// a mail program sends the page as a file, which nobody can answer. It fails as
// Page does.
func Copy(l kwadrans.Letter) ([]byte, error) {
	e, err := fromLetter(l)
	if err != nil {
		return nil, err
	}
	e.organizer, e.guest = "", nil
	return write(publish, []event{e})
}

func methodOf(l kwadrans.Letter) string {
	switch {
	case l.ToHost:
		return publish
	case l.Kind == kwadrans.LetterCancelled:
		return cancel
	}
	return request
}

// fromLetter checks a letter and takes from it what its page says.
func fromLetter(l kwadrans.Letter) (event, error) {
	e := event{
		booking: l.Booking, sequence: l.Sequence, stamp: l.Stamp, modified: l.Stamp, old: l.OldStart, managed: l.ManageURL != "",
		reader: newReader(l.To.Lang, l.To.Zone, l.Booking.Wall.Zone, l.ToHost),
	}
	var err error
	if e.status, err = statusOfLetter(l); err != nil {
		return e, err
	}
	if err := e.address(l); err != nil {
		return e, err
	}
	if e.link, err = linkOf(l.Booking, e.status); err != nil {
		return e, err
	}
	if e.link == "" && l.Booking.Place.Kind == kwadrans.PlaceZoom && e.status != cancelled {
		return e, kwadrans.Errorf(kwadrans.CodeWaiting, "ical: the Zoom link is not there yet")
	}
	return e, e.sound()
}

func statusOfLetter(l kwadrans.Letter) (string, error) {
	switch l.Kind {
	case kwadrans.LetterCancelled:
		return cancelled, nil
	case kwadrans.LetterInvitation, kwadrans.LetterMoved:
		return confirmed, nil
	case kwadrans.LetterHost:
		if l.ToHost {
			return confirmed, nil
		}
	}
	return "", kwadrans.Errorf(kwadrans.CodeInternal, "ical: there is no page for a letter %q to this reader", l.Kind)
}

// address checks both ends of the letter, and names them on an attendee's page.
func (e *event) address(l kwadrans.Letter) error {
	from, err := kwadrans.CleanEmail(l.From)
	if err != nil {
		return err
	}
	to, err := kwadrans.CleanEmail(l.To.Email)
	if err != nil || l.ToHost {
		return err
	}
	e.organizer, e.guest = from, &guest{name: l.To.Name, email: to, answer: answerTo(l)}
	return nil
}

// answerTo is what the page says about the attendee's answer: a new time asks
// anew, any other change leaves it (RFC 5546 §3.2.2.1).
func answerTo(l kwadrans.Letter) kwadrans.Answer {
	if l.Kind == kwadrans.LetterMoved {
		return kwadrans.NoAnswer
	}
	return l.To.Answer
}

// sound says what is wrong with an event that no calendar could keep.
func (e event) sound() error {
	bad := func(format string, args ...any) error {
		return kwadrans.Errorf(kwadrans.CodeInternal, "ical: the booking has "+format, args...)
	}
	b := e.booking
	switch {
	case b.UID == "" || b.UID != kwadrans.CleanLine(b.UID):
		return bad("no usable UID")
	case !dated(b.Start) || !dated(b.End) || !dated(e.stamp):
		return bad("no time")
	case !b.End.Truncate(time.Second).After(b.Start.Truncate(time.Second)):
		return bad("no length")
	case e.sequence < 0:
		return bad("no revision")
	}
	return nil
}

// dated says whether a time can be written as a DATE-TIME, which has four digits for the year.
func dated(t time.Time) bool {
	return !t.IsZero() && t.UTC().Year() >= 1 && t.UTC().Year() <= 9999
}

// header holds the properties of the calendar itself (RFC 5545 §3.6).
func header(method string) []prop {
	list := []prop{
		{name: goical.PropCalendarScale, value: "GREGORIAN"},
		{name: goical.PropProductID, value: "-//Kwadrans//Kwadrans " + Version + "//EN"},
		{name: goical.PropVersion, value: "2.0"},
	}
	if method == "" { // an event in a calendar is sent to nobody
		return list
	}
	return slices.Insert(list, 1, prop{name: goical.PropMethod, value: method})
}
