//go:build e2e

package e2e

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

var rounds = flag.Int("rounds", 0, "how often to weigh the window against a bare one; 0 leaves it out")

// TestBenchWindow weighs the window of somebody who has used it for a while against the smallest one with a page in it,
// by turns, and prints the medians. make bench-window runs it.
func TestBenchWindow(t *testing.T) {
	if *rounds == 0 {
		t.Skip("a measurement, not a check: run make bench-window")
	}
	bare, ours := compileBare(t), installed(t)
	known := newPlainOffice(t, kwadrans.English)
	var smallest, first, begun, whole, resting []weight
	for range *rounds {
		smallest = append(smallest, weighOne(t, bare, opts{}, nil))
		first = append(first, weighOne(t, ours, opts{}, nil))
		begun = append(begun, weighOne(t, ours, opts{home: known.home, env: known.env}, nil))
		whole = append(whole, weighOne(t, ours, opts{home: known.home, env: known.env}, everyRow))
		resting = append(resting, weighOne(t, ours, opts{home: known.home, env: known.env}, rest))
	}
	b := median(smallest)
	fmt.Printf("%-34s %v (median of %d)\n", "bare window:", b, *rounds)
	for _, m := range []struct {
		name string
		list []weight
	}{{"first start:", first}, {"twenty bookings, at first paint:", begun}, {"twenty bookings, all drawn:", whole}, {"twenty bookings, at rest:", resting}} {
		a := median(m.list)
		fmt.Printf("%-34s %v; to the bare one: processor %.2f, resident %.2f, proportional %.2f\n",
			m.name, a, ratio(int(a.cpu), int(b.cpu)), ratio(a.memory, b.memory), ratio(a.shared, b.shared))
	}
}

// everyRow waits until the list of bookings is whole.
func everyRow(w *window) {
	w.until("twenty rows", func() bool {
		var n int
		w.script(&n, "return document.querySelectorAll('[data-booking]').length")
		return n == 20
	})
}

// rest waits half a second more: until then a frame that is on its way to the screen is there twice.
func rest(w *window) {
	everyRow(w)
	w.until("the window at rest", func() bool {
		var rests bool
		w.script(&rests, "window.drawn ??= performance.now(); return performance.now() - window.drawn > 500")
		return rests
	})
}

// installed is a copy of the program that is read from the disk, as that of somebody who installed it. Of a file that was
// just written the kernel keeps larger pieces, so that two megabytes more of it are in memory.
func installed(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(stage.binary)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(stage.dir, "kwadrans")
	if err := os.WriteFile(path, b, 0o700); err != nil {
		t.Fatal(err)
	}
	forget := exec.Command("dd", "of="+path, "oflag=nocache", "conv=notrunc,fdatasync", "count=0")
	if out, err := forget.CombinedOutput(); err != nil {
		t.Fatalf("dd: %v: %s", err, out)
	}
	return path
}

func compileBare(t *testing.T) string {
	t.Helper()
	flags, err := exec.Command("pkg-config", "--cflags", "--libs", "webkit2gtk-4.1").Output()
	if err != nil {
		t.Fatal(err)
	}
	bare := filepath.Join(stage.dir, "bare")
	if out, err := exec.Command("gcc", append([]string{"-O2", "-o", bare, "testdata/bare.c"}, strings.Fields(string(flags))...)...).CombinedOutput(); err != nil {
		t.Fatalf("gcc: %v: %s", err, out)
	}
	return bare
}

func weighOne(t *testing.T, binary string, o opts, until func(*window)) weight {
	t.Helper()
	shipped := stage.binary
	stage.binary = binary
	defer func() { stage.binary = shipped }()
	w := open(t, o)
	defer w.quit()
	if until != nil {
		until(w)
	}
	v, err := w.weigh()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func median(list []weight) weight {
	middle := func(of func(weight) int64) int64 {
		v := make([]int64, len(list))
		for i, w := range list {
			v[i] = of(w)
		}
		slices.Sort(v)
		return v[len(v)/2]
	}
	return weight{
		paint:  time.Duration(middle(func(w weight) int64 { return int64(w.paint) })),
		cpu:    time.Duration(middle(func(w weight) int64 { return int64(w.cpu) })),
		memory: int(middle(func(w weight) int64 { return int64(w.memory) })),
		shared: int(middle(func(w weight) int64 { return int64(w.shared) })),
	}
}

func ratio(a, b int) float64 { return float64(a) / float64(b) }

func (w weight) String() string {
	return fmt.Sprintf("first paint %d ms, %d ms of processor, %d MB resident, %d MB proportional",
		w.paint.Milliseconds(), w.cpu.Milliseconds(), w.memory/1e6, w.shared/1e6)
}
