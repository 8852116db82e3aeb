package sandbox

import (
	"net/http"
	"strings"
)

func isControl(path string) bool { return strings.HasPrefix(path, "/control/") }

func (w *World) steer(rw http.ResponseWriter, c *call) { http.NotFound(rw, nil) }

// Control opens or shuts /control/…, which steers a world that runs as a
// process of its own.
func (w *World) Control(on bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.control = on
}
