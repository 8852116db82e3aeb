package slots_test

import (
	"testing"

	"kwadrans/internal/slots"
)

func TestAllocations(t *testing.T) {
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			q, from, to := s.query()
			e := engine(t, q)
			starts, list := e.Starts(nil, from, to), e.Slots(from, to)
			if len(starts) < 100 || len(list) != len(starts) {
				t.Fatal(len(starts), len(list))
			}
			if n := testing.AllocsPerRun(20, func() { e.Starts(starts[:0], from, to) }); n > 0 {
				t.Errorf("%v allocations to find %d starts", n, len(starts))
			}
			if n := testing.AllocsPerRun(20, func() { e.Check(list[50].Start) }); n > 0 {
				t.Errorf("%v allocations to check a free start", n)
			}
			most := 0.0
			if s.mode == slots.Any {
				most = float64(len(starts))/10 + 10 // an array of names for 64 starts of the grid
			}
			if n := testing.AllocsPerRun(20, func() { e.Append(list[:0], from, to) }); n > most {
				t.Errorf("%v allocations to name %d slots", n, len(list))
			}
		})
	}
}
