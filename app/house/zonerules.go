package house

import (
	"bufio"
	"os"
	"path/filepath"
	"runtime"
)

// zoneRules names the rules of time zones that this process knows: those of the system,
// which Go takes first, and those that came with the program.
func zoneRules() string {
	for _, dir := range []string{os.Getenv("ZONEINFO"), "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"} {
		f, err := os.Open(filepath.Join(dir, "tzdata.zi"))
		if dir == "" || err != nil {
			continue
		}
		line, err := bufio.NewReader(f).ReadString('\n')
		_ = f.Close()
		if err == nil && len(line) < 100 {
			return runtime.Version() + " " + line
		}
	}
	return runtime.Version()
}
