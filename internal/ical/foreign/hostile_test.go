package foreign

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// one wraps lines into an event of an hour that starts on a Sunday in the stretch.
func one(lines ...string) string {
	return page(append([]string{"UID:x", "DTSTART:20261101T100000Z", "DTEND:20261101T110000Z"}, lines...)...)
}

// hostile are pages that crash, hang or bloat the libraries, and more of the kind.
var hostile = sync.OnceValue(func() map[string]string {
	pages := map[string]string{
		"a parameter without a colon": page("UID:x", "DTSTART;TZID=Europe/Warsaw"),
		"text behind a quote":         one(`ATTENDEE;CN="A"B:x`),
		"a quote that does not end":   one(`ATTENDEE;CN="A:x`, `DTSTART;TZID="Europe:20261101T100000`),
		"three million components":    strings.Repeat("BEGIN:A\r\n", 3_000_000),
		"deep in an event":            page(strings.Repeat("BEGIN:A\r\n", 40_000) + strings.Repeat("END:B\r\n", 900_000)),
		"a parameter of 400 kB":       one(`ATTENDEE;PARTSTAT=` + strings.Repeat("D", 400_000) + `:x`),
		"parameters of 4 kB":          one(strings.Repeat("DTSTAMP;TZID="+strings.Repeat("D", 4000)+":x\r\n", 2_400)),
		"ten thousand parameters":     one("DTSTAMP" + strings.Repeat(";TZID=A", 1_000_000) + ":x"),
		"a property of 10 MB":         one("SUMMARY:" + strings.Repeat("x", 9_000_000)),
		"a million folds":             one("SUMMARY:x" + strings.Repeat("\r\n x", 1_000_000)),
		"folds of nothing":            one("SUMMARY:x" + strings.Repeat("\r\n ", 3_000_000)),
		"blank lines":                 strings.Repeat("\r\n", 5_000_000),
		"blanks":                      one("SUMMARY:x" + strings.Repeat(" ", 9_000_000)),
		"no lines":                    strings.Repeat("x", 10_000_000),
		"zeros":                       strings.Repeat("\x00", 10_000_000),
		"bad lines":                   strings.Repeat("?\r\n", 3_000_000),
		"a million excluded days":     one("RRULE:FREQ=DAILY", "EXDATE:"+strings.Repeat("20261201T100000Z,", 500_000)),
		"a million named days":        one("RDATE:" + strings.Repeat("20261201T100000Z,", 500_000)),
		"half a million other days":   one("RDATE:" + manyDays(200_000)),
		"zones without end":           zonesWithoutEnd(),
		"free-busy without end":       "BEGIN:VCALENDAR\r\nBEGIN:VFREEBUSY\r\nFREEBUSY:" + strings.Repeat("20261201T100000Z/PT1H,", 400_000) + "\r\nEND:VFREEBUSY\r\nEND:VCALENDAR\r\n",
		"nothing":                     "",
		"a login page":                "<!DOCTYPE html><html><body>Sign in</body></html>",
	}
	for name, rule := range map[string]string{
		"the 53rd Monday of a month": "FREQ=MONTHLY;BYDAY=53MO", "the sixth last": "FREQ=MONTHLY;BYDAY=-6MO", "53MO of a month in a year": "FREQ=YEARLY;BYMONTH=1;BYDAY=53MO",
		"Easter": "FREQ=YEARLY;BYEASTER=366", "before Easter": "FREQ=YEARLY;BYEASTER=-400",
		"an hour that is never met": "FREQ=HOURLY;INTERVAL=24;BYHOUR=5", "a minute that is never met": "FREQ=MINUTELY;INTERVAL=1440;BYHOUR=5",
		"a huge interval": "FREQ=DAILY;INTERVAL=9223372036854775807", "no interval": "FREQ=DAILY;INTERVAL=0", "no count": "FREQ=DAILY;COUNT=0",
		"a negative count": "FREQ=DAILY;COUNT=-3", "a huge count": "FREQ=DAILY;COUNT=99999999999999999999", "seconds": "FREQ=SECONDLY",
		"February 30": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "day by day": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "hour by hour": "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31",
		"a position that no hour has": "FREQ=HOURLY;BYSETPOS=2", "a position that no day has": "FREQ=DAILY;BYSETPOS=-2", "a position that no week has": "FREQ=WEEKLY;BYSETPOS=200",
		"every second of a year": "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=" + numbers(24) + ";BYMINUTE=" + numbers(60) + ";BYSECOND=" + numbers(60),
		"every position":         "FREQ=YEARLY;BYMONTHDAY=" + numbers(29)[2:] + ";BYSETPOS=" + numbers(120)[2:], "no such part": "FREQ=DAILY;BYMOON=1", "nothing": ";;;", "no frequency": "COUNT=1",
	} {
		pages["rule: "+name] = one("RRULE:" + rule)
	}
	pages["rule: the year 0"] = page("UID:x", "DTSTART:00000101T100000Z", "DTEND:00000101T110000Z", "RRULE:FREQ=DAILY")
	pages["rule: since 1601"] = page("UID:x", "DTSTART:16010101T100000Z", "DTEND:16010101T110000Z", "RRULE:FREQ=DAILY")
	pages["rule: counted since 1601"] = page("UID:x", "DTSTART:16010101T100000Z", "DTEND:16010101T110000Z", "RRULE:FREQ=YEARLY;COUNT=10000")
	return pages
})

