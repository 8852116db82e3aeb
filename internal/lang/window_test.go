package lang

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"
	_ "time/tzdata"

	"kwadrans/internal/kwadrans"
)

var update = flag.Bool("update", false, "write the table that the window is held to anew")

// windowTable is read by the tests of the window, which prints times by itself.
const windowTable = "../../frontend/src/model/testdata/times.json"

type windowTimes struct {
	Now   string                    `json:"now"`
	Times []windowTime              `json:"times"`
	Forms map[string]map[int]string `json:"forms"`
}

type windowTime struct {
	At     string                 `json:"at"`
	End    string                 `json:"end"`
	Zone   string                 `json:"zone"`
	Clock  string                 `json:"clock"`
	Range  string                 `json:"range"`
	Offset string                 `json:"offset"`
	Words  map[string]windowWords `json:"words"`
}

type windowWords struct {
	Date    string `json:"date"`
	Day     string `json:"day"`
	Weekday string `json:"weekday"`
	City    string `json:"city"`
	Place   string `json:"place"`
}

// Window and Go print the same: the window's own tests read this table.
func TestWindowTable(t *testing.T) {
	got := windowTimesNow(t)
	if *update {
		if err := os.WriteFile(windowTable, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(windowTable)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("the table is out of date: go test ./internal/lang -run TestWindowTable -update")
	}
}

func windowTimesNow(t *testing.T) []byte {
	now := time.Date(2026, 11, 24, 9, 24, 0, 0, time.UTC)
	table := windowTimes{Now: now.Format(time.RFC3339), Forms: map[string]map[int]string{}}
	for _, zone := range []string{
		"Europe/Warsaw", "America/New_York", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe",
		"Pacific/Chatham", "America/Argentina/Salta", "UTC",
	} {
		for _, at := range windowInstants {
			table.Times = append(table.Times, windowTimeOf(t, at, zone, now))
		}
	}
	for _, l := range []kwadrans.Lang{kwadrans.Polish, kwadrans.English} {
		forms := map[int]string{}
		for _, n := range []int{-3, 0, 1, 2, 4, 5, 11, 12, 14, 15, 21, 22, 24, 25, 101, 102, 112, 1000002} {
			forms[n] = Form(l, n)
		}
		table.Forms[string(l)] = forms
	}
	return oneLineEach(t, table)
}

// oneLineEach writes a row in a line, so that a change of the table can be read.
func oneLineEach(t *testing.T, table windowTimes) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	put := func(before string, v any) {
		b.WriteString(before)
		if err := enc.Encode(v); err != nil {
			t.Fatal(err)
		}
	}
	put(`{"now": `, table.Now)
	put(`, "forms": `, table.Forms)
	for i, row := range table.Times {
		before := ", "
		if i == 0 {
			before = `, "times": [` + "\n  "
		}
		put(before, row)
	}
	b.WriteString("]}\n")
	return b.Bytes()
}

// Both sides of each change of the clock in 2026, midnights, turns of the year and a leap day.
var windowInstants = []string{
	"2026-11-27T14:15:00Z", "2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z", "2026-03-29T00:59:00Z",
	"2026-03-29T01:00:00Z", "2026-04-04T15:00:00Z", "2026-10-03T15:30:00Z", "2026-10-25T00:30:00Z",
	"2026-10-25T01:30:00Z", "2026-11-01T05:45:00Z", "2026-11-01T06:15:00Z", "2025-12-31T23:00:00Z",
	"2026-12-31T22:59:59Z", "2026-12-31T23:00:00Z", "2028-02-29T23:30:00+05:45", "2026-06-30T21:59:00Z",
	"2026-07-01T00:00:00.999999999Z", "2026-08-05T04:05:00-03:30",
}

func windowTimeOf(t *testing.T, instant, zone string, now time.Time) windowTime {
	at, err := time.Parse(time.RFC3339, instant)
	if err != nil {
		t.Fatal(err)
	}
	loc, err := kwadrans.Zone(zone)
	if err != nil {
		t.Fatal(err)
	}
	local, end := at.In(loc), at.Add(75*time.Minute)
	row := windowTime{
		At: instant, End: end.UTC().Format(time.RFC3339), Zone: zone,
		Clock: Clock(local), Range: Range(local, end), Offset: Offset(local), Words: map[string]windowWords{},
	}
	for _, l := range []kwadrans.Lang{kwadrans.Polish, kwadrans.English} {
		row.Words[string(l)] = windowWords{
			Date: Date(l, local), Day: Day(l, local, now), Weekday: Weekday(l, local),
			City: City(l, zone), Place: Place(l, zone, local),
		}
	}
	return row
}
