//go:build e2e

package e2e

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// weight is what a program's processes cost together.
type weight struct {
	paint  time.Duration // from the start of the process to the first contentful paint
	cpu    time.Duration // user and system, until it was weighed
	memory int           // resident set size, in bytes
	shared int           // proportional set size: what is shared counts in parts
}

// weigh adds up the window's process and all below it, once it has painted.
func (d *driver) weigh() (weight, error) {
	var painted float64 // milliseconds since 1970
	d.until("the first paint", func() bool {
		d.script(&painted, `const p = performance.getEntriesByName('first-contentful-paint')[0]; return p ? performance.timeOrigin + p.startTime : 0`)
		return painted > 0
	})
	tree := below(d.process.Process.Pid)
	if len(tree) == 0 {
		return weight{}, fmt.Errorf("the driver has no window below it")
	}
	begun, err := started(tree[0])
	if err != nil {
		return weight{}, err
	}
	w := weight{paint: time.UnixMicro(int64(painted * 1000)).Sub(begun)}
	for _, pid := range tree {
		w.cpu += cpu(pid)
		w.memory += memory(pid, "Rss:")
		w.shared += memory(pid, "Pss:")
	}
	return w, nil
}

// below lists the processes below one, parents first.
func below(pid int) (list []int) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	children := map[int][]int{}
	for _, path := range stats {
		if f := fields(path); len(f) > 1 {
			child, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			parent, _ := strconv.Atoi(f[1])
			children[parent] = append(children[parent], child)
		}
	}
	todo := children[pid]
	for len(todo) > 0 {
		list = append(list, todo[0])
		todo = append(todo[1:], children[todo[0]]...)
	}
	return list
}

// fields are those of /proc/pid/stat behind the name: state, parent, … (proc(5)).
func fields(path string) []string {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
}

const ticks = 100 // a second: USER_HZ, the same on every Linux

func cpu(pid int) time.Duration {
	f := fields(fmt.Sprintf("/proc/%d/stat", pid))
	if len(f) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * time.Second / ticks
}

// started is when a process began.
func started(pid int) (time.Time, error) {
	f := fields(fmt.Sprintf("/proc/%d/stat", pid))
	up, err := os.ReadFile("/proc/uptime")
	if err != nil || len(f) < 20 {
		return time.Time{}, fmt.Errorf("process %d cannot be read (%v)", pid, err)
	}
	now := time.Now()
	since, err := strconv.ParseFloat(strings.Fields(string(up))[0], 64)
	if err != nil {
		return time.Time{}, err
	}
	at, err := strconv.ParseFloat(f[19], 64)
	age := since - at/ticks
	return now.Add(-time.Duration(age * float64(time.Second))), err
}

// memory is a line of /proc/pid/smaps_rollup, in bytes.
func memory(pid int, line string) int {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return 0
	}
	for text := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(text, line); ok {
			kb, _ := strconv.Atoi(strings.Fields(rest)[0])
			return kb << 10
		}
	}
	return 0
}
