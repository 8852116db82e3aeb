package slots

import "time"

// nearest returns up to three free starts of the grid around t, ascending: the
// last before it in its week, the next after it, and on the next later day that
// has any, the one closest to the same time of day.
func (e *Engine) nearest(t int64) []time.Time {
	z := e.hosts[0].cal.zone()
	day := z.dayOf(t)
	var list []time.Time
	if earlier := e.slots(z.midnight(week(day)*7-3), t); len(earlier) > 0 {
		list = append(list, earlier[len(earlier)-1].Start)
	}
	ahead := int64(14)
	if e.topic.WeeklyLimit > 0 {
		ahead = 8 // the whole week of each start must be known
	}
	later := e.slots(t+1, t+ahead*daySeconds)
	if len(later) == 0 {
		return list
	}
	list = append(list, later[0].Start)
	if other, ok := sameTime(&z, later, day, z.reading(t)); ok && !other.Equal(later[0].Start) {
		list = append(list, other)
	}
	return list
}

// sameTime finds in the first later day with slots the one closest to the clock
// reading wall of day.
func sameTime(z *zone, later []Slot, day, wall int64) (best time.Time, ok bool) {
	clock := wall - day*daySeconds
	found, gap := int64(0), int64(0)
	for _, s := range later {
		t := s.Start.Unix()
		d := z.dayOf(t)
		if d == day {
			continue
		}
		if ok && d != found {
			break
		}
		away := z.reading(t) - d*daySeconds - clock
		if away = max(away, -away); !ok || away < gap {
			best, found, gap, ok = s.Start, d, away, true
		}
	}
	return best, ok
}
