package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"strings"
	"syscall"

	sqlite "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"kwadrans/internal/kwadrans"
)

// errOverlap is what the triggers raise: the last line against two bookings at one time.
const errOverlap = "overlap"

// wrap turns a driver's error into one with a code. An error that has a code
// already passes unchanged.
func wrap(what string, err error) error {
	var coded *kwadrans.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &coded), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	code, hint := classify(err)
	return kwadrans.Errorf(code, "store: %s failed", what).WithHint("%s", hint).Because(err)
}

// openError is wrap for a file that cannot be opened.
func openError(path string, err error) error {
	var coded *kwadrans.Error
	if errors.As(err, &coded) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	code, hint := classify(err)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		code, hint = kwadrans.CodeReadOnly, kwadrans.Say(writableHint)
	}
	return kwadrans.Errorf(code, "store: %s cannot be opened", path).WithHint("%s", hint).Because(err)
}

// classify says what an error means for people.
func classify(err error) (code kwadrans.Code, hint kwadrans.Phrase) {
	if errors.Is(err, syscall.ENOSPC) {
		return kwadrans.CodeDiskFull, kwadrans.Say(roomHint)
	}
	if unreadable(err) {
		return kwadrans.CodeCorrupt, kwadrans.Say(damagedHint)
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return kwadrans.CodeInternal, hint
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_FULL:
		return kwadrans.CodeDiskFull, kwadrans.Say(roomHint)
	case lib.SQLITE_READONLY, lib.SQLITE_PERM:
		return kwadrans.CodeReadOnly, kwadrans.Say(writableHint)
	case lib.SQLITE_CANTOPEN:
		return kwadrans.CodeReadOnly, kwadrans.Say("check that the directory exists and can be written")
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return kwadrans.CodeCorrupt, kwadrans.Say(damagedHint)
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return kwadrans.CodeBusyFile, kwadrans.Say("another program holds the data file; try again")
	case lib.SQLITE_IOERR:
		if e.Code() == lib.SQLITE_IOERR_SHMSIZE {
			return kwadrans.CodeDiskFull, kwadrans.Say(roomHint)
		}
	}
	return kwadrans.CodeInternal, hint
}

const (
	damagedHint  = "the file is kept as it is; bring a backup back with: kwadrans restore FILE"
	roomHint     = "make room on the disk and try again; nothing was lost"
	writableHint = "make the file and its directory writable for you"
)

// unreadable says that a value is not what was written: tables are STRICT and
// the JSON in them is ours, so only damage does that. The same goes for a table or a
// column that is not there: the version of the file says that it is.
func unreadable(err error) bool {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	text := err.Error()
	return errors.As(err, &syntax) || errors.As(err, &kind) || strings.HasPrefix(text, "sql: Scan error") ||
		strings.Contains(text, "no such column: ") || strings.Contains(text, "no such table: ")
}

func isOverlap(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == lib.SQLITE_CONSTRAINT && strings.Contains(e.Error(), errOverlap)
}

func isUnique(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code() == lib.SQLITE_CONSTRAINT_UNIQUE || e.Code() == lib.SQLITE_CONSTRAINT_PRIMARYKEY)
}

func isForeign(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code() == lib.SQLITE_CONSTRAINT_FOREIGNKEY
}
