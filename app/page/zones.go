package page

import (
	"slices"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// zones are those that a visitor can choose; a browser that names another one has it too.
var zones = strings.Fields(`
Pacific/Honolulu America/Anchorage America/Los_Angeles America/Denver America/Phoenix America/Chicago America/Mexico_City America/New_York
America/Toronto America/Bogota America/Lima America/Halifax America/Santiago America/St_Johns America/Sao_Paulo America/Argentina/Buenos_Aires
Atlantic/Azores Atlantic/Reykjavik Africa/Lagos Africa/Casablanca Europe/Lisbon Europe/Dublin Europe/London Europe/Madrid Europe/Paris
Europe/Brussels Europe/Amsterdam Europe/Berlin Europe/Zurich Europe/Rome Europe/Oslo Europe/Stockholm Europe/Copenhagen Europe/Prague
Europe/Vienna Europe/Bratislava Europe/Budapest Europe/Warsaw Europe/Belgrade Europe/Zagreb Europe/Vilnius Europe/Riga Europe/Tallinn
Europe/Helsinki Europe/Athens Europe/Bucharest Europe/Sofia Europe/Kyiv Europe/Istanbul Europe/Minsk Europe/Moscow Africa/Cairo
Africa/Johannesburg Africa/Nairobi Asia/Jerusalem Asia/Dubai Asia/Tbilisi Asia/Tehran Asia/Karachi Asia/Kolkata Asia/Kathmandu Asia/Dhaka
Asia/Bangkok Asia/Jakarta Asia/Singapore Asia/Hong_Kong Asia/Shanghai Asia/Manila Australia/Perth Asia/Tokyo Asia/Seoul Australia/Adelaide
Australia/Brisbane Australia/Sydney Pacific/Auckland UTC`)

type zoneChoice struct {
	Name, Label string
	On          bool
	offset      int
}

// zoneList is what the chooser of zones offers, from west to east.
func (v *visitor) zoneList(now time.Time) (list []zoneChoice) {
	names := slices.Clone(zones)
	for _, name := range []string{v.zone, v.host.Zone} {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if loc, err := kwadrans.Zone(name); err == nil {
			t := now.In(loc)
			_, offset := t.Zone()
			list = append(list, zoneChoice{name, lang.Place(v.lang, name, t), name == v.zone, offset})
		}
	}
	slices.SortStableFunc(list, func(a, b zoneChoice) int {
		if a.offset != b.offset {
			return a.offset - b.offset
		}
		return strings.Compare(a.Label, b.Label)
	})
	return list
}

// clockIn writes "Warszawa (GMT+1), teraz 10:24".
func (v *visitor) clockIn(zone string, now time.Time) string {
	loc, err := kwadrans.Zone(zone)
	if err != nil {
		return ""
	}
	t := now.In(loc)
	return v.t("page.zone.now", "place", lang.Place(v.lang, zone, t), "time", lang.Clock(t))
}
