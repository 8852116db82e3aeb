package foreign

import (
	"time"

	"github.com/teambition/rrule-go"
)

// stretch is a span by the clock of an event.
type stretch struct{ from, to time.Time }

// ending says how a walk ended.
type ending int

const (
	walked  ending = iota // everything in the stretch was found
	stopped               // the one who asked had enough
	broke                 // the budget is used up, or the library failed
)

// cycle is 400 years: after them the calendar repeats to the day of the week.
const (
	cycleYears   = 400
	cycleSeconds = 146_097 * 86_400
)

// walk finds the occurrences of the rule in the stretch, ascending, for an event
// that starts at start; start itself is one only if the rule says so. All times
// are clock readings.
//
// The library cannot be interrupted: it looks for the next occurrence up to the
// year 9999. So it is not told where it is: everything is moved by whole cycles
// until at most one of them is left before that year. A rule that fits nothing
// costs milliseconds then.
func (r rule) walk(start time.Time, in stretch, b *budget, found func(time.Time) bool) (end ending) {
	if r.never || !b.spend(costRule) {
		if r.never {
			return walked
		}
		return broke
	}
	if r.until.set && r.until.wall.Add(24*time.Hour).Before(in.to) {
		in.to = r.until.wall.Add(24 * time.Hour)
	}
	if !start.Before(in.to) || !in.from.Before(in.to) {
		return walked
	}
	defer func() {
		if recover() != nil {
			end = broke
		}
	}()
	shift := time.Duration((rrule.MAXYEAR-10-in.to.Year())/cycleYears) * cycleSeconds
	o := r.opt
	// Some years more than are wanted, so that a rule that only fits later is not taken for barren.
	o.Dtstart, o.Until = moved(r.seek(start, in.from), shift), moved(in.to.AddDate(9, 0, 0), shift)
	lib, err := rrule.NewRRule(o)
	if err != nil {
		return broke
	}
	return r.follow(lib.Iterator(), start, in, -shift, b, found)
}

// moved moves t by seconds, more of them than a Duration holds nanoseconds.
func moved(t time.Time, seconds time.Duration) time.Time {
	return time.Unix(t.Unix()+int64(seconds), 0).UTC()
}

func (r rule) follow(next rrule.Next, start time.Time, in stretch, shift time.Duration, b *budget, found func(time.Time) bool) ending {
	for n := 0; ; {
		t, ok := next()
		if !ok {
			// What was found is whole, even if the next rule cannot be afforded.
			b.spend(costBarren)
			return walked
		}
		t = moved(t, shift)
		switch {
		case t.Before(start):
			continue
		case !b.spend(costStep):
			return broke
		case !t.Before(in.to), r.until.passed(t, r.loc):
			return walked
		}
		if n++; !t.Before(in.from) && !found(t) {
			return stopped
		}
		if n == r.count {
			return walked
		}
	}
}

// seek returns where the library begins: the start of the year, month, week, day
// or hour in which the event starts or, for a rule that is not counted, of one
// shortly before the stretch that the rule meets as well. The whole first week
// matters too, for BYSETPOS.
func (r rule) seek(start, from time.Time) time.Time {
	at := func(n int) time.Time { return r.begin(start, n*r.opt.Interval) }
	if r.count > 0 || !from.After(start) {
		return at(0)
	}
	hours := int(from.Unix()-start.Unix()) / 3600
	size := map[rrule.Frequency]int{rrule.YEARLY: 366 * 24, rrule.MONTHLY: 31 * 24, rrule.WEEKLY: 168, rrule.DAILY: 24, rrule.HOURLY: 1}[r.opt.Freq]
	return at(max(0, hours/size/r.opt.Interval-1))
}

// begin returns the start of the period n periods after that of start.
func (r rule) begin(start time.Time, n int) time.Time {
	year, month, day := start.Date()
	switch r.opt.Freq {
	case rrule.YEARLY:
		return time.Date(year+n, 1, 1, 0, 0, 0, 0, time.UTC)
	case rrule.MONTHLY:
		return time.Date(year, month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	case rrule.WEEKLY:
		back := (int(start.Weekday()+6)%7 - r.opt.Wkst.Day() + 7) % 7
		return time.Date(year, month, day-back+7*n, 0, 0, 0, 0, time.UTC)
	case rrule.DAILY:
		return time.Date(year, month, day+n, 0, 0, 0, 0, time.UTC)
	default:
		return start.Truncate(time.Hour).Add(time.Duration(n) * time.Hour)
	}
}
