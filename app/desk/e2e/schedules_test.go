//go:build e2e

package e2e

import (
	"testing"

	"kwadrans/internal/kwadrans"
)

// The hours of a week are drawn with the mouse and changed with the keyboard, as a
// person does it, and are what topics offer from then on.
func TestHoursAreDrawnByMouseAndByKeyboard(t *testing.T) {
	o := newPlainOffice(t, kwadrans.English)
	w := open(t, opts{home: o.home, env: o.env})
	w.button("Meeting topics").click()
	w.find(`[data-test=topics-schedules]`).click()
	w.says("Working hours")
	w.says("Next week, ")
	w.says(": 40 h")

	// Saturday, 10:02 to 11:58, becomes 10:00–12:00; its end is then pulled to 13:00.
	w.pull(w.spot(5, 10*60+2), w.spot(5, 11*60+58))
	w.find(`[aria-label="Saturday, 10:00–12:00"]`)
	w.pull(w.spot(5, 12*60-2), w.spot(5, 13*60-2))
	w.find(`[aria-label="Saturday, 10:00–13:00"]`)
	// Friday's are pulled to Sunday.
	w.pull(w.spot(4, 12*60), w.spot(6, 12*60))
	w.find(`[aria-label="Sunday, 9:00–17:00"]`)
	w.chord(keyCtrl, "z")
	w.find(`[aria-label="Friday, 9:00–17:00"]`)

	w.script(nil, `document.querySelector('[aria-label="Saturday, 10:00–13:00"]').focus()`)
	w.press(keyUp, keyUp)
	w.chord(keyShift, keyUp)
	w.find(`[aria-label="Saturday, 9:30–12:15"]`)
	w.chord(keyCtrl, keyEnter)
	w.says("Saved at")
	w.says("Mon–Fri 9:00–17:00, Sat 9:30–12:15")
	w.says(": 42 h 45 min")
	w.quit()

	again := open(t, opts{home: o.home, env: o.env})
	again.button("Meeting topics").click()
	again.says("Sat 9:30–12:15")
	again.find(`[data-test=topic-schedule-edit]`).click()
	again.find(`[aria-label="Saturday, 9:30–12:15"]`)
	again.script(nil, `document.querySelector('[data-test=schedule-list] [role=option]').focus()`)
	again.press("\ue017") // Delete
	again.says("This schedule cannot be removed")
	again.says("Topics use it: Kwadrans pytań.")
}

// Every start that is not free says why when it is asked, also beneath a meeting, and
// leads to the rule that is in the way.
func TestEveryGreyStartSaysWhy(t *testing.T) {
	o := newPlainOffice(t, kwadrans.English)
	w := open(t, opts{home: o.home, env: o.env})
	w.button("New booking").click()
	w.find(`[data-test=newbooking-starts] button[data-slot]`)
	w.script(nil, `document.querySelector('[data-part=times] [role=radio][tabindex="0"]').focus()`)
	w.press(keyEnd)
	w.find(`[data-test=newbooking-starts] button.under`)
	w.script(nil, `document.querySelector('[data-slot][tabindex="0"]').focus()`)
	w.press(keyHome)
	for range 40 {
		var under bool
		if w.script(&under, `return document.activeElement.classList.contains('under')`); under {
			break
		}
		w.press(keyRight)
	}
	w.press(keyEnter)
	w.find(`[data-test=newbooking-conflict]`)
	w.says("“Kwadrans pytań” (bookings) lasts until")
	w.find(`[data-test=newbooking-fix]`)

	w.find(`[data-test=newbooking-other-open]`).click()
	w.find(`[data-test=newbooking-other]`).type_("20:00" + keyEnter)
	w.says("The meeting does not fit into the schedule’s hours.")
	w.find(`[data-test=newbooking-rule]`).click()
	w.gone(`[role=dialog]`)
	w.says("Weekly hours")
}

// point is a place in the window, in pixels.
type point struct{ X, Y int }

// spot is where a minute of a day, 0 for Monday, lies in the picture of a week.
func (w *window) spot(day, minute int) (p point) {
	w.t.Helper()
	w.find(`.week .body`)
	w.script(&p, `const b = document.querySelector('.week .body').getBoundingClientRect(), hours = document.querySelectorAll('.week .rail span').length;
		return { X: Math.round(b.x + b.width * (arguments[0] + 0.5) / 7), Y: Math.round(b.y + b.height * arguments[1] / hours / 60) }`, day, minute)
	return p
}

// pull presses the mouse in one place and lets it go in another.
func (w *window) pull(from, to point) {
	w.t.Helper()
	move := func(p point) map[string]any {
		return map[string]any{"type": "pointerMove", "duration": 0, "x": p.X, "y": p.Y, "origin": "viewport"}
	}
	half := point{(from.X + to.X) / 2, (from.Y + to.Y) / 2}
	press, release := map[string]any{"type": "pointerDown", "button": 0}, map[string]any{"type": "pointerUp", "button": 0}
	w.must("POST", "/actions", map[string]any{"actions": []any{map[string]any{
		"type": "pointer", "id": "mouse", "parameters": map[string]any{"pointerType": "mouse"},
		"actions": []any{move(from), press, move(half), move(to), release},
	}}}, nil)
}
