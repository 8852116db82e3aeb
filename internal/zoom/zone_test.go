package zoom

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// ianaZones are all zones of the machine's database.
func ianaZones(t *testing.T) []string {
	t.Helper()
	var names []string
	f, err := os.Open("/usr/share/zoneinfo/tzdata.zi")
	if err != nil {
		t.Skip("this machine has no list of the zones")
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		switch p := strings.Fields(lines.Text()); {
		case len(p) > 2 && p[0] == "L":
			names = append(names, p[2])
		case len(p) > 2 && p[0] == "Z":
			names = append(names, p[1])
		}
	}
	if len(names) < 400 {
		t.Errorf("only %d zones", len(names))
	}
	return names
}

// Every zone gets a name that Zoom takes; the clock agrees, or it is UTC.
func TestEveryZoneHasANameThatZoomTakes(t *testing.T) {
	known := strings.Fields(zones)
	lost := 0
	for _, name := range ianaZones(t) {
		loc, err := kwadrans.Zone(name)
		if err != nil {
			continue
		}
		got := zoneName(name, noon)
		if !slices.Contains(known, got) {
			t.Errorf("%s becomes %q", name, got)
			continue
		}
		own, _ := kwadrans.Zone(got)
		if !sameClock(loc, own, noon) {
			if lost++; got != "UTC" {
				t.Errorf("%s becomes %s, which has another clock", name, got)
			}
		}
	}
	t.Logf("%d zones have no equal at Zoom and show as UTC", lost)
	if lost > 150 {
		t.Errorf("%d zones have no equal", lost)
	}
}

func TestNewNamesBecomeZoomsOldOnes(t *testing.T) {
	for name, want := range map[string]string{
		"Europe/Warsaw": "Europe/Warsaw", "Europe/Kyiv": "Europe/Kiev", "Asia/Ho_Chi_Minh": "Asia/Saigon", "America/Nuuk": "America/Godthab",
		"America/Indiana/Indianapolis": "America/Indianapolis", "Asia/Katmandu": "Asia/Kathmandu", "Asia/Ashgabat": "", "": "UTC", "Mars/Olympus": "UTC", "Local": "UTC",
	} {
		if got := zoneName(name, noon); want != "" && got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}

// The sandbox refuses names that are not in Zoom's table, as Zoom does.
func TestKyivIsTaken(t *testing.T) {
	r := begin(t)
	p := plan1()
	p.Zone = "Europe/Kyiv"
	m, err := r.Create(t.Context(), "me", p)
	if err != nil || !m.Start.Equal(p.Start) || r.w.Meetings()[0].Zone != "Europe/Kiev" {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestInstants(t *testing.T) {
	for _, row := range []struct{ text, zone, want string }{
		{"2026-12-01T09:00:00Z", "Europe/Warsaw", "2026-12-01T09:00:00Z"},
		{"2026-12-01T09:00:00.123Z", "", "2026-12-01T09:00:00Z"},
		{"2026-12-01T09:00:00+01:00", "UTC", "2026-12-01T08:00:00Z"},
		{"2026-12-01T09:00:00", "Europe/Warsaw", "2026-12-01T08:00:00Z"},
		{"2026-07-01T09:00:00", "Europe/Warsaw", "2026-07-01T07:00:00Z"},
		{"2027-03-28T02:30:00", "Europe/Warsaw", "2027-03-28T01:30:00Z"}, // does not exist
		{"2026-10-25T02:30:00", "Europe/Warsaw", "2026-10-25T00:30:00Z"}, // exists twice
		{"2026-12-01T09:00:00", "", ""}, {"2026-12-01T09:00:00", "Local", ""}, {"2026-12-01T09:00:00", "Mars/X", ""},
		{"0001-01-01T00:00:00Z", "UTC", ""}, {"1970-01-01T00:00:00Z", "UTC", ""}, {"", "UTC", ""}, {"2026-12-01", "UTC", ""}, {"1764579600", "UTC", ""},
	} {
		got, ok := instant(row.text, row.zone)
		want := time.Time{}
		if row.want != "" {
			want = at(row.want)
		}
		if ok != (row.want != "") || ok && !got.Truncate(time.Second).Equal(want) {
			t.Errorf("%q in %q is %v, %v", row.text, row.zone, got, ok)
		}
	}
}

// What is sent is UTC, so the instant is right whatever the zone.
func TestStartIsTheSameInstantAcrossSummerTime(t *testing.T) {
	r := begin(t)
	for _, s := range []string{"2027-03-28T00:59:00Z", "2027-03-28T01:00:00Z", "2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z"} {
		p := plan1()
		p.Start, p.Agenda = at(s), "kwd1 "+s
		if m, err := r.Create(t.Context(), "me", p); err != nil || !m.Start.Equal(p.Start) {
			t.Errorf("%s: %v, %v", s, m.Start, err)
		}
	}
}
