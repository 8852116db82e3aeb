package busy

import (
	"sort"

	"kwadrans/internal/kwadrans"
)

// Merge returns the busy time as ascending spans that neither touch nor overlap.
func Merge(list []kwadrans.Busy) []kwadrans.Span {
	spans := make([]kwadrans.Span, 0, len(list))
	for _, b := range list {
		if b.Start.Before(b.End) {
			spans = append(spans, b.Span)
		}
	}
	sort.Slice(spans, func(i, j int) bool { return spans[i].Start.Before(spans[j].Start) })
	merged := spans[:0]
	for _, s := range spans {
		if n := len(merged); n > 0 && !s.Start.After(merged[n-1].End) {
			if s.End.After(merged[n-1].End) {
				merged[n-1].End = s.End
			}
			continue
		}
		merged = append(merged, s)
	}
	return merged
}
