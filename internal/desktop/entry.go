package desktop

import "strings"

// entryName is the file of the desktop entry; the window's class, so that docks
// know which window it started.
const entryName = "kwadrans.desktop"

// entry writes a desktop entry (freedesktop.org, Desktop Entry Specification)
// that starts the program at path with the address that was opened.
func entry(path string) (string, error) {
	exec, err := started(path)
	if err != nil {
		return "", err
	}
	return strings.Join([]string{
		"[Desktop Entry]",
		"Type=Application",
		"Name=Kwadrans",
		"Exec=" + exec + " %u",
		"Terminal=false",
		"Categories=Office;Calendar;",
		"MimeType=x-scheme-handler/kwadrans;",
		"StartupNotify=false",
		"StartupWMClass=kwadrans",
		"",
	}, "\n"), nil
}

// started writes the command of an Exec key. GLib looks for the program before it
// undoubles the percents of its path, so such a program is started by env.
func started(path string) (string, error) {
	exec, err := quoted(path)
	if strings.Contains(path, "%") {
		exec = "env " + exec
	}
	return exec, err
}

// plain are the characters of a path that need no quotes. It goes without where it
// can: the xdg-open of a desktop without one of its own does not know them.
const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+,:@"

// quoted writes a path as an argument of an Exec key. The rules come one after the
// other: the quoting of an argument, the doubled percent of field codes and, as in
// each value of the file, the doubled backslash. The specification forbids "=" in
// the program's path; a control character has no business there.
func quoted(path string) (string, error) {
	if strings.ContainsFunc(path, func(r rune) bool { return r < ' ' || r == 0x7f || r == '=' }) {
		return "", errPath
	}
	if !strings.ContainsFunc(path, func(r rune) bool { return !strings.ContainsRune(plain, r) }) {
		return path, nil
	}
	argument := strings.NewReplacer(`"`, `\"`, "`", "\\`", `$`, `\$`, `\`, `\\`, `%`, `%%`).Replace(path)
	return strings.ReplaceAll(`"`+argument+`"`, `\`, `\\`), nil
}
