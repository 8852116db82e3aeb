package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kwadrans/internal/kwadrans"
)

// MetaRestored is a small fact of a file that Restore has put in place, set until
// somebody clears it: the file does not know what was done since the backup.
const MetaRestored = "restored"

// Restore puts a backup in the place of the data file of dir, with MetaRestored
// set. The caller must hold every other process off. The old file is kept beside it,
// under the name that is returned. The backup itself is not changed. Errors: CodeInvalid,
// CodeCorrupt or CodeNewerFile for the backup, and then nothing was changed.
func Restore(ctx context.Context, dir, backup string, now time.Time) (kept string, err error) {
	b, err := openBackup(ctx, backup)
	if err != nil {
		return "", err
	}
	defer func() { _ = b.Close() }()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", openError(dir, err)
	}
	path := filepath.Join(dir, FileName)
	part, err := b.copyBeside(ctx, path)
	if err != nil {
		return "", err
	}
	if err := noteRestored(ctx, part, now); err != nil {
		_ = os.Remove(part)
		return "", err
	}
	if err := mark(dir); err != nil { // before the old file goes: from here on a missing file is a loss
		_ = os.Remove(part)
		return "", err
	}
	if kept, err = putAside(path, now); err != nil {
		_ = os.Remove(part)
		return kept, err
	}
	return kept, place(part, path)
}

// noteRestored sets MetaRestored in a copy before it is put in place, so that
// nobody ever opens the file without it.
func noteRestored(ctx context.Context, part string, now time.Time) error {
	s, err := connect(ctx, part, nil, alone)
	if err != nil {
		return err
	}
	err = s.SetMeta(ctx, MetaRestored, now.UTC().Format(time.RFC3339))
	if e := s.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = syncFile(part)
	}
	return wrap("copy the file to "+part, err)
}

// putAside renames the data file. Its WAL goes along even when the file itself
// is gone: beside another file it would be taken for that one's.
func putAside(path string, now time.Time) (string, error) {
	kept := freeName(path + ".before-restore-" + now.UTC().Format("20060102-150405"))
	moved := ""
	for _, side := range []string{"", "-wal", "-shm"} {
		switch err := os.Rename(path+side, kept+side); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return moved, openError(path+side, err)
		case side == "":
			moved = kept
		}
	}
	return moved, nil
}

// freeName appends a number where the name, or its WAL's, is taken.
func freeName(name string) string {
	free := name
	for i := 2; taken(free) || taken(free+"-wal"); i++ {
		free = fmt.Sprintf("%s.%d", name, i)
	}
	return free
}

func taken(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// openBackup opens a backup for reading and looks at it whole.
func openBackup(ctx context.Context, path string) (*Store, error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
		return nil, noBackup(path, err)
	}
	s, err := connectReading(ctx, path, nil)
	if err != nil {
		return nil, badBackup(path, err)
	}
	if err = s.examineBackup(ctx); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Store) examineBackup(ctx context.Context) error {
	var app int
	if err := s.w.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&app); err != nil {
		return badBackup(s.Path, err)
	}
	if app != applicationID {
		return noBackup(s.Path, nil)
	}
	if _, err := s.identify(ctx, true); err != nil {
		return badBackup(s.Path, err)
	}
	var verdict string
	err := s.w.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict)
	if err == nil && verdict != "ok" {
		err = s.damaged(verdict)
	}
	if err != nil {
		return badBackup(s.Path, openError(s.Path, err))
	}
	return nil
}

func noBackup(path string, err error) error {
	return kwadrans.Errorf(kwadrans.CodeInvalid, "store: %s is not a backup of Kwadrans", path).
		WithHint("name a file that kwadrans backup wrote").Because(err)
}

// badBackup says of the backup what is otherwise said of the data file.
func badBackup(path string, err error) error {
	if kwadrans.CodeOf(err) != kwadrans.CodeCorrupt {
		return err
	}
	return kwadrans.Errorf(kwadrans.CodeCorrupt, "store: the backup %s is damaged", path).WithHint("use an older backup; nothing was changed").Because(err)
}
