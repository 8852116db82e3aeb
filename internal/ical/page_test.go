package ical

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

var update = flag.Bool("update", false, "write the golden pages anew")

func golden(name string) string { return filepath.Join("testdata", "pages", name+".ics") }

func TestGolden(t *testing.T) {
	all := pages(t)
	for name, got := range all {
		if *update {
			if err := os.WriteFile(golden(name), got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden(name))
		if err != nil {
			t.Error(err)
		} else if !bytes.Equal(got, want) {
			t.Errorf("%s differs; look at it and run with -update\n%s", name, got)
		}
	}
	files, err := filepath.Glob(golden("*"))
	if err != nil || len(files) != len(all) {
		t.Errorf("there are %d files for %d pages (%v)", len(files), len(all), err)
	}
}

func TestPageIsDeterministic(t *testing.T) {
	first, second := pages(t), pages(t)
	for name := range first {
		if !bytes.Equal(first[name], second[name]) {
			t.Errorf("%s has other bytes the second time", name)
		}
	}
}

func TestPageRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		code   kwadrans.Code
		change func(*kwadrans.Letter)
	}{
		"no Zoom meeting":       {kwadrans.CodeWaiting, func(l *kwadrans.Letter) { l.Booking.Zoom = nil }},
		"no Zoom link":          {kwadrans.CodeWaiting, func(l *kwadrans.Letter) { l.Booking.Zoom = &kwadrans.ZoomMeeting{ID: 1} }},
		"no start":              {kwadrans.CodeInternal, func(l *kwadrans.Letter) { l.Booking.Start = time.Time{} }},
		"no end":                {kwadrans.CodeInternal, func(l *kwadrans.Letter) { l.Booking.End = time.Time{} }},
		"no stamp":              {kwadrans.CodeInternal, func(l *kwadrans.Letter) { l.Stamp = time.Time{} }},
		"no length":             {kwadrans.CodeInternal, func(l *kwadrans.Letter) { l.Booking.End = l.Booking.Start.Add(time.Millisecond) }},
		"a year of five digits": {kwadrans.CodeInternal, func(l *kwadrans.Letter) { l.Booking.End = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }},
		"no UID":                {kwadrans.CodeInternal, func(l *kwadrans.Letter) { l.Booking.UID = "" }},
		"a UID of two lines":    {kwadrans.CodeInternal, func(l *kwadrans.Letter) { l.Booking.UID = "a\r\nb" }},
		"no revision":           {kwadrans.CodeInternal, func(l *kwadrans.Letter) { l.Sequence = -1 }},
		"an unknown kind":       {kwadrans.CodeInternal, func(l *kwadrans.Letter) { l.Kind = "reminder" }},
		"a lost host's copy":    {kwadrans.CodeInternal, func(l *kwadrans.Letter) { l.Kind = kwadrans.LetterHost }},
		"a bad sender":          {kwadrans.CodeInvalid, func(l *kwadrans.Letter) { l.From = "a@b.c>\r\nX:1" }},
		"a bad reader":          {kwadrans.CodeInvalid, func(l *kwadrans.Letter) { l.To.Email = "x: a@b.c;" }},
		"a link of two lines":   {kwadrans.CodeInvalid, func(l *kwadrans.Letter) { l.Booking.Zoom.JoinURL = "https://zoom.us/j/1\r\nX:1" }},
		"a link that is none":   {kwadrans.CodeInvalid, func(l *kwadrans.Letter) { l.Booking.Zoom.JoinURL = "javascript:alert(1)" }},
		"a link without host":   {kwadrans.CodeInvalid, func(l *kwadrans.Letter) { l.Booking.Zoom.JoinURL = "https://:443/j/1" }},
		"the host's own link":   {kwadrans.CodeInvalid, func(l *kwadrans.Letter) { l.Booking.Zoom.JoinURL = "https://zoom.us/s/1?zak=eyJ" }},
		"a start link by hand":  {kwadrans.CodeInvalid, func(l *kwadrans.Letter) { *l = inPlace(*l, kwadrans.PlaceLink, "https://zoom.us/s/1?x=1&zak=eyJ") }},
	} {
		for _, write := range []func(kwadrans.Letter) ([]byte, error){Page, Copy} {
			l := with(letter(priya), c.change)
			page, err := write(l)
			var e *kwadrans.Error
			if page != nil || !errors.As(err, &e) || e.Code != c.code {
				t.Errorf("%s: got %d bytes and %v, want %s", name, len(page), err, c.code)
			}
		}
	}
}

// A meeting that is off needs no link: who was invited must be told all the same.
func TestCancelNeedsNoLink(t *testing.T) {
	l := off(letter(priya))
	l.Booking.Zoom = nil
	if _, err := Page(l); err != nil {
		t.Error(err)
	}
}

func TestCopyNamesNobody(t *testing.T) {
	page := must(t, "copy")(Copy(letter(priya)))
	got := find(t, page)
	if got.one("METHOD") != publish || got["ATTENDEE"] != nil || got["ORGANIZER"] != nil || got.one("URL") != joinURL {
		t.Errorf("got %v", got)
	}
}

