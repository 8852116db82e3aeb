//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// window is the program on the screen, as a person uses it: what is seen is
// found by its words, never by how it is built.
type window struct {
	*driver
	home    string // of the user, all of it made up
	data    string // directory of the data file
	browser *browser
	env     []string
}

// opts say how the window is opened.
type opts struct {
	lang  string // pl or en
	theme string // GTK theme: Adwaita, Adwaita:dark
	env   []string
	home  string   // of an earlier window; empty for a new user
	via   []string // what starts the program; empty starts it itself
}

// open starts the program for a user whom it does not know.
func open(t testing.TB, o opts) *window {
	t.Helper()
	w := &window{home: o.home}
	if w.home == "" {
		w.home = t.TempDir()
	}
	w.data = filepath.Join(w.home, ".local/share/kwadrans")
	w.browser = newBrowser(t, w.home)
	locale := map[string]string{"": "en_GB.UTF-8", "en": "en_GB.UTF-8", "pl": "pl_PL.UTF-8"}[o.lang]
	env := []string{
		"HOME=" + w.home, "DISPLAY=" + stage.number, "PATH=" + w.browser.dir + ":" + os.Getenv("PATH"), "LANG=" + locale,
		"XDG_RUNTIME_DIR=" + w.home, "KWADRANS_SECRETS=file", "KWADRANS_PASSPHRASE=correct horse", "TZ=Europe/Warsaw",
		"NO_AT_BRIDGE=1", "GTK_THEME=" + o.theme,
	}
	w.env = append(env, o.env...)
	if o.via == nil {
		o.via = []string{stage.binary}
	}
	w.driver = drive(t, w.env, o.via)
	return w
}

// element is something on the page.
type element struct {
	w        *window
	id       string
	selector string // how it was found, and is found again when the page drew it anew
}

const elementKey = "element-6066-11e4-a52e-4f735466cecf"

// find waits for an element; xpath beats css when it begins with a slash.
func (w *window) find(selector string) element {
	w.t.Helper()
	var e element
	w.until("on the page: "+selector, func() bool {
		var ok bool
		e, ok = w.look(selector)
		return ok
	})
	return e
}

// lookup finds the first element of a selector that has a place on the page. The
// driver's own judgement of what is displayed errs in boxes that scroll.
const lookup = `const selector = arguments[0], found = [];
	if (/^[(/]/.test(selector)) {
		const all = document.evaluate(selector, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
		for (let i = 0; i < all.snapshotLength; i++) found.push(all.snapshotItem(i));
	} else found.push(...document.querySelectorAll(selector));
	return found.find((e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0) ?? null;`

// look finds an element that is shown, if there is one now.
func (w *window) look(selector string) (element, bool) {
	w.t.Helper()
	var v map[string]string
	err := w.call("POST", "/execute/sync", map[string]any{"script": lookup, "args": []any{selector}}, &v)
	if err != nil && err != errNoElement { // it may go while it is handed over
		w.t.Fatal(err)
	}
	return element{w, v[elementKey], selector}, v != nil
}

// gone waits until nothing of the kind is shown.
func (w *window) gone(selector string) {
	w.t.Helper()
	w.until("gone from the page: "+selector, func() bool { _, ok := w.look(selector); return !ok })
}

// button finds a button, tab or link by its words.
func (w *window) button(words string) element {
	w.t.Helper()
	return w.find(named(words, "button", "a", "*[@role='tab']", "*[@role='radio']", "*[@role='menuitem']", "*[@role='option']"))
}

// field finds a field by its label.
func (w *window) field(label string) element {
	w.t.Helper()
	q := quote(label)
	return w.find(fmt.Sprintf(`//*[self::input or self::textarea or self::button][@id = //label[normalize-space(.)=%s or starts-with(normalize-space(.), %s)]/@for] | //*[self::input or self::textarea][@aria-label=%s]`, q, q, q))
}

// says waits until the page shows words, wherever.
func (w *window) says(words string) {
	w.t.Helper()
	w.until("the page says "+words, func() bool { return w.reads(words) })
}

// silent waits until the page does not show words any more.
func (w *window) silent(words string) {
	w.t.Helper()
	w.until("the page does not say "+words, func() bool { return !w.reads(words) })
}

