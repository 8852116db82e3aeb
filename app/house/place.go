package house

import (
	"os"
	"path/filepath"
	"runtime"

	"kwadrans/internal/kwadrans"
)

// DataDir returns the directory of the data file: the one that was asked for,
// else KWADRANS_DATA, else the place that the system keeps for it.
func DataDir(asked string, env func(string) string) (string, error) {
	dir := first(asked, env("KWADRANS_DATA"))
	if dir == "" {
		base, err := systemDir(env)
		if err != nil {
			return "", kwadrans.Errorf(kwadrans.CodeInvalid, "house: there is no home directory to keep the data in").
				WithHint("name one with --data DIR or KWADRANS_DATA").Because(err)
		}
		dir = base
	}
	return filepath.Abs(dir)
}

func systemDir(env func(string) string) (string, error) {
	home, err := os.UserHomeDir()
	switch runtime.GOOS {
	case "windows":
		if dir := env("LOCALAPPDATA"); dir != "" {
			return filepath.Join(dir, "Kwadrans"), nil
		}
		return filepath.Join(home, "AppData", "Local", "Kwadrans"), err
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "Kwadrans"), err
	}
	if dir := env("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "kwadrans"), nil
	}
	return filepath.Join(home, ".local", "share", "kwadrans"), err
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
