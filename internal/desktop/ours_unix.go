//go:build unix

package desktop

import (
	"io/fs"
	"os"
	"syscall"
)

// ours says whether a file is of this user, and nobody else may use it.
func ours(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) == os.Getuid() && info.Mode().Perm()&0o077 == 0
}
