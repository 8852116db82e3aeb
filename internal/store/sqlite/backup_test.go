package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	osexec "os/exec"
	"path/filepath"
	"testing"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/store/storetest"
)

// writeUntilClosed books and cancels until its input ends, or it has done its
// share. Who waits too long for the lock is told so, and comes again.
func writeUntilClosed(ctx context.Context, dir string) error {
	s, err := Open(ctx, dir, sealer)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	closed := make(chan struct{})
	go func() { defer close(closed); _, _ = io.Copy(io.Discard, os.Stdin) }()
	fmt.Println("writes")
	for i := 0; ; i++ {
		select {
		case <-closed:
			return nil
		default:
		}
		if i == soak(100, 2000) {
			<-closed
			return nil
		}
		b := book(i)
		b.Host.ID = b.ID // each is its own host: here nothing is ever in the way
		_, err := s.Reserve(ctx, b, storetest.Steps(b), created)
		if err == nil {
			b.Rev, b.State = 2, kwadrans.Cancelled
			_, err = s.Revise(ctx, b, 1, storetest.Steps(b), kwadrans.Event{Kind: "cancelled"})
		}
		if err != nil && kwadrans.CodeOf(err) != kwadrans.CodeBusyFile {
			return err
		}
	}
}

// under runs f while four processes write.
func under(t *testing.T, dir string, f func()) {
	t.Helper()
	for range 4 {
		cmd := child(t, "write", dir)
		in, out := begin(t, cmd)
		defer func() {
			_ = in.Close()
			for out.Scan() {
				t.Error(out.Text())
			}
			if err := cmd.Wait(); err != nil {
				t.Error(err)
			}
		}()
	}
	f()
}

// whole says what is wrong with a copy: damage, a transaction in part, or a
// booking that was acknowledged before the copy began.
func whole(t testing.TB, path, booking string) error {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&immutable=1")
	must(t, err)
	defer func() { _ = db.Close() }()
	for query, want := range map[string]string{
		`PRAGMA integrity_check`:                                                                                                                               "ok",
		`SELECT count(*) FROM pragma_foreign_key_check`:                                                                                                        "0",
		`SELECT count(*) FROM booking WHERE id = '` + booking + `'`:                                                                                            "1",
		`SELECT count(*) FROM booking b WHERE rev <> (SELECT count(*) FROM event e WHERE e.booking = b.id)`:                                                    "0",
		`SELECT count(*) FROM booking b WHERE 3 <> (SELECT count(*) FROM step s WHERE s.subject = b.id AND s.want = b.rev)`:                                    "0",
		`SELECT count(*) FROM booking b WHERE 2 <> (SELECT count(*) FROM attendee a WHERE a.booking = b.id)`:                                                   "0",
		`SELECT count(*) FROM booking b WHERE (state = 'cancelled') <> EXISTS (SELECT 1 FROM step s WHERE s.subject = b.id AND lane = 'zoom/drop/' || b.host)`: "0",
	} {
		var got string
		if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
			return fmt.Errorf("%s: %s, want %s (%v)", query, got, want, err)
		}
	}
	return nil
}

// copies makes copies under load and says what is wrong with the first bad one.
func copies(t *testing.T, rounds int, backup func(s *Store, to string) error) (bad error) {
	t.Helper()
	dir := t.TempDir()
	s := open(t, dir)
	under(t, dir, func() {
		for i := range rounds {
			b := book(i)
			b.Host.ID = b.ID
			_, err := s.Reserve(ctx, b, storetest.Steps(b), created)
			must(t, err)
			to := filepath.Join(t.TempDir(), fmt.Sprint("copy ", i))
			must(t, backup(s, to))
			if bad = whole(t, to, b.ID); bad != nil {
				bad = fmt.Errorf("copy %d: %w", i, bad)
				return
			}
		}
	})
	return bad
}

// A backup taken while four processes write is whole.
func TestBackupWhileOthersWrite(t *testing.T) {
	if bad := copies(t, soak(4, 66), func(s *Store, to string) error { return s.Backup(ctx, to, false) }); bad != nil {
		t.Error(bad)
	}
}