func numbers(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprint(i)
	}
	return strings.Join(list, ",")
}

func manyDays(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = year.Start.Add(time.Duration(i) * time.Minute).Format("20060102T150405Z")
	}
	return strings.Join(list, ",")
}

func zonesWithoutEnd() string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\n")
	for i := range 12_000 {
		fmt.Fprintf(&b, "BEGIN:VTIMEZONE\r\nTZID:z%d\r\nBEGIN:STANDARD\r\nDTSTART:1601%04dT000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0%03d\r\nRRULE:FREQ=DAILY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n", i, 101+i%28, i%60)
		fmt.Fprintf(&b, "BEGIN:VEVENT\r\nUID:%d\r\nDTSTART;TZID=z%d:20261201T100000\r\nDTEND;TZID=z%d:20261201T110000\r\nEND:VEVENT\r\n", i, i, i)
	}
	b.WriteString("END:VCALENDAR\r\n")
	return b.String()
}

// Whatever a page holds, it is read within a second. What it held before it
// became hostile still blocks.
func TestHostilePages(t *testing.T) {
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			r, took := Result{}, time.Hour
			for try := 0; try < 3 && took > time.Second; try++ { // the machine may be busy with something else
				begun := spent()
				r = expand(year, hanna(), text)
				took = spent() - begun
			}
			if took > time.Second {
				t.Errorf("took %v", took)
			}
			sound(t, year, r)
			if strings.HasPrefix(text, page("UID:x")[:30]) && strings.Contains(text, "DTSTART:20261101T100000Z") && len(r.Instances) == 0 && len(r.Unknown) == 0 {
				t.Errorf("a busy hour has become free: %v", r.Notes)
			}
		})
	}
}

// sound checks what holds for every result.
func sound(t *testing.T, in kwadrans.Span, r Result) {
	t.Helper()
	for i, e := range r.Instances {
		if !e.Overlaps(in) || e.UID == "" || e.Start.Location() != time.UTC || i > 0 && e.Start.Before(r.Instances[i-1].Start) {
			t.Fatalf("instance %d is %+v", i, e)
		}
	}
	for i, u := range r.Unknown {
		if !in.Contains(u) || !u.Start.Before(u.End) || i > 0 && !u.Start.After(r.Unknown[i-1].End) {
			t.Fatalf("unknown %d is %v", i, u)
		}
	}
	if len(r.Notes) > maxNotes+2 {
		t.Fatalf("%d notes", len(r.Notes))
	}
	if r.Err != nil && len(r.Unknown) == 0 && in.Start.Before(in.End) {
		t.Fatal("what cannot be read is told to be free")
	}
}

// Each rule that can be written costs at most 50 ms and 10 MB.
func TestRulesAreCheap(t *testing.T) {
	for name, text := range hostile() {
		if !strings.HasPrefix(name, "rule: ") {
			continue
		}
		var before, after runtime.MemStats
		took := time.Hour
		for range 3 { // the machine may be busy with something else
			runtime.ReadMemStats(&before)
			begun := spent()
			expand(year, hanna(), text)
			took = min(took, spent()-begun)
			runtime.ReadMemStats(&after)
		}
		if grew := after.TotalAlloc - before.TotalAlloc; took > 50*time.Millisecond || grew > 10<<20 {
			t.Errorf("%s: %v and %d kB", name, took, grew>>10)
		}
	}
}

