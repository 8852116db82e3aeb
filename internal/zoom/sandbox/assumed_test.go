package sandbox

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const assumptions = "../../../docs/zoom-assumptions.md"

// Every behaviour that is called assumed in the code stands in the list of
// assumptions, and the other way round.
func TestAssumptionsAreListed(t *testing.T) {
	inCode, doc := map[string]string{}, read1(t, assumptions)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	mark := regexp.MustCompile(`assumed\(([a-z0-9-]+)\): \S`)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text := read1(t, name)
		for _, m := range mark.FindAllStringSubmatch(text, -1) {
			if inCode[m[1]] != "" {
				t.Errorf("%s: %s is assumed in %s already", name, m[1], inCode[m[1]])
			}
			inCode[m[1]] = name
			if !strings.Contains(doc, "| `"+m[1]+"` |") {
				t.Errorf("%s: %s is not in docs/zoom-assumptions.md", name, m[1])
			}
		}
		if n := strings.Count(text, "assumed("); n != len(mark.FindAllString(text, -1)) {
			t.Errorf("%s: an assumption without a key", name)
		}
	}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z0-9-]+)` \\|").FindAllStringSubmatch(doc, -1) {
		if inCode[m[1]] == "" {
			t.Errorf("%s stands in docs/zoom-assumptions.md and not in the code", m[1])
		}
	}
	if len(inCode) < 20 {
		t.Errorf("only %d assumptions were found", len(inCode))
	}
}

// The look-alike's table of knobs is told whole.
func TestKnobsAreListed(t *testing.T) {
	doc := read1(t, assumptions)
	for _, m := range regexp.MustCompile(`(?m)^\t([A-Z]\w+) +\S+ +//`).FindAllStringSubmatch(read1(t, "knobs.go"), -1) {
		if !strings.Contains(doc, "`"+m[1]+"`") {
			t.Errorf("the knob %s is not in docs/zoom-assumptions.md", m[1])
		}
	}
}

func read1(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
