package zoom

import (
	"strconv"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// recurrence is the rule of a series (Zoom API: meetings, recurrence).
type recurrence struct {
	Type       number `json:"type"` // 1 daily, 2 weekly, 3 monthly
	Interval   number `json:"repeat_interval"`
	WeeklyDays string `json:"weekly_days"` // "1".."7", 1 is Sunday
	MonthDay   number `json:"monthly_day"`
	MonthWeek  number `json:"monthly_week"` // 1..4, -1 for the last
	MonthWDay  number `json:"monthly_week_day"`
	EndTimes   number `json:"end_times"`
	EndDate    string `json:"end_date_time"`
}

// most is how many starts are worked out at most.
const most = 3000

// after returns the starts that follow the last known one, up to the end: the
// clock time stays, in the series' zone. False when the rule cannot be read.
func (r *recurrence) after(last time.Time, known int, end time.Time, zone string) ([]time.Time, bool) {
	if r == nil {
		return nil, false
	}
	left := most
	if r.EndTimes > 0 {
		if left = int(r.EndTimes) - known; left <= 0 {
			return nil, true
		}
	}
	if until, ok := instant(r.EndDate, zone); ok {
		if until.Before(end) {
			end = until.Add(time.Second)
		}
	} else if r.EndDate != "" {
		return nil, false
	}
	loc, err := kwadrans.Zone(zone)
	if err != nil {
		return nil, false
	}
	next := r.days(kwadrans.DateOf(last.In(loc)))
	if next == nil {
		return nil, false
	}
	minutes := last.In(loc).Hour()*60 + last.In(loc).Minute()
	var starts []time.Time
	for range most {
		day := next()
		t, _ := kwadrans.Resolve(day, minutes, loc)
		if !t.Before(end) || len(starts) >= left {
			return starts, true
		}
		if t.After(last) {
			starts = append(starts, t.UTC())
		}
	}
	return nil, false
}

// farthest is the largest interval that makes sense; Zoom takes 99 days at most.
const farthest = 1000

// days returns a generator of the rule's days from the given one on; nil for a
// rule that makes no sense.
func (r *recurrence) days(from kwadrans.Date) func() kwadrans.Date {
	if r.Interval > farthest {
		return nil
	}
	step := int(max(r.Interval, 1))
	switch r.Type {
	case 1:
		day := from
		return func() kwadrans.Date { day = day.AddDays(step); return day }
	case 2:
		return r.weeks(from, step)
	case 3:
		return r.months(from, step)
	}
	return nil
}

func (r *recurrence) weeks(from kwadrans.Date, step int) func() kwadrans.Date {
	on := map[time.Weekday]bool{}
	for _, s := range strings.Split(r.WeeklyDays, ",") {
		if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && n >= 1 && n <= 7 {
			on[time.Weekday(n-1)] = true
		}
	}
	if len(on) == 0 {
		on[from.Weekday()] = true
	}
	day := from
	return func() kwadrans.Date {
		for {
			day = day.AddDays(1)
			if day.Weekday() == time.Sunday {
				day = day.AddDays(7 * (step - 1))
			}
			if on[day.Weekday()] {
				return day
			}
		}
	}
}

func (r *recurrence) months(from kwadrans.Date, step int) func() kwadrans.Date {
	if r.MonthDay == 0 && (r.MonthWeek == 0 || r.MonthWDay < 1 || r.MonthWDay > 7) || r.MonthDay > 31 || r.MonthDay < 0 {
		return nil
	}
	first := kwadrans.Date{Year: from.Year, Month: from.Month, Day: 1}
	return func() kwadrans.Date {
		for {
			first = kwadrans.DateOf(time.Date(first.Year, first.Month+time.Month(step), 1, 12, 0, 0, 0, time.UTC))
			if d, ok := r.in(first); ok || first.Year > 9000 {
				return d
			}
		}
	}
}

// in returns the rule's day in the month of first; false when that month has none.
func (r *recurrence) in(first kwadrans.Date) (kwadrans.Date, bool) {
	length := time.Date(first.Year, first.Month+1, 0, 12, 0, 0, 0, time.UTC).Day()
	if r.MonthDay > 0 {
		return first.AddDays(int(r.MonthDay) - 1), int(r.MonthDay) <= length
	}
	ahead := (int(r.MonthWDay-1) - int(first.Weekday()) + 7) % 7
	day := 1 + ahead + 7*(int(r.MonthWeek)-1)
	if r.MonthWeek < 0 {
		day = 1 + ahead + 28
		if day > length {
			day -= 7
		}
	}
	return first.AddDays(day - 1), day <= length
}
