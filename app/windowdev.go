//go:build dev && !bindings

package app

const (
	generating = false
	developing = true
)
