package desk

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// An answer that is dropped on the window is told, and kept when that is wished.
func TestADroppedAnswer(t *testing.T) {
	f := newFixture(t)
	f.sandbox()
	topic := f.topic()
	_, cell := f.free(topic.Slug)
	b := f.book(topic.Slug, cell.Start).Booking
	a := &Answers{f.desk}
	answer := func(method, email, start string) string {
		path := filepath.Join(t.TempDir(), "answer.ics")
		f.must(os.WriteFile(path, fmt.Appendf(nil, "BEGIN:VCALENDAR\r\nMETHOD:%s\r\nBEGIN:VEVENT\r\nUID:%s@kwadrans\r\nDTSTAMP:20260101T000000Z\r\n%s"+
			"ATTENDEE;PARTSTAT=TENTATIVE:mailto:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", method, b.ID, start, email), 0o600))
		return path
	}
	path := answer("REPLY", "Anna@example.com", "")
	f.desk.Dropped([]string{path})
	if told := f.wait(EventDropped); told != path {
		t.Errorf("the page is told %v", told)
	}
	list := got[[]Said](t)(a.Weigh(path))
	if len(list) != 1 || list[0].Verdict != "applies" || list[0].Answer != "tentative" || list[0].Name != "Anna Nowak" || list[0].Booking.ID != b.ID {
		t.Fatalf("%+v", list)
	}
	if now := got[Booking](t)(a.Keep(path, "anna@example.com")); now.Attendees[0].Answer != "tentative" {
		t.Errorf("kept: %+v", now.Attendees)
	}
	if _, err := a.Keep(path, "anna@example.com"); code(t, err) != "invalid-input" {
		t.Error("kept twice")
	}
	if _, err := a.Keep(path, "eve@example.com"); code(t, err) != "not-found" {
		t.Error("kept of somebody else")
	}
	at, err := time.Parse(time.RFC3339, b.Start)
	f.must(err)
	at = at.Add(time.Hour).UTC()
	list = got[[]Said](t)(a.Weigh(answer("COUNTER", "anna@example.com", "DTSTART:"+at.Format("20060102T150405Z")+"\r\n")))
	if list[0].Verdict != "proposes" || !same(t, list[0].Proposed, at.Format(time.RFC3339)) {
		t.Errorf("%+v", list)
	}
	if list = got[[]Said](t)(a.Weigh(answer("REPLY", "eve@example.com", ""))); list[0].Verdict != "stranger" {
		t.Errorf("%+v", list)
	}
	if _, err := a.Weigh(filepath.Join(t.TempDir(), "none.eml")); code(t, err) != "not-found" {
		t.Error("a file that is not there")
	}
	f.saves = path
	if chosen := got[string](t)(a.Choose()); chosen != path || f.kinds[0].Pattern != "*.eml;*.ics" {
		t.Errorf("chosen %s of %v", chosen, f.kinds)
	}
}
