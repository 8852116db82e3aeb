package kwadrans

import (
	"archive/zip"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"
)

// zones lists every zone that the Go toolchain brings along.
func zones(t *testing.T) (names []string) {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, "/") && f.Name != "Factory" {
			names = append(names, f.Name)
		}
	}
	return names
}

type resolver func(Date, int, *time.Location) (time.Time, Fit)

// jumpTable is what a clock shows around one change, read off the clock itself.
type jumpTable struct {
	loc   *time.Location
	jump  time.Time
	shown map[string][]time.Time // reading → the instants that show it, ascending
}

const reading = "2006-01-02 15:04"

func watch(jump time.Time, loc *time.Location) jumpTable {
	j := jumpTable{loc: loc, jump: jump, shown: map[string][]time.Time{}}
	for t := jump.Add(-5 * time.Hour); t.Before(jump.Add(5 * time.Hour)); t = t.Add(5 * time.Minute) {
		j.shown[t.In(loc).Format(reading)] = append(j.shown[t.In(loc).Format(reading)], t)
	}
	return j
}

// check resolves every reading within two hours of the change.
func (j jumpTable) check(resolve resolver) error {
	_, off := j.jump.Add(-time.Second).In(j.loc).Zone()
	_, next := j.jump.In(j.loc).Zone()
	before := time.FixedZone("before", off)
	for t := j.jump.Add(-2 * time.Hour); t.Before(j.jump.Add(2*time.Hour + time.Duration(max(0, next-off))*time.Second)); t = t.Add(5 * time.Minute) {
		wall := t.In(before) // every reading, also one that the zone's clock never shows
		shown := j.shown[wall.Format(reading)]
		want, fit := t, Gap
		if len(shown) > 0 {
			want, fit = shown[0], Fit(len(shown)-1)
		}
		got, gotFit := resolve(DateOf(wall), wall.Hour()*60+wall.Minute(), j.loc)
		if !got.Equal(want) || gotFit != fit {
			return fmt.Errorf("%s is %v (%d), want %v (%d)", wall.Format(reading), got, gotFit, want.In(j.loc), fit)
		}
	}
	return nil
}

func everyJump(t *testing.T, see func(zone string, j jumpTable)) (n int) {
	t.Helper()
	end := time.Date(2038, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, name := range zones(t) {
		loc, err := Zone(name)
		if err != nil {
			t.Fatal(err)
		}
		for at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).In(loc); ; {
			_, next := at.ZoneBounds()
			if next.IsZero() || !next.Before(end) {
				break
			}
			at = next
			if _, before := next.Add(-time.Second).In(loc).Zone(); before == offset(next, loc) {
				continue // only the name changes
			}
			n++
			see(name, watch(next, loc))
		}
	}
	return n
}

func offset(t time.Time, loc *time.Location) int {
	_, off := t.In(loc).Zone()
	return off
}

// Every zone, every change of its clock from 2024 to 2037, every five minutes
// around it, against the clock itself. Control: time.Date must fail.
func TestResolveEveryChange(t *testing.T) {
	wrong := func(d Date, m int, loc *time.Location) (time.Time, Fit) {
		got := time.Date(d.Year, d.Month, d.Day, 0, m, 0, 0, loc)
		_, fit := Resolve(d, m, loc)
		return got, fit
	}
	mistaken := 0
	n := everyJump(t, func(zone string, j jumpTable) {
		if err := j.check(Resolve); err != nil {
			t.Errorf("%s: %v", zone, err)
		}
		if j.check(wrong) != nil {
			mistaken++
		}
	})
	if n < 2000 || mistaken < n/4 {
		t.Errorf("%d changes, time.Date is mistaken in %d", n, mistaken)
	}
	t.Logf("%d changes, time.Date is mistaken in %d", n, mistaken)
}

