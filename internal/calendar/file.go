package calendar

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

// settled is how old a change must be before time and size tell the next one
// apart: file systems count in steps of up to two seconds.
const settled = 3 * time.Second

// File reads .ics files on this computer.
type File struct {
	Now func() time.Time // nil is the machine's clock
}

// Read reads the file at c.Address, an absolute path. A file that has the size
// and the time of the last good reading is Same, as long as have says that its
// copy is there. It fails with CodeNotFound, CodeInvalid when the path is not
// absolute or not that of a file, CodeCalendarRefused when it may not be read,
// and CodeCalendarUnreadable for what is no whole calendar of at most 10 MB.
func (f File) Read(ctx context.Context, c kwadrans.Calendar, _ kwadrans.Secret, have map[string]string) (kwadrans.CalendarChange, error) {
	var none kwadrans.CalendarChange
	if err := ctx.Err(); err != nil {
		return none, err
	}
	if !filepath.IsAbs(c.Address) {
		return none, kwadrans.Errorf(kwadrans.CodeInvalid, "calendar: the path of the file is not whole").WithHint("choose the file once more")
	}
	before, err := os.Stat(c.Address) // before it is opened: to open a pipe would wait for a writer
	if err != nil {
		return none, unopened(err)
	}
	if err := regular(before); err != nil {
		return none, err
	}
	if mark := c.Reading.Mark; len(have) > 0 && mark.Modified != "" && mark.Modified == stamp(before) {
		return kwadrans.CalendarChange{Same: true, Mark: mark}, nil
	}
	body, after, err := load(c.Address)
	if err != nil {
		return none, err
	}
	if stamp(before) != stamp(after) || int64(len(body)) != after.Size() {
		return none, kwadrans.Errorf(kwadrans.CodeCalendarUnreadable, "calendar: the file is being written").WithHint(hintLater)
	}
	var mark kwadrans.SourceMark
	if clock(f.Now).Sub(after.ModTime()) > settled {
		mark.Modified = stamp(after)
	}
	return one(body, mark, have)
}

// load reads a file and tells how it stood at the end of that.
func load(path string) ([]byte, fs.FileInfo, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, unopened(err)
	}
	defer func() { _ = f.Close() }()
	body, err := all(f)
	if e, ok := kwadrans.AsError(err); ok {
		return nil, nil, e
	}
	if err != nil {
		return nil, nil, unopened(err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, nil, unopened(err)
	}
	return body, info, nil
}

func regular(info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "calendar: this is not a file").WithHint("choose a file whose name ends in .ics")
	}
	if info.Size() > most {
		return kwadrans.Errorf(kwadrans.CodeCalendarUnreadable, "calendar: it is larger than 10 MB").WithHint(hintSize)
	}
	return nil
}

func stamp(info fs.FileInfo) string {
	return fmt.Sprintf("%d %d", info.Size(), info.ModTime().UnixNano())
}

// unopened puts a failure of the file system into words; the path stays out of them.
func unopened(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return kwadrans.Errorf(kwadrans.CodeNotFound, "calendar: the file is not there any more").
			WithHint("put it back, choose it once more, or remove the calendar").Because(err)
	}
	return kwadrans.Errorf(kwadrans.CodeCalendarRefused, "calendar: the file cannot be read").
		WithHint("check that you may read it, and that its drive is connected").Because(err)
}
