package foreign

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"kwadrans/internal/kwadrans"
)

var update = flag.Bool("update", false, "write the .want files of testdata/shapes anew")

// year is the stretch of most tests.
var year = kwadrans.Span{Start: utc("2026-11-01T00:00:00Z"), End: utc("2027-12-01T00:00:00Z")}

func utc(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func zone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}

// hanna is whose calendars the tests read.
func hanna() Rules {
	return Rules{Zone: zone("Europe/Warsaw"), Self: []string{"hanna.cwik@cwik-wspolnicy.example"}, AllDay: true}
}

func expand(in kwadrans.Span, r Rules, pages ...string) Result {
	list := make([][]byte, len(pages))
	for i, p := range pages {
		list[i] = []byte(p)
	}
	return Expand(context.Background(), list, in, r)
}

// event wraps the lines of one event into a page.
func page(lines ...string) string {
	return "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
}

// told writes a result for people to compare.
func told(r Result) string {
	var b strings.Builder
	if r.Name != "" || r.Refresh != 0 {
		fmt.Fprintf(&b, "calendar %q every %v\n", r.Name, r.Refresh)
	}
	for _, i := range r.Instances {
		fmt.Fprintf(&b, "%s %s %s %q", i.Start.Format("2006-01-02T15:04Z07:00"), i.End.Format("2006-01-02T15:04Z07:00"), i.UID, i.Summary)
		if i.AllDay {
			b.WriteString(" day")
		}
		if i.Doubt {
			b.WriteString(" doubt")
		}
		b.WriteByte('\n')
	}
	for _, u := range r.Unknown {
		fmt.Fprintf(&b, "unknown %s %s\n", u.Start.Format(time.RFC3339), u.End.Format(time.RFC3339))
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "note %s %q %q %d\n", n.Kind, n.UID, n.Text, n.Times)
	}
	if r.Doubt > 0 {
		fmt.Fprintf(&b, "doubt %d\n", r.Doubt)
	}
	if r.Err != nil {
		fmt.Fprintf(&b, "error %v\n", r.Err)
	}
	return b.String()
}

// Calendars as programs write them block what they should, to the minute.
func TestShapes(t *testing.T) {
	files, err := filepath.Glob("testdata/shapes/*.ics")
	if err != nil || len(files) < 10 {
		t.Fatalf("only %d shapes: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := told(expand(year, hanna(), string(text)))
			want := strings.TrimSuffix(file, ".ics") + ".want"
			if *update {
				if err := os.WriteFile(want, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			text, err = os.ReadFile(want)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(text) {
				t.Errorf("got\n%s\nwant\n%s", got, text)
			}
			if got == told(expand(year, hanna())) {
				t.Error("the control: a calendar without anything is told the same")
			}
		})
	}
}
