package slots

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The grid numbers the starts of any runs, each once, and finds them again.
func TestGridNumbersEveryStart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		step := rapid.SampledFrom([]int64{300, 900, 2700, 86400}).Draw(t, "step")
		var runs []run
		var want []int64
		for range rapid.IntRange(0, 6).Draw(t, "runs") {
			first := rapid.Int64Range(-40, 40).Draw(t, "first") * 900
			r := run{first: first, last: first + rapid.Int64Range(0, 8).Draw(t, "more")*step, step: step}
			runs, want = append(runs, r), r.starts(want)
		}
		slices.Sort(want)
		want = slices.Compact(want)
		g := newGrid(runs)
		var got []int64
		for i := range g.runs {
			got = g.runs[i].starts(got)
		}
		if !slices.Equal(got, want) || g.n != len(want) {
			t.Fatalf("%d starts %v, want %v", g.n, got, want)
		}
		for n := range 40 {
			s := span{int64(n-20) * 1111, int64(n-20)*1111 + rapid.Int64Range(0, 90000).Draw(t, "length")}
			if n < len(want) {
				s.lo = want[n]
			}
			lo, found := slices.BinarySearch(want, s.lo)
			hi, _ := slices.BinarySearch(want, s.hi)
			if from, to := g.within(s); from < to != (lo < hi) || lo < hi && (from != lo || to != hi) {
				t.Fatalf("%v holds %d-%d, want %d-%d", s, from, to, lo, hi)
			}
			if i, ok := g.find(s.lo); ok != found || ok && (i != lo || g.runs[g.run(i)].n > i) {
				t.Fatalf("%d is %d %v, want %d %v", s.lo, i, ok, lo, found)
			}
		}
	})
}
