package desktop

import "io/fs"

// ours is true: the temporary directory of Windows is of the user already.
func ours(fs.FileInfo) bool { return true }
