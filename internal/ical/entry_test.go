package ical

import (
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

func TestEntry(t *testing.T) {
	l := hostCopy()
	b, p := l.Booking, kwadrans.Profile{Name: "Ola", Email: "ola@example.com", Zone: "Europe/Warsaw", Lang: kwadrans.Polish}
	page, err := Entry(b, p, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"METHOD", "ORGANIZER", "ATTENDEE", "VALARM"} {
		if strings.Contains(string(page), never) {
			t.Errorf("%s in\n%s", never, page)
		}
	}
	key := EntryKey(page)
	if key == "" {
		t.Fatal("our own page cannot be read")
	}
	alarm := "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nDESCRIPTION:x\r\nEND:VALARM\r\n"
	found := strings.Replace(string(page), "END:VEVENT", alarm+"X-COLOUR:red\r\nEND:VEVENT", 1)
	if EntryKey([]byte(found)) != key {
		t.Error("a reminder makes another event of it")
	}
	kept, err := Entry(b, p, []byte(found))
	if err != nil || !strings.Contains(string(kept), alarm+"END:VEVENT\r\n") || strings.Contains(string(kept), "X-COLOUR") {
		t.Errorf("%v\n%s", err, kept)
	}
	for name, change := range map[string][2]string{
		"title": {"SUMMARY:", "SUMMARY:x"}, "start": {"DTSTART:2", "DTSTART:1"}, "revision": {"SEQUENCE:", "SEQUENCE:1"}, "state": {"STATUS:CONFIRMED", "STATUS:TENTATIVE"},
	} {
		other := strings.Replace(string(page), change[0], change[1], 1)
		if other == string(page) || EntryKey([]byte(other)) == key {
			t.Errorf("another %s is not seen", name)
		}
	}
	for _, bad := range []string{"", "BEGIN:VCALENDAR\r\n", "DTSTART;TZID=Europe/Warsaw", "BEGIN:VCALENDAR\r\nATTENDEE;CN=\"A\"B:x\r\nEND:VCALENDAR\r\n"} {
		if got := EntryKey([]byte(bad)); got != "" {
			t.Errorf("%q is read as %s", bad, got)
		}
	}
	open := strings.Replace(string(page), "END:VEVENT", "BEGIN:VALARM\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT", 1)
	if kept, err := Entry(b, p, []byte(open)); err != nil || strings.Contains(string(kept), "VALARM") {
		t.Errorf("half a reminder is kept: %v\n%s", err, kept)
	}
}