func (w *window) reads(words string) bool {
	w.t.Helper()
	var text string
	w.script(&text, "return document.body.innerText")
	return strings.Contains(strings.Join(strings.Fields(text), " "), words)
}

// named matches what carries the words as its text or its label.
func named(words string, kinds ...string) string {
	q := quote(words)
	parts := make([]string, len(kinds))
	for i, kind := range kinds {
		parts[i] = fmt.Sprintf(`//%s[normalize-space(.)=%s or @aria-label=%s or .//*[normalize-space(.)=%s]]`, kind, q, q, q)
	}
	return strings.Join(parts, " | ")
}

// quote writes a string of XPath 1.0, which has no escapes.
func quote(s string) string {
	if !strings.Contains(s, `"`) {
		return `"` + s + `"`
	}
	return `'` + s + `'`
}

func (e element) path(verb string) string { return "/element/" + e.id + "/" + verb }

// click presses it with the mouse.
func (e element) click() {
	e.w.t.Helper()
	e.act("click", map[string]any{})
}

// act does something with the element; when the page has drawn it anew since it
// was found, with the one in its place.
func (e element) act(verb string, in any) {
	e.w.t.Helper()
	err := e.w.call("POST", e.path(verb), in, nil)
	if err == errNoElement {
		e = e.w.find(e.selector)
		err = e.w.call("POST", e.path(verb), in, nil)
	}
	if err != nil {
		e.w.t.Fatalf("%s of %s: %v\n%s", verb, e.selector, err, e.w.testimony())
	}
}

// fill puts a text in the place of what a field holds.
func (e element) fill(text string) {
	e.w.t.Helper()
	e.act("clear", map[string]any{})
	e.type_(text)
}

// type_ types into it.
func (e element) type_(text string) {
	e.w.t.Helper()
	e.act("value", map[string]string{"text": text})
}

// text is what a person reads in it.
func (e element) text() string {
	e.w.t.Helper()
	var s string
	e.w.must("GET", e.path("text"), nil, &s)
	return s
}

// attribute is one of its attributes, "" when it has none.
func (e element) attribute(name string) string {
	e.w.t.Helper()
	var s *string
	e.w.must("GET", e.path("attribute/"+name), nil, &s)
	if s == nil {
		return ""
	}
	return *s
}

// Keys beyond the letters (W3C WebDriver, keyboard actions).
const (
	keyTab      = "\ue004"
	keyEnter    = "\ue007"
	keyShift    = "\ue008"
	keyCtrl     = "\ue009"
	keyEscape   = "\ue00c"
	keyPageDown = "\ue00f"
	keyEnd      = "\ue010"
	keyHome     = "\ue011"
	keyLeft     = "\ue012"
	keyUp       = "\ue013"
	keyRight    = "\ue014"
	keyDown     = "\ue015"
)

// press presses keys one after the other, wherever the focus is.
func (w *window) press(keys ...string) {
	w.t.Helper()
	var steps []map[string]string
	for _, key := range keys {
		steps = append(steps, map[string]string{"type": "keyDown", "value": key}, map[string]string{"type": "keyUp", "value": key})
	}
	w.keys(steps)
}

// chord holds one key while it presses another.
func (w *window) chord(hold, key string) {
	w.t.Helper()
	w.keys([]map[string]string{
		{"type": "keyDown", "value": hold}, {"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}, {"type": "keyUp", "value": hold},
	})
}

func (w *window) keys(steps []map[string]string) {
	w.t.Helper()
	w.must("POST", "/actions", map[string]any{"actions": []any{map[string]any{"type": "key", "id": "keys", "actions": steps}}}, nil)
}

// write types a text, wherever the focus is.
func (w *window) write(text string) {
	w.t.Helper()
	for _, r := range text {
		w.press(string(r))
	}
}

// focus is what the focus is on: its label, or its words.
func (w *window) focus() string {
	w.t.Helper()
	var s string
	w.script(&s, `const e = document.activeElement; if (!e || e === document.body) return '';
		const label = e.id && document.querySelector('label[for="' + e.id + '"]');
		return (e.getAttribute('aria-label') || (label && label.textContent) || e.textContent || e.getAttribute('data-test') || '').trim().replace(/\s+/g, ' ');`)
	return s
}
