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
	return &kwadrans.Error{Code: code, Message: "store: " + what + " failed", Hint: hint, Err: err}
}

// openError is wrap for a file that cannot be opened.
func openError(path string, err error) error {
	var coded *kwadrans.Error
	if errors.As(err, &coded) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	code, hint := classify(err)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		code, hint = kwadrans.CodeReadOnly, "make the file and its directory writable for you"
	}
	return &kwadrans.Error{Code: code, Message: "store: " + path + " cannot be opened", Hint: hint, Err: err}
}

// classify says what an error means for people.
func classify(err error) (kwadrans.Code, string) {
	if errors.Is(err, syscall.ENOSPC) {
		return kwadrans.CodeDiskFull, "make room on the disk and try again; nothing was lost"
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		if unreadable(err) {
			return kwadrans.CodeCorrupt, damagedHint
		}
		return kwadrans.CodeInternal, ""
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_FULL:
		return kwadrans.CodeDiskFull, "make room on the disk and try again; nothing was lost"
	case lib.SQLITE_READONLY, lib.SQLITE_PERM:
		return kwadrans.CodeReadOnly, "make the file and its directory writable for you"
	case lib.SQLITE_CANTOPEN:
		return kwadrans.CodeReadOnly, "check that the directory exists and can be written"
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return kwadrans.CodeCorrupt, damagedHint
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return kwadrans.CodeBusyFile, "another program holds the data file; try again"
	case lib.SQLITE_IOERR:
		if e.Code() == lib.SQLITE_IOERR_SHMSIZE {
			return kwadrans.CodeDiskFull, "make room on the disk and try again; nothing was lost"
		}
	}
	return kwadrans.CodeInternal, ""
}

const damagedHint = "the file is kept as it is; bring a backup back with: kwadrans restore FILE"

// unreadable says that a value is not what was written: tables are STRICT and
// the JSON in them is ours, so only damage does that.
func unreadable(err error) bool {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &kind) || strings.HasPrefix(err.Error(), "sql: Scan error")
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
