package desktop

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// argument reads the first argument of an Exec key back, by the rules of the
// specification in the order in which a reader applies them.
func argument(t *testing.T, exec string) string {
	t.Helper()
	value := strings.ReplaceAll(exec, `\\`, `\`) // as in each value
	if !strings.ContainsAny(value, " \t\n\"'\\><~|&;$*?#()`%") {
		return value
	}
	value, ok := strings.CutPrefix(value, `"`)
	var b strings.Builder
	for i := 0; ok && i < len(value); i++ {
		switch c := value[i]; {
		case c == '"':
			return strings.ReplaceAll(b.String(), "%%", "%")
		case c == '\\' && i+1 < len(value) && strings.ContainsRune("\"`$\\", rune(value[i+1])):
			i++
			b.WriteByte(value[i])
		case strings.ContainsRune("`$\\", rune(c)):
			t.Fatalf("%q stands unescaped in %s", c, exec)
		default:
			b.WriteByte(c)
		}
	}
	t.Fatalf("%s does not end", exec)
	return ""
}

var oddPaths = []string{
	"/usr/bin/kwadrans", "/home/ala ma/kota/kwadrans", `/opt/"x"/kwadrans`, "/opt/100%/kwadrans", "/opt/%u/kwadrans", "/opt/%%/k",
	`/opt/back\slash/kwadrans`, `/opt/\\/"`, "/opt/$HOME/`id`/kwadrans", "/opt/żółć/kwadrans", "/opt/a;b&c|d/it's",
}

func TestEntryKeepsThePath(t *testing.T) {
	for _, path := range oddPaths {
		got, err := quoted(path)
		if err != nil || argument(t, got) != path {
			t.Errorf("%s is written as %s, %v", path, got, err)
		}
	}
	for _, path := range []string{"/opt/a=b/kwadrans", "/opt/a\nExec=evil/kwadrans", "/opt/\x7f"} {
		if text, err := entry(path); !errors.Is(err, errPath) {
			t.Errorf("%q is written as %s", path, text)
		}
	}
}

func TestEntryOfTheSpecification(t *testing.T) {
	for path, want := range map[string]string{
		"/usr/bin/kwadrans": `/usr/bin/kwadrans`,
		"/home/a b/k":       `"/home/a b/k"`,
		`/o/"/k`:            `"/o/\\"/k"`,
		`/o/$/k`:            `"/o/\\$/k"`,
		`/o/\/k`:            `"/o/\\\\/k"`, // four, as the specification says itself
		"/o/50% off/k":      `"/o/50%% off/k"`,
	} {
		if got, err := quoted(path); got != want || err != nil {
			t.Errorf("%s is written as %s, want %s (%v)", path, got, want, err)
		}
	}
}

func TestEntryIsValid(t *testing.T) {
	tool, err := exec.LookPath("desktop-file-validate")
	if err != nil {
		t.Skip("desktop-file-validate is not installed")
	}
	for _, path := range oddPaths {
		text, err := entry(path)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), entryName)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(tool, file).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v\n%s", path, err, out)
		}
	}
}

// A desktop finds the program and hands it the address, whatever its path.
func TestEntryStarts(t *testing.T) {
	tool, err := exec.LookPath("gio")
	if err != nil {
		t.Skip("gio is not installed")
	}
	for _, path := range oddPaths {
		root := t.TempDir()
		path = filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		pipe := filepath.Join(t.TempDir(), "pipe")
		if out, err := exec.Command("mkfifo", pipe).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		text, err := entry(path)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(root, entryName)
		for name, text := range map[string]string{path: "#!/bin/sh\nprintf %s \"$*\" >" + pipe + "\n", file: text} {
			if err := os.WriteFile(name, []byte(text), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if err := exec.Command(tool, "launch", file, aBooking).Run(); err != nil { // its output would be the program's too
			t.Errorf("%s: %v", path, err)
		} else if got := within(t, func() string { return read(t, pipe) }); got != aBooking {
			t.Errorf("%s is started with %q", path, got)
		}
	}
}
