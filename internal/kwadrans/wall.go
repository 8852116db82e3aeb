package kwadrans

import (
	"fmt"
	"time"
)

// Date is a calendar day without a zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day of t in t's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads YYYY-MM-DD (RFC 3339 full-date).
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, Errorf(CodeInvalid, "%q is not a date", s).WithHint("write it as 2026-12-01")
	}
	return DateOf(t), nil
}

// String writes YYYY-MM-DD.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

// MarshalText writes YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}

// AddDays returns the day n days later (earlier when n is negative).
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 12, 0, 0, 0, time.UTC))
}

// Before says whether d is an earlier day than o.
func (d Date) Before(o Date) bool { return d.utc().Before(o.utc()) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// Fit says how a local time meets the zone's clock.
type Fit int

// A local time exists once, twice (the clock went back) or not at all (it went forward).
const (
	Once Fit = iota
	Twice
	Gap
)

// Resolve turns a local time, given as minutes after midnight of day (values
// past 1440 run into the following days by the clock), into the instant it
// means in loc. A time that exists twice is the first of the two; one that
// does not exist is read with the offset before the gap (RFC 5545 §3.3.5).
// time.Date chooses by the sign of the offset instead, which is wrong for
// half the world.
func Resolve(day Date, minutes int, loc *time.Location) (time.Time, Fit) {
	return resolve(time.Date(day.Year, day.Month, day.Day, 0, minutes, 0, 0, time.UTC), loc)
}

// resolve treats the clock reading of wall (a UTC time) as local in loc.
func resolve(wall time.Time, loc *time.Location) (time.Time, Fit) {
	before := offsetAt(wall.Add(-24*time.Hour), loc)
	after := offsetAt(wall.Add(24*time.Hour), loc)
	first, second := wall.Add(-before), wall.Add(-after)
	if before == after {
		return first.In(loc), Once
	}
	fits := func(t time.Time, off time.Duration) bool { return offsetAt(t, loc) == off }
	a, b := fits(first, before), fits(second, after)
	switch {
	case a && b && first.Equal(second), a && !b:
		return first.In(loc), Once
	case !a && b:
		return second.In(loc), Once
	case a && b:
		if second.Before(first) {
			first = second
		}
		return first.In(loc), Twice
	default:
		return first.In(loc), Gap
	}
}

func offsetAt(t time.Time, loc *time.Location) time.Duration {
	_, off := t.In(loc).Zone()
	return time.Duration(off) * time.Second
}

// Wall is a clock reading in a named zone: what a booking promises to keep when
// the rules of the zone change. Fold is 1 for the second of two equal readings.
type Wall struct {
	Date    Date
	Minutes int // after midnight
	Zone    string
	Fold    int
}

// WallOf returns the clock reading of t in the zone.
func WallOf(t time.Time, zone string) (Wall, error) {
	loc, err := Zone(zone)
	if err != nil {
		return Wall{}, err
	}
	l := t.In(loc)
	w := Wall{Date: DateOf(l), Minutes: l.Hour()*60 + l.Minute(), Zone: zone}
	if first, fit := Resolve(w.Date, w.Minutes, loc); fit == Twice && t.After(first) {
		w.Fold = 1
	}
	return w, nil
}

// Time returns the instant that the reading means by the rules known now.
func (w Wall) Time() (time.Time, error) {
	loc, err := Zone(w.Zone)
	if err != nil {
		return time.Time{}, err
	}
	t, fit := Resolve(w.Date, w.Minutes, loc)
	if fit == Twice && w.Fold == 1 {
		wall := time.Date(w.Date.Year, w.Date.Month, w.Date.Day, 0, w.Minutes, 0, 0, time.UTC)
		return wall.Add(-offsetAt(wall.Add(24*time.Hour), loc)).In(loc), nil
	}
	return t, nil
}

// Zone loads an IANA time zone by name. "Local" and "" are refused: a stored
// time must mean the same on every computer.
func Zone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, Errorf(CodeInvalid, "a time zone is needed").WithHint("use an IANA name such as Europe/Warsaw")
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, Errorf(CodeInvalid, "%q is not a time zone", name).WithHint("use an IANA name such as Europe/Warsaw").Because(err)
	}
	return loc, nil
}
