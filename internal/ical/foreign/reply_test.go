package foreign

import (
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

const uid = "019ab7c2-41d8-7e30-9c55-2f0d6b1a7e94@kwadrans"

// answers as calendar programs write them: folded, with capitals, without ORGANIZER.
var answers = map[string]struct {
	page string
	want kwadrans.Reply
}{
	"Google": {
		"BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n" +
			"DTSTART:20261127T091500Z\r\nDTEND:20261127T101500Z\r\nDTSTAMP:20261124T101112Z\r\nORGANIZER;CN=Hanna:mailto:h@example.com\r\nUID:" + uid + "\r\n" +
			"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=anna@example\r\n .com;X-NUM-GUESTS=0:mailto:anna@example.com\r\n" +
			"SEQUENCE:1\r\nSTATUS:CONFIRMED\r\nSUMMARY:Porada\r\nTRANSP:OPAQUE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		kwadrans.Reply{Method: "REPLY", UID: uid, Sequence: 1, Email: "anna@example.com", Answer: kwadrans.Accepted},
	},
	"Exchange": {
		"BEGIN:VCALENDAR\nMETHOD:REPLY\nPRODID:Microsoft Exchange Server 2010\nVERSION:2.0\nBEGIN:VTIMEZONE\nTZID:Central European Standard Time\nBEGIN:STANDARD\n" +
			"DTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\n" +
			"DTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n" +
			"BEGIN:VEVENT\nATTENDEE;PARTSTAT=DECLINED;CN=Anna:MAILTO:Anna@Example.com\nCOMMENT;LANGUAGE=pl-PL:Nie mogę\\, wyjazd\\n\nUID:" + uid + "\n" +
			"DTSTART;TZID=Central European Standard Time:20261127T101500\nDTEND;TZID=Central European Standard Time:20261127T111500\nDTSTAMP:20261124T101112Z\n" +
			"SEQUENCE:1\nEND:VEVENT\nEND:VCALENDAR\n",
		kwadrans.Reply{Method: "REPLY", UID: uid, Sequence: 1, Email: "anna@example.com", Answer: kwadrans.Declined, Comment: "Nie mogę, wyjazd"},
	},
	"a counter": {
		"BEGIN:VCALENDAR\r\nMETHOD:COUNTER\r\nBEGIN:VEVENT\r\nUID:" + uid + "\r\nDTSTAMP:20261124T101112Z\r\nDTSTART:20261127T091500Z\r\nDTEND:20261127T101500Z\r\n" +
			"ATTENDEE;PARTSTAT=TENTATIVE:mailto:anna@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		kwadrans.Reply{Method: "COUNTER", UID: uid, Sequence: -1, Email: "anna@example.com", Answer: kwadrans.Tentative},
	},
}

func TestReplies(t *testing.T) {
	for name, c := range answers {
		want := c.want
		want.Stamp = time.Date(2026, 11, 24, 10, 11, 12, 0, time.UTC)
		want.Span = kwadrans.Span{Start: time.Date(2026, 11, 27, 9, 15, 0, 0, time.UTC), End: time.Date(2026, 11, 27, 10, 15, 0, 0, time.UTC)}
		got, err := Replies(t.Context(), []byte(c.page), nil)
		if err != nil || len(got) != 1 || got[0] != want {
			t.Errorf("%s: %+v (%v)\nwant %+v", name, got, err, want)
		}
	}
}

func TestRepliesRefuse(t *testing.T) {
	many := "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n" + strings.Repeat("BEGIN:VEVENT\r\nUID:x\r\nATTENDEE:mailto:a@b.c\r\nEND:VEVENT\r\n", 5000) + "END:VCALENDAR\r\n"
	if got, err := Replies(t.Context(), []byte(many), nil); err != nil || len(got) > maxReplies {
		t.Errorf("%d answers (%v)", len(got), err)
	}
	for _, bad := range []string{"", "<html>", "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"} {
		if got, err := Replies(t.Context(), []byte(bad), nil); kwadrans.CodeOf(err) != kwadrans.CodeInvalid {
			t.Errorf("%q: %+v %v", bad, got, err)
		}
	}
}

func FuzzReplies(f *testing.F) {
	for _, c := range answers {
		f.Add([]byte(c.page))
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		list, err := Replies(t.Context(), page, nil)
		if len(list) > maxReplies || (err == nil) == (len(list) == 0) {
			t.Errorf("%d answers, %v", len(list), err)
		}
		for _, r := range list {
			if strings.ContainsAny(r.UID+r.Email, "\r\n") || len(r.Comment) > maxComment+10 {
				t.Errorf("%+v", r)
			}
		}
	})
}