func TestResolve(t *testing.T) {
	for _, c := range []struct {
		zone, day string
		minutes   int
		want      string
		fit       Fit
	}{
		{"Europe/Warsaw", "2026-10-25", 2*60 + 30, "2026-10-25T02:30:00+02:00", Twice},
		{"Europe/Warsaw", "2026-03-29", 2*60 + 30, "2026-03-29T03:30:00+02:00", Gap},
		{"America/New_York", "2026-03-08", 2*60 + 30, "2026-03-08T03:30:00-04:00", Gap},
		{"America/New_York", "2026-11-01", 60 + 30, "2026-11-01T01:30:00-04:00", Twice},
		{"Africa/Cairo", "2027-04-30", 0, "2027-04-30T01:00:00+03:00", Gap},
		{"Asia/Beirut", "2027-03-28", 30, "2027-03-28T01:30:00+03:00", Gap},
		{"Asia/Beirut", "2027-10-30", 23*60 + 15, "2027-10-30T23:15:00+03:00", Twice},
		{"Australia/Lord_Howe", "2027-04-04", 60 + 45, "2027-04-04T01:45:00+11:00", Twice},
		{"Australia/Lord_Howe", "2027-10-03", 2*60 + 15, "2027-10-03T02:45:00+11:00", Gap},
		{"America/Havana", "2027-11-07", 0, "2027-11-07T00:00:00-04:00", Twice},
		{"Antarctica/Troll", "2027-03-28", 60 + 30, "2027-03-28T03:30:00+02:00", Gap},
		{"Pacific/Apia", "2011-12-30", 12 * 60, "2011-12-31T12:00:00+14:00", Gap}, // a day that never was
		{"Asia/Kathmandu", "2027-06-16", 9 * 60, "2027-06-16T09:00:00+05:45", Once},
		{"Europe/Warsaw", "2027-03-27", 24 * 60, "2027-03-28T00:00:00+01:00", Once},
		{"Europe/Warsaw", "2027-03-27", 28 * 60, "2027-03-28T04:00:00+02:00", Once}, // by the clock
		{"Europe/Warsaw", "2027-03-28", -60, "2027-03-27T23:00:00+01:00", Once},
	} {
		loc, err := Zone(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		day, err := ParseDate(c.day)
		if err != nil {
			t.Fatal(err)
		}
		got, fit := Resolve(day, c.minutes, loc)
		if got.Format(time.RFC3339) != c.want || fit != c.fit {
			t.Errorf("%s %s +%d: %s (%d), want %s (%d)", c.zone, c.day, c.minutes, got.Format(time.RFC3339), fit, c.want, c.fit)
		}
	}
}

// A wall reading with its fold gives back the very instant, on both passes of a
// repeated hour.
func TestWallRoundTrip(t *testing.T) {
	folds := 0
	everyJump(t, func(zone string, j jumpTable) {
		for at := j.jump.Add(-3 * time.Hour); at.Before(j.jump.Add(3 * time.Hour)); at = at.Add(30 * time.Minute) {
			w, err := WallOf(at, zone)
			if err != nil {
				t.Fatal(err)
			}
			folds += w.Fold
			back, err := w.Time()
			if err != nil || !back.Equal(at) {
				t.Errorf("%s: %v is %+v, then %v (%v)", zone, at, w, back, err)
			}
		}
	})
	if folds < 1000 {
		t.Errorf("only %d readings were second ones", folds)
	}
}

func TestZoneRefuses(t *testing.T) {
	for _, name := range []string{"", "Local", "Mars/Base", "../etc/passwd", "/etc/localtime", "Europe/Warsaw\x00"} {
		if _, err := Zone(name); CodeOf(err) != CodeInvalid {
			t.Errorf("%q: %v", name, err)
		}
		if _, err := WallOf(time.Now(), name); CodeOf(err) != CodeInvalid {
			t.Errorf("wall in %q: %v", name, err)
		}
		if _, err := (Wall{Zone: name}).Time(); CodeOf(err) != CodeInvalid {
			t.Errorf("time in %q: %v", name, err)
		}
	}
}

func TestDate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
		n, m := rapid.IntRange(0, 40000).Draw(t, "n"), rapid.IntRange(-800, 800).Draw(t, "m")
		d := DateOf(start).AddDays(n)
		if want := start.AddDate(0, 0, n); d != DateOf(want) || d.Weekday() != want.Weekday() {
			t.Fatalf("%v is not %v", d, want)
		}
		if d.AddDays(m).AddDays(-m) != d || d.Before(d.AddDays(m)) != (m > 0) {
			t.Fatalf("%v and %d days", d, m)
		}
		text, err := d.MarshalText()
		var back Date
		if err != nil || back.UnmarshalText(text) != nil || back != d {
			t.Fatalf("%s came back as %v", text, back)
		}
	})
	for _, bad := range []string{"", "2026-13-01", "2026-02-30", "26-01-01", "2026-1-1", "2026-01-01T00:00:00Z"} {
		if _, err := ParseDate(bad); CodeOf(err) != CodeInvalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
