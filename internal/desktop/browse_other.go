//go:build !linux

package desktop

import "github.com/pkg/browser"

func browse(what string) error { return browser.OpenURL(what) }
