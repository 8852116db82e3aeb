package sqlite

import (
	"context"
	"errors"
	"os"
	"time"
)

// metaExamined is a small fact: when the file was last looked at whole.
const metaExamined = "examined"

// smallFile is how large a file may be to be looked at whole at every start; that
// takes 3 ms of processor a megabyte.
var smallFile int64 = 2 << 20

const (
	examineEvery = 7 * 24 * time.Hour
	examineFor   = 5 * time.Second // a start must not wait for longer
)

// examine looks for damage: SQLite goes on writing beside a page that was destroyed.
// A file that is not small is looked at once a week, and always before a migration.
func (s *Store) examine(ctx context.Context, migration bool, now time.Time) error {
	info, err := os.Stat(s.Path)
	if err != nil {
		return openError(s.Path, err)
	}
	if migration || info.Size() <= smallFile {
		return s.quickCheck(ctx)
	}
	text, err := s.Meta(ctx, metaExamined)
	if err != nil {
		return err
	}
	last, err := time.Parse(time.RFC3339, text)
	if err == nil && !last.After(now) && now.Sub(last) < examineEvery {
		return nil
	}
	box, cancel := context.WithTimeout(ctx, examineFor)
	defer cancel()
	if err := s.quickCheck(box); err != nil && (ctx.Err() != nil || !errors.Is(box.Err(), context.DeadlineExceeded)) {
		return err
	}
	_ = s.SetMeta(ctx, metaExamined, now.UTC().Format(time.RFC3339)) // where that cannot be written it is due again
	return nil
}

func (s *Store) quickCheck(ctx context.Context) error {
	var verdict string
	if err := s.w.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&verdict); err != nil {
		return openError(s.Path, err)
	}
	if verdict != "ok" {
		return s.damaged(verdict)
	}
	return nil
}
