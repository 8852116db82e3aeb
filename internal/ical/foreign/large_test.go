package foreign

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// tenThousand is a large calendar: 9 000 single events and 1 000 series since 2010.
func tenThousand() string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n" + warsaw)
	day := utc("2020-01-01T09:00:00Z")
	rules := []string{"FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=DAILY;INTERVAL=3", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20271231T225959Z"}
	for i := range 10_000 {
		start := day.Add(time.Duration(i) * 7 * time.Hour)
		rule := ""
		if i%10 == 0 {
			start = start.AddDate(-10, 0, 0)
			rule = "RRULE:" + rules[i/10%len(rules)] + "\r\n"
		}
		fmt.Fprintf(&b, "BEGIN:VEVENT\r\nUID:%d@example.com\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Warsaw:%s\r\nDTEND;TZID=Europe/Warsaw:%s\r\n%s"+
			"SUMMARY:Spotkanie numer %d\r\nDESCRIPTION:Opis\\, dość długi\\nw dwóch wierszach\r\nLOCATION:ul. Długa 5\\; lok. 3\r\nSTATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\n"+
			"ORGANIZER;CN=\"Ćwik, Hanna\":mailto:hanna@example.com\r\nATTENDEE;CN=Anna;PARTSTAT=ACCEPTED:mailto:anna@example.com\r\n"+
			"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT10M\r\nEND:VALARM\r\nEND:VEVENT\r\n",
			i, start.Format("20060102T150405"), start.Add(45*time.Minute).Format("20060102T150405"), rule, i)
	}
	b.WriteString("END:VCALENDAR\r\n")
	return b.String()
}

// A large calendar is expanded well within two seconds.
func TestLargeCalendarIsFast(t *testing.T) {
	text := tenThousand()
	begun := spent()
	r := expand(year, hanna(), text)
	if took := spent() - begun; took > 2*time.Second {
		t.Errorf("took %v", took)
	}
	if sound(t, year, r); len(r.Instances) < 20_000 || len(r.Unknown) > 0 || len(r.Notes) > 0 {
		t.Errorf("%d instances, unknown %v, %v", len(r.Instances), r.Unknown, r.Notes)
	}
}

// A server has thousands of objects, each with its own copy of the same zone:
// none of them counts as one zone more.
func TestManyObjectsShareAZone(t *testing.T) {
	pages := make([]string, 2*maxZones)
	for i := range pages {
		pages[i] = "BEGIN:VCALENDAR\r\n" + strings.ReplaceAll(warsaw, "Europe/Warsaw", "Office") + "BEGIN:VEVENT\r\nUID:" + fmt.Sprint(i) +
			"\r\nDTSTART;TZID=Office:20261102T090000\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	}
	r := expand(year, Rules{}, pages...)
	if len(r.Instances) != len(pages) || len(r.Notes) > 0 || !r.Instances[0].Start.Equal(utc("2026-11-02T08:00:00Z")) || !r.Instances[len(pages)-1].Start.Equal(r.Instances[0].Start) {
		t.Errorf("%d instances, the first %+v, notes %v", len(r.Instances), r.Instances[0], r.Notes)
	}
}
