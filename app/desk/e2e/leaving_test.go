//go:build e2e

package e2e

import (
	"testing"

	"kwadrans/internal/kwadrans"
)

// Who closes the window while a schedule is not saved is asked first; Enter saves it.
func TestClosingAsksBeforeChangesAreLost(t *testing.T) {
	o := newPlainOffice(t, kwadrans.English)
	w := open(t, opts{home: o.home, env: o.env})
	w.button("Meeting topics").click()
	w.find(`[data-test=topics-schedules]`).click()
	w.says("Working hours")
	w.pull(w.spot(5, 10*60+2), w.spot(5, 11*60+58))
	w.find(`[aria-label="Saturday, 10:00–12:00"]`)
	for range 2 { // asked anew after Escape
		w.pressClose()
		w.says("Schedule: Working hours")
		w.press("\ue00c") // Escape
		w.until("it stays", func() bool {
			var open bool
			w.script(&open, `return document.querySelector('[role=dialog]') !== null`)
			return !open
		})
	}
	w.pressClose()
	w.find(`[data-test=leaving-save]`).click()
	w.until("the program ends", func() bool { return len(below(w.process.Process.Pid)) == 0 })
	w.quit()

	again := open(t, opts{home: o.home, env: o.env})
	again.button("Meeting topics").click()
	again.says("Sat 10:00–12:00")

	// The end of a session does not wait for an answer.
	again.find(`[data-test=topics-schedules]`).click()
	again.find(`[aria-label="Saturday, 10:00–12:00"]`)
	again.pull(again.spot(6, 10*60+2), again.spot(6, 11*60+58))
	again.find(`[aria-label="Sunday, 10:00–12:00"]`)
	again.close()
}

// pressClose asks the window to close by the same message as the button of its frame,
// which the desktop of the tests does not have.
func (w *window) pressClose() {
	w.t.Helper()
	w.script(nil, `window.runtime.Quit()`)
}
