//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// hearing is a calendar with one entry that lasts an hour.
func hearing(title string, start time.Time) string {
	return fmt.Sprintf("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//X//EN\r\nBEGIN:VEVENT\r\nUID:hearing\r\nDTSTAMP:20260101T000000Z\r\n"+
		"DTSTART:%s\r\nDURATION:PT1H\r\nSUMMARY:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", start.UTC().Format("20060102T150405Z"), title)
}

// A calendar of others makes busy and says why, is told apart when its server is away, and
// goes by one press.
func TestACalendarMakesBusyGoesStaleAndIsDropped(t *testing.T) {
	o := newPlainOffice(t, kwadrans.English)
	day := o.workdays(1)[0]
	noon := time.Date(day.Year(), day.Month(), day.Day(), 15, 0, 0, 0, day.Location())
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, hearing("Court hearing", noon)) }))
	defer site.Close()

	w := open(t, opts{home: o.home})
	w.button("Integrations").click()
	w.button("Calendars").click()
	w.says("No other calendars")
	w.find(`[data-test=calendar-add]`).click()
	w.find(`[data-test=calendar-address]`).type_(site.URL + "/secret-token/work.ics" + keyEnter)
	w.says("leads into your own network")
	w.find(`[data-test=calendar-near] input`).click()
	w.find(`[data-test=calendar-name]`).fill("Chambers")
	w.press(keyEnter)
	w.gone(`[role=dialog]`)
	w.says("Calendar added: Chambers")
	w.find(`[data-name=Chambers][data-state=fresh]`)
	if w.reads("secret-token") {
		t.Error("the address of the calendar is shown whole")
	}

	w.button("Bookings").click()
	w.reason(noon, "“Court hearing” (Chambers, as of ")

	site.Close()
	w.button("Integrations").click()
	w.button("Calendars").click()
	w.find(`[data-name=Chambers] [aria-haspopup=menu]`).click()
	w.button("Look now").click()
	w.find(`[data-name=Chambers][data-state=stale]`)
	w.says("The server cannot be reached")
	w.says("What was read still counts")
	w.button("Bookings").click()
	w.reason(noon, "“Court hearing” (Chambers, as of ")

	w.button("Integrations").click()
	w.button("Calendars").click()
	w.find(`[data-test=calendar-drop]`).click()
	w.says("No other calendars")
	w.chord(keyCtrl, "z")
	w.says("Calendar is back: Chambers")
	w.find(`[data-name=Chambers][data-state=stale]`)
	w.find(`[data-test=calendar-drop]`).click()
	w.says("No other calendars")
	w.button("Bookings").click()
	w.button("New booking").click()
	w.start(noon).click()
	w.find(`[data-test=newbooking-free]`)
}

// reason asks a start of New booking why it is not free.
func (w *window) reason(at time.Time, why string) {
	w.t.Helper()
	w.button("New booking").click()
	w.start(at).click()
	w.says(why)
	w.press(keyEscape)
	w.gone(`[role=dialog]`)
}

// start is a start in New booking, on the day that is shown next after today.
func (w *window) start(at time.Time) element {
	w.t.Helper()
	w.find(`[data-test=newbooking-starts] button[data-slot]`)
	w.script(nil, `const days = [...document.querySelectorAll('[data-part=times] [role=radio]')];
		days.find((d) => new RegExp('(^|\\D)' + arguments[0] + '(\\D|$)').test(d.textContent)).click()`, at.Day())
	return w.find(fmt.Sprintf(`[data-test=newbooking-starts] button[data-slot*="%s"]`, at.Format("2006-01-02T15:04")))
}

// calendars gives an office a calendar that is read, and one whose file is gone.
func (o *office) calendars() {
	o.t.Helper()
	o.open()
	defer o.close()
	ctx := context.Background()
	far := time.Now().AddDate(0, 2, 0)
	for _, name := range []string{"Rozprawy", "Wspólnota Mieszkaniowa „Nad Wartą”, posiedzenia zarządu i walne zgromadzenia w Śremie"} {
		path := filepath.Join(o.home, name+".ics")
		o.must(os.WriteFile(path, []byte(hearing(name, far)), 0o600))
		o.must(second(o.h.Keeper.Add(ctx, kwadrans.Calendar{Kind: kwadrans.CalendarFile, Address: path, Colour: "#3178ba", AllDay: true}, "")))
		if name != "Rozprawy" {
			o.must(os.Remove(path))
		}
	}
	o.must(second(o.h.Keeper.Refresh(ctx)))
}
