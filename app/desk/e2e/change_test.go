//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// A booking is moved and that is taken back, of which nobody outside hears; it is moved
// for good, cancelled, and restored. Each time what goes out is shown before it does.
func TestABookingIsMovedWithUndoCancelledAndRestored(t *testing.T) {
	o := newOffice(t, kwadrans.English)
	w := open(t, opts{home: o.home, env: o.env})
	w.find(`//*[@data-booking][contains(., "Priya Raghunathan")]//*[@data-row]`).click()
	w.lights("Zoom: done", "Letters: done")
	letters, calls := len(o.box.Mail.Letters()), o.changes()

	w.move()
	w.says("We change the time of the same meeting")
	w.find(`[data-test=change-view] mark`)
	w.find(`[data-test=change-do]`).click()
	w.gone(`[role=dialog]`)
	w.says("The letters go out in")
	w.chord(keyCtrl, "z")
	w.says("The change is undone")
	if n, c := len(o.box.Mail.Letters()), o.changes(); n != letters || c != calls {
		t.Errorf("an undone move sent %d letters and made %d calls", n-letters, c-calls)
	}

	w.move()
	w.find(`[data-test=change-do]`).click()
	w.gone(`[role=dialog]`)
	w.until("the letters of the move", func() bool { return len(o.box.Mail.Letters()) > letters+1 })
	if c := o.changes(); c != calls+1 {
		t.Errorf("a move made %d calls", c-calls)
	}

	w.find(`[data-test=detail-cancel]`).click()
	w.find(`[data-test=cancel-form] textarea`).type_("An illness")
	w.find(`[data-test=cancel-send]`).click()
	w.says("We delete the meeting, its link ends")
	w.find(`[data-test=change-do]`).click()
	w.gone(`[role=dialog]`)
	w.find(`[data-test=detail-restore]`).click()
	w.says("We make a new meeting")
	w.find(`[data-test=change-do]`).click()
	w.gone(`[role=dialog]`)
	w.lights("Zoom: done", "Letters: done")
}

// changes counts the meetings that were changed at Zoom.
func (o *office) changes() (n int) {
	for _, e := range o.box.World.Journal() {
		if e.Method == "PATCH" {
			n++
		}
	}
	return n
}

// move chooses another start for the open booking, up to what goes out.
func (w *window) move() {
	w.t.Helper()
	w.find(`[data-test=detail-move]`).click()
	w.freeStart().click()
	w.find(`[data-test=newbooking-free]`)
	w.find(`[data-test=change-next]`).click()
	w.find(`[data-test=change-do]:not([aria-disabled])`)
}

// A letter that an attendee sent back is read, shown, and kept.
func TestAnAnswerFromAFile(t *testing.T) {
	o := newPlainOffice(t, kwadrans.English)
	o.openWith(map[string]string{})
	list, _, err := o.h.Store.BookingList(t.Context(), kwadrans.ListAsk{When: kwadrans.ListUpcoming, Now: time.Now(), Limit: 1})
	o.must(err)
	o.close()
	w := open(t, opts{home: o.home})
	path := filepath.Join(t.TempDir(), "answer.eml")
	o.must(os.WriteFile(path, fmt.Appendf(nil, "From: %s\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:%s\r\n"+
		"DTSTAMP:20260101T000000Z\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", list[0].Attendees[0].Email, list[0].UID, list[0].Attendees[0].Email), 0o600))
	w.find(`[data-row]`).click()
	w.button("Answer from a file…").click()
	w.chooseFile("Choose a letter or calendar file with an answer", path)
	w.says("Zdzisława Śmigły-Rydz: yes")
	w.find(`[data-test=answer-keep]`).click()
	w.gone(`[role=dialog]`)
	w.says("The answer is kept")
}
