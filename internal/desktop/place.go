package desktop

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
)

const socketName = "window.sock"

// longestSocket is how many bytes the path of a socket may have: macOS and the BSDs
// keep 104 with the final zero, Linux and Windows 108.
const longestSocket = 103

// place is where the socket of a window may be.
type place struct {
	name    string
	private string // the directory that must be ours alone; "" beside the data
}

// places lists where the socket of a data directory may be, in the order in which
// they are tried: beside the lock; and where that path is too long for a socket, or
// its disk has none, in a private directory under a name made of the path.
func places(dir string) (list []place) {
	if name := filepath.Join(dir, socketName); len(name) <= longestSocket {
		list = append(list, place{name: name})
	}
	name := shortName(dir)
	if run := os.Getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(run) {
		private := filepath.Join(run, "kwadrans")
		list = append(list, place{filepath.Join(private, name), private})
	}
	private := filepath.Join(os.TempDir(), "kwadrans-"+strconv.Itoa(os.Getuid()))
	return append(list, place{filepath.Join(private, name), private})
}

// shortName is the same for every way to write the path of a directory.
func shortName(dir string) string {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	sum := sha256.Sum256([]byte(dir))
	return hex.EncodeToString(sum[:8]) + ".sock"
}

// listen opens the socket in the first place that has one. Only who holds the lock
// may call it: what lies there is left over from a crash.
func listen(dir string) (net.Listener, error) {
	var list []error
	for _, p := range places(dir) {
		l, err := p.listen()
		if err == nil {
			return l, nil
		}
		list = append(list, err)
	}
	return nil, errors.Join(list...)
}

func (p place) listen() (net.Listener, error) {
	if p.private != "" {
		if err := os.Mkdir(p.private, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
			return nil, err
		}
	}
	if err := p.trusted(); err != nil {
		return nil, err
	}
	if err := os.Remove(p.name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	l, err := net.Listen("unix", p.name)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(p.name, 0o600); err != nil && runtime.GOOS != "windows" {
		_ = l.Close()
		return nil, err
	}
	return l, nil
}

// trusted says whether nobody else can have put something into the directory of a
// socket: the name of one below the system's temporary directory can be guessed.
func (p place) trusted() error {
	if p.private == "" {
		return nil
	}
	info, err := os.Lstat(p.private)
	switch {
	case err != nil:
		return err
	case !info.IsDir() || !ours(info):
		return errors.New(p.private + " is not a directory of ours alone")
	}
	return nil
}
