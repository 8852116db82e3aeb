package slots

import "time"

// nearest returns up to three free starts of the grid around t, ascending: the
// last before it, in its week or five days back; the next after it; and on the next
// later day that has any, the one closest to the same time of day. Further away not
// everything is known, see Back and Ahead.
func (e *Engine) nearest(t int64) []time.Time {
	z := e.hosts[0].cal.zone()
	day := z.dayOf(t)
	var list []time.Time
	back := z.midnight(week(day)*7 - 3)
	if e.topic.WeeklyLimit == 0 {
		back = min(back, z.midnight(day-5))
	}
	if earlier := e.starts(nil, back, t); len(earlier) > 0 {
		list = append(list, utc(earlier[len(earlier)-1]))
	}
	ahead := int64(14)
	if e.topic.WeeklyLimit > 0 {
		ahead = 8 // the whole week of each start must be known
	}
	later := e.starts(nil, t+1, t+ahead*daySeconds)
	if len(later) == 0 {
		return list
	}
	list = append(list, utc(later[0]))
	if other, ok := sameTime(&z, later, day, z.reading(t)); ok && other != later[0] {
		list = append(list, utc(other))
	}
	return list
}

func utc(t int64) time.Time { return time.Unix(t, 0).UTC() }

// sameTime finds on the first later day with starts the one closest to the clock
// reading wall of day.
func sameTime(z *zone, later []int64, day, wall int64) (best int64, ok bool) {
	clock := wall - day*daySeconds
	found, gap := int64(0), int64(0)
	for _, t := range later {
		d := z.dayOf(t)
		if d == day {
			continue
		}
		if ok && d != found {
			break
		}
		away := z.reading(t) - d*daySeconds - clock
		if away = max(away, -away); !ok || away < gap {
			best, found, gap, ok = t, d, away, true
		}
	}
	return best, ok
}
