package sqlite

import (
	"os"
	osexec "os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

// backupOf is a backup of a filled file.
func backupOf(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "b.backup")
	must(t, fill(t, t.TempDir()).Backup(ctx, path, false))
	return path
}

// The old file is kept with its WAL, the restored one has its marker, and the
// backup is as it was.
func TestRestore(t *testing.T) {
	backup := backupOf(t)
	before := bytesOf(t, backup)
	dir := t.TempDir()
	s := open(t, dir)
	must(t, s.SetMeta(ctx, "old", "in the WAL"))
	crash(t, s, dir)
	kept, err := Restore(ctx, dir, backup, now)
	must(t, err)
	if want := filepath.Join(dir, FileName+".before-restore-20261201-090000"); kept != want {
		t.Errorf("kept as %s", kept)
	}
	if got := ask[string](t, kept, `SELECT v FROM meta WHERE k = 'old'`); got != "in the WAL" {
		t.Errorf("the old file has %q", got)
	}
	if n, err := readAll(open(t, dir)); n != 20 || err != nil {
		t.Errorf("%d bookings, %v", n, err)
	}
	if bytesOf(t, backup) != before {
		t.Error("the backup was changed")
	}
}

// crash puts into dir what a killed process leaves: the file and its WAL.
func crash(t testing.TB, s *Store, dir string) {
	t.Helper()
	aside := t.TempDir()
	for _, side := range []string{"", "-wal"} {
		if out, err := osexec.Command("cp", s.Path+side, aside).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	must(t, s.Close())
	for _, side := range []string{"", "-wal"} {
		copyFile(t, filepath.Join(aside, FileName+side), filepath.Join(dir, FileName+side))
	}
}

// On a new machine there is nothing to keep, and the loss of the restored file is noticed.
func TestRestoreOnANewMachine(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	kept, err := Restore(ctx, dir, backupOf(t), now)
	if kept != "" || err != nil {
		t.Fatal(kept, err)
	}
	path := filepath.Join(dir, FileName)
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	must(t, os.Remove(path))
	refuses(t, dir, kwadrans.CodeCorrupt)
}

// A restore that was cut between two renames left the WAL of the old file
// beside the new one, which then was taken for its own.
func TestBugRestoreBesideAStaleWAL(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	must(t, s.SetMeta(ctx, "old", "in the WAL"))
	crash(t, s, dir)
	must(t, os.Remove(filepath.Join(dir, FileName)))
	_, err := Restore(ctx, dir, backupOf(t), now)
	must(t, err)
	if _, err := os.Stat(filepath.Join(dir, FileName+"-wal")); err == nil {
		t.Error("the stale WAL is still there")
	}
	s = open(t, dir)
	if n, err := readAll(s); n != 20 || err != nil {
		t.Errorf("%d bookings, %v", n, err)
	}
	if v, _ := s.Meta(ctx, "old"); v != "" {
		t.Errorf("the stale WAL was read: %q", v)
	}
}

// Two restores within one second: the second replaced what the first had kept.
func TestBugSecondRestoreReplacedTheKeptFile(t *testing.T) {
	backup, dir := backupOf(t), t.TempDir()
	s := open(t, dir)
	must(t, s.SetMeta(ctx, "old", "precious"))
	must(t, s.Close())
	one, err := Restore(ctx, dir, backup, now)
	must(t, err)
	two, err := Restore(ctx, dir, backup, now)
	must(t, err)
	if one == two {
		t.Errorf("both are %s", one)
	}
	if got := ask[string](t, one, `SELECT v FROM meta WHERE k = 'old'`); got != "precious" {
		t.Errorf("the first has %q", got)
	}
}

// A file that was put aside with its WAL came back without its newest bookings.
func TestBugRestoreOfAKeptFileForgotItsWAL(t *testing.T) {
	dir := t.TempDir()
	s := fill(t, dir)
	must(t, s.SetMeta(ctx, "newest", "yes"))
	crash(t, s, dir)
	kept, err := Restore(ctx, dir, backupOf(t), now)
	must(t, err)
	_, err = Restore(ctx, dir, kept, now)
	must(t, err)
	if v, err := open(t, dir).Meta(ctx, "newest"); v != "yes" || err != nil {
		t.Errorf("%q, %v", v, err)
	}
}

// What is no sound backup is refused, and then nothing was changed.
func TestRestoreRefuses(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(path string)
		want  kwadrans.Code
	}{
		{"missing", func(path string) { must(t, os.Remove(path)) }, kwadrans.CodeInvalid},
		{"empty", func(path string) { must(t, os.Truncate(path, 0)) }, kwadrans.CodeInvalid},
		{"a directory", func(path string) { must(t, first(os.Remove(path), os.Mkdir(path, 0o700))) }, kwadrans.CodeInvalid},
		{"text", func(path string) { must(t, os.WriteFile(path, []byte(strings.Repeat("text ", 2000)), 0o600)) }, kwadrans.CodeCorrupt},
		{"cut", func(path string) { must(t, os.Truncate(path, 40960)) }, kwadrans.CodeCorrupt},
		{"a bad page", func(path string) {
			page := ask[int](t, path, `SELECT rootpage FROM sqlite_schema WHERE name = 'booking'`)
			overwrite(t, path, int64(page-1)*4096, make([]byte, 200))
		}, kwadrans.CodeCorrupt},
		{"an index that lacks rows", func(path string) {
			alter(t, path, `PRAGMA writable_schema = 1`, `UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'event_booking') WHERE name = 'booking_start'`)
		}, kwadrans.CodeCorrupt},
		{"newer", func(path string) { alter(t, path, `PRAGMA user_version = 99`) }, kwadrans.CodeNewerFile},
		{"foreign", func(path string) { alter(t, path, `PRAGMA application_id = 7`) }, kwadrans.CodeInvalid},
		{"foreign without a version", func(path string) {
			must(t, os.Remove(path))
			alter(t, path, `CREATE TABLE songs (title)`)
		}, kwadrans.CodeInvalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, backup := filled(t), backupOf(t)
			c.spoil(backup)
			before := bytesOf(t, filepath.Join(dir, FileName))
			kept, err := Restore(ctx, dir, backup, now)
			code(t, err, c.want)
			if kept != "" {
				t.Errorf("kept %s", kept)
			}
			if bytesOf(t, filepath.Join(dir, FileName)) != before {
				t.Error("the data file was changed")
			}
			if entries, _ := os.ReadDir(dir); len(entries) != 2 {
				t.Errorf("left behind: %v", entries)
			}
		})
	}
}

// A restored file says so, until somebody clears it; the backup does not.
func TestRestoreIsNoted(t *testing.T) {
	backup, dir := backupOf(t), t.TempDir()
	_, err := Restore(ctx, dir, backup, now)
	must(t, err)
	if v, err := open(t, dir).Meta(ctx, MetaRestored); v == "" || err != nil {
		t.Errorf("%q, %v", v, err)
	}
	if n := ask[int](t, backup, `SELECT count(*) FROM meta WHERE k = '`+MetaRestored+`'`); n != 0 {
		t.Error("the backup was changed")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.part*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
