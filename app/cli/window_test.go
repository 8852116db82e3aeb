package cli

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

// In a build with a window the bare command and an address open it, over the data
// that the flag or the environment names; everything else stays a command.
func TestWindow(t *testing.T) {
	const link = "kwadrans://connect/zoom"
	asked, named := filepath.Join(t.TempDir(), "asked"), filepath.Join(t.TempDir(), "named")
	var opened []string
	p := Program{
		Env: func(name string) string { return map[string]string{"KWADRANS_DATA": named, "LANG": "en"}[name] },
		Window: func(dir, link string) error {
			opened = append(opened, fmt.Sprintf("%s %q", dir, link))
			return nil
		},
	}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{nil, 0, named + ` ""`},
		{[]string{"--data", asked}, 0, asked + ` ""`},
		{[]string{link}, 0, named + ` "` + link + `"`},
		{[]string{"--data", asked, link}, 0, asked + ` "` + link + `"`},
		{[]string{"kwadrans://else"}, 3, ""},
		{[]string{"else"}, 2, ""},
		{[]string{"--help"}, 0, ""},
		{[]string{"topic", "--help"}, 0, ""},
	} {
		var out bytes.Buffer
		opened, p.Out, p.Err = nil, &out, &out
		if code := p.Run(t.Context(), c.args); code != c.code {
			t.Errorf("%q: exit code %d\n%s", c.args, code, &out)
		}
		if got := strings.Join(opened, ", "); got != c.want {
			t.Errorf("%q opens %s, want %s", c.args, got, c.want)
		}
	}
}

func TestWindowThatDoesNotOpen(t *testing.T) {
	var out bytes.Buffer
	p := Program{Out: &out, Err: &out, Env: func(string) string { return "" }, Window: func(string, string) error {
		return kwadrans.Errorf(kwadrans.CodeInternal, "app: no screen").WithHint("find one")
	}}
	if code := p.Run(t.Context(), []string{"--data", t.TempDir()}); code != 1 || !strings.Contains(out.String(), "no screen") || !strings.Contains(out.String(), "→ find one") {
		t.Errorf("exit code %d\n%s", code, &out)
	}
}
