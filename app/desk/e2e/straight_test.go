//go:build e2e

package e2e

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The straight path as a new user walks it: the sandbox, a sign-in that is
// declined and one that is allowed, a topic, a booking, a conflict and its fix,
// letters, the calendar file, the removal at Zoom, and Disable.
func TestTheStraightPath(t *testing.T) {
	w := open(t, opts{})
	w.says("A scheduler that belongs to you")
	w.button("Try in the sandbox").click()
	w.says("Meetings and invites are imitated.")

	w.button("Integrations").click()
	w.says("What Zoom will ask for, and why")
	w.button("Connect").click()
	w.says("Finish in the browser")
	w.browser.decide("decline")
	w.says("The permission was not given in Zoom")
	w.says("Zoom not connected")
	w.button("Try again").click()
	address := w.signIn("allow")
	w.says("Connected as")
	w.says("Zoom connected")

	w.addTopic("Porada prawna")
	w.bookFree("Porada prawna", "Anna Nowak <anna@example.com>")
	w.says("Sending invites in")
	w.says("Confirmed")
	w.lights("Zoom: done", "Letters: done")
	w.letters(2)

	w.aConflictAndItsFix("Jan Kowalski <jan@example.com>")
	w.export()

	control(t, address, "remove-app")
	w.button("Integrations").click()
	w.button("Test connection").click()
	w.says("Access removed at Zoom")
	w.says("Topics that use Zoom")
	w.button("Reconnect").click()
	w.signIn("allow")
	w.says("Connected as")

	w.button("Disable").click()
	w.says("Disabled, and Zoom confirmed it")
	w.says("What Zoom will ask for, and why")
	w.says("Zoom not connected")
}

// signIn is the person in the browser; it returns the address that was opened.
func (w *window) signIn(answer string) string {
	w.t.Helper()
	w.says("Finish in the browser")
	return w.browser.decide(answer)
}

func (w *window) addTopic(name string) {
	w.t.Helper()
	w.button("Meeting topics").click()
	w.find(`[data-test=topic-add]`).click()
	w.field("Topic name").fill(name)
	if w.find(`[data-test=place-zoom]`).attribute("aria-checked") != "true" {
		w.t.Error("Zoom is connected, and a new topic is not held there")
	}
	w.find(`[data-test=topic-create]`).click()
	w.says("Created topic “" + name + "”")
}

// bookFree books the first free start of tomorrow or later.
func (w *window) bookFree(topic, person string) {
	w.t.Helper()
	w.button("Bookings").click()
	w.button("New booking").click()
	w.says(topic)
	w.people(person)
	w.freeStart().click()
	w.find(`[data-test=newbooking-free]`)
	w.find(`[data-test=newbooking-book]`).click()
	w.gone(`[role=dialog]`)
}

func (w *window) people(person string) {
	w.t.Helper()
	w.field("Attendees").type_(person)
	w.press(keyEnter)
	name, _, _ := strings.Cut(person, " <")
	w.says(name)
}

// freeStart is the last start of the day shown that can be booked: the first one may
// have begun before the booking is made.
func (w *window) freeStart() element {
	w.t.Helper()
	return w.find(`(//*[@data-test='newbooking-starts']//button[@data-slot and not(contains(@class,'taken'))])[last()]`)
}

// lights checks the lights of the booking that is open beside the list.
func (w *window) lights(words ...string) {
	w.t.Helper()
	for _, word := range words {
		w.says(word)
	}
}

// letters waits until the sandbox's letter catcher has caught so many.
func (w *window) letters(n int) {
	w.t.Helper()
	w.until("letters were caught", func() bool {
		list, _ := filepath.Glob(filepath.Join(w.data, "sandbox", "letters", "*.eml"))
		if len(list) != n {
			return false
		}
		for _, path := range list {
			text, err := os.ReadFile(path)
			if err != nil || !bytes.Contains(text, []byte("zoom")) {
				w.t.Errorf("the letter %s carries no link (%v)", path, err)
			}
		}
		return true
	})
}

// aConflictAndItsFix books the start that is taken by now, reads why it is not
// free and takes the first fix that is offered.
func (w *window) aConflictAndItsFix(person string) {
	w.t.Helper()
	w.button("New booking").click()
	w.people(person)
	w.find(`[data-test=newbooking-starts] button[data-slot].taken`).click()
	w.find(`[data-test=newbooking-conflict]`)
	w.find(`[data-test=newbooking-fix]`).click()
	w.find(`[data-test=newbooking-free]`)
	w.gone(`[data-test=newbooking-conflict]`)
	w.find(`[data-test=newbooking-book]`).click()
	w.gone(`[role=dialog]`)
	w.letters(4)
}

// export saves the open booking as a calendar file through the system's dialog.
func (w *window) export() {
	w.t.Helper()
	w.button("Export .ics").click()
	path := filepath.Join(w.home, "porada.ics")
	w.saveAs("Save the calendar file", path)
	w.says("Saved: " + path)
	page, err := os.ReadFile(path)
	if err != nil || !bytes.Contains(page, []byte("SUMMARY:Porada prawna")) {
		w.t.Errorf("exported %s (%v)", page, err)
	}
}

// control steers the sandbox that runs inside the program.
func control(t *testing.T, address, act string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.Post(u.Scheme+"://"+u.Host+"/control/"+act, "application/json", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode/100 != 2 {
		t.Fatalf("the sandbox answers %s", res.Status)
	}
}
