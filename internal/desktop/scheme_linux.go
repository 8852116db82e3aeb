package desktop

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// register writes the desktop entry and tells the desktop about it, unless it
// stands there already.
func register(ctx context.Context, binary string, env func(string) string) error {
	dir, err := applications(env)
	if err != nil {
		return err
	}
	text, err := entry(binary)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, entryName)
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, []byte(text)) {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := replace(path, []byte(text), 0o644); err != nil {
		return err
	}
	return errors.Join(
		tell(ctx, "update-desktop-database", dir),
		tell(ctx, "xdg-mime", "default", entryName, "x-scheme-handler/kwadrans"),
	)
}

// applications is where the desktop entries of this user are (XDG Base Directory).
func applications(env func(string) string) (string, error) {
	if dir := env("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "applications"), nil
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "share", "applications"), err
}

// tell runs a tool of the desktop where there is one.
func tell(ctx context.Context, tool string, args ...string) error {
	path, err := exec.LookPath(tool)
	if err != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.WaitDelay = time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("desktop: %s: %w: %s", tool, err, bytes.TrimSpace(out))
	}
	return nil
}
