//go:build e2e

package e2e

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// stage is what all tests share: a screen and the means to steer the window.
var stage struct {
	binary string // the program as it ships
	shim   string // testdata/automation.c, compiled
	dir    string // of the screen's pixels
	number string // of the display, ":7"
	driver string // WebKitWebDriver
}

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "kwadrans-e2e-")
	if err != nil {
		return complain(err)
	}
	defer os.RemoveAll(dir)
	stage.dir = dir
	if err := prepare(dir); err != nil {
		return complain(err)
	}
	stop, err := screen(dir)
	if err != nil {
		return complain(err)
	}
	defer stop()
	return m.Run()
}

func complain(err error) int {
	fmt.Fprintln(os.Stderr, "e2e:", err)
	return 1
}

// prepare finds the binary and compiles the shim.
func prepare(dir string) (err error) {
	if stage.binary, err = filepath.Abs("../../../build/bin/kwadrans"); err != nil {
		return err
	}
	if _, err := os.Stat(stage.binary); err != nil {
		return fmt.Errorf("there is no program to test; run: make build (%w)", err)
	}
	for _, tool := range []string{"Xvfb", "WebKitWebDriver", "gcc", "pkg-config", "xdotool"} {
		if _, err := exec.LookPath(tool); err != nil {
			return fmt.Errorf("%s is missing; run: make deps (%w)", tool, err)
		}
	}
	stage.driver, _ = exec.LookPath("WebKitWebDriver")
	flags, err := exec.Command("pkg-config", "--cflags", "--libs", "webkit2gtk-4.1").Output()
	if err != nil {
		return fmt.Errorf("webkit2gtk-4.1 is missing; run: make deps (%w)", err)
	}
	stage.shim = filepath.Join(dir, "automation.so")
	args := append([]string{"-shared", "-fPIC", "-o", stage.shim, "testdata/automation.c"}, strings.Fields(string(flags))...)
	if out, err := exec.Command("gcc", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("gcc: %w: %s", err, out)
	}
	return nil
}

// screen starts an X server whose pixels lie in a file.
func screen(dir string) (stop func(), err error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-fbdir", dir)
	cmd.ExtraFiles = []*os.File{w}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	w.Close()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("Xvfb did not start: %w", err)
	}
	stage.number = ":" + strings.TrimSpace(line)
	return func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}, nil
}
