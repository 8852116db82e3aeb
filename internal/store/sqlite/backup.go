package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"kwadrans/internal/kwadrans"
)

// Backup writes a complete copy to the path while the program goes on (VACUUM
// INTO; the file is never copied byte by byte, which could tear it). An
// existing file is refused. The copy is readable by its owner only.
func (s *Store) Backup(ctx context.Context, path string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return openError(path, err)
	}
	if _, err := os.Lstat(abs); err == nil {
		return kwadrans.Errorf(kwadrans.CodeExists, "store: %s exists already", path).WithHint("name a new file")
	}
	part := abs + ".part"
	_ = os.Remove(part)
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return openError(path, err)
	}
	_ = f.Close() // VACUUM INTO accepts an empty file and keeps its mode
	if _, err := s.w.ExecContext(ctx, `VACUUM INTO ?`, part); err != nil {
		_ = os.Remove(part)
		return wrap("back up to "+path, err)
	}
	if err := syncFile(part); err != nil {
		return openError(path, err)
	}
	if err := os.Rename(part, abs); err != nil {
		_ = os.Remove(part)
		return openError(path, err)
	}
	return nil
}

// Restore puts a backup in the place of the data file of dir. The caller must
// hold every other process off. The old file is kept beside it under a name
// with the time. The backup itself is not changed.
func Restore(ctx context.Context, dir, backup string, now time.Time) (kept string, err error) {
	if err := checkBackup(ctx, backup); err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", openError(dir, err)
	}
	path := filepath.Join(dir, FileName)
	part := path + ".restore"
	if err := copyBackup(ctx, backup, part); err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err == nil {
		kept = path + ".before-restore-" + now.UTC().Format("20060102-150405")
		if err := os.Rename(path, kept); err != nil {
			return "", openError(path, err)
		}
		for _, side := range []string{"-wal", "-shm"} { // they belong to the file that was moved away
			if err := os.Rename(path+side, kept+side); err != nil && !os.IsNotExist(err) {
				return kept, openError(path+side, err)
			}
		}
	}
	if err := os.Rename(part, path); err != nil {
		return kept, openError(path, err)
	}
	return kept, nil
}

// checkBackup opens the backup for reading only and looks at it whole.
func checkBackup(ctx context.Context, backup string) error {
	info, err := os.Stat(backup)
	if err != nil || info.IsDir() || info.Size() == 0 {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "store: %s is not a backup of Kwadrans", backup).WithHint("name a file that kwadrans backup wrote").Because(err)
	}
	s, err := connect(ctx, backup, nil, true)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	v, err := s.version(ctx, s.r)
	if err != nil {
		return err
	}
	if v == 0 {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "store: %s is not a backup of Kwadrans", backup)
	}
	if err := s.examine(ctx, v); err != nil {
		return err
	}
	var verdict string
	if err := s.r.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict); err != nil || verdict != "ok" {
		return kwadrans.Errorf(kwadrans.CodeCorrupt, "store: the backup %s is damaged", backup).WithHint("use an older backup").Because(err)
	}
	return nil
}

// copyBackup writes the backup's content to a new file through SQLite.
func copyBackup(ctx context.Context, backup, part string) error {
	_ = os.Remove(part)
	s, err := connect(ctx, backup, nil, true)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return openError(part, err)
	}
	_ = f.Close()
	if _, err := s.w.ExecContext(ctx, `PRAGMA query_only = 0`); err != nil {
		return wrap("read the backup", err)
	}
	if _, err := s.w.ExecContext(ctx, `VACUUM INTO ?`, part); err != nil {
		return wrap("copy the backup", err)
	}
	return syncFile(part)
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
