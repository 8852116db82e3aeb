package desk

import (
	"time"

	"kwadrans/internal/kwadrans"
)

// How far around now the page is told how the clocks of the host's zone go. Nearly all
// that it shows lies within; beyond, it asks its own engine.
const (
	yearsBack  = 1
	yearsAhead = 2
)

// clocks tells how the clocks of a zone go around now, in order and without a gap;
// nothing of a zone that is not known.
func clocks(zone string, now time.Time) []Clock {
	list := []Clock{}
	place, err := kwadrans.Zone(zone)
	if err != nil {
		return list
	}
	end := now.AddDate(yearsAhead, 0, 0)
	for from := now.AddDate(-yearsBack, 0, 0); from.Before(end); {
		at := from.In(place)
		_, seconds := at.Zone()
		to := end
		if _, turn := at.ZoneBounds(); !turn.IsZero() && turn.Before(end) {
			to = turn
		}
		list = append(list, Clock{From: stamp(from, "UTC"), To: stamp(to, "UTC"), Minutes: seconds / 60})
		from = to
	}
	return list
}
