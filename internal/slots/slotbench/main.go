// Command slotbench measures the slot engine on a workload file:
//
//	slotbench FILE raw|kept|naive RUNS
//
// raw indexes the unsorted busy times in each run, kept once; naive is the
// oracle of the tests. It prints one line, with a digest of the free starts.
package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"kwadrans/internal/slots"
	"kwadrans/internal/slots/naive"
)

func main() {
	line, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "slotbench:", err)
		os.Exit(1)
	}
	fmt.Print(line)
}

func run(args []string) (string, error) {
	if len(args) != 3 {
		return "", fmt.Errorf("use: slotbench FILE raw|kept|naive RUNS")
	}
	runs, err := strconv.Atoi(args[2])
	if err != nil || runs < 0 {
		return "", fmt.Errorf("%q is not a number of runs", args[2])
	}
	w, err := load(args[0])
	if err != nil {
		return "", err
	}
	ask, err := question(&w, args[1])
	if err != nil || runs == 0 {
		return "", err
	}
	count, digest, err := ask.answer()
	if err != nil {
		return "", err
	}
	median, cpu := measure(ask, runs)
	return fmt.Sprintf("%s %s n=%d slots=%d digest=%s median_us=%.1f cpu_mean_us=%.1f\n",
		args[0], args[1], runs, count, digest, micro(median), micro(cpu)), nil
}

// asker is one run; it returns the free starts in Unix seconds, valid until the next.
type asker func() ([]int64, error)

// question makes what a run does in a mode.
func question(w *workload, mode string) (asker, error) {
	q, err := w.query()
	if err != nil {
		return nil, err
	}
	from, to := w.bounds()
	var room []int64
	switch mode {
	case "raw":
		return func() ([]int64, error) {
			e, err := slots.New(q)
			if err != nil {
				return nil, err
			}
			room = e.Starts(room[:0], from, to)
			return room, nil
		}, nil
	case "kept":
		e, err := slots.New(q)
		return func() ([]int64, error) {
			room = e.Starts(room[:0], from, to)
			return room, nil
		}, err
	case "naive":
		return func() ([]int64, error) {
			n, err := naive.New(q, from, to)
			if err != nil {
				return nil, err
			}
			room = room[:0]
			for _, t := range n.Slots(from, to) {
				room = append(room, t.Unix())
			}
			return room, nil
		}, nil
	}
	return nil, fmt.Errorf("%q is not a mode", mode)
}

// answer returns the number of starts, and the first 16 hex digits of the
// SHA-256 of the starts, joined by commas.
func (ask asker) answer() (int, string, error) {
	starts, err := ask()
	if err != nil {
		return 0, "", err
	}
	var text []byte
	for i, t := range starts {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, t, 10)
	}
	return len(starts), fmt.Sprintf("%x", sha256.Sum256(text))[:16], nil
}

// measure returns the median of the runs by the wall clock, and their mean CPU time.
func measure(ask asker, runs int) (median, cpu time.Duration) {
	times := make([]time.Duration, runs)
	before := cpuTime()
	for i := range times {
		start := time.Now()
		_, _ = ask() // it went well before
		times[i] = time.Since(start)
	}
	cpu = (cpuTime() - before) / time.Duration(runs)
	slices.Sort(times)
	return times[runs/2], cpu
}

func micro(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