// An attendee must not learn of another one.
func TestAttendeeReadsAboutNobodyElse(t *testing.T) {
	for _, l := range []kwadrans.Letter{letter(priya), moved(letter(priya)), off(letter(priya))} {
		page := unfold(must(t, string(l.Kind))(Page(l)))
		for _, word := range []string{bartek.Email, bartek.Name, "zak=", "start_url"} {
			if bytes.Contains(page, []byte(word)) {
				t.Errorf("%s: the page tells %q", l.Kind, word)
			}
		}
	}
}

func TestZoneThatIsUnknownIsReplaced(t *testing.T) {
	l := letter(priya)
	l.To.Zone = "Mars/Olympus"
	if text := find(t, must(t, "zone")(Page(l))).one("DESCRIPTION"); !bytes.Contains([]byte(text), []byte("15:15–16:15, Warsaw (GMT+1)")) {
		t.Errorf("got %q", text)
	}
	l.Booking.Wall.Zone = ""
	if text := find(t, must(t, "zone")(Page(l))).one("DESCRIPTION"); !bytes.Contains([]byte(text), []byte("14:15–15:15, UTC (GMT)")) {
		t.Errorf("got %q", text)
	}
}

func TestExportRefuses(t *testing.T) {
	b := booked()
	b.UID = ""
	if page, err := Export([]kwadrans.Booking{booked(), b}, profile, utc("2026-11-24T12:00:00Z")); page != nil || kwadrans.CodeOf(err) != kwadrans.CodeInternal {
		t.Errorf("got %d bytes and %v", len(page), err)
	}
	if page, err := Export([]kwadrans.Booking{booked()}, profile, time.Time{}); page != nil || kwadrans.CodeOf(err) != kwadrans.CodeInternal {
		t.Errorf("without a stamp: got %d bytes and %v", len(page), err)
	}
}

// The order of the list must not matter.
func TestExportIsOrdered(t *testing.T) {
	a, b := booked(), at(booked(), "2026-12-03T08:00:00Z", time.Hour)
	b.UID = "b@kwadrans"
	stamp := utc("2026-11-24T12:00:00Z")
	one := must(t, "one")(Export([]kwadrans.Booking{a, b}, profile, stamp))
	two := must(t, "two")(Export([]kwadrans.Booking{b, a}, profile, stamp))
	if !bytes.Equal(one, two) {
		t.Error("two orders give two files")
	}
}

func TestGrouped(t *testing.T) {
	for id, want := range map[int64]string{87255180342: "872 5518 0342", 8725518034: "872 551 8034", 872551803: "872 551 803", 12: "12", -87255180342: "-87255180342"} {
		if got := grouped(&kwadrans.ZoomMeeting{ID: id}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// found holds the values of the properties of a page by name.
type found map[string][]string

func (f found) one(name string) string {
	if len(f[name]) != 1 {
		return ""
	}
	return f[name][0]
}

func find(t *testing.T, page []byte) found {
	t.Helper()
	lines, err := parse(page)
	if err != nil {
		t.Fatal(err)
	}
	f := found{}
	for _, l := range lines {
		f[l.name] = append(f[l.name], l.value)
	}
	return f
}

// A change of anything but the time leaves the answer, a new time asks anew.
func TestAnswerIsKept(t *testing.T) {
	for answer, want := range map[kwadrans.Answer]string{
		kwadrans.NoAnswer: "NEEDS-ACTION", kwadrans.Accepted: "ACCEPTED", kwadrans.Declined: "DECLINED", kwadrans.Tentative: "TENTATIVE", "": "NEEDS-ACTION",
	} {
		l := letter(priya)
		l.To.Answer = answer
		if page := unfold(must(t, want)(Page(l))); !bytes.Contains(page, []byte(";PARTSTAT="+want+";")) {
			t.Errorf("%q: no %s in\n%s", answer, want, page)
		}
		l.Kind = kwadrans.LetterMoved
		if page := unfold(must(t, want)(Page(l))); !bytes.Contains(page, []byte(";PARTSTAT=NEEDS-ACTION;")) {
			t.Errorf("%q: a new time does not ask anew", answer)
		}
	}
}

// What is not known is left out, never written empty.
func TestNothingIsEmpty(t *testing.T) {
	b := booked()
	b.Created, b.Updated, b.Attendees, b.Note, b.Place = time.Time{}, time.Time{}, nil, "", kwadrans.Place{}
	page := must(t, "bare")(Export([]kwadrans.Booking{b}, profile, utc("2026-11-24T12:00:00Z")))
	if complaints := lint(page); len(complaints) > 0 {
		t.Errorf("%v in\n%s", complaints, page)
	}
	if got := find(t, page); got["CREATED"] != nil || got["LAST-MODIFIED"] != nil || got["LOCATION"] != nil {
		t.Errorf("got %v", got)
	}
}
