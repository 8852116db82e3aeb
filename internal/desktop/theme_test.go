package desktop

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestCanvas(t *testing.T) {
	for _, c := range []struct{ theme, system, want string }{
		{"", "Adwaita", "#f4f7f5"}, {"", "Adwaita:dark", "#0d1311"},
		{"light", "Adwaita:dark", "#f4f7f5"}, {"dark", "Adwaita", "#0d1311"},
	} {
		if got := colour(c.theme, environment("GTK_THEME", c.system)); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func colour(theme string, env func(string) string) string {
	r, g, b := Canvas(theme, env)
	return fmt.Sprintf("#%02x%02x%02x", r, g, b)
}

// The colours are those of the page.
func TestCanvasIsThatOfThePage(t *testing.T) {
	page, err := os.ReadFile("../../frontend/index.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, theme := range []string{light, dark} {
		if want := "background: " + colour(theme, environment()); !strings.Contains(string(page), want) {
			t.Errorf("%s: the page has no %s", theme, want)
		}
		if got := string(Themed(page, theme)); !strings.Contains(got, `<html data-theme="`+theme+`" lang=`) {
			t.Errorf("%s: the theme is not on the page:\n%s", theme, got)
		}
	}
	for _, theme := range []string{"", `"><script>`} {
		if string(Themed(page, theme)) != string(page) {
			t.Errorf("theme %q changes the page", theme)
		}
	}
}
