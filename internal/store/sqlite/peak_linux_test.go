package sqlite

import (
	"os"
	"syscall"
)

// peak is how much memory a process that ended had at most, in megabytes.
func peak(p *os.ProcessState) float64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return float64(usage.Maxrss) / 1024
}

func datasync(f *os.File) error { return syscall.Fdatasync(int(f.Fd())) }
