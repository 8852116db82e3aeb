package mail

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden letters")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "letters", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is another letter than the golden one; look at the difference, then run with -update", name)
	}
}

func TestGoldenLetters(t *testing.T) {
	for name, e := range letters(t) {
		m := read(t, e.Bytes)
		golden(t, name+".txt", unix(m.one(t, "text/plain").body))
		if name[0] < 'a' && !strings.Contains(name, "-host.") || strings.HasPrefix(name, "02-") {
			golden(t, name+".html", unix(m.one(t, "text/html").body))
		}
		if whole[name] {
			golden(t, name+".eml", e.Bytes)
		}
	}
}

// whole are the letters that are kept to the last octet; all others differ from
// them in their texts only.
var whole = map[string]bool{
	"01-invitation.pl": true, "01-invitation.en": true, "02-invitation-host.pl": true, "03-moved.pl": true,
	"04-cancelled.pl": true, "10-test-letter.pl": true, "draft.pl": true, "draft-host.en": true,
}

// unix turns line ends for files that people look at.
func unix(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")) }

// The text twins are the design's, word for word.
func TestTextIsTheDesigns(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "design", "*.txt"))
	if err != nil || len(files) != 10 {
		t.Fatalf("%d examples, %v", len(files), err)
	}
	list := letters(t)
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".txt")
		want, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		got := unix(read(t, list[name].Bytes).one(t, "text/plain").body)
		if diff := lineDiff(string(got), string(want)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func lineDiff(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	var out []string
	for i := range max(len(g), len(w)) {
		a, b := "", ""
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			out = append(out, "got  "+a, "want "+b)
		}
	}
	return strings.Join(out, "\n")
}
