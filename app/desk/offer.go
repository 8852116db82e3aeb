package desk

import (
	"slices"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// around is what a picture is looked at with.
type around struct {
	calendars []kwadrans.Calendar
	zoom      bool // the host's Zoom meetings were asked for
	lang      kwadrans.Lang
	now       time.Time
}

// offerOf puts the picture of some days into the shape of the slot picker.
func offerOf(pic booking.Picture, sch kwadrans.Schedule, p page, a around) Offer {
	now := a.now
	o := Offer{
		Zone: sch.Zone, Days: []DayOffer{}, Earlier: p.earlier, Later: p.later, CheckedAt: stamp(now, sch.Zone), Sources: []string{"bookings"}, Unknown: []string{},
	}
	for _, b := range pic.Busy {
		note(&o.Sources, b.Source)
	}
	for _, u := range pic.Unknown {
		note(&o.Unknown, u.Source)
	}
	// What was read may have nothing these days.
	if a.zoom && !slices.Contains(o.Unknown, "zoom") {
		note(&o.Sources, "zoom")
	}
	for _, c := range a.calendars {
		if !slices.Contains(o.Unknown, c.Name) {
			note(&o.Sources, c.Name)
		}
	}
	loc, err := kwadrans.Zone(sch.Zone)
	if err != nil {
		return o
	}
	for _, d := range p.days {
		o.Days = append(o.Days, dayOf(pic, daySpan(d, d, loc), d, loc, a))
	}
	return o
}

func note(list *[]string, source string) {
	if source != "" && !slices.Contains(*list, source) {
		*list = append(*list, source)
	}
}

func dayOf(pic booking.Picture, day kwadrans.Span, d kwadrans.Date, loc *time.Location, a around) DayOffer {
	v := DayOffer{Date: d.String(), Cells: []Cell{}, Blocks: []Block{}}
	cell := func(t time.Time, free bool, code, item string) {
		if t.Before(day.Start) || !t.Before(day.End) {
			return
		}
		local := t.In(loc)
		v.Cells = append(v.Cells, Cell{Start: local.Format(time.RFC3339), Minute: local.Hour()*60 + local.Minute(), Free: free, Code: code, Item: item})
		if free {
			v.Free++
		}
	}
	for _, s := range pic.Slots {
		cell(s.Start, true, "", "")
	}
	for _, c := range pic.Reasons {
		cell(c.Start, false, string(c.Code), titleOf(a.lang, c.Item))
	}
	slices.SortFunc(v.Cells, func(a, b Cell) int { return compareTimes(a.Start, b.Start) })
	for _, b := range pic.Busy {
		if meets(b.Span, day) {
			v.Blocks = append(v.Blocks, blockOf(b, loc, a))
		}
	}
	v.Load = load(taken(pic, day))
	return v
}

func blockOf(b kwadrans.Busy, loc *time.Location, a around) Block {
	v := Block{
		Start: b.Start.In(loc).Format(time.RFC3339), End: b.End.In(loc).Format(time.RFC3339), Title: titleOf(a.lang, b.Item), Kind: string(b.Kind), Topic: b.Topic,
	}
	if b.Kind != kwadrans.FromCalendar {
		return v
	}
	v.Source = b.Source
	if !b.CheckedAt.IsZero() {
		v.CheckedAt = b.CheckedAt.In(loc).Format(time.RFC3339)
	}
	if i := slices.IndexFunc(a.calendars, func(c kwadrans.Calendar) bool { return c.Name == b.Source }); i >= 0 {
		v.Colour = a.calendars[i].Colour
	}
	return v
}

// compareTimes orders RFC 3339 texts by their instants, also through the hour
// that is there twice.
func compareTimes(a, b string) int {
	x, _ := time.Parse(time.RFC3339, a)
	y, _ := time.Parse(time.RFC3339, b)
	return x.Compare(y)
}

func meets(a, b kwadrans.Span) bool { return a.Start.Before(b.End) && b.Start.Before(a.End) }

// taken returns the minutes of the opening hours of a day and how many of them
// something holds.
func taken(pic booking.Picture, day kwadrans.Span) (busy, open int) {
	for _, w := range pic.Open {
		w = cut(w, day)
		open += minutes(w)
		busy += minutes(w) - freeIn(w, pic.Busy)
	}
	return busy, open
}

// freeIn counts the minutes of a window that nothing holds.
func freeIn(w kwadrans.Span, list []kwadrans.Busy) int {
	free := 0
	gaps(w, list, func(gap kwadrans.Span) { free += minutes(gap) })
	return free
}

// gaps tells each stretch of a window that nothing holds; busy stretches may overlap.
func gaps(w kwadrans.Span, list []kwadrans.Busy, tell func(kwadrans.Span)) {
	spans := make([]kwadrans.Span, 0, len(list))
	for _, b := range list {
		if s := cut(b.Span, w); minutes(s) > 0 {
			spans = append(spans, s)
		}
	}
	slices.SortFunc(spans, func(a, b kwadrans.Span) int { return a.Start.Compare(b.Start) })
	at := w.Start
	for _, s := range spans {
		if s.Start.After(at) {
			tell(kwadrans.Span{Start: at, End: s.Start})
		}
		if s.End.After(at) {
			at = s.End
		}
	}
	tell(kwadrans.Span{Start: at, End: w.End})
}

// cut is the part of a stretch that lies in another; without length when they do not meet.
func cut(s, in kwadrans.Span) kwadrans.Span {
	if s.Start.Before(in.Start) {
		s.Start = in.Start
	}
	if s.End.After(in.End) {
		s.End = in.End
	}
	return s
}

func minutes(s kwadrans.Span) int { return max(0, int(s.End.Sub(s.Start)/time.Minute)) }

// load is the busy share of the opening hours in quarters, never none when
// something is there and never all when something is free.
func load(busy, open int) int {
	if open == 0 || busy == 0 {
		return 0
	}
	q := (4*busy + open/2) / open
	if busy < open {
		q = min(q, 3)
	}
	return max(q, 1)
}
