package foreign

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed windows.txt
var windowsText string

// windows maps the names that Windows and Outlook give to zones, in lower case,
// to those of IANA.
var windows = sync.OnceValue(func() map[string]string {
	table := map[string]string{}
	for line := range strings.Lines(windowsText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(strings.TrimSpace(line), " | ")
		for i, cell := range cells {
			if i != 1 && cell != "" {
				table[strings.ToLower(cell)] = cells[1]
			}
		}
	}
	return table
})

// windowsZone finds "W. Europe Standard Time", with the number that Windows
// hangs on, and "(UTC+01:00) Sarajevo, Skopje, Warsaw, Zagreb".
func windowsZone(name string) (iana string, ok bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	if _, behind, found := strings.Cut(name, ") "); found && strings.HasPrefix(name, "(") {
		name = strings.TrimSpace(behind)
	}
	bare := name
	if i := strings.LastIndexByte(name, ' '); i > 0 && len(name)-i <= 3 && strings.Trim(name[i+1:], "0123456789") == "" {
		bare = name[:i]
	}
	for _, try := range []string{name, bare, strings.Replace(bare, "daylight time", "standard time", 1)} {
		if iana, ok = windows()[try]; ok {
			return iana, true
		}
	}
	return "", false
}
