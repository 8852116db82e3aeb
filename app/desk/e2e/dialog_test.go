//go:build e2e

package e2e

import (
	"os"
	"os/exec"
	"strings"
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

func xdotool(args ...string) (string, error) {
	cmd := exec.Command("xdotool", args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+stage.number)
	out, err := cmd.CombinedOutput()
	return string(out), err
}
