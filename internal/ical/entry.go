package ical

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	goical "github.com/emersion/go-ical"

	"kwadrans/internal/kwadrans"
)

// Entry writes a booking as the event that stands in a calendar of the host (RFC 4791
// §4.1): without METHOD, and without ORGANIZER and ATTENDEE, for which a calendar server
// would send invitations of its own. Reminders that stand in found, the event as it is in
// the calendar, are kept; nil for none. The same revision gives the same bytes. Errors:
// as Export.
func Entry(b kwadrans.Booking, p kwadrans.Profile, found []byte) ([]byte, error) {
	e, err := fromBooking(b, p, b.Updated.UTC().Truncate(time.Second))
	if err != nil {
		return nil, err
	}
	page, err := write("", []event{e})
	if err != nil {
		return nil, err
	}
	return bytes.Replace(page, []byte("END:VEVENT\r\n"), append(alarms(found), "END:VEVENT\r\n"...), 1), nil
}

// alarms returns the reminders of a page as they stand there, at most as much as a
// person would set.
func alarms(page []byte) (list []byte) {
	const begin, end, most = "BEGIN:VALARM\r\n", "END:VALARM\r\n", 8 << 10
	for {
		_, rest, ok := bytes.Cut(page, []byte(begin))
		alarm, rest, whole := bytes.Cut(rest, []byte(end))
		if !ok || !whole || len(list)+len(alarm) > most || bytes.Contains(alarm, []byte("BEGIN:")) || bytes.Contains(alarm, []byte("END:")) {
			return list
		}
		list = append(append(append(list, begin...), alarm...), end...)
		page = rest
	}
}

// EntryKey is the same for two pages that tell of the same event: its title, place, time,
// state and revision. Servers and programs write it in words of their own, and people add
// reminders and colours, which count for nothing here. Empty for a page that cannot be read.
func EntryKey(page []byte) (key string) {
	defer func() {
		if recover() != nil { // the reader of the library, on what somebody else wrote
			key = ""
		}
	}()
	cal, err := goical.NewDecoder(bytes.NewReader(page)).Decode()
	if err != nil || len(cal.Events()) != 1 {
		return ""
	}
	e := cal.Events()[0]
	start, err := e.DateTimeStart(time.UTC)
	if err != nil {
		return ""
	}
	end, err := e.DateTimeEnd(time.UTC)
	if err != nil {
		return ""
	}
	h := sha256.New()
	for _, name := range []string{goical.PropUID, goical.PropSummary, goical.PropLocation, goical.PropStatus, goical.PropSequence} {
		text := ""
		if p := e.Props.Get(name); p != nil {
			text = p.Value
		}
		fmt.Fprintf(h, "%d %s\n", len(text), text)
	}
	fmt.Fprintln(h, start.Unix(), end.Unix())
	return hex.EncodeToString(h.Sum(nil)[:8])
}
