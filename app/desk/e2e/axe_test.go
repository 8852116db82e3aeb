//go:build e2e

package e2e

import (
	"strconv"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

const axeFile = "../../../frontend/node_modules/axe-core/axe.min.js"

// violations asks axe-core what on the page keeps somebody out: WCAG 2.2 A and AA,
// and its best practices.
func (w *window) violations() (list []string) {
	w.t.Helper()
	var there bool
	if w.script(&there, "return 'axe' in window"); !there {
		w.script(nil, readFile(w.t, axeFile)+"; window.axe = axe;")
	}
	w.scriptAsync(&list, `const done = arguments[arguments.length - 1];
		axe.run(document, { resultTypes: ['violations'] }).then((r) =>
			done(r.violations.flatMap((v) => v.nodes.map((n) => v.id + ' at ' + n.target.join(' ') + ': ' + (n.any[0] ?? n.all[0] ?? n.none[0])?.message))))`)
	return list
}

// size makes the window as large as said, and waits until the page is.
func (w *window) size(width, height int) {
	w.t.Helper()
	out, err := xdotool("search", "--onlyvisible", "--name", "^Kwadrans$", "windowsize", strconv.Itoa(width), strconv.Itoa(height))
	if err != nil {
		w.t.Fatalf("xdotool: %v: %s", err, out)
	}
	w.until("the page has the window's size", func() bool {
		var is int
		w.script(&is, "return window.innerWidth")
		return is == width
	})
	w.settled()
}

// narrow returns the controls that reach over the window's edge.
func (w *window) narrow() (list []string) {
	w.t.Helper()
	w.script(&list, `const wide = document.documentElement.clientWidth;
		return [...document.querySelectorAll('button, input, textarea, h1, h2')]
			.filter((e) => e.checkVisibility() && !e.closest('.sr') && e.getBoundingClientRect().width > 1 && e.getBoundingClientRect().right > wide + 1)
			.map((e) => e.outerHTML.slice(0, 120))`)
	return list
}

// Every screen is open to everybody, in both languages and both themes.
func TestEveryScreenIsOpenToEverybody(t *testing.T) {
	for _, l := range []kwadrans.Lang{kwadrans.Polish, kwadrans.English} {
		t.Run(string(l), func(t *testing.T) {
			seen := 0
			s := &screens{t: t, lang: l, look: func(w *window, name string) {
				seen++
				w.size(1024, 680)
				for _, control := range w.narrow() {
					t.Errorf("%s, 1024×680: beyond the edge: %s", name, control)
				}
				w.size(1440, 900)
				for _, theme := range []string{"light", "dark"} {
					w.theme(theme)
					for _, v := range w.violations() {
						t.Errorf("%s, %s: %s", name, theme, v)
					}
				}
			}}
			s.visit()
			if seen < 15 {
				t.Errorf("only %d screens were seen", seen)
			}
		})
	}
}

// The control: the judge sees what is wrong.
func TestTheJudgeOfScreensFindsMutants(t *testing.T) {
	w := open(t, opts{})
	w.says("A scheduler that belongs to you")
	if list := w.violations(); len(list) > 0 {
		t.Fatalf("before anything was spoiled: %s", list)
	}
	w.script(nil, `const b = document.createElement('button'); document.querySelector('main section').append(b);
		const p = document.createElement('p'); p.textContent = 'hardly to be read'; p.style.color = '#ddd'; document.querySelector('main section').append(p);`)
	found := strings.Join(w.violations(), "\n")
	for _, want := range []string{"button-name", "color-contrast"} {
		if !strings.Contains(found, want) {
			t.Errorf("%s was not seen in:\n%s", want, found)
		}
	}
	w.script(nil, `document.querySelector('main button').style.cssText = 'position: fixed; left: 90vw; width: 30vw'`)
	if len(w.narrow()) == 0 {
		t.Error("a button beyond the edge was not seen")
	}
}

// The control of the driver: it sees what is shown, and nothing else.
func TestTheDriverSeesOnlyWhatIsShown(t *testing.T) {
	w := open(t, opts{})
	w.says("A scheduler that belongs to you")
	w.script(nil, `const b = document.createElement('button'); b.id = 'planted'; b.textContent = 'Planted'; document.querySelector('main section').append(b)`)
	if _, there := w.look("#planted"); !there || !w.reads("Planted") {
		t.Error("a button that is shown is not seen")
	}
	w.script(nil, `document.querySelector('#planted').style.visibility = 'hidden'`)
	if _, there := w.look("#planted"); there || w.reads("Planted") {
		t.Error("a button that is hidden is seen")
	}
	w.script(nil, `document.querySelector('#planted').remove()`)
	if _, there := w.look("#planted"); there || w.reads("Words that nobody wrote") {
		t.Error("what is not there is seen")
	}
}
