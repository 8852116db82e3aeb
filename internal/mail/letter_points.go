package mail

import (
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

func (a *author) heading() string {
	switch {
	case a.ToHost:
		return a.t("head.host")
	case a.off():
		return a.t("head.cancelled")
	}
	return a.t("head")
}

// ask is a point that begins with what the reader may be asking.
func (a *author) ask(key string) point {
	return point{Strong: a.t(key + ".ask"), After: " " + a.t(key)}
}

// points are what an attendee can do, at most four.
func (a *author) points() []point {
	if a.off() {
		return []point{a.ask("again"), a.calendar("cancelled")}
	}
	answer, page := "answer", "new"
	if a.moved() {
		answer, page = "answer.moved", "moved"
	}
	if a.draft {
		answer += ".draft"
	}
	list := []point{a.ask(answer)}
	if a.byPage() {
		how := strings.TrimSpace(a.t("reply.page") + " " + a.policy())
		return append(list, point{Strong: a.t(a.reply() + ".ask"), After: " " + how}, a.calendar(page))
	}
	list = append(list, a.ask(a.reply()))
	if s := a.policy(); s != "" {
		list = append(list, point{Before: s})
	}
	return append(list, a.calendar(page))
}

// calendar says what the calendar part is for, in the letter's own words: a
// draft has a file only.
func (a *author) calendar(page string) point {
	key := "calendar." + page
	if a.draft {
		key += ".draft"
	}
	return point{Strong: a.t("calendar.ask"), After: " " + a.t(key)}
}

// reply names what a reply may ask for, by what the topic allows.
func (a *author) reply() string {
	switch c := a.Booking.Change; {
	case c.MayMove && c.MayCancel:
		return "reply"
	case c.MayMove:
		return "reply.move"
	case c.MayCancel:
		return "reply.cancel"
	}
	return "reply.none"
}

// policy says how often and until when the attendee may change the booking;
// nothing when nothing may be changed any more.
func (a *author) policy() string {
	c := a.Booking.Change
	deadline, key := a.deadline()
	if key == "" || !deadline.After(a.Stamp) {
		return ""
	}
	var list []string
	if c.MayMove {
		list = append(list, a.moves(c.MaxMoves))
	}
	deadline = a.own.at(deadline)
	until := a.t(key, "date", lang.Date(a.lang, deadline), "time", lang.Clock(deadline), "city", a.own.city(a.lang))
	return strings.Join(append(list, until), " ")
}

// moves says how often the time may be changed; 0 is no limit.
func (a *author) moves(n int) string {
	switch n {
	case 0:
		return a.t("policy.moves.any")
	case 2: // a word of its own in English
		return a.t("policy.moves", "times", a.t("times.two"))
	}
	return a.t("policy.moves", "times", lang.N(a.lang, "letter.times", n))
}

// deadline is the last moment for everything that is allowed: the earlier one.
func (a *author) deadline() (last time.Time, key string) {
	c := a.Booking.Change
	switch {
	case c.MayMove && c.MayCancel:
		return a.before(max(c.MoveBefore, c.CancelBefore)), "policy.until"
	case c.MayMove:
		return a.before(c.MoveBefore), "policy.until.move"
	case c.MayCancel:
		return a.before(c.CancelBefore), "policy.until.cancel"
	}
	return time.Time{}, ""
}

func (a *author) before(d kwadrans.Duration) time.Time { return a.Booking.Start.Add(-d.Std()) }

// hostPoints say where the host goes on.
func (a *author) hostPoints() []point {
	next, page := "host.next", "host.calendar"
	if a.off() {
		next, page = "host.next.cancelled", "host.calendar.cancelled"
	}
	if a.Shelf != "" && !a.draft {
		return []point{{Before: a.t(next)}, {Before: a.t(page+".shelf", "name", a.Shelf)}}
	}
	return []point{{Before: a.t(next)}, {Before: a.t(page)}}
}

// foot says why the reader gets the letter, at which address, and who sends it.
func (a *author) foot() []string {
	why, sent := a.t("why.host", "to", a.To.Email), "sentBy.host"
	if !a.ToHost {
		why, sent = a.why(), "sentBy"
	}
	if a.draft {
		sent += ".draft"
	}
	return []string{why, a.t(sent)}
}

func (a *author) why() string {
	if a.Org == "" || a.Org == a.Booking.Host.Name {
		return a.t("why.alone", "host", a.host(), "to", a.To.Email)
	}
	return a.t("why", "host", a.host(), "org", a.Org, "to", a.To.Email)
}
