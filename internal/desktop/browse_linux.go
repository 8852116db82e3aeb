package desktop

import (
	"os"
	"os/exec"
)

// openers are the programs that show an address, the desktop's own first.
var openers = []string{"xdg-open", "x-www-browser", "www-browser"}

// browse lets the first of them show something, in the environment that the user gave us.
func browse(what string) error {
	for _, name := range openers {
		if path, err := exec.LookPath(name); err == nil {
			cmd := exec.Command(path, what)
			cmd.Env = outside(os.Environ())
			return cmd.Run()
		}
	}
	return exec.ErrNotFound
}
