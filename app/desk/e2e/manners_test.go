//go:build e2e

package e2e

import (
	"os/exec"
	"syscall"
	"testing"
)

// The window comes back as large as it was left, in the theme that was chosen, and
// there is only one of it.
func TestTheWindowIsRememberedAndOnlyOne(t *testing.T) {
	w := open(t, opts{})
	w.says("A scheduler that belongs to you")
	w.size(1200, 760)
	second := exec.Command(stage.binary)
	second.Env = w.env
	if out, err := second.CombinedOutput(); err != nil {
		t.Errorf("a second start: %v: %s", err, out)
	}
	w.field("Name").fill("Hanna Ćwik")
	w.field("Email").fill("hanna@example.com")
	w.button("Begin").click()
	w.button("Settings").click()
	w.button("Dark").click()
	w.until("the window is dark", func() bool { return w.background() == "rgb(19, 27, 24)" })
	w.close()

	again := open(t, opts{home: w.home})
	again.says("No upcoming bookings")
	var width, height int
	again.script(&width, "return window.innerWidth")
	again.script(&height, "return window.innerHeight")
	if width != 1200 || height != 760 {
		t.Errorf("the window is %d×%d", width, height)
	}
	if got := again.background(); got != "rgb(19, 27, 24)" {
		t.Errorf("the window is %s", got)
	}
}

// close ends the program as the desktop does at the end of a session.
func (w *window) close() {
	w.t.Helper()
	tree := below(w.process.Process.Pid)
	if len(tree) == 0 {
		w.t.Fatal("the program runs no more")
	}
	if err := syscall.Kill(tree[0], syscall.SIGTERM); err != nil {
		w.t.Fatal(err)
	}
	w.until("the program ends", func() bool { return len(below(w.process.Process.Pid)) == 0 })
	w.quit()
}

// background is the colour of the sheet.
func (w *window) background() (colour string) {
	w.t.Helper()
	w.script(&colour, "const m = document.querySelector('main'); return m ? getComputedStyle(m).backgroundColor : ''")
	return colour
}

// A script that got into the page could neither run nor talk to anybody.
func TestThePageRunsNoForeignScripts(t *testing.T) {
	w := open(t, opts{})
	w.says("A scheduler that belongs to you")
	// The engine tells of what it refused later, each under its directive.
	refused := func(directive, attempt string) (answer string) {
		w.scriptAsync(&answer, `const done = arguments[arguments.length - 1];
			document.addEventListener('securitypolicyviolation', (e) => {
				if (e.effectiveDirective === '`+directive+`') done('refused');
			});`+attempt)
		return answer
	}
	if answer := refused("script-src-elem", `const s = document.createElement('script');
		s.textContent = 'window.ran = true'; document.head.append(s);
		if (window.ran) done('ran')`); answer != "refused" {
		t.Errorf("an inline script: %s", answer)
	}
	if answer := refused("connect-src",
		`fetch('http://127.0.0.1:9/').then(() => done('went out'), () => setTimeout(() => done('failed'), 5000))`); answer != "refused" {
		t.Errorf("a call to another address: %s", answer)
	}
}
