package foreign

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

// rule is a recurrence rule (RFC 5545 §3.3.10) that the guard let through: the
// library neither panics nor loops on it.
type rule struct {
	opt   rrule.ROption // without DTSTART, COUNT and UNTIL
	loc   *time.Location
	count int // 0 for none
	until until
	loose bool // it was read more widely than it is written
	never bool // it fits no time at all
}

// until is the last moment of a rule, both ends of which count.
type until struct {
	set  bool
	wall time.Time // by the clock of the event
	utc  time.Time // the same as an instant, when the rule names one
}

// passed says whether an occurrence lies behind it.
func (u until) passed(wall time.Time, loc *time.Location) bool {
	switch {
	case !u.set:
		return false
	case u.utc.IsZero():
		return wall.After(u.wall)
	default:
		return instant(wall, loc).After(u.utc)
	}
}

var frequencies = map[string]rrule.Frequency{
	"YEARLY": rrule.YEARLY, "MONTHLY": rrule.MONTHLY, "WEEKLY": rrule.WEEKLY, "DAILY": rrule.DAILY, "HOURLY": rrule.HOURLY,
}

var weekdays = map[string]rrule.Weekday{
	"MO": rrule.MO, "TU": rrule.TU, "WE": rrule.WE, "TH": rrule.TH, "FR": rrule.FR, "SA": rrule.SA, "SU": rrule.SU,
}

// parseRule is the guard. It returns an error for what must not reach the
// library or cannot be afforded; UNTIL is in the rule even then.
func parseRule(text string, start moment) (rule, error) {
	r := rule{opt: rrule.ROption{Interval: 1, Wkst: rrule.MO, Freq: -1}, loc: start.loc}
	parts, err := cutRule(text)
	r.until, r.loose = parseUntil(parts["UNTIL"], start)
	if err != nil {
		return r, err
	}
	// In order, so that a rule is always refused for the same reason.
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if err := r.take(name, parts[name], start.date); err != nil {
			return r, err
		}
	}
	if r.opt.Freq < 0 {
		return r, errors.New("no FREQ that can be followed")
	}
	if err := r.settle(start.wall); err != nil {
		return r, err
	}
	return r, nil
}

// cutRule takes a rule apart. Of what stands twice the first counts.
func cutRule(text string) (map[string]string, error) {
	parts := map[string]string{}
	text = strings.Join(strings.Fields(strings.ToUpper(text)), "")
	for cell := range strings.SplitSeq(strings.TrimPrefix(text, "RRULE:"), ";") {
		name, value, ok := strings.Cut(cell, "=")
		switch _, twice := parts[name]; {
		case cell == "", twice:
		case !ok || value == "":
			return parts, fmt.Errorf("%s without a value", clip(name, 40))
		default:
			parts[name] = value
		}
	}
	return parts, nil
}

// parseUntil reads the last moment. One that cannot be read is left out, which
// makes the rule longer than it is.
func parseUntil(s string, start moment) (u until, loose bool) {
	if s == "" {
		return u, false
	}
	r, ok := parseReading(s)
	if !ok {
		return u, true
	}
	u.set, u.wall = true, r.wall
	switch {
	case r.date:
		u.wall = r.wall.Add(24*time.Hour - time.Second)
	case start.date:
		// RFC 5545 wants a date here. An instant is one of two days, by which clock
		// it was meant; the later loses nothing.
		u.wall = midnight(later(r.wall, wallOf(r.wall, start.loc)))
	case r.utc:
		u.utc, u.wall = r.wall, wallOf(r.wall, start.loc)
	}
	return u, false
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
