package ical

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// FuzzPage writes letters about anything. Whatever the fields hold, the page
// has exactly the properties that its kind has, with the values that were meant.
func FuzzPage(f *testing.F) {
	add := func(host, guest, topic, note, detail, link string, kind uint8) {
		f.Add(host, guest, "anna@example.com", topic, note, detail, link, kind, int64(1795788900), int64(3600))
	}
	add("Hanna Ćwik", "Priya Raghunathan", "Porada prawna", "", "", joinURL, 0)
	// What go-ical lets through or stumbles over.
	add("Hanna\r\nX-INJECTED:1", "Priya\r\nATTENDEE:mailto:eve@evil.example", "a\r\nb", "c\r\nd", "", joinURL, 0)
	add(`Jan "Jaś"`, `"A"B:x`, `"`, `\`, "", joinURL, 1)
	add("Han\x00na", "Pri\x7fya", "a\x00b", "\x1b", "", joinURL, 2)
	add("a;b:c,d", "^n^'^^", `\n\N\,\;\\`, "\u2028\u2029\u0085\u202E", "ul. Długa 5; lok. 3", "https://a.example/,;", 7)
	add("👩‍⚖️", "\xff\xfe", strings.Repeat("Żółć", 50), strings.Repeat("👩‍⚖️", 60), "+48 600 000 000", "https://zoom.us/s/1?zak=x", 10)
	f.Fuzz(func(t *testing.T, host, guest, email, topic, note, detail, link string, kind uint8, start, length int64) {
		l := fuzzed(host, guest, email, topic, note, detail, link, kind)
		l.Booking.Start = time.Unix(start, 0)
		l.Booking.End = l.Booking.Start.Add(time.Duration(length%(1<<30)) * time.Second)
		page, err := Page(l)
		if err != nil {
			if c := kwadrans.CodeOf(err); page != nil || c == kwadrans.CodeInternal && dated(l.Booking.Start) && dated(l.Booking.End) && length%(1<<30) > 0 {
				t.Fatalf("%v, with %d bytes", err, len(page))
			}
			return
		}
		checkFuzzed(t, l, page)
	})
}

// fuzzed spreads the bits of kind over what a letter may be.
func fuzzed(host, guest, email, topic, note, detail, link string, kind uint8) kwadrans.Letter {
	to := kwadrans.Attendee{Name: guest, Email: email, Zone: "America/New_York", Lang: kwadrans.Polish}
	l := letter(to)
	l.Booking.TopicName, l.Booking.Note, l.Booking.Reason = topic, note, note
	l.Booking.Host.Name, l.Booking.Attendees = host, []kwadrans.Attendee{to}
	l.Booking.Zoom.JoinURL, l.Booking.Zoom.Passcode = link, detail
	l.Kind = []kwadrans.LetterKind{kwadrans.LetterInvitation, kwadrans.LetterMoved, kwadrans.LetterCancelled}[kind%3]
	l.Booking.Place = kwadrans.Place{
		Kind:   []kwadrans.PlaceKind{kwadrans.PlaceZoom, kwadrans.PlacePhone, kwadrans.PlaceAddress, kwadrans.PlaceLink}[kind/3%4],
		Detail: detail,
	}
	l.ToHost = kind/12%2 == 1
	return l
}

// checkFuzzed wants the multiset of names, counted here by hand, and the values.
func checkFuzzed(t *testing.T, l kwadrans.Letter, page []byte) {
	lines, err := parse(page)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	got := map[string]prop{}
	for _, p := range lines {
		names = append(names, p.name)
		got[p.name] = p.prop
	}
	slices.Sort(names)
	if want := expected(l); !slices.Equal(names, want) {
		t.Fatalf("got %v, want %v\n%s", names, want, page)
	}
	if a, ok := got["ATTENDEE"]; ok && !strings.HasPrefix(a.value, "mailto:") || ok && strings.ContainsAny(a.value, " \"\\\r\n") {
		t.Fatalf("got %+v", a)
	}
	for _, complaint := range lint(page) {
		t.Fatalf("%s\n%s", complaint, page)
	}
}

// expected are the names of the properties that a letter's page has.
func expected(l kwadrans.Letter) []string {
	names := []string{
		"CALSCALE", "METHOD", "PRODID", "VERSION",
		"CLASS", "CREATED", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "LAST-MODIFIED",
		"SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "UID", "X-MICROSOFT-CDO-BUSYSTATUS",
	}
	if !l.ToHost {
		names = append(names, "ATTENDEE", "ORGANIZER")
	}
	off := l.Kind == kwadrans.LetterCancelled
	switch k := l.Booking.Place.Kind; {
	case k == kwadrans.PlaceZoom && !off:
		names = append(names, "CONFERENCE", "LOCATION", "URL")
	case k == kwadrans.PlaceLink && !off && l.Booking.Place.Detail != "":
		names = append(names, "LOCATION", "URL")
	case (k == kwadrans.PlacePhone || k == kwadrans.PlaceAddress) && kwadrans.CleanLine(l.Booking.Place.Detail) != "":
		names = append(names, "LOCATION")
	}
	slices.Sort(names)
	return names
}
