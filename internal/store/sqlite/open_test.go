package sqlite

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"kwadrans/internal/kwadrans"
)

// A first start makes the directory, the file and the marker, for their owner only.
func TestFirstStart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "kwadrans")
	s := fill(t, dir)
	names := map[string]fs.FileMode{}
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		info, err := e.Info()
		must(t, err)
		names[e.Name()] = info.Mode()
	}
	for _, name := range []string{FileName, FileName + "-wal", FileName + "-shm", marker} {
		if mode, ok := names[name]; !ok || mode != 0o600 {
			t.Errorf("%s: %v %v", name, ok, mode)
		}
	}
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if info, err := os.Stat(d); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v %v", d, info.Mode(), err)
		}
	}
	if s.ReadOnly {
		t.Error("it is for reading only")
	}
}

// A file that others may read is closed to them.
func TestModeIsTightened(t *testing.T) {
	dir := filled(t)
	must(t, os.Chmod(filepath.Join(dir, FileName), 0o644))
	s := fill2(t, dir)
	for _, side := range []string{"", "-wal", "-shm"} {
		if info, err := os.Stat(s.Path + side); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%q: %v %v", side, info, err)
		}
	}
}

// fill2 opens a file and writes to it, so that its WAL is there.
func fill2(t testing.TB, dir string) *Store {
	t.Helper()
	s := open(t, dir)
	must(t, s.SetMeta(ctx, "again", "1"))
	return s
}

// Several first starts at the same moment make one file.
func TestFirstStartsAtTheSameMoment(t *testing.T) {
	for range soak(10, 200) {
		dir := t.TempDir()
		var wg sync.WaitGroup
		ids := make([]string, 4)
		for i := range ids {
			wg.Go(func() {
				s, err := Open(ctx, dir, sealer)
				if err != nil {
					t.Error(err)
					return
				}
				defer func() { _ = s.Close() }()
				if ids[i], err = s.InstallID(ctx); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for _, id := range ids {
			if id != ids[0] || len(id) != 8 {
				t.Fatalf("install ids %q", ids)
			}
		}
	}
}

// refuses opens a directory that must be refused and left as it is.
func refuses(t *testing.T, dir string, want kwadrans.Code) {
	t.Helper()
	path := filepath.Join(dir, FileName)
	_, before := os.Stat(path)
	content := ""
	if before == nil {
		content = bytesOf(t, path)
	}
	s, err := Open(ctx, dir, sealer)
	if err == nil {
		_ = s.Close()
	}
	code(t, err, want)
	if _, after := os.Stat(path); (before == nil) != (after == nil) {
		t.Errorf("the file: %v before, %v after", before, after)
	}
	if before == nil && bytesOf(t, path) != content {
		t.Error("the file was changed")
	}
}

// What is lost is never taken for a first start.
func TestLossIsNotAFirstStart(t *testing.T) {
	for name, lose := range map[string]func(path string) error{
		"empty":   func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"missing": os.Remove,
		"an empty database": func(path string) error {
			if err := os.Remove(path); err != nil {
				return err
			}
			db := raw(t, path)
			_, err := db.Exec(`PRAGMA journal_mode = WAL; PRAGMA user_version = 0; VACUUM`)
			return first(err, db.Close())
		},
		"a directory": func(path string) error { return first(os.Remove(path), os.Mkdir(path, 0o700)) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := filled(t)
			must(t, lose(filepath.Join(dir, FileName)))
			if name == "a directory" {
				_, err := Open(ctx, dir, sealer)
				code(t, err, kwadrans.CodeInvalid)
				return
			}
			refuses(t, dir, kwadrans.CodeCorrupt)
			must(t, os.Remove(filepath.Join(dir, marker))) // what the hint says
			if name != "an empty database" {
				must(t, first(os.RemoveAll(filepath.Join(dir, FileName))))
			}
			if n, err := readAll(open(t, dir)); n != 0 && err != nil {
				t.Errorf("%d bookings, %v", n, err)
			}
		})
	}
}

// A first start that was cut short goes on.
func TestFirstStartCutShort(t *testing.T) {
	for name, cut := range map[string]func(path string){
		"an empty file":      func(path string) { must(t, os.WriteFile(path, nil, 0o644)) },
		"a header, no table": func(path string) { alter(t, path, `PRAGMA journal_mode = WAL`) },
		"all but the marker": func(path string) {
			fill(t, filepath.Dir(path))
			must(t, os.Remove(filepath.Join(filepath.Dir(path), marker)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			cut(filepath.Join(dir, FileName))
			s := fill2(t, dir)
			if info, err := os.Stat(s.Path); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%v %v", info, err)
			}
			if _, err := os.Stat(filepath.Join(dir, marker)); err != nil {
				t.Error(err)
			}
		})
	}
}

// A file that is not ours, or too new, is refused and not a byte of it changed.
func TestFilesThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		alter []string
		want  kwadrans.Code
	}{
		{"newer", []string{fmt.Sprintf(`PRAGMA user_version = %d`, len(migrations)+1)}, kwadrans.CodeNewerFile},
		{"newer with other tables", []string{`PRAGMA user_version = 99`, `CREATE TABLE future (x)`}, kwadrans.CodeNewerFile},
		{"of another program", []string{`PRAGMA application_id = 7`}, kwadrans.CodeCorrupt},
		{"of a newer other program", []string{`PRAGMA application_id = 7`, `PRAGMA user_version = 99`}, kwadrans.CodeCorrupt},
		{"without a version", []string{`PRAGMA user_version = 0`}, kwadrans.CodeCorrupt},
		{"bug: a version below zero panicked", []string{`PRAGMA user_version = -5`}, kwadrans.CodeCorrupt},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filled(t)
			alter(t, filepath.Join(dir, FileName), c.alter...)
			refuses(t, dir, c.want)
		})
	}
}

// A database of another program without a version got our tables.
func TestBugForeignFileGotOurTables(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	alter(t, path, `CREATE TABLE songs (title)`, `INSERT INTO songs VALUES ('Ole')`)
	refuses(t, dir, kwadrans.CodeCorrupt)
	if tables := list(t, path, `SELECT name FROM sqlite_schema`); len(tables) != 1 {
		t.Errorf("tables %v", tables)
	}
	if mode := ask[string](t, path, `PRAGMA journal_mode`); mode != "delete" {
		t.Errorf("its journal became %s", mode)
	}
}

// The path may have any letters; the DSN has its own meaning for some.
func TestPathsWithSpecialLetters(t *testing.T) {
	for _, name := range []string{"z spacją", "pytanie?x=1&_pragma=y", "krzyżyk#1", "procent%20%zz", "zażółć gęślą jaźń", "plus+quote'\"", "file:a"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), name)
			s := fill(t, dir)
			if _, err := os.Stat(filepath.Join(dir, FileName)); err != nil {
				t.Error(err)
			}
			backup := filepath.Join(dir, name+".backup")
			must(t, s.Backup(ctx, backup, false))
			must(t, s.Close())
			other := filepath.Join(t.TempDir(), name)
			if _, err := Restore(ctx, other, backup, now); err != nil {
				t.Fatal(err)
			}
			if n, err := readAll(open(t, other)); n != 20 || err != nil {
				t.Errorf("%d bookings, %v", n, err)
			}
		})
	}
}