// What is refused or too much counts as busy, from where it is not known to
// where it ends, and a note says so.
func TestBudgets(t *testing.T) {
	day := func(s string) time.Time { return utc(s + "T00:00:00Z") }
	whole := []kwadrans.Span{year}
	from := func(s string) []kwadrans.Span { return []kwadrans.Span{{Start: utc(s), End: year.End}} }
	for name, c := range map[string]struct {
		page    string
		note    NoteKind
		unknown []kwadrans.Span
	}{
		"minutes":             {one("RRULE:FREQ=MINUTELY"), NoteRule, from("2026-11-01T10:00:00Z")},
		"minutes up to a day": {one("RRULE:FREQ=MINUTELY;UNTIL=20261103T000000Z"), NoteRule, []kwadrans.Span{{Start: utc("2026-11-01T10:00:00Z"), End: utc("2026-11-04T01:00:00Z")}}},
		"minutes long ago":    {page("UID:x", "DTSTART:20200101T100000Z", "DTEND:20200101T110000Z", "RRULE:FREQ=MINUTELY;UNTIL=20200103T000000Z"), NoteRule, nil},
		"hours":               {one("RRULE:FREQ=HOURLY;INTERVAL=2"), NoteBudget, from("2026-12-31T10:00:00Z")},
		"a few hours":         {one("RRULE:FREQ=HOURLY;INTERVAL=2;COUNT=700"), "", nil},
		"too many":            {one("RRULE:FREQ=DAILY;BYHOUR=" + numbers(24) + ";BYMINUTE=0,20,40"), NoteBudget, from("2027-01-09T20:40:00Z")},
		"a count too high":    {one("RRULE:FREQ=WEEKLY;COUNT=10001"), NoteLoose, nil},
		"another calendar":    {one("RRULE:RSCALE=HEBREW;FREQ=YEARLY"), NoteRule, from("2026-11-01T10:00:00Z")},
		"an unread day":       {one("RDATE:tomorrow"), NoteRule, from("2026-11-01T10:00:00Z")},
		"an event at no time": {page("UID:x", "SUMMARY:y"), NoteUntimed, nil},
		"at some time":        {page("UID:x", "DTSTART:soon"), NoteUntimed, whole},
		"before a time":       {page("UID:x", "DTSTART:soon", "DTEND:20261201T000000Z"), NoteUntimed, []kwadrans.Span{{Start: year.Start, End: day("2026-12-01")}}},
		"free at some time":   {page("UID:x", "DTSTART:soon", "TRANSP:TRANSPARENT"), "", nil},
		"cut":                 {strings.TrimSuffix(one(), "END:VEVENT\r\nEND:VCALENDAR\r\n"), NoteCut, whole},
		"too large":           {one() + strings.Repeat("x", maxPage), NoteBound, whole},
		"too many components": {one() + "BEGIN:VCALENDAR\r\n" + strings.Repeat("BEGIN:VTODO\r\nEND:VTODO\r\n", maxComponents) + "END:VCALENDAR\r\n", NoteBound, whole},
	} {
		t.Run(name, func(t *testing.T) {
			r := expand(year, hanna(), c.page)
			sound(t, year, r)
			if fmt.Sprint(r.Unknown) != fmt.Sprint(c.unknown) {
				t.Errorf("unknown is %v, not %v; notes %v", r.Unknown, c.unknown, r.Notes)
			}
			seen := c.note == "" && len(r.Notes) == 0
			for _, n := range r.Notes {
				seen = seen || n.Kind == c.note
			}
			if !seen {
				t.Errorf("no note %q in %v", c.note, r.Notes)
			}
		})
	}
}

// More instances than are kept, or nobody waiting any more, make the rest unknown.
func TestTheWholeIsBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\n")
	for i := range 2_000 {
		fmt.Fprintf(&b, "BEGIN:VEVENT\r\nUID:%d\r\nDTSTART:20200106T100000Z\r\nDTEND:20200106T110000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n", i)
	}
	b.WriteString("END:VCALENDAR\r\n")
	r := expand(year, hanna(), b.String())
	sound(t, year, r)
	if n := len(r.Instances); n > maxInstances || n < maxInstances/2 || fmt.Sprint(r.Unknown) != fmt.Sprint([]kwadrans.Span{year}) {
		t.Errorf("%d instances, unknown %v, %v", n, r.Unknown, r.Notes)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r = Expand(ctx, [][]byte{[]byte(one())}, year, hanna())
	if fmt.Sprint(r.Unknown) != fmt.Sprint([]kwadrans.Span{year}) {
		t.Errorf("nobody waits, and unknown is %v", r.Unknown)
	}
}

// An hourly or daily rule that fits nothing, in thousands of events, ends as well.
func TestBarrenRulesAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\n")
	for i := range 10_000 {
		fmt.Fprintf(&b, "BEGIN:VEVENT\r\nUID:%d\r\nDTSTART:20200106T100000Z\r\nDTEND:20200106T110000Z\r\nRRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31\r\nEND:VEVENT\r\n", i)
	}
	b.WriteString("END:VCALENDAR\r\n")
	begun := spent()
	r := expand(year, hanna(), b.String())
	if d := spent() - begun; d > 8*time.Second || len(r.Unknown) != 1 {
		t.Errorf("took %v, unknown %v", d, r.Unknown)
	}
}
