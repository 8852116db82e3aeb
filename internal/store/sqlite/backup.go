package sqlite

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// Backup writes a complete copy to the path while the program goes on (VACUUM
// INTO; the file is never copied byte by byte, which could tear it). An existing
// file is refused with CodeExists; with replace, one of ours that nobody uses is
// replaced once the copy is complete. The copy is readable by its owner only, and
// complete or not there.
func (s *Store) Backup(ctx context.Context, path string, replace bool) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return openError(path, err)
	}
	if err := s.mayPlace(abs, replace); err != nil {
		return err
	}
	part, err := s.copyBeside(ctx, abs)
	if err != nil {
		return err
	}
	return place(part, abs)
}

// keepOld backs the file up before it is brought to a newer version. A backup
// that an earlier try left is replaced: the file was still of this version
// then, and has gone on since.
func (s *Store) keepOld(ctx context.Context, version int) error {
	path := fmt.Sprintf("%s.before-v%d.backup", s.Path, len(migrations))
	part, err := s.copyBeside(ctx, path)
	if err != nil {
		return err
	}
	copied, err := versionOf(ctx, part)
	if err == nil && copied == version {
		return place(part, path)
	}
	_ = os.Remove(part) // another process was faster: its backup is the right one
	return err
}

func versionOf(ctx context.Context, path string) (int, error) {
	s, err := connect(ctx, path, nil, frozen)
	if err != nil {
		return 0, err
	}
	defer func() { _ = s.Close() }()
	return s.identify(ctx, true)
}

// copyBeside writes a copy under a name of its own in the directory of path.
func (s *Store) copyBeside(ctx context.Context, path string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part") // for its owner only
	if err != nil {
		return "", openError(path, err)
	}
	part := f.Name()
	if err = f.Close(); err == nil {
		err = s.vacuumInto(ctx, part)
	}
	if err == nil {
		err = syncFile(part)
	}
	if err != nil {
		_ = os.Remove(part)
		_ = os.Remove(part + "-journal")
		return "", wrap("copy the file to "+path, err)
	}
	return part, nil
}

// vacuumInto accepts an empty file and keeps its mode. A store for reading is
// query_only, which would forbid the copy too.
func (s *Store) vacuumInto(ctx context.Context, part string) error {
	c, err := s.w.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	if s.ReadOnly {
		if _, err := c.ExecContext(ctx, `PRAGMA query_only = 0`); err != nil {
			return err
		}
		defer func() { _, _ = c.ExecContext(context.WithoutCancel(ctx), `PRAGMA query_only = 1`) }()
	}
	_, err = c.ExecContext(ctx, `VACUUM INTO ?`, part)
	return err
}

// place gives a finished copy its name.
func place(part, path string) error {
	if err := os.Rename(part, path); err != nil {
		_ = os.Remove(part)
		return openError(path, err)
	}
	syncDir(filepath.Dir(path))
	return nil
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// syncDir makes a new name last, where the system can.
func syncDir(dir string) {
	if f, err := os.Open(dir); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
}
