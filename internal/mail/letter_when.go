package mail

import (
	"fmt"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// clock is a zone by its name.
type clock struct {
	name string
	loc  *time.Location
}

func clockOf(zone string) (clock, error) {
	loc, err := kwadrans.Zone(zone)
	return clock{zone, loc}, err
}

func (c clock) at(t time.Time) time.Time { return t.In(c.loc) }

func (c clock) city(l kwadrans.Lang) string { return lang.City(l, c.name) }

// moment is a time as one reader's clock shows it, with the offset of that date.
type moment struct{ Date, Range, Zone string }

func (c clock) moment(l kwadrans.Lang, start, end time.Time) moment {
	start = c.at(start)
	return moment{lang.Date(l, start), lang.Range(start, end), lang.Place(l, c.name, start)}
}

// when is the block of times: the reader's first, then everybody else's.
type when struct {
	Was      *moment // before a move
	WasLabel string
	Label    string
	Off      bool // it will not take place
	moment
	Others []other
}

// other is the same time by another clock; Note says which day that is there, and whose clock.
type other struct{ Zone, Range, Note string }

func (a *author) when() *when {
	b := a.Booking
	w := &when{moment: a.own.moment(a.lang, b.Start, b.End), Others: a.others(), Off: a.off()}
	switch {
	case w.Off:
		w.Label = a.t("when.off")
	case a.moved() && !a.OldStart.IsZero():
		old := a.own.moment(a.lang, a.OldStart, a.OldStart.Add(b.End.Sub(b.Start)))
		w.Was, w.WasLabel, w.Label = &old, a.t("when.was"), a.t("when.now")
	}
	return w
}

// others lists the other party's clock: for an attendee the host's, for the host
// each attendee's, once. A clock that is the reader's own is left out.
func (a *author) others() []other {
	if !a.ToHost {
		if a.home.name == a.own.name {
			return nil
		}
		return []other{a.other(a.home, nil)}
	}
	var order []string
	people := map[string][]string{}
	for _, p := range a.Booking.Attendees {
		if p.Zone == "" || p.Zone == a.own.name {
			continue
		}
		if people[p.Zone] == nil {
			order = append(order, p.Zone)
		}
		people[p.Zone] = append(people[p.Zone], called(p))
	}
	var list []other
	for _, zone := range order {
		if c, err := clockOf(zone); err == nil {
			list = append(list, a.other(c, people[zone]))
		}
	}
	return list
}

// mostNames is how many names stand beside a clock; more are counted.
const mostNames = 3

func (a *author) other(c clock, people []string) other {
	start := c.at(a.Booking.Start)
	o := other{Zone: lang.Place(a.lang, c.name, start), Range: lang.Range(start, a.Booking.End)}
	switch {
	case kwadrans.DateOf(start) != kwadrans.DateOf(a.own.at(a.Booking.Start)):
		o.Note = ", " + lang.Date(a.lang, start)
	case !a.off():
		o.Note = ", " + a.t("when.sameDay")
	}
	switch {
	case len(people) > mostNames:
		o.Note += fmt.Sprintf(" (%s)", lang.N(a.lang, "letter.people", len(people)))
	case len(people) > 0:
		o.Note += fmt.Sprintf(" (%s)", strings.Join(people, ", "))
	}
	return o
}

// called is a name, or the address of who has none.
func called(p kwadrans.Attendee) string {
	if p.Name != "" {
		return p.Name
	}
	return p.Email
}
