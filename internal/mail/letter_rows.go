package mail

import (
	"strings"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// table collects the rows that have something to say.
type table struct {
	a    *author
	list []row
}

func (t *table) add(key string, lines ...phrase) {
	if len(lines) > 0 {
		t.list = append(t.list, row{t.a.t("row." + key), lines})
	}
}

func (t *table) text(key, text string) {
	if text != "" {
		t.add(key, phrase{Before: text})
	}
}

// typed adds what a person typed, line by line as it was typed.
func (t *table) typed(key, text string) {
	var lines []phrase
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, phrase{Before: line})
	}
	if text != "" {
		t.add(key, lines...)
	}
}

// rows are what an attendee needs beside time and link.
func (a *author) rows() []row {
	t := &table{a: a}
	if a.moved() {
		t.text("changes", a.changes())
		t.text("stays", a.stays())
		t.text("by", a.host())
	}
	if a.moved() || a.off() {
		t.typed("reason", a.Booking.Reason)
	}
	if a.off() && a.Booking.Place.Kind == kwadrans.PlaceZoom {
		t.text("zoomlink", a.t("zoomlink.off"))
	}
	t.where()
	t.add("host", lines(a.Booking.Host.Name, a.Booking.Host.Email)...)
	if a.Kind == kwadrans.LetterInvitation {
		t.typed("message", a.Booking.Note)
	}
	return t.list
}

// hostRows are what the host sees of a booking.
func (a *author) hostRows() []row {
	t := &table{a: a}
	if a.moved() {
		t.text("changes", a.changes())
	}
	if a.moved() || a.off() {
		t.typed("reason", a.Booking.Reason)
	}
	t.where()
	t.add("attendees", a.attendees()...)
	if !a.off() {
		t.typed("message", a.Booking.Note)
		t.typed("form", a.Booking.Form)
		t.add("answers", a.answers()...)
	}
	t.text("booking", a.Short)
	return t.list
}

// where says how to get in. The passcode stands as Zoom wrote it: blanks put in
// for reading would be copied with it.
func (t *table) where() {
	b := t.a.Booking
	switch {
	case t.a.off():
	case b.Place.Kind == kwadrans.PlaceZoom:
		t.text("id", grouped(b.Zoom.MeetingID()))
		t.text("passcode", b.Zoom.Passcode)
	case b.Place.Kind == kwadrans.PlacePhone:
		t.text("phone", b.Place.Detail)
	case b.Place.Kind == kwadrans.PlaceAddress:
		t.text("address", b.Place.Detail)
	}
}

// grouped writes a meeting id as Zoom shows it: 872 5518 0342.
func grouped(id string) string {
	switch len(id) {
	case 9, 10:
		return id[:3] + " " + id[3:6] + " " + id[6:]
	case 11:
		return id[:3] + " " + id[3:7] + " " + id[7:]
	}
	return id
}

// changes names what of the time is another for the reader.
func (a *author) changes() string {
	if a.OldStart.IsZero() {
		return ""
	}
	was, is := a.own.at(a.OldStart), a.own.at(a.Booking.Start)
	day, time := kwadrans.DateOf(was) != kwadrans.DateOf(is), lang.Clock(was) != lang.Clock(is)
	switch {
	case day && time:
		return a.t("changes.both")
	case day:
		return a.t("changes.day")
	}
	return a.t("changes.time")
}

// stays names what a move leaves as it was.
func (a *author) stays() string {
	kind := a.Booking.Place.Kind
	list := []string{a.t("stays." + string(kind))}
	if kind == kwadrans.PlaceZoom {
		list = append(list, a.t("stays.id"))
		if a.Booking.Zoom.Passcode != "" {
			list = append(list, a.t("stays.passcode"))
		}
	}
	return strings.Join(append(list, a.t("stays.length")), ", ")
}

// attendees lists everybody, which only the host's copy may do.
func (a *author) attendees() (list []phrase) {
	for _, p := range a.Booking.Attendees {
		name := phrase{Strong: called(p)}
		if p.Zone != "" {
			name.After = ", " + lang.City(a.lang, p.Zone)
		}
		list = append(list, name)
		if p.Name != "" {
			list = append(list, phrase{Before: p.Email})
		}
	}
	return list
}

// answers lists who has answered what, or says once that nobody has.
func (a *author) answers() (list []phrase) {
	answered := false
	for _, p := range a.Booking.Attendees {
		key := "answer.none"
		switch p.Answer {
		case kwadrans.Accepted, kwadrans.Declined, kwadrans.Tentative:
			key, answered = "answer."+string(p.Answer), true
		}
		list = append(list, phrase{Before: called(p) + ": " + a.t(key)})
	}
	if !answered && len(list) > 0 {
		return []phrase{{Before: a.t("answers.none")}}
	}
	return list
}

// lines makes a line of each text that is not empty.
func lines(texts ...string) (list []phrase) {
	for _, s := range texts {
		if s != "" {
			list = append(list, phrase{Before: s})
		}
	}
	return list
}
