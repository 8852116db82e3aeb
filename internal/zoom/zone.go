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

// zoneName returns Zoom's name for an IANA zone: the same, or one with the same
// clock for two years around the start (Europe/Kiev for Europe/Kyiv), or UTC. It is
// for Zoom's own display only: the start is sent in UTC.
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
	region, _, _ := strings.Cut(name, "/")
	best := "UTC"
	for _, z := range known {
		loc, err := kwadrans.Zone(z)
		if err != nil || !sameClock(want, loc, start) {
			continue
		}
		if strings.HasPrefix(z, region+"/") {
			return z
		}
		best = z
	}
	return best
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
