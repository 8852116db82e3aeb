package connect

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// The page to which Zoom's Marketplace leads acts by itself in nothing, loads
// nothing, and explains what the program asks for.
func TestLandingPage(t *testing.T) {
	b, err := os.ReadFile("../../docs/connect/index.html")
	if err != nil {
		t.Fatal(err)
	}
	page := string(b)
	for _, bad := range []string{"<script", "onclick", "http://", "https://", "src=", "<link", "@import", "url(", "<iframe", "<form", `http-equiv="refresh`} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	for _, m := range regexp.MustCompile(`href="([^"#][^"]*)"`).FindAllStringSubmatch(page, -1) {
		if l, err := ParseLink(m[1]); err != nil || !l.Connect {
			t.Errorf("the page leads to %s", m[1])
		}
	}
	for _, l := range []kwadrans.Lang{"pl", "en"} {
		if !strings.Contains(page, `lang="`+string(l)+`" aria-labelledby`) {
			t.Errorf("no part in %s", l)
		}
		for _, p := range Permissions(kwadrans.Personal) {
			if title := lang.T(l, "permission."+p.Key+".title"); !strings.Contains(page, "<dt>"+title+"</dt>") {
				t.Errorf("the page does not explain %q", title)
			}
		}
	}
}
