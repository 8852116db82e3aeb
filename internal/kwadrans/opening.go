package kwadrans

import "slices"

// Open returns the opening hours in the range as stretches of time, ascending and
// apart: windows that touch or overlap are one, and what lies outside of the
// range is cut off. CodeInvalid for a zone that there is not.
func (s Schedule) Open(in Span) ([]Span, error) {
	loc, err := Zone(s.Zone)
	if err != nil {
		return nil, err
	}
	var list []Span
	// a window begins on its day and ends on the next one at the latest; a zone may skip a day
	for day, last := DateOf(in.Start.In(loc)).AddDays(-2), DateOf(in.End.In(loc)); !last.Before(day); day = day.AddDays(1) {
		for _, w := range s.Windows(day) {
			from, _ := Resolve(day, w.From, loc)
			to, _ := Resolve(day, w.To, loc)
			if o := (Span{from.UTC(), to.UTC()}).cut(in); o.Start.Before(o.End) {
				list = append(list, o)
			}
		}
	}
	return join(list), nil
}

// cut returns the part of s that lies in o; without length when they do not meet.
func (s Span) cut(o Span) Span {
	if s.Start.Before(o.Start) {
		s.Start = o.Start
	}
	if s.End.After(o.End) {
		s.End = o.End
	}
	return s
}

// join sorts the stretches and makes one of those that touch or overlap.
func join(list []Span) []Span {
	slices.SortFunc(list, func(a, b Span) int { return a.Start.Compare(b.Start) })
	joined := list[:0]
	for _, s := range list {
		if n := len(joined); n > 0 && !s.Start.After(joined[n-1].End) {
			if s.End.After(joined[n-1].End) {
				joined[n-1].End = s.End
			}
			continue
		}
		joined = append(joined, s)
	}
	return joined
}
