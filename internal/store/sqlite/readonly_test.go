package sqlite

import (
	"context"
	"fmt"
	"os"
	osexec "os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

// stranger is who may only read; nobody's permissions bite root.
const stranger = 65534

// readAsStranger opens the directory, says what it finds, and tries to write.
func readAsStranger(ctx context.Context, dir string) error {
	if os.Getuid() == 0 {
		if err := becomeStranger(); err != nil {
			return err
		}
	}
	s, err := Open(ctx, dir, sealer)
	if err != nil {
		fmt.Println("refused", kwadrans.CodeOf(err))
		return nil
	}
	defer func() { _ = s.Close() }()
	n, err := readAll(s)
	again, _ := s.Meta(ctx, "again")
	fmt.Println("opened", s.ReadOnly, n, err, again)
	_, reserved := s.Reserve(ctx, book(9000), nil, created)
	fmt.Println("writes", kwadrans.CodeOf(s.SetMeta(ctx, "a", "b")), kwadrans.CodeOf(reserved))
	copied := filepath.Join(os.TempDir(), fmt.Sprint("kwadrans-stranger-", os.Getpid()))
	defer func() { _ = os.Remove(copied) }()
	fmt.Println("backup", s.Backup(ctx, copied, false), kwadrans.CodeOf(s.SetMeta(ctx, "a", "b")))
	return nil
}

// tellStranger runs readAsStranger over a directory that others may enter.
func tellStranger(t *testing.T, dir string) string {
	t.Helper()
	for d := dir; d != os.TempDir() && d != "/"; d = filepath.Dir(d) {
		if info, err := os.Stat(d); err == nil && d != dir {
			must(t, os.Chmod(d, info.Mode().Perm()|0o055))
		}
	}
	out, err := child(t, "stranger", dir).Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}

const forReading = "opened true 20 <nil> 1\nwrites read-only read-only\nbackup <nil> read-only\n"

// A file that cannot be written is opened for reading; writes say so.
func TestReadOnly(t *testing.T) {
	if os.Getuid() != 0 {
		t.Log("not root: the modes are tried as the same user")
	}
	for _, c := range []struct {
		name      string
		dir, file os.FileMode
		live      bool
	}{
		{"directory and file", 0o555, 0o444, false},
		{"the file alone", 0o777, 0o444, false},
		{"beside a program that writes", 0o555, 0o444, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.live && os.Getuid() != 0 {
				t.Skip("not tested: a file that somebody else writes needs root")
			}
			dir := filled(t)
			s := fill2(t, dir)
			if !c.live {
				must(t, s.Close())
			}
			for _, side := range []string{"", "-wal", "-shm"} {
				if err := os.Chmod(s.Path+side, c.file); err != nil && !os.IsNotExist(err) {
					t.Fatal(err)
				}
			}
			must(t, os.Chmod(dir, c.dir))
			t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
			if got := tellStranger(t, dir); got != forReading {
				t.Errorf("got:\n%swant:\n%s", got, forReading)
			}
		})
	}
}

// A WAL that cannot be read is not overlooked: the newest bookings are in it.
func TestReadOnlyDoesNotOverlookTheWAL(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("not tested: it needs a file of somebody else, so root")
	}
	from := filled(t)
	s := fill2(t, from)
	dir := t.TempDir()
	for _, name := range []string{FileName, FileName + "-wal", marker} { // as after a crash, and the -shm file gone
		if out, err := osexec.Command("cp", filepath.Join(from, name), dir).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		must(t, os.Chmod(filepath.Join(dir, name), 0o444))
	}
	must(t, s.Close())
	must(t, os.Chmod(dir, 0o555))
	if got := tellStranger(t, dir); got != "refused read-only\n" {
		t.Errorf("got %s", got)
	}
	must(t, os.Remove(filepath.Join(dir, FileName+"-wal"))) // the control: without it the file is read
	if got := tellStranger(t, dir); !strings.HasPrefix(got, "opened true 20 ") {
		t.Errorf("got %s", got)
	}
}

// A file that must be brought up to date first cannot be only read.
func TestReadOnlyOldVersion(t *testing.T) {
	dir := filled(t)
	old := migrations
	defer func() { migrations = old }()
	migrations = append(slices.Clone(old), migration{query: `CREATE TABLE extra (x TEXT) STRICT`})
	s, err := openReading(ctx, filepath.Join(dir, FileName), sealer)
	if err == nil {
		_ = s.Close()
	}
	code(t, err, kwadrans.CodeReadOnly)
}
