package foreign

import (
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// moment is a time as a calendar names it: a clock reading in a zone.
type moment struct {
	wall     time.Time // the reading, held as if it were UTC
	loc      *time.Location
	date     bool // a day without a time
	floating bool // no zone was named
	doubt    bool // the named zone is not known
}

// instant returns what the reading means (RFC 5545 §3.3.5).
func (m moment) instant() time.Time { return instant(m.wall, m.loc) }

func instant(wall time.Time, loc *time.Location) time.Time {
	if loc == time.UTC {
		return wall
	}
	t, _ := kwadrans.Resolve(kwadrans.DateOf(wall), wall.Hour()*60+wall.Minute(), loc)
	return t.Add(time.Duration(wall.Second()) * time.Second).UTC()
}

// wallOf returns the clock reading of t in loc, held as if it were UTC.
func wallOf(t time.Time, loc *time.Location) time.Time {
	_, offset := t.In(loc).Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// midnight returns the start of the reading's day.
func midnight(wall time.Time) time.Time { return wall.Truncate(24 * time.Hour) }

// reading is a date or a time before a zone is known.
type reading struct {
	wall time.Time
	date bool
	utc  bool
}

// parseReading reads DATE and DATE-TIME, with the dashes and colons that some
// write, with or without seconds.
func parseReading(s string) (r reading, ok bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	s, r.utc = strings.CutSuffix(s, "Z")
	day, clock, both := strings.Cut(s, "T")
	if !both && len(day) > 10 {
		day, clock, both = strings.Cut(s, " ")
	}
	day, clock = strings.ReplaceAll(day, "-", ""), strings.ReplaceAll(clock, ":", "")
	if clock, _, _ = strings.Cut(clock, "."); len(clock) == 4 {
		clock += "00"
	}
	if !both {
		clock = "000000"
	}
	d, ok1 := digits(day, 8)
	c, ok2 := digits(clock, 6)
	if !ok1 || !ok2 {
		return r, false
	}
	year, month, dom := d/10000, d/100%100, d%100
	r.wall = time.Date(year, time.Month(month), dom, 0, 0, 0, 0, time.UTC)
	if year < firstYear || year > lastYear || int(r.wall.Month()) != month || r.wall.Day() != dom {
		return r, false
	}
	hour, minute, second := c/10000, c/100%100, min(c%100, 59)
	if hour > 24 || minute > 59 || hour == 24 && c != 240000 || c%100 > 60 {
		return r, false
	}
	r.wall = r.wall.Add(time.Duration(hour*3600+minute*60+second) * time.Second)
	r.date = !both
	return r, true
}

// digits reads exactly n of them.
func digits(s string, n int) (v int, ok bool) {
	if len(s) != n {
		return 0, false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int(c-'0')
	}
	return v, true
}

// length is how long something takes: days by the clock, the rest exact (RFC
// 5545 §3.3.6).
type length struct {
	days  int
	exact time.Duration
}

// end returns when something ends that starts at wall and at the instant that it means.
func (l length) end(wall time.Time, loc *time.Location, start time.Time) time.Time {
	if l.days != 0 {
		start = instant(wall.AddDate(0, 0, l.days), loc)
	}
	return start.Add(l.exact)
}

// flat counts a day as 24 hours.
func (l length) flat() time.Duration { return time.Duration(l.days)*24*time.Hour + l.exact }

// maxDays is the longest length: everything longer is nonsense.
const maxDays = 40_000

// parseLength reads a DURATION.
func parseLength(s string) (l length, ok bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	s, negative := strings.CutPrefix(s, "-")
	s, found := strings.CutPrefix(strings.TrimPrefix(s, "+"), "P")
	n, number := 0, false
	for _, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9':
			n, number = n*10+int(c-'0'), true
			if n > maxDays*86400 {
				return length{}, false
			}
			continue
		case c == 'T' && !number:
			continue
		case !number || !l.add(c, n):
			return length{}, false
		}
		n, number, ok = 0, false, true
	}
	if negative {
		l.days, l.exact = -l.days, -l.exact
	}
	return l, ok && found && !number && l.days <= maxDays && l.exact <= maxDays*24*time.Hour
}

// add takes n of a unit.
func (l *length) add(unit byte, n int) bool {
	switch unit {
	case 'W':
		l.days += 7 * min(n, maxDays)
	case 'D':
		l.days += n
	case 'H':
		l.exact += time.Duration(min(n, maxDays*24)) * time.Hour
	case 'M':
		l.exact += time.Duration(min(n, maxDays*1440)) * time.Minute
	case 'S':
		l.exact += time.Duration(n) * time.Second
	default:
		return false
	}
	return true
}
