//go:build e2e

package e2e

import (
	"strings"
	"testing"
)

// The straight path once more, without a mouse.
func TestTheStraightPathByKeyboardAlone(t *testing.T) {
	w := open(t, opts{})
	w.says("A scheduler that belongs to you")
	w.tabTo("Try in the sandbox")
	w.press(keyEnter)
	w.says("Meetings and invites are imitated.")

	w.press("g", "i")
	w.says("What Zoom will ask for, and why")
	w.tabTo("Connect")
	w.press(keyEnter)
	w.signIn("allow")
	w.says("Connected as")

	w.press("g", "t")
	w.says("No meeting topics yet")
	w.press("n")
	w.tabTo("Topic name")
	w.write("Porada prawna")
	w.chord(keyCtrl, keyEnter)
	w.says("Created topic “Porada prawna”")

	w.leaveField()
	w.press("g", "b")
	w.says("No upcoming bookings")
	w.press("n")
	w.tabTo("Attendees")
	w.write("anna@example.com")
	w.press(keyEnter)
	w.tabToSlot()
	w.press(keyRight, keyEnter)
	w.find(`[data-test=newbooking-free]`)
	w.chord(keyCtrl, keyEnter)
	w.gone(`[role=dialog]`)
	w.says("Sending invites in")
	w.chord(keyCtrl, "z")
	w.says("Nothing was sent to anybody.")

	w.press("g", "i")
	w.tabTo("Disable")
	w.press(keyEnter)
	w.says("Disabled, and Zoom confirmed it")
	w.letters(0)
}

// tabTo presses Tab until the focus is on what bears the name.
func (w *window) tabTo(name string) {
	w.t.Helper()
	var seen []string
	for range 80 {
		at := w.focus()
		if strings.HasPrefix(at, name) {
			return
		}
		seen = append(seen, at)
		w.press(keyTab)
	}
	w.t.Fatalf("Tab never comes to %q; it goes to %q\n%s", name, seen, w.testimony())
}

// tabToSlot presses Tab until the focus is on a start of the slot picker.
func (w *window) tabToSlot() {
	w.t.Helper()
	for range 80 {
		var yes bool
		w.script(&yes, "return document.activeElement?.matches('[data-slot]') ?? false")
		if yes {
			return
		}
		w.press(keyTab)
	}
	w.t.Fatalf("Tab never comes to the slot picker\n%s", w.testimony())
}

// leaveField takes the focus out of a field, so that letters are keys of the window.
func (w *window) leaveField() {
	w.t.Helper()
	for range 80 {
		var typing bool
		w.script(&typing, "return document.activeElement?.matches('input,textarea') ?? false")
		if !typing {
			return
		}
		w.press(keyTab)
	}
	w.t.Fatalf("the focus never leaves the fields\n%s", w.testimony())
}
