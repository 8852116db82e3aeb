package calendar

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

func write(t *testing.T, body string, age time.Duration) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), token+".ics")
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	then := time.Now().Add(-age)
	if err := os.Chtimes(path, then, then); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFile(t *testing.T) {
	path := write(t, empty, time.Hour)
	c := kwadrans.Calendar{Kind: kwadrans.CalendarFile, Address: path}
	got, err := File{}.Read(t.Context(), c, "", nil)
	if err != nil || got.Same || !got.Whole || len(got.Changed) != 1 || string(got.Changed[0].Body) != empty {
		t.Fatalf("%+v %v", got, err)
	}
	c.Reading.Mark = got.Mark
	have := map[string]string{"": got.Changed[0].ETag}
	if again, err := (File{}).Read(t.Context(), c, "", have); err != nil || !again.Same || again.Mark != got.Mark {
		t.Errorf("again: %+v %v", again, err)
	}
	if again, err := (File{}).Read(t.Context(), c, "", nil); err != nil || again.Same {
		t.Errorf("without a copy: %+v %v", again, err)
	}
	other := strings.Replace(empty, "//x//", "//z//", 1) // as long as before
	if err := os.WriteFile(path, []byte(other), 0o600); err != nil {
		t.Fatal(err)
	}
	if again, err := (File{}).Read(t.Context(), c, "", have); err != nil || again.Same || string(again.Changed[0].Body) != other {
		t.Errorf("changed: %+v %v", again, err)
	}
}

// A file that is written twice within one step of its file system's clock.
func TestJustWrittenFileIsReadAgain(t *testing.T) {
	path := write(t, empty, 0)
	got, err := File{}.Read(t.Context(), kwadrans.Calendar{Address: path}, "", nil)
	if err != nil || got.Mark.Modified != "" {
		t.Errorf("%+v %v", got.Mark, err)
	}
	later := File{Now: func() time.Time { return time.Now().Add(time.Minute) }}
	if got, err = later.Read(t.Context(), kwadrans.Calendar{Address: path}, "", nil); err != nil || got.Mark.Modified == "" {
		t.Errorf("later: %+v %v", got.Mark, err)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	large := write(t, "", time.Hour)
	if err := os.Truncate(large, 50<<20); err != nil {
		t.Fatal(err)
	}
	rows := map[string]struct {
		path  string
		code  kwadrans.Code
		words string
	}{
		"gone":      {filepath.Join(t.TempDir(), token), kwadrans.CodeNotFound, "not there any more"},
		"not whole": {token + ".ics", kwadrans.CodeInvalid, "not whole"},
		"directory": {t.TempDir(), kwadrans.CodeInvalid, "not a file"},
		"large":     {large, kwadrans.CodeCalendarUnreadable, "larger than 10 MB"},
		"cut":       {write(t, empty[:40], time.Hour), kwadrans.CodeCalendarUnreadable, "only a part"},
		"empty":     {write(t, "", time.Hour), kwadrans.CodeCalendarUnreadable, "not a calendar"},
	}
	if runtime.GOOS == "linux" {
		rows["device"] = struct {
			path  string
			code  kwadrans.Code
			words string
		}{"/dev/zero", kwadrans.CodeInvalid, "not a file"}
	}
	for name, row := range rows {
		_, err := File{}.Read(t.Context(), kwadrans.Calendar{Address: row.path}, "", nil)
		t.Run(name, func(t *testing.T) {
			wants(t, err, row.code, row.words)
			discreet(t, err)
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (File{}).Read(ctx, kwadrans.Calendar{Address: large}, "", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
}
