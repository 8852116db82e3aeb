package sandbox

import "time"

// Now returns the world's time in UTC.
func (w *World) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now()
}

// Advance moves the world's time forward; nobody sleeps.
func (w *World) Advance(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.offset += d
}

func (w *World) now() time.Time { return w.clock().Add(w.offset).UTC() }

// stamp writes a time as Zoom's answers do: UTC, whole seconds, Z.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }
