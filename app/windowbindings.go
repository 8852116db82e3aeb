//go:build bindings

package app

// What this build is for. The one that generates only writes what the page may call:
// it runs up to the window, and nothing on the way there may leave a trace. The one
// that develops gets its page from Vite and is no program to open addresses with.
const (
	generating = true
	developing = false
)
