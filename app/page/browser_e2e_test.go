//go:build e2e

package page

import (
	"fmt"
	"strings"
	"testing"
)

// The whole way of a visitor in a real browser: find, pick, book, confirm, the letter's
// link, move, cancel; with and without a script, on a phone and on a desk, in both
// languages and themes. axe-core finds nothing, and nothing is asked of anybody else.
func TestBrowser(t *testing.T) {
	s := open(t)
	c := startChrome(t)
	way := 0
	for _, width := range []int{320, 390, 1280} {
		for _, language := range []string{"pl", "en"} {
			for _, scripts := range []bool{true, false} {
				theme := []string{"light", "dark"}[way%2]
				name := fmt.Sprintf("%d.%s.%s.%v", width, language, theme, scripts)
				t.Run(name, func(t *testing.T) {
					c.T = t
					c.look(width, theme, language, fmt.Sprintf("198.51.100.%d", way+1), scripts)
					c.walk(s, name, way, language)
				})
				way++
			}
		}
	}
	for _, asked := range c.asked {
		if !strings.HasPrefix(asked, s.url) && !strings.HasPrefix(asked, "about:") && !strings.HasPrefix(asked, "data:") {
			t.Errorf("the page asks for %s", asked)
		}
	}
	if len(c.asked) < 100 {
		t.Errorf("%d requests were seen", len(c.asked))
	}
}

var spoken = map[string]map[string]string{
	"pl": {"mail": "Sprawdź pocztę", "booked": "Zarezerwowano", "was": "Było", "off": "Odwołane", "fault": "Popraw zaznaczone pola"},
	"en": {"mail": "Check your mail", "booked": "You’re booked", "was": "Was", "off": "Cancelled", "fault": "Correct the marked fields"},
}

func (c *chrome) walk(s *stage, name string, way int, language string) {
	say := spoken[language]
	email := fmt.Sprintf("gosc%d@example.com", way)
	c.open(s.url + "/")
	c.says("Hanna Ćwik")
	c.judge("profile." + name)
	c.press("a[href^='/t/rozmowa']")
	c.settled()
	c.judge("pick." + name)
	c.press(fmt.Sprintf("tbody tr:nth-child(%d) td:nth-child(%d) a", 2+way/7%2, 1+way%7))
	c.press("a.start")
	c.press("form button")
	c.says(say["fault"])
	c.judge("faults." + name)
	c.typeIn("name", "Bartłomiej Chrząszczewski-Żółkiewski")
	c.typeIn("email", email)
	c.typeIn("q0", "Umowa")
	c.judge("details." + name)
	c.press("form button")
	c.says(say["mail"], email)
	c.judge("wait." + name)
	c.open(s.url + strings.TrimPrefix(s.link(email, "c"), public))
	c.judge("confirm." + name)
	c.press("form button")
	c.says(say["booked"], "Zoom")
	c.judge("booking." + name)
	c.open(s.url + strings.TrimPrefix(s.link(email, "r"), public))
	c.press("a[href*='/move']")
	c.settled()
	c.judge("move." + name)
	c.press("tbody tr:nth-child(3) td:nth-child(6) a")
	c.press(fmt.Sprintf(".hours .hour:nth-child(%d) a.start", 2+way))
	c.says(say["was"])
	c.judge("sure." + name)
	c.press("form button")
	c.says(say["booked"])
	c.press("a[href*='/cancel']")
	c.judge("cancel." + name)
	c.press("form button")
	c.says(say["off"])
	c.judge("off." + name)
	c.open(s.url + "/no/such/page")
	c.judge("missing." + name)
	c.open(s.url + "/privacy")
	c.judge("privacy." + name)
}

// settled waits until the script has taken the page to the visitor's own zone.
func (c *chrome) settled() {
	c.Helper()
	if c.mute {
		return
	}
	c.eval("new Promise((done) => (document.readyState === 'complete' ? done() : addEventListener('load', () => done())))")
	c.s(300)
}

// s lets a moment go by in the browser.
func (c *chrome) s(ms int) {
	c.Helper()
	c.eval(fmt.Sprintf("new Promise((done) => setTimeout(done, %d))", ms))
}
