//go:build !production && !dev && !bindings

package app

// window is nil in a build without Wails' tags: everything but the window.
var window func(dir, link string) error
