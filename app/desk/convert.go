package desk

import (
	"time"

	keeper "kwadrans/internal/busy"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// each converts a list; never nil, since the page expects a list.
func each[A, B any](list []A, f func(A) B) []B {
	out := make([]B, 0, len(list))
	for _, a := range list {
		out = append(out, f(a))
	}
	return out
}

// stamp writes an instant in a zone, RFC 3339 with its offset; "" for none.
func stamp(t time.Time, zone string) string {
	if t.IsZero() {
		return ""
	}
	if loc, err := kwadrans.Zone(zone); err == nil {
		return t.In(loc).Format(time.RFC3339)
	}
	return t.UTC().Format(time.RFC3339)
}

func parseTime(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return t, kwadrans.Errorf(kwadrans.CodeInvalid, "%q is not a time", s).WithHint("write it as 2026-12-01T10:00:00+01:00")
	}
	return t, nil
}

func profileOf(p kwadrans.Profile) Profile {
	return Profile{Name: p.Name, Email: p.Email, Zone: p.Zone, Lang: string(p.Lang), Org: p.Org}
}

func conflictOf(c kwadrans.Conflict, l kwadrans.Lang, zone string, meeting kwadrans.Span) Conflict {
	if c.Code == kwadrans.SourceUnknown {
		c.Item = lang.Words(l, c.Item)
	}
	c.Item = titleOf(l, c.Item)
	return Conflict{
		Start: stamp(c.Start, zone), Code: string(c.Code), Item: c.Item, ItemStart: stamp(c.Span.Start, zone), ItemEnd: stamp(c.Span.End, zone),
		Source: c.Source, CheckedAt: stamp(c.CheckedAt, zone), Overlap: overlap(meeting, c.Span),
		Nearest: each(c.Nearest, func(t time.Time) string { return stamp(t, zone) }),
	}
}

// overlap is how many minutes of the meeting the other stretch takes.
func overlap(meeting, other kwadrans.Span) int {
	if other.Start.IsZero() {
		return 0
	}
	start, end := meeting.Start, meeting.End
	if other.Start.After(start) {
		start = other.Start
	}
	if other.End.Before(end) {
		end = other.End
	}
	return max(0, int((end.Sub(start)+time.Minute-1)/time.Minute))
}

// titleOf is the title of something that holds time, in a language where it is ours.
func titleOf(l kwadrans.Lang, item string) string {
	if item == keeper.TooMuch {
		return lang.Words(l, item)
	}
	return item
}

// wordsOf puts what a step or a pause keeps into a language.
func wordsOf(l kwadrans.Lang, words string) string {
	if words == "" {
		return ""
	}
	return lang.Words(l, words)
}
