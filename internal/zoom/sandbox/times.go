package sandbox

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the sandbox also runs on machines without a zone database
)

// zoneList is the table of the zones that Zoom takes; Europe/Kyiv is not in it.
//
//go:embed zones.txt
var zoneList string

var zones = func() map[string]bool {
	m := map[string]bool{}
	for _, z := range strings.Fields(zoneList) {
		m[z] = true
	}
	return m
}()

func (w *World) knowsZone(name string) bool {
	return zones[name] || slices.Contains(w.knobs.MoreZones, name)
}

// location returns the zone's rules; SST is Zoom's own name for American Samoa.
func location(name string) *time.Location {
	if name == "SST" {
		name = "Pacific/Pago_Pago"
	}
	if loc, err := time.LoadLocation(name); err == nil {
		return loc
	}
	return time.UTC
}

// startShape is yyyy-MM-ddTHH:mm:ss with what may follow it.
var startShape = regexp.MustCompile(`^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?$`)

// started reads a start_time exactly as Zoom does (§3.1): Z is UTC and the zone
// is for show; nothing is the wall clock of the zone; a numeric offset is read
// as if it were Z, which is the most frequent bug of Zoom's clients (§8.1).
func (w *World) started(s, zone string) (time.Time, bool) {
	m := startShape.FindStringSubmatch(s)
	if m == nil || m[2] != "" && w.knobs.FractionRefused {
		return time.Time{}, false
	}
	wall, err := time.Parse("2006-01-02T15:04:05", m[1])
	if err != nil {
		return time.Time{}, false
	}
	switch {
	case m[3] == "Z":
		return wall, true
	case m[3] != "":
		return wall, !w.knobs.OffsetRefused
	}
	return local(wall, location(zone)), true
}

// hasOffset says whether a start carries a numeric offset.
func hasOffset(s string) bool {
	m := startShape.FindStringSubmatch(s)
	return m != nil && m[3] != "" && m[3] != "Z"
}

// isLocal says whether a start is a wall clock that needs a zone.
func isLocal(s string) bool {
	m := startShape.FindStringSubmatch(s)
	return m != nil && m[3] == ""
}

// local turns a wall clock (given as UTC) into an instant.
//
// assumed(dst): a time in the gap moves on by the gap's length, a time that comes twice is the first
func local(wall time.Time, loc *time.Location) time.Time {
	_, before := wall.Add(-24 * time.Hour).In(loc).Zone()
	_, after := wall.Add(24 * time.Hour).In(loc).Zone()
	early := wall.Add(-time.Duration(before) * time.Second)
	for _, t := range []time.Time{early, wall.Add(-time.Duration(after) * time.Second)} {
		if sameClock(t.In(loc), wall) {
			return t.UTC()
		}
	}
	return early.UTC()
}

func sameClock(a, b time.Time) bool {
	const clock = "2006-01-02T15:04:05"
	return a.Format(clock) == b.Format(clock)
}
