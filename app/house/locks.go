package house

import (
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"kwadrans/internal/kwadrans"
)

// Names of the locks in the data directory. The kernel frees them with the process.
const (
	openLock   = "open.lock"   // shared by all who use the file, exclusive for a restore
	outboxLock = "outbox.lock" // whoever runs the outbox
)

func lockFile(dir, name string) *flock.Flock {
	return flock.New(filepath.Join(dir, name), flock.SetPermissions(0o600))
}

// enter makes the directory, opens the log and says that the file is in use.
// A directory that cannot be written is entered without either.
func (h *House) enter() error {
	h.Log, h.closeLog = openLog(h.Dir)
	if err := os.MkdirAll(h.Dir, 0o700); err != nil {
		return kwadrans.Errorf(kwadrans.CodeReadOnly, "house: the directory %s cannot be made", h.Dir).WithHint("name another one with --data DIR").Because(err)
	}
	if h.closeLog == nil {
		h.Log, h.closeLog = openLog(h.Dir)
	}
	l := lockFile(h.Dir, openLock)
	ok, err := l.TryRLock()
	if err != nil { // nowhere to write: the store opens for reading
		return nil
	}
	if !ok {
		return kwadrans.Errorf(kwadrans.CodeBusyFile, "house: a backup is being restored in %s", h.Dir).WithHint("try again in a moment")
	}
	h.open = l
	return nil
}
