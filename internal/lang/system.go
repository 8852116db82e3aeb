package lang

import (
	"strings"

	"kwadrans/internal/kwadrans"
)

// OfSystem reads the machine's language from the environment (POSIX: LC_ALL,
// LC_MESSAGES, LANG); it serves until the owner of the file is known.
func OfSystem(env func(string) string) kwadrans.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(name); v != "" {
			if strings.HasPrefix(strings.ToLower(v), "pl") {
				return kwadrans.Polish
			}
			return kwadrans.English
		}
	}
	return kwadrans.English
}
