package desktop

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func environment(list ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(list); i += 2 {
			if list[i] == name {
				return list[i+1]
			}
		}
		return ""
	}
}

func TestScreen(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("elsewhere there is always a screen")
	}
	for _, c := range []struct {
		env             func(string) string
		screen, wayland bool
	}{
		{environment(), false, false},
		{environment("DISPLAY", ":0"), true, false},
		{environment("WAYLAND_DISPLAY", "wayland-0"), true, true},
		{environment("DISPLAY", ":0", "WAYLAND_DISPLAY", "wayland-0"), true, true},
		{environment("DISPLAY", ":0", "WAYLAND_DISPLAY", "wayland-0", "GDK_BACKEND", "x11"), true, false},
		{environment("DISPLAY", ":0", "WAYLAND_DISPLAY", "wayland-0", "GDK_BACKEND", "wayland,x11"), true, true},
	} {
		if got := HasScreen(c.env); got != c.screen {
			t.Errorf("%+v: screen %v", c, got)
		}
		if got := OnWayland(c.env); got != c.wayland {
			t.Errorf("%+v: Wayland %v", c, got)
		}
	}
}

func TestPrepare(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("elsewhere nothing is set")
	}
	for _, c := range []struct {
		env                  func(string) string
		dmabuf, jit, backend string
	}{
		{environment("DISPLAY", ":0"), "1", "0", ""},
		{environment("DISPLAY", ":0", "WAYLAND_DISPLAY", "wayland-0"), "1", "0", ""},
		{environment("WAYLAND_DISPLAY", "wayland-0"), "1", "0", "wayland"},
		{environment("WAYLAND_DISPLAY", "wayland-0", "GDK_BACKEND", "x11"), "1", "0", ""},
		{environment("DISPLAY", ":0", "WEBKIT_DISABLE_DMABUF_RENDERER", "0"), "", "0", ""},
		{environment("DISPLAY", ":0", "JSC_useJIT", "1"), "1", "", ""},
	} {
		set := map[string]string{}
		if err := Prepare(c.env, func(name, value string) error { set[name] = value; return nil }); err != nil {
			t.Error(err)
		}
		if set["WEBKIT_DISABLE_DMABUF_RENDERER"] != c.dmabuf || set["JSC_useJIT"] != c.jit || set["GDK_BACKEND"] != c.backend {
			t.Errorf("%+v sets %v", c, set)
		}
	}
}

func TestPrefersDark(t *testing.T) {
	for settings, want := range map[string]bool{
		"[Settings]\ngtk-theme-name=Adwaita\n":                          false,
		"[Settings]\ngtk-theme-name = Adwaita-dark\n":                   true,
		"[Settings]\ngtk-application-prefer-dark-theme=1\n":             true,
		"[Settings]\ngtk-application-prefer-dark-theme = true":          true,
		"[Settings]\ngtk-application-prefer-dark-theme=0\n":             false,
		"#gtk-application-prefer-dark-theme=1\ngtk-theme-name=Arc\n[X]": false,
	} {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, "gtk-3.0"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "gtk-3.0", "settings.ini"), []byte(settings), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := PrefersDark(environment("XDG_CONFIG_HOME", dir)); got != want {
			t.Errorf("%q: %v", settings, got)
		}
		if PrefersDark(environment("XDG_CONFIG_HOME", dir, "GTK_THEME", "Adwaita")) || !PrefersDark(environment("GTK_THEME", "Adwaita:dark")) {
			t.Error("GTK_THEME does not win")
		}
	}
	if PrefersDark(environment("HOME", t.TempDir())) {
		t.Error("no settings are dark")
	}
}
