//go:build unix

package sqlite

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"kwadrans/internal/kwadrans"
)

func becomeStranger() error {
	return first(syscall.Setgroups(nil), syscall.Setgid(stranger), syscall.Setuid(stranger))
}

// tmpfs mounts a small disk, or says why this is not tested.
func tmpfs(t *testing.T, size string) (dir string, grow func(size string)) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("not tested: a full disk needs the right to mount one (%v)", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, 0) })
	return dir, func(size string) { must(t, syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size="+size)) }
}

// A full disk: nothing acknowledged is lost, reading goes on, and the same
// connection writes again when there is room.
func TestFullDisk(t *testing.T) {
	dir, grow := tmpfs(t, "2M")
	s := fill(t, dir)
	kept := 20
	var err error
	for err == nil {
		b := book(10000 + kept*60)
		b.Note = strings.Repeat("x", 2000)
		if _, err = s.Reserve(ctx, b, nil, created); err == nil {
			kept++
		}
	}
	code(t, err, kwadrans.CodeDiskFull)
	code(t, s.Backup(ctx, filepath.Join(dir, "b"), false), kwadrans.CodeDiskFull)
	if n, err := readAll(s); n != kept || err != nil {
		t.Errorf("%d bookings of %d, %v", n, kept, err)
	}
	for range 50 { // and goes on refusing, not hanging in a transaction
		if _, err := s.Reserve(ctx, book(900000), nil, created); err != nil {
			code(t, err, kwadrans.CodeDiskFull)
			continue
		}
		kept++
		break
	}
	grow("8M")
	if _, err := s.Reserve(ctx, book(990000), nil, created); err != nil {
		t.Fatalf("after growing: %v", err)
	}
	kept++
	must(t, s.Close())
	if v := ask[string](t, s.Path, `PRAGMA integrity_check`); v != "ok" {
		t.Error(v)
	}
	if n := ask[int](t, s.Path, `SELECT count(*) FROM booking`); n != kept {
		t.Errorf("%d bookings, %d were acknowledged", n, kept)
	}
	if parts, _ := filepath.Glob(filepath.Join(dir, "*.part")); parts != nil {
		t.Errorf("left behind: %v", parts)
	}
}

// Opening on a full disk says so and changes nothing.
func TestOpenOnAFullDisk(t *testing.T) {
	dir, grow := tmpfs(t, "2M")
	must(t, fill(t, dir).Close())
	for size := 2 << 20; size > 0; size /= 2 {
		f, err := os.OpenFile(filepath.Join(dir, "other"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		must(t, err)
		_, _ = f.Write(make([]byte, size))
		must(t, f.Close())
	}
	refuses(t, dir, kwadrans.CodeDiskFull)
	grow("8M")
	if n, err := readAll(open(t, dir)); n != 20 || err != nil {
		t.Errorf("%d bookings, %v", n, err)
	}
}
