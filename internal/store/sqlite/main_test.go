package sqlite

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
)

// roles are what this test program does as a child of itself: things that must
// happen in another process, or end with its death.
var roles = map[string]func(ctx context.Context, dir string) error{
	"migrate":   migrateSlowly,
	"tear":      migrateWithoutTransaction,
	"race":      func(ctx context.Context, dir string) error { return race(ctx, dir, "") },
	"unguarded": func(ctx context.Context, dir string) error { return race(ctx, dir, "mutant") },
	"write":     writeUntilClosed,
	"stranger":  readAsStranger,
	"note":      noteOnce,
	"glance":    glance,
}

const (
	roleEnv = "KWADRANS_STORE_ROLE"
	dirEnv  = "KWADRANS_STORE_DIR"
)

func TestMain(m *testing.M) {
	role, ok := roles[os.Getenv(roleEnv)]
	if !ok {
		os.Exit(m.Run())
	}
	if err := role(context.Background(), os.Getenv(dirEnv)); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// child prepares this program in a role.
func child(t testing.TB, role, dir string, env ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(append(os.Environ(), roleEnv+"="+role, dirEnv+"="+dir), env...)
	cmd.Stderr = os.Stderr
	return cmd
}

// begin starts a child and waits for its first line. Closing in tells it to end.
func begin(t testing.TB, cmd *exec.Cmd) (in io.WriteCloser, out *bufio.Scanner) {
	t.Helper()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	out = bufio.NewScanner(pipe)
	if !out.Scan() {
		t.Fatalf("the child said nothing: %v", cmd.Wait())
	}
	return in, out
}

// soak is a number for every run, and a bigger one for the long harness.
func soak(gate, long int) int {
	if os.Getenv("KWADRANS_SOAK") == "1" {
		return long
	}
	return gate / slower
}
