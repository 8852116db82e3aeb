package desktop

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// home gives the test a home of its own and returns where its entry will be.
func home(t *testing.T) (path string) {
	t.Helper()
	dir := t.TempDir()
	for name, sub := range map[string]string{"HOME": "", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache"} {
		t.Setenv(name, filepath.Join(dir, sub))
	}
	t.Setenv("XDG_CURRENT_DESKTOP", "")
	if err := os.Mkdir(filepath.Join(dir, "config"), 0o700); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "data", "applications", entryName)
}

func TestRegister(t *testing.T) {
	path := home(t)
	for _, binary := range []string{"/opt/one/kwadrans", "/opt/two two/kwadrans"} {
		if err := register(t.Context(), binary, os.Getenv); err != nil {
			t.Fatal(err)
		}
		if text := read(t, path); !strings.Contains(text, "Exec="+binary+" %u\n") && !strings.Contains(text, "Exec=\""+binary+"\" %u\n") {
			t.Errorf("%s\n%s", binary, text)
		}
	}
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := register(t.Context(), "/opt/two two/kwadrans", os.Getenv); err != nil {
		t.Fatal(err)
	}
	if after, err := os.Stat(path); err != nil || !os.SameFile(before, after) {
		t.Error("an entry that is right is written anew")
	}
	if tool, err := exec.LookPath("xdg-mime"); err == nil {
		out, err := exec.Command(tool, "query", "default", "x-scheme-handler/kwadrans").CombinedOutput()
		if got := strings.TrimSpace(string(out)); got != entryName || err != nil {
			t.Errorf("the desktop opens kwadrans:// with %q, %v", got, err)
		}
	}
}

func TestRegisterWithoutDataHome(t *testing.T) {
	home(t)
	t.Setenv("XDG_DATA_HOME", "not/a/whole/path")
	if err := register(t.Context(), "/opt/kwadrans", os.Getenv); err != nil {
		t.Fatal(err)
	}
	read(t, filepath.Join(os.Getenv("HOME"), ".local", "share", "applications", entryName))
}

// A tool that fails is told, and the entry is there all the same.
func TestRegisterWithToolThatFails(t *testing.T) {
	path := home(t)
	script(t, "update-desktop-database", "echo no room; exit 3")
	err := register(t.Context(), "/opt/kwadrans", os.Getenv)
	if err == nil || !strings.Contains(err.Error(), "no room") {
		t.Errorf("%v", err)
	}
	read(t, path)
}

func TestRegisterNeverFromThrowAway(t *testing.T) {
	path := home(t)
	if err := Register(t.Context(), os.Getenv); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the binary of a test is registered")
	}
	temp := os.TempDir()
	for binary, want := range map[string]bool{
		filepath.Join(temp, "go-build123/b001/exe/kwadrans"): true,
		filepath.Join(temp, "kwadrans"):                      false,
		"/opt/go-build/kwadrans":                             false,
	} {
		if passing(binary) != want {
			t.Errorf("%s: %v", binary, !want)
		}
	}
}

func TestRegisterCanBeSwitchedOff(t *testing.T) {
	path := home(t)
	binary := filepath.Join(t.TempDir(), "kwadrans")
	self, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(binary, self, 0o700); err != nil {
		t.Fatal(err)
	}
	for off, want := range map[string]bool{"1": false, "": true} {
		cmd := exec.Command(binary)
		cmd.Env = append(os.Environ(), childRegisters+"=1", "KWADRANS_NO_REGISTER="+off)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("KWADRANS_NO_REGISTER=%s: %v", off, err)
		}
		_ = os.Remove(path)
	}
}

// Without a desktop of its own xdg-open reads the entry itself, and knows no quotes.
func TestRegisterForPlainXdgOpen(t *testing.T) {
	for _, tool := range []string{"xdg-open", "xdg-mime"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed")
		}
	}
	home(t)
	t.Setenv("DISPLAY", ":0")
	root := t.TempDir()
	binary, told := filepath.Join(root, "kwadrans"), filepath.Join(root, "told")
	if err := os.WriteFile(binary, []byte("#!/bin/sh\nprintf %s \"$*\" >"+told+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := register(t.Context(), binary, os.Getenv); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("xdg-open", aBooking).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got := read(t, told); got != aBooking {
		t.Errorf("the program is started with %q", got)
	}
}
