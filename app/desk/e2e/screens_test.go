//go:build e2e

package e2e

import (
	"context"
	"os"
	"testing"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// screens are all that the window shows, each reached as a person reaches it.
type screens struct {
	t    testing.TB
	lang kwadrans.Lang
	look func(w *window, name string) // what is done on each screen
}

func (s *screens) say(key string) string { return lang.T(s.lang, key) }

// visit walks through every screen in a language.
func (s *screens) visit() {
	s.t.Helper()
	s.stranger()
	s.regular()
	s.removed()
}

// stranger is somebody who starts the program for the first time.
func (s *screens) stranger() {
	w := open(s.t, opts{lang: string(s.lang), env: []string{"KWADRANS_ZOOM_CLIENT_ID=example"}})
	defer w.quit()
	w.says(s.say("win.welcome.title"))
	s.look(w, "welcome")
	w.field(s.say("win.profile.name")).fill("Małgorzata Wiśniewska-Brzozowska")
	w.field(s.say("win.profile.email")).fill("malgorzata.wisniewska-brzozowska@example.com")
	w.button(s.say("win.welcome.begin")).click()
	w.says(s.say("win.bookings.empty.upcoming"))
	s.look(w, "bookings-empty")
	w.button(s.say("win.nav.topics")).click()
	w.says(s.say("win.topics.empty.title"))
	s.look(w, "topics-empty")
	w.find(`[data-test=topics-schedules]`).click()
	w.says(s.say("win.schedules.empty.title"))
	s.look(w, "schedules-empty")
	w.find(`[data-test=schedules-back]`).click()
	w.find(`[data-test=topic-add]`).click()
	w.says(s.say("win.topics.place.zoom.off"))
	s.look(w, "topic-zoom-off")
	w.button(s.say("win.nav.integrations")).click()
	w.says(s.say("win.video.permissions.ask"))
	s.look(w, "video-off")
	w.button(s.say("win.integrations.calendars")).click()
	w.says(s.say("win.calendars.empty"))
	s.look(w, "calendars-empty")
	w.find(`[data-test=calendar-add]`).click()
	w.says(s.say("win.calendars.help.feed"))
	s.look(w, "calendar-form")
	w.press(keyEscape)
	w.gone(`[role=dialog]`)
	w.button(s.say("win.integrations.mail")).click()
	w.says(s.say("win.mail.chip.unset"))
	s.look(w, "mail-unset")
}

// regular is somebody who has used it for a while.
func (s *screens) regular() {
	o := newOffice(s.t, s.lang)
	o.calendars()
	w := open(s.t, opts{lang: string(s.lang), home: o.home, env: o.env})
	defer w.quit()
	w.says("Hanna Grzegorczyk")
	s.look(w, "bookings")
	w.find(`[data-test=bookings-list] [data-row]`).click()
	w.says(s.say("win.bookings.detail.history"))
	s.look(w, "booking")
	w.find(`[data-test=detail-move]`).click()
	w.freeStart().click()
	w.find(`[data-test=newbooking-free]`)
	s.look(w, "move")
	w.find(`[data-test=change-next]`).click()
	w.says(s.say("win.changing.zoom.change"))
	w.find(`[data-test=change-view] mark`)
	s.look(w, "send-plan")
	w.find(`[data-test=change-back]`).click()
	w.find(`[data-test=change-close]`).click()
	w.gone(`[role=dialog]`)
	w.button(s.say("win.bookings.new")).click()
	w.says(s.say("win.newbooking.people"))
	w.field(s.say("win.newbooking.people")).type_("Priya Raghunathan <priya.raghunathan@northwind-legal-partners.example>" + keyEnter)
	w.find(`[data-test=newbooking-starts] button[data-slot]:not(.taken)`).click()
	w.find(`[data-test=newbooking-free]`)
	s.look(w, "new-booking")
	w.press(keyPageDown) // tomorrow somebody comes at 9:30
	w.find(`[data-test=newbooking-starts] [role=gridcell][title*="Konsultacja wstępna"]`)
	w.find(`[data-test=newbooking-starts] button[data-slot*="T09:00"].taken`).click()
	w.find(`[data-test=newbooking-conflict]`)
	s.look(w, "new-booking-conflict")
	w.press(keyEscape)
	w.gone(`[role=dialog]`)
	w.button(s.say("win.nav.topics")).click()
	w.says("Podpisanie dokumentów")
	w.says(s.say("win.topics.basics"))
	s.look(w, "topic")
	w.find(`[data-test=topics-schedules]`).click()
	w.says(s.say("win.schedules.week.hint"))
	s.look(w, "schedule")
	w.button(s.say("win.nav.integrations")).click()
	w.says(s.say("win.video.disable.does"))
	s.look(w, "video-on")
	w.button(s.say("win.integrations.calendars")).click()
	w.find(`[data-test=calendar-trouble]`)
	s.look(w, "calendars")
	w.button(s.say("win.integrations.mail")).click()
	w.says(s.say("win.mail.chip.set"))
	s.look(w, "mail")
	w.button(s.say("win.integrations.page")).click()
	w.says(s.say("win.page.topics"))
	s.look(w, "page")
	w.button(s.say("win.nav.settings")).click()
	w.says(s.say("win.settings.key"))
	s.look(w, "settings")
}

// removed is somebody whose app was removed at Zoom.
func (s *screens) removed() {
	o := newOffice(s.t, s.lang)
	o.box.World.RemoveAppAtMarketplace()
	o.open()
	_, _ = o.h.Connect.Check(context.Background(), kwadrans.Personal)
	o.close()
	w := open(s.t, opts{lang: string(s.lang), home: o.home, env: o.env})
	defer w.quit()
	w.says("Hanna Grzegorczyk")
	w.button(s.say("win.nav.integrations")).click()
	w.says(s.say("win.video.removed"))
	s.look(w, "video-removed")
}

// theme draws the window light or dark.
func (w *window) theme(name string) {
	w.t.Helper()
	w.script(nil, "document.documentElement.dataset.theme = arguments[0]", name)
	w.settled()
}

// settled waits until nothing moves and the page is drawn.
func (w *window) settled() {
	w.t.Helper()
	w.scriptAsync(nil, `const done = arguments[arguments.length - 1];
		Promise.all(document.getAnimations().map((a) => a.finished.catch(() => 0))).then(() => document.fonts.ready)
			.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))`)
}

func readFile(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
