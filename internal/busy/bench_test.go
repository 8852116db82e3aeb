package busy

import (
	"testing"

	"kwadrans/internal/kwadrans"
)

// BenchmarkWeek asks for a week of ten calendars with five thousand instances
// each: from memory, and as the first question of a process, which has to take
// the copies out of the data file.
func BenchmarkWeek(b *testing.B) {
	w := onFile(b, b.TempDir())
	w.fill(b)
	ask := Ask{Host: kwadrans.Me, Span: week}
	for name, before := range map[string]func(){"kept": func() {}, "first": func() { w.Keeper.copies = nil }} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				before()
				if _, err := w.reader.Read(b.Context(), ask); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
