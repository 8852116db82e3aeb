package desktop

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// deep is a directory whose path is too long for a socket.
func deep(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), strings.Repeat("d", longestSocket))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestDeepDirectory(t *testing.T) {
	run := t.TempDir()
	t.Setenv("XDG_RUNTIME_DIR", run)
	dir := deep(t)
	window := begin(t, dir, "")
	window.says("seated")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for _, way := range []string{dir, link} {
		second := begin(t, way, aBooking)
		second.says("handed over")
	}
	private := filepath.Join(run, "kwadrans")
	if info, err := os.Stat(private); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info, err)
	}
	window.ends(0)
	if left, _ := os.ReadDir(private); len(left) > 0 {
		t.Errorf("%s is left", left[0].Name())
	}
}

// Whoever made the directory first could listen to us there.
func TestSocketNotInDirectoryOfOthers(t *testing.T) {
	open := func(t *testing.T, path string) error { return os.Mkdir(path, 0o700) }
	for name, make := range map[string]func(t *testing.T, path string) error{
		"open to others": func(t *testing.T, path string) error {
			if err := open(t, path); err != nil {
				return err
			}
			return os.Chmod(path, 0o770)
		},
		"a link":   func(t *testing.T, path string) error { return os.Symlink(t.TempDir(), path) },
		"no place": func(t *testing.T, path string) error { return os.WriteFile(path, nil, 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			run, temp := t.TempDir(), t.TempDir()
			t.Setenv("XDG_RUNTIME_DIR", run)
			t.Setenv("TMPDIR", temp)
			private := filepath.Join(run, "kwadrans")
			if err := make(t, private); err != nil {
				t.Fatal(err)
			}
			dir := deep(t)
			squatted := place{filepath.Join(private, shortName(dir)), private}
			if l, err := net.Listen("unix", squatted.name); err == nil {
				defer func() { _ = l.Close() }()
			}
			if _, err := dial(t.Context(), squatted); err == nil {
				t.Error("a link would be given to a stranger")
			}
			s := take(t, dir)
			defer s.Free()
			if s.listen == nil || !strings.HasPrefix(s.listen.Addr().String(), temp) {
				t.Errorf("listens at %v: %v", s.listen, s.deaf)
			}
		})
	}
	// The control: a directory of ours alone is taken.
	run := t.TempDir()
	t.Setenv("XDG_RUNTIME_DIR", run)
	if err := open(t, filepath.Join(run, "kwadrans")); err != nil {
		t.Fatal(err)
	}
	s := take(t, deep(t))
	defer s.Free()
	if s.listen == nil || !strings.HasPrefix(s.listen.Addr().String(), run) {
		t.Errorf("listens at %v: %v", s.listen, s.deaf)
	}
}
