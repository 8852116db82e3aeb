package sqlite

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// large lets a test's files pass for large ones.
func large(t *testing.T) {
	old := smallFile
	t.Cleanup(func() { smallFile = old })
	smallFile = 0
}

// ruined is a directory whose file has a destroyed page that nothing reads at the start.
func ruined(t *testing.T) (dir string) {
	t.Helper()
	dir = filled(t)
	path := filepath.Join(dir, FileName)
	page := ask[int](t, path, `SELECT rootpage FROM sqlite_schema WHERE name = 'letter'`)
	overwrite(t, path, int64(page-1)*4096, make([]byte, 200))
	return dir
}

// A large file is looked at once a week: to look at 100,000 bookings takes half a second.
func TestALargeFileIsExaminedOnceAWeek(t *testing.T) {
	large(t)
	dir := ruined(t)
	path := filepath.Join(dir, FileName)
	for text, found := range map[string]bool{
		"": true, "never": true,
		time.Now().Add(-examineEvery - time.Hour).Format(time.RFC3339): true,
		time.Now().Add(time.Hour).Format(time.RFC3339):                 true, // a clock that was set back
		time.Now().Add(-examineEvery + time.Hour).Format(time.RFC3339): false,
	} {
		alter(t, path, `INSERT INTO meta VALUES ('examined', '`+text+`') ON CONFLICT (k) DO UPDATE SET v = excluded.v`)
		if found {
			refuses(t, dir, kwadrans.CodeCorrupt)
			continue
		}
		must(t, open(t, dir).Close())
	}
}

// A look that found nothing is noted, so that the next start need not look.
func TestAnExaminationIsNoted(t *testing.T) {
	large(t)
	dir := filled(t)
	begun := time.Now().Truncate(time.Second)
	s := open(t, dir)
	text, err := s.Meta(ctx, metaExamined)
	must(t, err)
	if at, err := time.Parse(time.RFC3339, text); err != nil || at.Before(begun) {
		t.Errorf("%q, %v", text, err)
	}
	must(t, s.SetMeta(ctx, metaExamined, "")) // a later look has to note it again
	given, up := context.WithCancel(ctx)
	up()
	if err := s.examine(given, false, time.Now()); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if text, _ := s.Meta(ctx, metaExamined); text != "" {
		t.Error("a look that was called off is noted")
	}
}

// Before a migration every file is looked at.
func TestAMigrationExamines(t *testing.T) {
	large(t)
	dir := ruined(t)
	alter(t, filepath.Join(dir, FileName), `INSERT INTO meta VALUES ('examined', '`+time.Now().Format(time.RFC3339)+`')`)
	must(t, open(t, dir).Close()) // the control
	withNext(t, `SELECT 1`)
	refuses(t, dir, kwadrans.CodeCorrupt)
}
