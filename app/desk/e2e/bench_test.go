//go:build e2e

package e2e

import (
	"flag"
	"fmt"
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
	bare := compileBare(t)
	o := newPlainOffice(t, kwadrans.English)
	var ours, theirs []weight
	for range *rounds {
		theirs = append(theirs, weighOne(t, bare, o))
		ours = append(ours, weighOne(t, stage.binary, o))
	}
	a, b := median(ours), median(theirs)
	fmt.Println("window:", a)
	fmt.Println("bare:  ", b)
	fmt.Printf("ratio:  processor %.2f, resident %.2f, proportional %.2f (median of %d)\n",
		ratio(int(a.cpu), int(b.cpu)), ratio(a.memory, b.memory), ratio(a.shared, b.shared), *rounds)
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

func weighOne(t *testing.T, binary string, o *office) weight {
	t.Helper()
	shipped := stage.binary
	stage.binary = binary
	defer func() { stage.binary = shipped }()
	w := open(t, opts{home: o.home, env: o.env})
	defer w.quit()
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
