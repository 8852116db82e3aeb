//go:build e2e

package e2e

import (
	"os"
	"os/exec"
	"strings"
	"time"
)

// saveAs answers the system's file dialog as a person does: by typing a path.
func (w *window) saveAs(title, path string) {
	w.t.Helper()
	id := ""
	w.until("the dialog "+title, func() bool {
		out, err := xdotool("search", "--onlyvisible", "--name", title)
		id, _, _ = strings.Cut(strings.TrimSpace(out), "\n")
		return err == nil && id != ""
	})
	for _, args := range [][]string{{"windowfocus", "--sync", id}, {"key", "--clearmodifiers", "ctrl+a"}, {"type", "--clearmodifiers", path}, {"key", "Return"}} {
		if out, err := xdotool(args...); err != nil {
			w.t.Fatalf("xdotool %v: %v: %s", args, err, out)
		}
	}
	w.until("the file "+path, func() bool { _, err := os.Stat(path); return err == nil })
}

// chooseFile names a file that is there in the system's dialog. A dialog that has just
// come may not hear the first keys, so it is told again while it stands.
func (w *window) chooseFile(title, path string) {
	w.t.Helper()
	id := ""
	w.until("the dialog "+title, func() bool {
		out, err := xdotool("search", "--onlyvisible", "--name", title)
		id, _, _ = strings.Cut(strings.TrimSpace(out), "\n")
		return err == nil && id != ""
	})
	stands := func() bool {
		out, _ := xdotool("search", "--onlyvisible", "--name", title)
		return strings.TrimSpace(out) != ""
	}
	w.until("the dialog took "+path, func() bool {
		for _, args := range [][]string{{"windowfocus", "--sync", id}, {"key", "--clearmodifiers", "ctrl+l"}, {"key", "--clearmodifiers", "ctrl+a"}, {"type", "--clearmodifiers", path}, {"key", "Return"}} {
			if out, err := xdotool(args...); err != nil && stands() {
				w.t.Fatalf("xdotool %v: %v: %s", args, err, out)
			}
		}
		for end := time.Now().Add(3 * time.Second); time.Now().Before(end) && stands(); {
			time.Sleep(50 * time.Millisecond)
		}
		return !stands()
	})
}

func xdotool(args ...string) (string, error) {
	cmd := exec.Command("xdotool", args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+stage.number)
	out, err := cmd.CombinedOutput()
	return string(out), err
}
