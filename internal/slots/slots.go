// Package slots is the one engine that says when a topic can be booked: which
// starts of a range are free, whether one start is free, and why it is not.
//
// It is pure: no clock, no files, no network. All three answers come from the
// same index, so they cannot disagree.
//
// Rules. A meeting lies whole in the opening hours of its host; windows that
// touch are one opening, also across midnight. The grid of a window holds every
// instant in it whose local clock reading is a whole number of steps away from
// the window's start, so both passes of a repeated hour have starts, and a
// skipped hour has none. The grid of several hosts is all their grids together.
// Every start of the grid is either in Slots or in Why, and Check of it is empty
// or not accordingly. Two meetings collide when one with its buffers meets
// the other without, so the gap between them is the larger of the two buffers
// that face each other. What a source could not be read for counts as taken.
// Fractions of a second are rounded so that nothing taken is ever offered.
package slots

import (
	"slices"
	"sync/atomic"
	"time"

	"kwadrans/internal/kwadrans"
)

// Mode says how many of the hosts a meeting needs.
type Mode int

// The modes. In Any, hosts who are not active are passed over.
const (
	One Mode = iota // exactly one host is given
	Any             // at least one host must be free for the whole meeting
	All             // every host must be free
)

// Query is what the engine knows. New reads it, and its slices are not to be
// changed afterwards: conflicts quote them.
type Query struct {
	Topic kwadrans.Topic
	Hosts []Host
	Mode  Mode
	Now   time.Time
}

// Host is one person who can be booked. The caller leaves out of Busy the
// booking that is about to move.
type Host struct {
	ID         string
	Active     bool
	Schedule   kwadrans.Schedule
	Busy       []kwadrans.Busy    // in any order; entries without length block nothing
	Unknown    []kwadrans.Unknown // widened by the topic's buffers
	Times      []Times            // more of what is busy, by source; limits and Choose do not count them
	LastBooked time.Time          // when the host was last given a booking, for Choose; zero: never
}

// Times is when a source takes a host and nothing more, for teams of whom much is
// read: it takes a tenth of the room of Busy. Reasons by it have no Item.
type Times struct {
	Kind      kwadrans.BusyKind
	Source    string
	CheckedAt time.Time
	Spans     []Stretch // in any order
}

// Stretch is a stretch of time in Unix seconds, End not included. Whoever makes it
// rounds outward.
type Stretch struct{ Start, End int64 }

// Back and Ahead are how far around a question Busy and Times must be complete: a whole
// week for the weekly limit, and the stretch that is searched for Nearest.
const (
	Back  = 8 * 24 * time.Hour
	Ahead = 15 * 24 * time.Hour
)

// Slot is a start at which a booking is possible, in UTC. Hosts are the ids of
// those who are free; slots may share the slice, so it is not to be changed.
type Slot struct {
	Start, End time.Time
	Hosts      []string
}

// Engine answers questions about one Query. It may be used by many goroutines,
// and kept: what a question makes ready serves the next ones.
type Engine struct {
	*index
	now      int64   // seconds, as all int64 times here
	earliest int64   // first start that keeps the notice
	latest   []int64 // of each pattern, the first start that is too far ahead
}

// index is what does not change while time goes by.
type index struct {
	topic    kwadrans.Topic
	mode     Mode
	hosts    []host
	ids      []string
	patterns []*pattern
	cals     []*calendar
	lacking  bool
	length   int64 // of the meeting
	step     int64
	board    atomic.Pointer[board]
}

// New checks the query and indexes it. Errors: CodeInvalid, CodeInternal for a
// number of hosts that does not fit the mode.
func New(q Query) (*Engine, error) {
	if err := check(&q); err != nil {
		return nil, err
	}
	x := &index{
		topic: q.Topic, mode: q.Mode, hosts: make([]host, len(q.Hosts)), ids: make([]string, len(q.Hosts)),
		length: seconds(q.Topic.Duration.Std()), step: seconds(q.Topic.Step.Std()),
	}
	n := 0
	for i := range q.Hosts {
		n += q.Hosts[i].size()
	}
	room, made := make([]span, n), shelf{}
	for i := range q.Hosts {
		in := &q.Hosts[i]
		cal, err := x.calendar(&in.Schedule, made)
		if err != nil {
			return nil, err
		}
		n := in.size()
		x.ids[i] = in.ID
		x.hosts[i].read(in, x, cal, room[:n:n])
		room = room[n:]
	}
	x.lacking = lacking(&q)
	return (&Engine{index: x}).At(q.Now), nil
}

// lacking says whether hosts whom the mode needs are not active.
func lacking(q *Query) bool {
	if q.Mode == Any {
		return !slices.ContainsFunc(q.Hosts, func(h Host) bool { return h.Active })
	}
	return slices.ContainsFunc(q.Hosts, func(h Host) bool { return !h.Active })
}

// At returns the engine as it answers at another time. Both share what they
// know, so that one can be kept while the clock goes on.
func (e *Engine) At(now time.Time) *Engine {
	at := &Engine{index: e.index, now: ceil(now), earliest: ceil(now.Add(e.topic.MinNotice.Std())), latest: make([]int64, len(e.patterns))}
	for i, p := range e.patterns {
		z := p.zone()
		at.latest[i] = z.midnight(z.dayOf(at.now) + int64(e.topic.MaxDays) + 1)
	}
	return at
}

// end returns the first start that is too far ahead for everybody.
func (e *Engine) end() int64 { return slices.Max(e.latest) }

func check(q *Query) error {
	t := &q.Topic
	bad := func(format string, args ...any) error {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "slots: "+format, args...)
	}
	switch {
	case t.Duration.Std() < time.Minute || t.Duration.Std() > kwadrans.MaxMeeting || t.Duration.Std()%time.Minute != 0:
		return bad("a meeting lasts whole minutes, at most 24h")
	case t.Step.Std() < time.Minute || t.Step.Std() > 24*time.Hour || t.Step.Std()%time.Minute != 0:
		return bad("the step of starts is whole minutes, at most 24h")
	case t.BufferBefore < 0 || t.BufferAfter < 0 || t.MinNotice < 0 || t.DailyLimit < 0 || t.WeeklyLimit < 0:
		return bad("buffers, notice and limits cannot be negative")
	case t.MaxDays < 0 || t.MaxDays > 36500:
		return bad("the days ahead must be between 0 and 36500")
	case q.Mode < One || q.Mode > All:
		return kwadrans.Errorf(kwadrans.CodeInternal, "slots: no mode %d", q.Mode)
	case len(q.Hosts) == 0 || q.Mode == One && len(q.Hosts) != 1:
		return kwadrans.Errorf(kwadrans.CodeInternal, "slots: %d hosts do not fit the mode", len(q.Hosts))
	}
	return nil
}

func seconds(d time.Duration) int64 { return int64((d + time.Second - 1) / time.Second) }

func floor(t time.Time) int64 { return t.Unix() }

func ceil(t time.Time) int64 {
	if t.Nanosecond() > 0 {
		return t.Unix() + 1
	}
	return t.Unix()
}
