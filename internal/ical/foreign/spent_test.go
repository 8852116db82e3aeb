//go:build !windows

package foreign

import (
	"syscall"
	"time"
)

// spent is the processor time that this process has used: what else the machine does
// counts for nothing.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
