package foreign

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	goical "github.com/emersion/go-ical"

	"kwadrans/internal/kwadrans"
)

// expand turns the calendars into what blocks. Events with the same UID belong
// together, whatever page they came in: a server may keep them apart.
func (x *expander) expand(list []calendar) {
	x.zones = newZones(x.rules.Zone, list, x.in.End.UTC().Year()+2, x.budget)
	groups := map[string][]*event{}
	for _, c := range list {
		for _, part := range c.parts {
			x.sort(reader{x, c}, part, groups)
		}
	}
	for _, uid := range slices.Sorted(maps.Keys(groups)) {
		if x.budget.spent() {
			break
		}
		x.series(groups[uid])
	}
	if x.budget.spent() {
		x.allUnknown(NoteBudget, "", "")
	}
}

// sort puts an event with those of the same UID, and takes free-busy times as they are.
func (x *expander) sort(r reader, part *goical.Component, groups map[string][]*event) {
	if !x.budget.spend(costEvent) {
		return
	}
	switch part.Name {
	case goical.CompEvent:
		if silent[r.cal.method] || x.rules.Except != nil && x.rules.Except(first(part, "UID")) {
			return
		}
		if e := r.event(part); e != nil {
			groups[e.uid] = append(groups[e.uid], e)
		}
	case goical.CompFreeBusy:
		r.freeBusy(part)
	}
}

// series expands the events of one UID.
func (x *expander) series(list []*event) {
	masters, changes := split(list)
	for _, c := range changes {
		if len(masters) > 0 && c.instead != nil {
			*c.instead = c.instead.whole(masters[0])
		}
	}
	s := newSet(changes)
	for _, m := range masters {
		x.master(m, s)
	}
	for _, c := range changes {
		if c.onward && len(masters) == 0 {
			x.master(c, s)
			continue
		}
		x.occurrence(c, c.start.wall, c.start.loc, c.length)
		if len(c.rules)+len(c.rdates) > 0 && !c.free {
			x.notes.add(NoteLoose, c.uid, "RRULE beside RECURRENCE-ID")
		}
	}
	for _, e := range list {
		if e.doubt && !e.free {
			x.result.Doubt++
		}
	}
}

// split tells masters from changes. Of several versions of one the highest
// SEQUENCE counts (RFC 5546 §2.1.4), of a change then the newest; where that
// does not decide between masters, all of them count.
func split(list []*event) (masters, changes []*event) {
	newest := map[string]*event{}
	for _, e := range list {
		switch key := ""; {
		case e.loose:
			changes = append(changes, e)
		case e.instead != nil:
			key = fmt.Sprint(e.instead.wall.Unix(), e.instead.loc, e.instead.date)
			if old := newest[key]; old == nil || cmp.Or(cmp.Compare(e.sequence, old.sequence), cmp.Compare(e.stamp, old.stamp)) >= 0 {
				newest[key] = e
			}
		case len(masters) > 0 && e.sequence > masters[0].sequence:
			masters = []*event{e}
		case len(masters) == 0 || e.sequence == masters[0].sequence:
			masters = append(masters, e)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(newest)) {
		changes = append(changes, newest[key])
	}
	return masters, changes
}

// blocks says whether the event matters at all.
func (x *expander) blocks(e *event) bool { return !e.free && (!e.allDay || x.rules.AllDay) }

// master expands an event with everything that it recurs by.
func (x *expander) master(m *event, s *set) {
	if !x.blocks(m) && !s.onwardBlocks() {
		return
	}
	at := map[time.Time]length{m.start.wall: m.length}
	order := []time.Time{m.start.wall}
	add := func(wall time.Time, l length) bool {
		if _, ok := at[wall]; !ok {
			order = append(order, wall)
		}
		at[wall] = l
		return len(order) <= maxEach
	}
	for _, text := range m.rules {
		x.follow(m, s, text, func(wall time.Time) bool { return add(wall, m.length) })
	}
	for _, d := range m.rdates {
		l := m.length
		if d.length != nil {
			l = *d.length
		}
		if !add(wallOf(d.at.instant(), m.start.loc), l) {
			x.beyond(m, NoteBudget, "RDATE", x.in.Start)
			break
		}
	}
	if m.more {
		x.beyond(m, NoteRule, "RRULE", m.start.instant())
	}
	x.emit(m, s, order, at)
}

// emit adds the occurrences that are neither excluded nor changed one by one.
func (x *expander) emit(m *event, s *set, order []time.Time, at map[time.Time]length) {
	gone := newSet(nil)
	for _, d := range m.exdates {
		gone.put(d.whole(m), nil)
	}
	for _, wall := range order {
		here := moment{wall: wall, loc: m.start.loc, date: m.start.date}
		now := here.instant()
		if _, ok := gone.at(here, now); ok {
			continue
		}
		if c, ok := s.at(here, now); ok && !c.onward {
			continue
		}
		if c := s.since(now); c != nil && c != m {
			x.occurrence(c, wallOf(now, c.start.loc).Add(c.shift()), c.start.loc, c.length)
			continue
		}
		x.occurrence(m, wall, m.start.loc, at[wall])
	}
}

// occurrence adds one when it blocks and meets the stretch.
func (x *expander) occurrence(e *event, wall time.Time, loc *time.Location, l length) {
	if !x.blocks(e) {
		return
	}
	start := instant(wall, loc)
	span := kwadrans.Span{Start: start, End: l.end(wall, loc, start).UTC()}
	if !span.Overlaps(x.in) {
		return
	}
	if len(x.result.Instances) >= maxInstances {
		x.budget.over = true
		return
	}
	x.result.Instances = append(x.result.Instances, kwadrans.Instance{UID: e.uid, Span: span, AllDay: e.allDay, Summary: e.summary, Doubt: e.doubt})
}
