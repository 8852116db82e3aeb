//go:build production && !dev && !bindings

package app

const (
	generating = false
	developing = false
)
