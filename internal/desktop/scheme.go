package desktop

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// Register makes this program the one that opens kwadrans:// addresses, for this
// user, and does it again when the program has moved. It does nothing with
// KWADRANS_NO_REGISTER=1, nor from the throw-away directory of "go run". On macOS
// the bundle's Info.plist says it instead.
func Register(ctx context.Context, env func(string) string) error {
	if env("KWADRANS_NO_REGISTER") == "1" {
		return nil
	}
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	if passing(binary) {
		return nil
	}
	return register(ctx, binary, env)
}

// passing says whether a program is gone after its run: "go run" and "go test"
// build below a directory go-build… of the system's temporary one.
func passing(binary string) bool {
	temp := os.TempDir()
	if real, err := filepath.EvalSymlinks(temp); err == nil {
		temp = real
	}
	if real, err := filepath.EvalSymlinks(binary); err == nil {
		binary = real
	}
	rel, err := filepath.Rel(temp, binary)
	return err == nil && strings.HasPrefix(rel, "go-build")
}

var errPath = errors.New("desktop: the path of the program cannot be written into a desktop entry")
