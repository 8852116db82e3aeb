package kwadrans

import "time"

// Span is a stretch of time, Start included, End not.
type Span struct {
	Start, End time.Time
}

// Overlaps says whether the two stretches share an instant. An empty span
// overlaps nothing.
func (s Span) Overlaps(o Span) bool {
	return s.Start.Before(o.End) && o.Start.Before(s.End) && s.Start.Before(s.End) && o.Start.Before(o.End)
}

// Contains says whether o lies in s whole.
func (s Span) Contains(o Span) bool { return !o.Start.Before(s.Start) && !o.End.After(s.End) }

// Widen returns s with before added in front and after behind.
func (s Span) Widen(before, after time.Duration) Span {
	return Span{Start: s.Start.Add(-before), End: s.End.Add(after)}
}

// Duration returns the length.
func (s Span) Duration() time.Duration { return s.End.Sub(s.Start) }
