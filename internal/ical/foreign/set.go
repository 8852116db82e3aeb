package foreign

import (
	"slices"
	"time"
)

// set finds occurrences by the ways in which calendars name them: an instant, a
// clock reading without a zone, a day.
type set struct {
	instants map[int64]*event
	walls    map[int64]*event // of floating times
	dates    map[int64]*event
	onward   []*event // ascending by what they stand for
}

// newSet holds the changes of a series.
func newSet(changes []*event) *set {
	s := &set{instants: map[int64]*event{}, walls: map[int64]*event{}, dates: map[int64]*event{}}
	for _, c := range changes {
		if c.instead == nil {
			continue
		}
		s.put(*c.instead, c)
		if c.onward {
			s.onward = append(s.onward, c)
		}
	}
	slices.SortFunc(s.onward, func(a, b *event) int { return a.instead.instant().Compare(b.instead.instant()) })
	return s
}

func (s *set) put(m moment, e *event) {
	switch {
	case m.date:
		s.dates[m.wall.Unix()] = e
	case m.floating:
		s.walls[m.wall.Unix()] = e
		fallthrough
	default:
		s.instants[m.instant().Unix()] = e
	}
}

// at finds what names the occurrence here, which means the instant now.
func (s *set) at(here moment, now time.Time) (*event, bool) {
	if e, ok := s.instants[now.Unix()]; ok {
		return e, true
	}
	if e, ok := s.walls[here.wall.Unix()]; ok {
		return e, true
	}
	e, ok := s.dates[midnight(here.wall).Unix()]
	return e, ok
}

// since returns the change that holds from some occurrence up to now on.
func (s *set) since(now time.Time) (last *event) {
	for _, c := range s.onward {
		if !c.instead.instant().After(now) {
			last = c
		}
	}
	return last
}

// onwardBlocks says whether a change from some occurrence on can block although
// the series does not.
func (s *set) onwardBlocks() bool {
	return slices.ContainsFunc(s.onward, func(c *event) bool { return !c.free })
}

// farthest returns the greatest length, and how far changes move what follows.
func (s *set) farthest(l time.Duration) (length, moves time.Duration) {
	for _, c := range s.onward {
		l, moves = max(l, c.length.flat()), max(moves, c.shift().Abs())
	}
	return l, moves
}

// whole turns midnight into the day, in an event that has days only: that is how
// some programs write it there.
func (m moment) whole(master *event) moment {
	m.date = m.date || master.start.date && m.wall.Equal(midnight(m.wall))
	return m
}

// shift is how far a change moves its occurrence by the clock.
func (e *event) shift() time.Duration {
	if e.instead == nil {
		return 0
	}
	return e.start.wall.Sub(wallOf(e.instead.instant(), e.start.loc))
}
