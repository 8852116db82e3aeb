package sqlite

import (
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"strings"

	"kwadrans/internal/kwadrans"
)

// mayPlace says whether a backup may take a name: a free one, or with replace that
// of another backup. Everything else is CodeExists.
func (s *Store) mayPlace(path string, replace bool) error {
	info, err := os.Lstat(path)
	switch {
	case err != nil: // not there, or the copy will tell what is wrong
		return nil
	case !replace:
		return exists("store: %s exists already", path)
	case s.inUse(path, info):
		return exists("store: %s is a data file in use and is not replaced", path)
	case !info.Mode().IsRegular() || !ours(path):
		return exists("store: %s is not a backup of Kwadrans and is not replaced", path)
	}
	return nil
}

func exists(format, path string) error {
	return kwadrans.Errorf(kwadrans.CodeExists, format, path).WithHint("name a new file")
}

// inUse says whether the file is our own, lies as the data file of another
// directory, or has a journal: that would be taken for the new file's.
func (s *Store) inUse(path string, info os.FileInfo) bool {
	if own, err := os.Stat(s.Path); err == nil && os.SameFile(own, info) {
		return true
	}
	if strings.EqualFold(filepath.Base(path), FileName) && taken(filepath.Join(filepath.Dir(path), marker)) {
		return true
	}
	return taken(path+"-wal") || taken(path+"-journal")
}

// ours looks at SQLite's header only: opening the file would make others beside it.
func ours(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 100)
	if _, err := io.ReadFull(f, head); err != nil {
		return false
	}
	return string(head[:16]) == "SQLite format 3\x00" && binary.BigEndian.Uint32(head[68:]) == applicationID
}
