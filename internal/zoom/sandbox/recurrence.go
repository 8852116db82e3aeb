package sandbox

import (
	"strconv"
	"strings"
	"time"
)

// recurrence is the rule of a series (§3.6).
type recurrence struct {
	Type           int    `json:"type"` // 1 daily, 2 weekly, 3 monthly
	RepeatInterval int    `json:"repeat_interval,omitempty"`
	WeeklyDays     string `json:"weekly_days,omitempty"` // 1 is Sunday
	MonthlyDay     int    `json:"monthly_day,omitempty"`
	MonthlyWeek    int    `json:"monthly_week,omitempty"` // -1 is the last
	MonthlyWeekDay int    `json:"monthly_week_day,omitempty"`
	EndTimes       int    `json:"end_times,omitempty"`
	EndDateTime    string `json:"end_date_time,omitempty"`
}

// most is how many occurrences are worked out of one rule.
const most = 60

func readRecurrence(f fields) *recurrence {
	typ := f.oneOf("type", 1, 2, 3)
	if typ == nil {
		f.bad("type", "The recurrence type is required.")
		return nil
	}
	r := &recurrence{Type: *typ, RepeatInterval: or(field[int](f, "repeat_interval"), 1), WeeklyDays: or(f.text("weekly_days", 20), "")}
	r.MonthlyDay, r.MonthlyWeek = or(field[int](f, "monthly_day"), 0), or(f.oneOf("monthly_week", -1, 1, 2, 3, 4), 0)
	r.MonthlyWeekDay = or(f.oneOf("monthly_week_day", 1, 2, 3, 4, 5, 6, 7), 0)
	times := field[int](f, "end_times")
	r.EndTimes, r.EndDateTime = or(times, 1), or(f.text("end_date_time", 40), "")
	limit := map[int]int{1: 99, 2: 50, 3: 10}[r.Type]
	_, days := weekdays(r.WeeklyDays)
	_, err := time.Parse(time.RFC3339, r.EndDateTime)
	switch {
	case r.RepeatInterval < 1 || r.RepeatInterval > limit && limit > 0:
		f.bad("repeat_interval", "Invalid field.")
	case !days:
		f.bad("weekly_days", "Invalid field.")
	case r.MonthlyDay < 0 || r.MonthlyDay > 31:
		f.bad("monthly_day", "Invalid field.")
	case r.EndTimes < 0 || r.EndTimes > most:
		f.bad("end_times", "Invalid field.")
	case r.EndDateTime != "" && (err != nil || !strings.HasSuffix(r.EndDateTime, "Z")):
		f.bad("end_date_time", "Invalid field.")
	case r.EndDateTime != "" && times != nil: // one or the other
		f.bad("end_times", "Cannot be used with end_date_time.")
	}
	if r.EndDateTime != "" {
		r.EndTimes = 0
	}
	return r
}

func (r *recurrence) endless() bool { return r.EndTimes == 0 && r.EndDateTime == "" }

// bound gives an endless rule the end that was seen in the field: about 110
// times weekly, 60 monthly (§3.6). The worked-out occurrences stay at most 60.
func (r *recurrence) bound(start time.Time) {
	// assumed(bounded-series): the end is told as end_date_time, since end_times ends at 60; a daily rule gets 60 days
	end := start.AddDate(0, 0, 60)
	switch r.Type {
	case 2:
		end = start.AddDate(0, 0, 110*7)
	case 3:
		end = start.AddDate(0, 60, 0)
	}
	r.EndDateTime = stamp(end)
}

// expand works the occurrences out, in the series' zone, so that the wall clock
// stays when summer time comes and goes.
func (m *meeting) expand(dstBug bool) {
	loc := location(m.zone)
	if dstBug {
		_, offset := m.start.In(loc).Zone()
		loc = time.FixedZone("", offset)
	}
	m.occurrences = nil
	for _, t := range m.recurrence.starts(m.start.In(loc), loc) {
		m.add(t, m.minutes, false)
	}
	if len(m.occurrences) > 0 {
		m.start = m.occurrences[0].start
	}
}

func (m *meeting) add(start time.Time, minutes int, deleted bool) {
	m.occurrences = append(m.occurrences, &occurrence{
		id: strconv.FormatInt(start.UnixMilli(), 10), start: start.UTC(), minutes: minutes, deleted: deleted,
	})
}

// starts returns the first starts of the rule from a local time on.
func (r *recurrence) starts(first time.Time, loc *time.Location) []time.Time {
	left := most
	if r.EndTimes > 0 {
		left = min(most, r.EndTimes)
	}
	until, err := time.Parse(time.RFC3339, r.EndDateTime)
	wall := time.Date(first.Year(), first.Month(), first.Day(), first.Hour(), first.Minute(), first.Second(), 0, time.UTC)
	var list []time.Time
	for n := 0; len(list) < left && n < 40_000; n++ { // a hundred years of days
		day := wall.AddDate(0, 0, n)
		if !r.on(wall, day) {
			continue
		}
		t := local(day, loc)
		if err == nil && t.After(until) {
			break
		}
		list = append(list, t)
	}
	return list
}

// on says whether the rule falls on a day; days are wall clocks as UTC.
func (r *recurrence) on(first, day time.Time) bool {
	switch r.Type {
	case 1:
		return int(day.Sub(first).Hours()/24)%r.RepeatInterval == 0
	case 2:
		on, _ := weekdays(r.WeeklyDays)
		if len(on) == 0 {
			on[first.Weekday()] = true
		}
		week := int(day.AddDate(0, 0, -int(day.Weekday())).Sub(first.AddDate(0, 0, -int(first.Weekday()))).Hours() / 24 / 7)
		return on[day.Weekday()] && week%r.RepeatInterval == 0
	}
	months := (day.Year()-first.Year())*12 + int(day.Month()-first.Month())
	return months%r.RepeatInterval == 0 && r.inMonth(first, day)
}

// inMonth: a month without the rule's day is left out.
//
// assumed(short-month): it is, and not moved to the month's last day
func (r *recurrence) inMonth(first, day time.Time) bool {
	switch {
	case r.MonthlyWeek != 0 && r.MonthlyWeekDay != 0:
		if int(day.Weekday())+1 != r.MonthlyWeekDay {
			return false
		}
		if r.MonthlyWeek < 0 {
			return day.AddDate(0, 0, 7).Month() != day.Month()
		}
		return (day.Day()-1)/7+1 == r.MonthlyWeek
	case r.MonthlyDay > 0:
		return day.Day() == r.MonthlyDay
	}
	return day.Day() == first.Day()
}

// weekdays reads "1".."7" with commas between; 1 is Sunday.
func weekdays(s string) (map[time.Weekday]bool, bool) {
	on := map[time.Weekday]bool{}
	for _, part := range strings.Split(s, ",") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil || n < 1 || n > 7 {
			return on, false
		}
		on[time.Weekday(n-1)] = true
	}
	return on, true
}
