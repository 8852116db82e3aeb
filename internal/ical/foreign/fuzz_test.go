package foreign

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// FuzzExpand reads anything. Whatever it is, the result is sound and says the
// same when it is asked twice.
func FuzzExpand(f *testing.F) {
	for _, text := range hostile() {
		if len(text) < 100_000 {
			f.Add([]byte(text))
		}
	}
	for _, pattern := range []string{"testdata/shapes/*.ics", "testdata/vectors/*.ics"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		begun := spent()
		r := expand(year, hanna(), string(text))
		if took := spent() - begun; took > time.Second {
			t.Fatalf("took %v", took)
		}
		sound(t, year, r)
		if again := expand(year, hanna(), string(text)); told(again) != told(r) {
			t.Fatalf("told otherwise:\n%s\n%s", told(r), told(again))
		}
	})
}

// FuzzRule follows any rule. The guard may refuse it, but what it lets through
// ends, ascends and lies in the stretch.
func FuzzRule(f *testing.F) {
	for _, rule := range []string{
		"FREQ=MONTHLY;BYDAY=53MO", "FREQ=MONTHLY;BYDAY=-6MO", "FREQ=YEARLY;BYMONTH=1;BYDAY=53MO", "FREQ=YEARLY;BYEASTER=366", "FREQ=HOURLY;INTERVAL=24;BYHOUR=5",
		"FREQ=MINUTELY;INTERVAL=1440;BYHOUR=5", "FREQ=DAILY;INTERVAL=9223372036854775807", "FREQ=DAILY;COUNT=-3", "FREQ=YEARLY;BYWEEKNO=-53,53;BYDAY=-1SU,1MO",
		"FREQ=WEEKLY;BYDAY=1MO;BYSETPOS=-1;WKST=SU", "FREQ=HOURLY;BYSETPOS=2", "freq=daily;;until=x", "FREQ=YEARLY;BYYEARDAY=-366,366", "FREQ=DAILY;BYHOUR=0,23;BYMINUTE=59;BYSECOND=60",
	} {
		f.Add(rule, int64(1_793_520_000), int64(400))
	}
	f.Fuzz(func(t *testing.T, text string, at, days int64) {
		start := time.Unix(at%200_000_000_000, 0).UTC()
		if start.Year() < firstYear || start.Year() > lastYear {
			return
		}
		in := stretch{start, start.AddDate(0, 0, int(days%1000))}
		begun := spent()
		list, _, err := found(text, start, in)
		if took := spent() - begun; took > time.Second {
			t.Fatalf("took %v", took)
		}
		for i, o := range list {
			if err != nil || o.Before(in.from) || !o.Before(in.to) || i > 0 && !o.After(list[i-1]) {
				t.Fatalf("%d of %v, %v", i, list, err)
			}
		}
	})
}
