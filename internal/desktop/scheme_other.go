//go:build !linux && !windows

package desktop

import "context"

// register has nothing to do: the addresses are in the bundle's Info.plist, which
// Wails makes from wails.json.
func register(context.Context, string, func(string) string) error { return nil }
