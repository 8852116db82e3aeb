//go:build e2e

package e2e

import (
	"os"
	"os/exec"
	"testing"
)

// A kwadrans:// address opens the program when it is closed, and comes to the open
// window when it is not; it shows the permissions and connects nothing.
func TestALinkOpensTheProgramAndComesToTheOpenWindow(t *testing.T) {
	w := open(t, opts{})
	w.field("Name").fill("Hanna Ćwik")
	w.field("Email").fill("hanna@example.com")
	w.button("Begin").click()
	w.says("No upcoming bookings")
	w.until("the scheme is registered", func() bool {
		_, err := os.Stat(w.home + "/.local/share/applications/kwadrans.desktop")
		return err == nil
	})
	w.xdgOpen("kwadrans://connect/zoom")
	w.says("What Zoom will ask for, and why")
	w.quit()

	again := open(t, opts{home: w.home, via: []string{systemXDGOpen(t), "kwadrans://connect/zoom"}})
	again.says("What Zoom will ask for, and why")
	again.says("Zoom not connected")
	again.button("Bookings").click()
	again.xdgOpen("kwadrans://booking/00000000-0000-7000-8000-000000000000")
	again.says("There is no such thing")
}

// systemXDGOpen is the real one: the harness puts another before it, for browsers.
func systemXDGOpen(t *testing.T) string {
	t.Helper()
	for _, path := range []string{"/usr/bin/xdg-open", "/usr/local/bin/xdg-open"} {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	t.Fatal("xdg-open is missing; run: make deps")
	return ""
}

// xdgOpen opens an address as another program of the desktop would.
func (w *window) xdgOpen(address string) {
	w.t.Helper()
	cmd := exec.Command("/usr/bin/xdg-open", address)
	cmd.Env = w.env
	if out, err := cmd.CombinedOutput(); err != nil {
		w.t.Fatalf("xdg-open: %v: %s", err, out)
	}
}
