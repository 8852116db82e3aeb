package zoom

import (
	_ "embed"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// zones are the names that Zoom accepts, one a line (Zoom API: time zones).
//
//go:embed zones.txt
var zones string

// zoneName returns Zoom's name for an IANA zone: the same, or of those with the
// same clock for two years around the start the one whose past is most alike (Europe/Kiev
// for Europe/Kyiv), or UTC. It is for Zoom's own display only: the start is sent in UTC.
func zoneName(name string, start time.Time) string {
	known := strings.Fields(zones)
	for _, z := range known {
		if z == name {
			return z
		}
	}
	want, err := kwadrans.Zone(name)
	if err != nil {
		return "UTC"
	}
	best, most := "UTC", -1
	for _, z := range known {
		loc, err := kwadrans.Zone(z)
		if err != nil || !sameClock(want, loc, start) {
			continue
		}
		if n := alike(want, loc); n > most {
			best, most = z, n
		}
	}
	return best
}

// alike counts the half-years since 1900 in which two zones had the same clock.
// A zone and its older name agree in all of them.
func alike(a, b *time.Location) (n int) {
	for year := 1900; year < 2030; year++ {
		for _, month := range []time.Month{time.January, time.July} {
			t := time.Date(year, month, 2, 12, 0, 0, 0, time.UTC)
			nameA, x := t.In(a).Zone()
			nameB, y := t.In(b).Zone()
			if x == y && nameA == nameB {
				n++
			}
		}
	}
	return n
}

func sameClock(a, b *time.Location, around time.Time) bool {
	for d := -365; d <= 365; d += 7 {
		t := around.AddDate(0, 0, d)
		_, x := t.In(a).Zone()
		_, y := t.In(b).Zone()
		if x != y {
			return false
		}
	}
	return true
}
