package foreign

import (
	"cmp"
	"slices"

	"kwadrans/internal/kwadrans"
)

// ordered sorts and drops what is there twice.
func ordered(list []kwadrans.Instance) []kwadrans.Instance {
	slices.SortFunc(list, func(a, b kwadrans.Instance) int {
		return cmp.Or(a.Start.Compare(b.Start), a.End.Compare(b.End), cmp.Compare(a.UID, b.UID))
	})
	return slices.CompactFunc(list, func(a, b kwadrans.Instance) bool {
		return a.UID == b.UID && a.Start.Equal(b.Start) && a.End.Equal(b.End)
	})
}

// merged sorts spans and joins those that meet.
func merged(list []kwadrans.Span) (out []kwadrans.Span) {
	slices.SortFunc(list, func(a, b kwadrans.Span) int { return a.Start.Compare(b.Start) })
	for _, s := range list {
		if n := len(out); n > 0 && !s.Start.After(out[n-1].End) {
			if s.End.After(out[n-1].End) {
				out[n-1].End = s.End
			}
			continue
		}
		out = append(out, s)
	}
	return out
}
