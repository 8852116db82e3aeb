package mail

import (
	"cmp"
	"strings"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// subject names the topic and the start, with the year only when it differs from
// the year of sending.
func (a *author) subject() string {
	start := a.own.at(a.Booking.Start)
	s := a.t("subject", "topic", a.Booking.TopicName, "day", lang.Day(a.lang, start, a.Stamp),
		"time", lang.Clock(start), "city", a.own.city(a.lang))
	switch {
	case a.moved():
		return a.t("subject.moved", "subject", s)
	case a.asks():
		return a.t("subject.confirm", "subject", s)
	case a.off():
		return a.t("subject.cancelled", "subject", s)
	}
	return s
}

func (a *author) brand() string {
	return cmp.Or(a.Org, a.Booking.Host.Name, a.Booking.Host.Email)
}

func (a *author) host() string { return cmp.Or(a.Booking.Host.Name, a.Booking.Host.Email) }

// kicker says what kind of letter this is. A host's copy with a higher SEQUENCE
// is not of a new booking.
func (a *author) kicker() string {
	switch {
	case a.asks():
		return a.t("kick.confirm")
	case a.off() && a.ToHost:
		return a.t("kick.cancelled.host")
	case a.off():
		return a.t("kick.cancelled")
	case a.moved() && a.ToHost:
		return a.t("kick.moved.host")
	case a.moved():
		return a.t("kick.moved")
	case a.ToHost && a.Sequence > 0 && a.InReplyTo != "":
		return a.t("kick.changed.host")
	case a.ToHost:
		return a.t("kick.host")
	}
	return a.t("kick.invitation")
}

// lead is the line that a text begins with.
func (a *author) lead() string {
	m := a.own.moment(a.lang, a.Booking.Start, a.Booking.End)
	s := a.t("lead", "topic", a.Booking.TopicName, "date", m.Date, "range", m.Range, "zone", m.Zone)
	switch {
	case a.moved():
		return a.t("kick.moved") + ". " + s
	case a.asks():
		return a.t("lead.confirm", "lead", s)
	case a.off():
		return a.t("kick.cancelled") + ". " + s
	}
	return s
}

// mark stands for the strong place of a phrase: no cleaned text contains it.
const mark = "\x00"

// phrase writes a text whose placeholder with the value mark is strong.
func (a *author) phrase(text, strong string) phrase {
	before, after, ok := strings.Cut(text, mark)
	if !ok {
		return phrase{Before: text}
	}
	return phrase{before, strong, after}
}

// meta is the one line below the title: host, length and place.
func (a *author) meta() phrase {
	switch {
	case a.off() && !a.ToHost:
		return a.phrase(a.t("meta.cancelled", "host", mark), a.host())
	case a.ToHost:
		return phrase{Before: a.t("meta.host", "min", a.minutes(), "place", a.place())}
	}
	return a.phrase(a.t("meta", "host", mark, "min", a.minutes(), "place", a.place()), a.host())
}

func (a *author) minutes() int { return int(a.Booking.End.Sub(a.Booking.Start).Minutes()) }

func (a *author) place() string { return a.t("place." + string(a.Booking.Place.Kind)) }

func (a *author) joinLabel() string {
	if a.Booking.Place.Kind == kwadrans.PlaceLink {
		return a.t("join.link")
	}
	return a.t("join")
}

// start says with which Zoom login the host begins; the link that would sign
// anybody in as the host is in no letter.
func (a *author) start() string {
	if z := a.Booking.Zoom; a.ToHost && z != nil && z.HostMail != "" {
		return a.t("start", "login", z.HostMail)
	}
	return ""
}

// preheader is when, and what is inside.
func (a *author) preheader() string {
	m := a.own.moment(a.lang, a.Booking.Start, a.Booking.End)
	when := a.t("pre", "date", m.Date, "range", m.Range, "zone", m.Zone)
	switch {
	case a.asks():
		return a.t("pre.confirm", "time", lang.Clock(a.own.at(a.Booking.HeldUntil())), "city", a.own.city(a.lang))
	case a.off():
		return a.t("pre.cancelled", "date", m.Date, "time", lang.Clock(a.own.at(a.Booking.Start)), "zone", m.Zone)
	case a.moved():
		return strings.TrimSpace(a.t("pre.moved", "when", when) + " " + a.same())
	}
	return strings.TrimSpace(when + " " + a.inside())
}

// inside says what a letter holds beside the time.
func (a *author) inside() string {
	kind := a.Booking.Place.Kind
	if a.ToHost {
		return a.t("pre.host."+string(kind), "count", len(a.Booking.Attendees))
	}
	switch {
	case kind == kwadrans.PlaceZoom && a.Booking.Zoom.Passcode == "":
		return a.t("pre.link")
	case kind == kwadrans.PlacePhone, kind == kwadrans.PlaceAddress:
		return a.t("row."+string(kind)) + ": " + a.Booking.Place.Detail
	}
	return a.t("pre." + string(kind))
}

func (a *author) same() string { return a.t("pre.same." + string(a.Booking.Place.Kind)) }
