package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

var update = flag.Bool("update", false, "write the workloads of testdata anew")

// small makes the workload of a seed: two weeks around the spring change of the
// clocks in Europe, with hours that cross midnight.
func small(kind string, members int, seed uint64) workload {
	r := rand.New(rand.NewPCG(seed, seed))
	w := workload{Start: 1805241600, Days: 14, Slot: 15, Length: 30, Type: kind, ViewerTz: "Europe/Warsaw"} // 2027-03-17
	zones := []string{"Europe/Warsaw", "America/New_York", "Asia/Kolkata"}
	for i := range members {
		m := member{Tz: zones[i%len(zones)], Overrides: []override{{Date: kwadrans.Date{Year: 2027, Month: 3, Day: 22 + i}}}}
		m.Weekly = []weekly{{Days: []int{1, 2, 3, 4, 5}, From: 540, To: 1020}, {Days: []int{0, 6}, From: 0, To: 1439}}
		for range 60 {
			start := w.Start + int64(r.IntN(14*96))*900
			m.Busy = append(m.Busy, start, start+int64(1+r.IntN(6))*900)
		}
		w.Members = append(w.Members, m)
	}
	return w
}

var workloads = map[string]workload{
	"single.json": small("single", 1, 1),
	"any.json":    small("any", 3, 2),
	"all.json":    small("all", 2, 3),
}

// fields returns the slots= and digest= of the printed line.
func fields(t *testing.T, file, mode string) string {
	t.Helper()
	line, err := run([]string{file, mode, "1"})
	if err != nil {
		t.Fatal(err)
	}
	f := strings.Fields(line)
	if len(f) != 7 || f[1] != mode || f[2] != "n=1" || f[3] == "slots=0" || !strings.HasSuffix(line, "\n") {
		t.Fatalf("printed %q", line)
	}
	return f[3] + " " + f[4]
}

func TestEveryModeGivesTheSameSlots(t *testing.T) {
	for name, w := range workloads {
		file := filepath.Join("testdata", name)
		text, err := json.Marshal(w)
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(file, text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := os.ReadFile(file)
		if err != nil || !bytes.Equal(kept, text) {
			t.Fatalf("%s is not what its seed makes (%v); write it with -update", file, err)
		}
		want := fields(t, file, "naive")
		for _, mode := range []string{"raw", "kept"} {
			if got := fields(t, file, mode); got != want {
				t.Errorf("%s %s: %s, want %s", name, mode, got, want)
			}
		}
	}
}

// The control: one more busy quarter must change the digest.
func TestDigestSeesOneQuarter(t *testing.T) {
	w := small("single", 1, 1)
	count := func() (int, string) {
		ask, err := question(&w, "raw")
		if err != nil {
			t.Fatal(err)
		}
		n, digest, err := ask.answer()
		if err != nil {
			t.Fatal(err)
		}
		return n, digest
	}
	n, digest := count()
	q, err := w.query()
	if err != nil {
		t.Fatal(err)
	}
	ask, err := question(&w, "naive")
	if err != nil {
		t.Fatal(err)
	}
	free, err := ask()
	if err != nil || len(free) == 0 || len(q.Hosts) != 1 {
		t.Fatal(len(free), err)
	}
	w.Members[0].Busy = append(w.Members[0].Busy, free[0], free[0]+900)
	if m, other := count(); m >= n || other == digest {
		t.Errorf("%d slots %s, then %d slots %s", n, digest, m, other)
	}
}

func TestRunRefuses(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.json")
	odd := filepath.Join(dir, "odd.json")
	if err := os.WriteFile(bad, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(odd, []byte(`{"type":"single","slot":5,"length":5,"members":[{"tz":"UTC","busy":[1]}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	good := filepath.Join("testdata", "single.json")
	for _, args := range [][]string{{}, {good, "raw"}, {good, "raw", "many"}, {good, "fast", "1"}, {bad, "raw", "1"}, {odd, "raw", "1"}, {dir, "raw", "1"}} {
		if line, err := run(args); err == nil {
			t.Errorf("%v gave %q", args, line)
		}
	}
	if line, err := run([]string{good, "raw", "0"}); err != nil || line != "" {
		t.Errorf("no runs only load: %q %v", line, err)
	}
}
