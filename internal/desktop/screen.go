package desktop

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// HasScreen says whether there is a desktop to show a window on.
func HasScreen(env func(string) string) bool {
	return runtime.GOOS != "linux" || env("DISPLAY") != "" || env("WAYLAND_DISPLAY") != ""
}

// OnWayland says whether the window is drawn by Wayland, where no program may bring
// itself to the front or learn where its window stands.
func OnWayland(env func(string) string) bool {
	if runtime.GOOS != "linux" || env("WAYLAND_DISPLAY") == "" {
		return false
	}
	first, _, _ := strings.Cut(env("GDK_BACKEND"), ",")
	return first != "x11"
}

// PrefersDark says whether the desktop draws its programs dark, as far as it can be
// known before the window is there: by GTK's own settings on Linux.
func PrefersDark(env func(string) string) bool {
	if theme := strings.ToLower(env("GTK_THEME")); theme != "" {
		return strings.HasSuffix(theme, ":dark") || strings.HasSuffix(theme, "-dark")
	}
	config := env("XDG_CONFIG_HOME")
	if !filepath.IsAbs(config) {
		config = filepath.Join(env("HOME"), ".config")
	}
	text, err := os.ReadFile(filepath.Join(config, "gtk-3.0", "settings.ini"))
	return err == nil && darkSettings(string(text))
}

// darkSettings reads GTK's key file.
func darkSettings(text string) (dark bool) {
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(line, "=")
		value = strings.ToLower(strings.TrimSpace(value))
		switch strings.TrimSpace(name) {
		case "gtk-application-prefer-dark-theme":
			dark = dark || value == "1" || value == "true"
		case "gtk-theme-name":
			dark = dark || strings.HasSuffix(value, "-dark")
		}
	}
	return dark
}

// webkit are the variables of the window's own WebKit.
var webkit = map[string]string{"WEBKIT_DISABLE_DMABUF_RENDERER": "1", "JSC_useJIT": "0"}

const wayland = "wayland"

// outside is an environment without what Prepare put into it: a browser that we start
// is a WebKit too, perhaps, and has a screen of its own to choose.
func outside(environ []string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(variable string) bool {
		name, value, _ := strings.Cut(variable, "=")
		return webkit[name] == value && value != "" || name == "GDK_BACKEND" && value == wayland
	})
}

// Prepare settles what GTK and WebKit read from the environment, unless the user has:
// WebKit's DMABUF renderer shows blank windows with some drivers, its compilers of
// scripts cost a small page more memory than they save time (docs/adr/0004), and GTK
// would be told to use X where only Wayland is.
func Prepare(env func(string) string, set func(name, value string) error) error {
	if runtime.GOOS != "linux" {
		return nil
	}
	for name, value := range webkit {
		if env(name) != "" {
			continue
		}
		if err := set(name, value); err != nil {
			return err
		}
	}
	if env("DISPLAY") == "" && env("GDK_BACKEND") == "" {
		return set("GDK_BACKEND", wayland)
	}
	return nil
}
