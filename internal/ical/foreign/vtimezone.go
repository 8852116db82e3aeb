package foreign

import (
	"slices"
	"strings"
	"time"

	goical "github.com/emersion/go-ical"
)

// The years for which a VTIMEZONE is evaluated begin here: most of them begin
// in 1601 or 1970, and an older event has passed.
const zoneFrom = 1968

// maxOnsets is how many changes a definition may make.
const maxOnsets = 1_000

// onset is a change of the clock.
type onset struct {
	at       time.Time
	from, to int // seconds east of Greenwich
}

// shapeOf tells definitions apart: the same zone comes with thousands of objects.
func shapeOf(part *goical.Component) string {
	var b strings.Builder
	for _, rule := range part.Children {
		b.WriteString(rule.Name)
		for _, name := range []string{"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE", lostMark} {
			for _, p := range rule.Props[name] {
				b.WriteString("\n" + name + ":" + p.Value)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// evaluate makes a zone out of a VTIMEZONE (RFC 5545 §3.6.5), or returns nil
// when it is broken.
func evaluate(part *goical.Component, until int, b *budget) *time.Location {
	var list []onset
	for _, rule := range part.Children {
		more, ok := onsets(rule, until, b)
		if list = append(list, more...); !ok || len(list) > maxOnsets {
			return nil
		}
	}
	if len(list) == 0 {
		return nil
	}
	slices.SortStableFunc(list, func(a, b onset) int { return a.at.Compare(b.at) })
	return located(list)
}

// onsets lists the changes that STANDARD or DAYLIGHT makes.
func onsets(rule *goical.Component, until int, b *budget) (list []onset, ok bool) {
	from, ok1 := parseOffset(first(rule, "TZOFFSETFROM"))
	to, ok2 := parseOffset(first(rule, "TZOFFSETTO"))
	start, ok3 := parseReading(since(first(rule, "DTSTART")))
	if !ok1 || !ok2 || !ok3 || lost(rule, "RRULE", "RDATE") || !b.spend(costRule) {
		return nil, false
	}
	add := func(wall time.Time) bool {
		list = append(list, onset{at: wall.Add(-time.Duration(from) * time.Second), from: from, to: to})
		return len(list) <= maxOnsets
	}
	add(start.wall)
	loc := time.FixedZone("", from)
	for _, p := range rule.Props["RRULE"] {
		r, err := parseRule(p.Value, moment{wall: start.wall, loc: loc})
		if err != nil {
			return nil, false
		}
		span := stretch{time.Date(zoneFrom, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(until+1, 1, 1, 0, 0, 0, 0, time.UTC)}
		if end := r.walk(start.wall, span, b, add); end != walked {
			return nil, false
		}
	}
	for _, p := range rule.Props["RDATE"] {
		for value := range strings.SplitSeq(p.Value, ",") {
			value, _, _ = strings.Cut(value, "/")
			if r, ok := parseReading(value); ok && !add(r.wall) {
				return nil, false
			}
		}
	}
	return list, true
}

// since moves the year 1, where programs in .NET begin, to 1601, where those of
// Windows do; both begin on a Monday.
func since(start string) string {
	if rest, ok := strings.CutPrefix(start, "0001"); ok {
		return "1601" + rest
	}
	return start
}

// parseOffset reads UTC-OFFSET (RFC 5545 §3.3.14), in seconds.
func parseOffset(s string) (seconds int, ok bool) {
	s = strings.ReplaceAll(strings.TrimSpace(s), ":", "")
	if len(s) == 5 {
		s += "00"
	}
	if len(s) != 7 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	v, ok := digits(s[1:], 6)
	if seconds = v/10000*3600 + v/100%100*60 + v%100; s[0] == '-' {
		seconds = -seconds
	}
	return seconds, ok && v < 240000
}
