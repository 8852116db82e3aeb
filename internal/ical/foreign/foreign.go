// Package foreign reads calendars that others wrote (RFC 5545, as it is found
// in the wild) and tells when they make the host busy, every recurrence
// expanded. Nothing it is given makes it panic, hang or grow without bound:
// what it cannot understand or afford is told as a stretch that is unknown,
// and so counts as busy.
package foreign

import (
	"context"
	"time"

	"kwadrans/internal/kwadrans"
)

// Rules say what counts.
type Rules struct {
	Zone   *time.Location        // of floating times, unless the page names another, and of all-day events; nil for UTC
	Self   []string              // the host's addresses: what they declined does not block
	AllDay bool                  // all-day events block
	Except func(uid string) bool // events that are left out, our own bookings; nil for none
}

// Result is what pages hold in a stretch of time.
type Result struct {
	Instances []kwadrans.Instance // what blocks, ascending by start; those that meet the stretch, in whole
	Unknown   []kwadrans.Span     // parts of the stretch for which it cannot be told: they count as busy; ascending, apart
	Notes     []Note              // what was left out, mended or guessed
	Doubt     int                 // events that were not understood whole
	Refresh   time.Duration       // how often the calendar asks to be read (RFC 7986 §5.7); zero when it does not say
	Name      string              // what the calendar calls itself; may be empty
	Err       error               // CodeCalendarUnreadable when no page could be read whole
}

// Expand reads the pages of one calendar (one of a file or a feed, one for each
// object of a server) and returns what blocks in the stretch. A page that is
// no calendar, ends in the middle or passes a bound makes the whole stretch
// unknown; when no page is better than that, Err is set as well, so that an
// older copy can be kept. When ctx ends, the rest is unknown.
func Expand(ctx context.Context, pages [][]byte, in kwadrans.Span, r Rules) Result {
	if r.Zone == nil {
		r.Zone = time.UTC
	}
	x := &expander{in: in, rules: r, self: addresses(r.Self), budget: newBudget(ctx), notes: notes{}}
	list, whole := x.read(pages)
	x.tell(list)
	x.expand(list)
	if whole == 0 && len(pages) > 0 {
		x.result.Err = kwadrans.Errorf(kwadrans.CodeCalendarUnreadable, "calendar: what came is not a whole calendar").
			WithHint("check that the address or file is that of a calendar (.ics)")
	}
	return x.finish()
}

// expander is one call of Expand.
type expander struct {
	in     kwadrans.Span
	rules  Rules
	self   map[string]bool
	budget *budget
	zones  *zones
	notes  notes
	made   int // identifiers that were made up
	result Result
}

// read takes the pages apart and counts those that could be read whole.
func (x *expander) read(pages [][]byte) (list []calendar, whole int) {
	for i, page := range pages {
		if x.budget.spent() {
			x.allUnknown(NoteBudget, "", "")
			break
		}
		found, ok := decode(page, i, x.notes)
		list = append(list, found...)
		if ok {
			whole++
		} else {
			x.result.Doubt++
			x.unknown(x.in)
		}
	}
	return list, whole
}

// tell keeps what the calendar says of itself.
func (x *expander) tell(list []calendar) {
	for _, c := range list {
		if x.result.Name == "" {
			x.result.Name = c.name
		}
		if x.result.Refresh == 0 {
			x.result.Refresh = c.refresh
		}
	}
}

// finish orders what was found.
func (x *expander) finish() Result {
	x.result.Instances = ordered(x.result.Instances)
	x.result.Unknown = merged(x.result.Unknown)
	x.result.Notes = x.notes.list()
	return x.result
}

// unknown adds the part of s that lies in the stretch.
func (x *expander) unknown(s kwadrans.Span) {
	if s.Start.Before(x.in.Start) {
		s.Start = x.in.Start
	}
	if s.End.After(x.in.End) {
		s.End = x.in.End
	}
	if s.Start.Before(s.End) {
		x.result.Unknown = append(x.result.Unknown, kwadrans.Span{Start: s.Start.UTC(), End: s.End.UTC()})
	}
}

func (x *expander) allUnknown(kind NoteKind, uid, text string) {
	x.notes.add(kind, uid, text)
	x.unknown(x.in)
}
