package foreign

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// vectorsApart are the vectors of libical that are not followed here, with the reason.
var vectorsApart = map[string]string{
	"RSCALE": "calendars other than ours are refused", "SKIP": "moving a day that does not exist is refused", "SECONDLY": "refused", "MINUTELY": "refused",
}

// The examples of RFC 5545 and more, with the occurrences that libical's own
// tests expect.
func TestVectors(t *testing.T) {
	text, err := os.ReadFile("testdata/vectors/recur.txt")
	if err != nil {
		t.Fatal(err)
	}
	checked, refused, mutants := 0, 0, 0
	for block := range strings.SplitSeq(string(text), "\n\n") {
		v := map[string]string{}
		for line := range strings.Lines(block) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
			v[name] = value
		}
		if v["RRULE"] == "" {
			continue
		}
		start, ok := parseReading(v["DTSTART"])
		if !ok {
			t.Fatal(block)
		}
		if why := apartOf(v["RRULE"]); why != "" {
			if _, err := parseRule(v["RRULE"], moment{wall: start.wall, date: start.date, loc: time.UTC}); err == nil {
				t.Errorf("%s is followed, but was to be %s", v["RRULE"], why)
			}
			refused++
			continue
		}
		checked++
		if got, ok := vector(t, v["RRULE"], v, start); !ok {
			t.Errorf("%s from %s:\ngot  %v\nwant %v", v["RRULE"], v["DTSTART"], got, v["INSTANCES"])
		}
		if _, ok := vector(t, strings.Replace(v["RRULE"]+";", "INTERVAL=", "X=", 1)+";INTERVAL=7", v, start); !ok {
			mutants++
		}
	}
	if mutants < 60 {
		t.Errorf("the control: only %d mutants are seen", mutants)
	}
	if checked < 68 || refused < 2 {
		t.Errorf("%d vectors checked, %d refused", checked, refused)
	}
}

func apartOf(rule string) string {
	for part, why := range vectorsApart {
		if strings.Contains(strings.Replace(rule, "RSCALE=GREGORIAN", "", 1), part) {
			return why
		}
	}
	return ""
}

// vector expands a rule and compares it with what is expected.
func vector(t *testing.T, rule string, v map[string]string, start reading) (got string, ok bool) {
	t.Helper()
	r, err := parseRule(rule, moment{wall: start.wall, date: start.date, loc: time.UTC})
	if err != nil {
		return err.Error(), false
	}
	want := strings.Split(strings.TrimSpace(v["INSTANCES"]), ",")
	form := "20060102T150405"
	if start.date {
		form = "20060102"
	} else if start.utc {
		form += "Z"
	}
	in := stretch{start.wall, start.wall.AddDate(100, 0, 0)}
	if later, ok := parseReading(v["START-AT"]); ok {
		in.from = later.wall
	}
	var list []string
	r.walk(start.wall, in, newBudget(t.Context()), func(at time.Time) bool {
		list = append(list, at.Format(form))
		return len(list) < len(want)
	})
	return strings.Join(list, ","), strings.Join(list, ",") == strings.Join(want, ",")
}

// Pages that once broke another reader are read in peace.
func TestVectorPages(t *testing.T) {
	files, err := filepath.Glob("testdata/vectors/*.ics")
	if err != nil || len(files) < 9 {
		t.Fatalf("%d pages, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		in := year
		in.Start = utc("1995-01-01T00:00:00Z")
		sound(t, in, expand(in, hanna(), string(text)))
	}
}

// Real exports with odd zones are placed where their own definitions say.
func TestOddZones(t *testing.T) {
	for file, want := range map[string]string{
		"brasilia":    "2017-05-11T16:30Z 2017-05-11T17:00Z none-1 \"\"\n",
		"utc-plus-11": "2017-02-28T12:00Z 2017-02-28T12:30Z 1961094_636238800000000000 \"TESTIN\"\n",
		"lotus": "2021-11-01T15:00Z 2021-11-01T15:30Z U \"(omitted)\"\n2021-12-06T15:00Z 2021-12-06T15:30Z U \"(omitted)\"\n" +
			"2022-01-03T15:00Z 2022-01-03T15:30Z U \"(omitted)\"\n2022-02-07T15:00Z 2022-02-07T15:30Z U \"(omitted)\"\n",
	} {
		text, err := os.ReadFile("testdata/vectors/" + file + ".ics")
		if err != nil {
			t.Fatal(err)
		}
		in := year
		in.Start = utc("2015-01-01T00:00:00Z")
		got := strings.ReplaceAll(told(expand(in, hanna(), string(text))), "BF5109494E67AAE20025875100566D31-Lotus_Notes_Generated", "U")
		if got != want {
			t.Errorf("%s:\ngot\n%s\nwant\n%s", file, got, want)
		}
	}
}