// The control: a copy of the bytes lacks what stands in the WAL, or is torn.
func TestBackupFindsMutants(t *testing.T) {
	cp := func(s *Store, to string) error { return osexec.Command("cp", s.Path, to).Run() }
	if bad := copies(t, 20, cp); bad == nil {
		t.Error("a copy of the bytes passes for a backup")
	} else {
		t.Log(bad)
	}
}

// A backup is for its owner only, never replaces a file, and leaves nothing beside it.
func TestBackup(t *testing.T) {
	s := fill(t, t.TempDir())
	dir := t.TempDir()
	path := filepath.Join(dir, "b.backup")
	must(t, s.Backup(ctx, path, false))
	code(t, s.Backup(ctx, path, false), kwadrans.CodeExists)
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	must(t, os.Symlink("nowhere", filepath.Join(dir, "link")))
	code(t, s.Backup(ctx, filepath.Join(dir, "link"), false), kwadrans.CodeExists)
	if err := s.Backup(ctx, filepath.Join(dir, "no", "such", "directory"), false); err == nil || kwadrans.CodeOf(err) == "" {
		t.Error(err)
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.Backup(stopped, filepath.Join(dir, "late"), false); err == nil {
		t.Error("a backup that was given up succeeded")
	}
	entries, err := os.ReadDir(dir)
	must(t, err)
	if len(entries) != 2 {
		t.Errorf("left behind: %v", entries)
	}
}

// A file that was to be overwritten, as the user had agreed in the file dialog, was
// refused all the same. Whatever is no backup still is.
func TestBugABackupDidNotReplaceTheOneThatWasChosen(t *testing.T) {
	s := fill(t, t.TempDir())
	own, out := filepath.Dir(s.Path), t.TempDir()
	write := func(path string) string {
		must(t, os.WriteFile(path, bytes.Repeat([]byte("somebody's "), 1000), 0o644))
		return path
	}
	old := func(path string) string {
		must(t, s.Backup(ctx, path, false))
		return path
	}
	must(t, s.SetMeta(ctx, "age", "old"))
	replaced := []string{old(filepath.Join(out, "b.db")), old(filepath.Join(out, FileName)), old(filepath.Join(own, "b.backup"))}
	crashed, foreign := old(filepath.Join(out, "crashed.db")), filepath.Join(out, "songs.db")
	write(crashed + "-wal")
	alter(t, foreign, `CREATE TABLE songs (title)`)
	other := open(t, t.TempDir())
	must(t, os.Symlink(replaced[0], filepath.Join(out, "link")))
	must(t, os.Link(s.Path, filepath.Join(out, "hard")))
	must(t, s.SetMeta(ctx, "age", "new"))
	for _, path := range replaced {
		must(t, s.Backup(ctx, path, true))
		if got := ask[string](t, path, `SELECT v FROM meta WHERE k = 'age'`); got != "new" {
			t.Errorf("%s is the %s one", path, got)
		}
		if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
			t.Errorf("%v %v", info, err)
		}
	}
	must(t, other.Close()) // also a file that is closed is the data of its directory
	for _, path := range []string{
		s.Path, s.Path + "-wal", s.Path + "-shm", filepath.Join(own, marker), write(filepath.Join(own, "open.lock")), write(filepath.Join(own, "kwadrans.key")),
		other.Path, crashed, foreign, write(filepath.Join(out, "letter.txt")), filepath.Join(out, "link"), filepath.Join(out, "hard"), out,
	} {
		before, _ := os.ReadFile(path)
		code(t, s.Backup(ctx, path, true), kwadrans.CodeExists)
		if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
			t.Errorf("%s was changed", path)
		}
	}
	before := bytesOf(t, replaced[0])
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.Backup(stopped, replaced[0], true); err == nil || bytesOf(t, replaced[0]) != before {
		t.Errorf("a backup that was given up touched the old one: %v", err)
	}
}
