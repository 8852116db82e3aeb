package desk

import (
	"context"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// Load tells how full the week of a day (YYYY-MM-DD; empty is today) is: the
// bookings in the opening hours of the first topic that is on. It asks nobody outside.
func (b *Bookings) Load(day string) (Load, error) {
	return call(b.desk, func(ctx context.Context, h *house.House) (Load, error) {
		sch, ok, err := mainSchedule(ctx, h)
		if err != nil || !ok {
			return Load{Days: []LoadDay{}}, err
		}
		loc, err := kwadrans.Zone(sch.Zone)
		if err != nil {
			return Load{}, err
		}
		now := h.Now()
		d := kwadrans.DateOf(now.In(loc))
		if day != "" {
			if d, err = kwadrans.ParseDate(day); err != nil {
				return Load{}, err
			}
		}
		monday := d.AddDays(-((int(d.Weekday()) + 6) % 7))
		busy, err := h.Store.OwnBusy(ctx, kwadrans.Me, daySpan(monday, monday.AddDays(6), loc), "")
		if err != nil {
			return Load{}, err
		}
		return loadOf(sch, monday, loc, busy, now)
	})
}

func mainSchedule(ctx context.Context, h *house.House) (kwadrans.Schedule, bool, error) {
	topics, err := h.Store.Topics(ctx)
	if err != nil {
		return kwadrans.Schedule{}, false, err
	}
	for _, t := range topics {
		if t.On {
			sch, err := h.Store.Schedule(ctx, t.Schedule)
			return sch, err == nil, err
		}
	}
	return kwadrans.Schedule{}, false, nil
}

func loadOf(sch kwadrans.Schedule, monday kwadrans.Date, loc *time.Location, busy []kwadrans.Busy, now time.Time) (Load, error) {
	_, week := daySpan(monday, monday, loc).Start.ISOWeek()
	v := Load{Zone: sch.Zone, Week: week, Days: []LoadDay{}}
	var longest kwadrans.Span
	for i := range 7 {
		d := monday.AddDays(i)
		open, err := sch.Open(daySpan(d, d, loc))
		if err != nil {
			return Load{}, err
		}
		for _, w := range open {
			v.Open += minutes(w)
			v.Busy += minutes(w) - freeIn(w, busy)
			if w.Start.Before(now) {
				w.Start = now.Truncate(time.Minute)
			}
			if gap := longestGap(w, busy); minutes(gap) > minutes(longest) {
				longest = gap
			}
		}
		if len(open) > 0 {
			v.Days = append(v.Days, loadDay(d, open, loc, busy))
		}
	}
	if minutes(longest) > 0 {
		v.Longest = &Stretch{Start: stamp(longest.Start, sch.Zone), End: stamp(longest.End, sch.Zone)}
	}
	return v, nil
}

// loadDay counts the taken quarters of each hour from the first to the last open one.
func loadDay(d kwadrans.Date, open []kwadrans.Span, loc *time.Location, busy []kwadrans.Busy) LoadDay {
	first, last := open[0].Start.In(loc), open[0].End
	for _, w := range open {
		if w.End.After(last) {
			last = w.End
		}
		if w.Start.Before(first) {
			first = w.Start.In(loc)
		}
	}
	v := LoadDay{Date: d.String(), From: first.Hour(), Hours: []int{}}
	// not Truncate: there are zones whose hours do not begin with those of UTC
	for hour := first.Add(-time.Duration(first.Minute()) * time.Minute); hour.Before(last); hour = hour.Add(time.Hour) {
		v.Hours = append(v.Hours, quarters(kwadrans.Span{Start: hour, End: hour.Add(time.Hour)}, open, busy))
	}
	return v
}

// quarters is how many quarters of an hour are taken, -1 when it is closed.
func quarters(hour kwadrans.Span, open []kwadrans.Span, busy []kwadrans.Busy) int {
	opened, taken := 0, 0
	for _, w := range open {
		part := cut(w, hour)
		opened += minutes(part)
		if minutes(part) > 0 {
			taken += minutes(part) - freeIn(part, busy)
		}
	}
	if opened == 0 {
		return -1
	}
	return (taken + 14) / 15
}

// longestGap is the longest stretch of a window that nothing holds.
func longestGap(w kwadrans.Span, busy []kwadrans.Busy) (best kwadrans.Span) {
	gaps(w, busy, func(gap kwadrans.Span) {
		if minutes(gap) > minutes(best) {
			best = gap
		}
	})
	return best
}
