package house

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
)

// The log stands beside the data. When it has grown past maxLog it makes room
// for a new one; one old log is kept.
const (
	logName = "kwadrans.log"
	maxLog  = 10 << 20
)

// openLog opens the log of a directory for its owner only; where that is not
// possible, nothing is logged.
func openLog(dir string) (*slog.Logger, func() error) {
	path := filepath.Join(dir, logName)
	if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
		_ = os.Rename(path, path+".1")
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return slog.New(slog.NewTextHandler(io.Discard, nil)), nil
	}
	return slog.New(slog.NewTextHandler(f, &slog.HandlerOptions{Level: slog.LevelInfo})), f.Close
}
