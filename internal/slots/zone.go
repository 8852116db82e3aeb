package slots

import (
	"math"
	"sync"
	"time"

	"kwadrans/internal/kwadrans"
)

const (
	daySeconds = 24 * 60 * 60
	quarter    = 15 * 60
)

// resolver is kwadrans.Resolve; tests put a wrong one in its place.
type resolver func(kwadrans.Date, int, *time.Location) (time.Time, kwadrans.Fit)

// locations keeps the zones that were loaded: reading one takes longer than the
// slots of two months.
var locations sync.Map

// location returns the zone of a name, as kwadrans.Zone does.
func location(name string) (*time.Location, error) {
	if loc, ok := locations.Load(name); ok {
		return loc.(*time.Location), nil
	}
	loc, err := kwadrans.Zone(name)
	if err != nil {
		return nil, err
	}
	locations.Store(name, loc)
	return loc, nil
}

// zone reads the clock of a time zone. It remembers the stretch of constant
// offset that it looked at last, so each question needs a zone of its own.
type zone struct {
	loc     *time.Location
	resolve resolver
	off     int64 // seconds east of UTC from lo to hi
	lo, hi  int64
}

// seek remembers the stretch of constant offset around t.
func (z *zone) seek(t int64) {
	if z.lo <= t && t < z.hi {
		return
	}
	at := time.Unix(t, 0).In(z.loc)
	_, off := at.Zone()
	start, end := at.ZoneBounds()
	z.off, z.lo, z.hi = int64(off), math.MinInt64, math.MaxInt64
	if !start.IsZero() {
		z.lo = start.Unix()
	}
	if !end.IsZero() {
		z.hi = end.Unix()
	}
	if z.hi <= t { // Go 1.26 says so of the last day of leap years after 2037
		z.hi = t - mod(t, quarter) + quarter
	}
}

// instant returns what the clock reading means: wall counts seconds as if the
// reading were UTC. More than a day away from every change of the offset the
// answer is a subtraction; near one, Resolve decides.
func (z *zone) instant(wall int64) int64 {
	z.seek(wall - z.off)
	if t := wall - z.off; t-daySeconds > z.lo && t+daySeconds < z.hi {
		return t
	}
	day := floorDiv(wall, daySeconds)
	t, _ := z.resolve(date(day), int(wall-day*daySeconds)/60, z.loc)
	return t.Unix()
}

// reading returns the local clock reading at t, as if it were UTC.
func (z *zone) reading(t int64) int64 {
	z.seek(t)
	return t + z.off
}

// midnight returns the first instant of a day; days count from 1970-01-01.
func (z *zone) midnight(day int64) int64 { return z.instant(day * daySeconds) }

// dayOf returns the day that t lies in.
func (z *zone) dayOf(t int64) int64 {
	day := floorDiv(z.reading(t), daySeconds)
	switch {
	case t < z.midnight(day):
		return day - 1
	case t >= z.midnight(day+1):
		return day + 1
	}
	return day
}

func date(day int64) kwadrans.Date { return kwadrans.DateOf(time.Unix(day*daySeconds, 0).UTC()) }

func dayNumber(d kwadrans.Date) int64 {
	return floorDiv(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix(), daySeconds)
}

func weekday(day int64) int64 { return mod(day+4, 7) } // 1970-01-01 was a Thursday

// week numbers the ISO weeks, which begin on Monday.
func week(day int64) int64 { return floorDiv(day+3, 7) }

func floorDiv(a, b int64) int64 { return (a - mod(a, b)) / b }

func mod(a, b int64) int64 {
	m := a % b
	if m < 0 {
		m += b
	}
	return m
}
