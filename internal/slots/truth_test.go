package slots_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"
	"kwadrans/internal/slots/naive"
)

// every is the closed set of reasons.
var every = []kwadrans.WhyNot{
	kwadrans.Past, kwadrans.TooSoon, kwadrans.TooFar, kwadrans.OffHours, kwadrans.DateClosed, kwadrans.BufferHit,
	kwadrans.BusyBooking, kwadrans.BusyZoom, kwadrans.BusyCalendar, kwadrans.DayLimit, kwadrans.WeekLimit,
	kwadrans.HostNotActive, kwadrans.SourceUnknown, kwadrans.TopicOff,
}

// isTrue says whether a reason holds against a start, from the words alone: of what
// is in the way the item must be there, and stand in the way of one of the hosts.
func isTrue(w world, c kwadrans.Conflict) bool {
	k, now := w.q.Topic, w.q.Now
	switch c.Code {
	case kwadrans.TopicOff:
		return !k.On
	case kwadrans.Past:
		return c.Start.Before(now)
	case kwadrans.TooSoon:
		return !c.Start.Before(now) && c.Start.Before(now.Add(k.MinNotice.Std()))
	}
	return slices.ContainsFunc(naive.Plain(w.q).Hosts, func(h slots.Host) bool { return isTrueOf(w, h, c) })
}

func isTrueOf(w world, h slots.Host, c kwadrans.Conflict) bool {
	k := w.q.Topic
	loc, _ := kwadrans.Zone(h.Schedule.Zone)
	local := c.Start.In(loc)
	core := kwadrans.Span{Start: c.Start, End: c.Start.Add(k.Duration.Std())}
	switch c.Code {
	case kwadrans.HostNotActive:
		return !h.Active
	case kwadrans.TooFar:
		return kwadrans.DateOf(w.q.Now.In(loc)).AddDays(k.MaxDays).Before(kwadrans.DateOf(local))
	case kwadrans.OffHours, kwadrans.DateClosed:
		closed, shut := shutAt(h.Schedule, core, loc)
		return shut && closed == (c.Code == kwadrans.DateClosed)
	case kwadrans.DayLimit:
		return k.DailyLimit > 0 && k.DailyLimit <= count(k, h, func(t time.Time) bool { return kwadrans.DateOf(t.In(loc)) == kwadrans.DateOf(local) })
	case kwadrans.WeekLimit:
		return k.WeeklyLimit > 0 && k.WeeklyLimit <= count(k, h, func(t time.Time) bool { return isoWeek(t.In(loc)) == isoWeek(local) })
	case kwadrans.SourceUnknown:
		return slices.ContainsFunc(h.Unknown, func(u kwadrans.Unknown) bool {
			return u.Span == c.Span && u.Source == c.Source && core.Widen(k.BufferBefore.Std(), k.BufferAfter.Std()).Overlaps(u.Span)
		})
	}
	return slices.ContainsFunc(h.Busy, func(b kwadrans.Busy) bool {
		if b.Span != c.Span || b.Item != c.Item || b.Source != c.Source {
			return false
		}
		if core.Overlaps(b.Span) {
			return c.Code == b.Kind.WhyNot()
		}
		return c.Code == kwadrans.BufferHit && b.Start.Before(b.End) &&
			(core.Widen(k.BufferBefore.Std(), k.BufferAfter.Std()).Overlaps(b.Span) || core.Overlaps(b.Widen(b.Before, b.After)))
	})
}

// shutAt says whether the hours end before the meeting, and on a day that is closed.
func shutAt(s kwadrans.Schedule, meeting kwadrans.Span, loc *time.Location) (closed, shut bool) {
	end := meeting.Start
	if open, _ := s.Open(meeting); len(open) > 0 && open[0].Start.Equal(meeting.Start) {
		end = open[0].End
	}
	windows, special := s.Exception(kwadrans.DateOf(end.In(loc)))
	return special && len(windows) == 0, end.Before(meeting.End)
}

func count(k kwadrans.Topic, h slots.Host, in func(time.Time) bool) (n int) {
	for _, b := range h.Busy {
		if b.Kind == kwadrans.FromBooking && b.Topic == k.Slug && b.Start.Before(b.End) && in(b.Start) {
			n++
		}
	}
	return n
}

func isoWeek(t time.Time) [2]int {
	year, week := t.ISOWeek()
	return [2]int{year, week}
}

// reasonsHold tests every reason that the engine gives in a world.
func reasonsHold(w world, e *slots.Engine, change func(*kwadrans.Conflict)) error {
	list := e.Why(w.from, w.to)
	for t := w.from; t.Before(w.to); t = t.Add(53 * time.Minute) {
		list = append(list, e.Check(t)...)
	}
	for _, c := range list {
		if change(&c); !isTrue(w, c) {
			return fmt.Errorf("%v: %s by %q %v is not true", c.Start, c.Code, c.Item, c.Span)
		}
	}
	return nil
}

func TestReasonsAreTrue(t *testing.T) {
	holds(t, func(w world) error { return reasonsHold(w, made(w), func(*kwadrans.Conflict) {}) })
	for name, lie := range map[string]func(*kwadrans.Conflict){
		"another item": func(c *kwadrans.Conflict) { c.Span.End = c.Span.End.Add(time.Minute) },
		"another time": func(c *kwadrans.Conflict) { c.Start = c.Start.Add(5 * time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			noticed(t, func(w world) error { return reasonsHold(w, made(w), lie) })
		})
	}
}

// The other half: a reason that Check does not give is not true, so none is kept back.
func TestNoReasonIsMissing(t *testing.T) {
	rules := []kwadrans.WhyNot{kwadrans.TopicOff, kwadrans.Past, kwadrans.TooSoon, kwadrans.TooFar, kwadrans.OffHours, kwadrans.DateClosed, kwadrans.DayLimit, kwadrans.WeekLimit}
	complete := func(w world, hide kwadrans.WhyNot) error {
		w.q.Mode, w.q.Hosts = slots.One, w.q.Hosts[:1]
		e := made(w)
		for t := w.from; t.Before(w.to); t = t.Add(67 * time.Minute) {
			told := codes(e.Check(t))
			for _, code := range rules {
				c := kwadrans.Conflict{Start: t, Code: code}
				if isTrue(w, c) != (code != hide && slices.Contains(told, code)) {
					return fmt.Errorf("%v: %s is %v, told %v", t, code, isTrue(w, c), told)
				}
			}
		}
		return nil
	}
	holds(t, func(w world) error { return complete(w, "") })
	for _, code := range rules {
		noticed(t, func(w world) error { return complete(w, code) })
	}
}

// Every reason of the closed set is given somewhere, and no other.
func TestEveryReasonIsReached(t *testing.T) {
	first, all := map[kwadrans.WhyNot]int{}, map[kwadrans.WhyNot]int{}
	for seed := range 200 {
		w := worlds.Example(seed)
		e := made(w)
		for _, c := range e.Why(w.from, w.to) {
			first[c.Code]++
			if seed%10 == 0 {
				for _, code := range codes(e.Check(c.Start)) {
					all[code]++
				}
			}
		}
	}
	for _, code := range every {
		if first[code] == 0 {
			t.Errorf("%s is never the first reason", code)
		}
	}
	for code := range all {
		if !slices.Contains(every, code) {
			t.Errorf("%q is no reason", code)
		}
	}
	t.Log(first)
}

// widest sets each rule to where it forbids nothing.
var widest = map[slots.Rule]func(*slots.Query){
	slots.SwitchedOn:  func(q *slots.Query) { q.Topic.On = true },
	slots.MinNotice:   func(q *slots.Query) { q.Topic.MinNotice = 0 },
	slots.MaxDays:     func(q *slots.Query) { q.Topic.MaxDays = 36500 },
	slots.DailyLimit:  func(q *slots.Query) { q.Topic.DailyLimit = 0 },
	slots.WeeklyLimit: func(q *slots.Query) { q.Topic.WeeklyLimit = 0 },
	slots.Buffers:     forgetBuffers,
	slots.Weekly:      openAlways,
	slots.Exceptions: func(q *slots.Query) {
		for i := range q.Hosts {
			q.Hosts[i].Schedule.Exceptions = nil
		}
	},
	slots.Members: func(q *slots.Query) {
		for i := range q.Hosts {
			q.Hosts[i].Active = true
		}
	},
	slots.Calendars: func(q *slots.Query) {
		for i := range q.Hosts {
			q.Hosts[i].Unknown = nil
		}
	},
}

// What RuleOf names mends the reason: with the rule at its widest it is not given.
func TestTheRuleMendsTheReason(t *testing.T) {
	for _, code := range every {
		rule := slots.RuleOf(code)
		if (rule == slots.NoRule) != (rule.Home() == slots.Nowhere) {
			t.Fatalf("%s has the rule %q at %q", code, rule, rule.Home())
		}
		if rule == slots.NoRule {
			continue
		}
		before := 0
		for seed := range 60 {
			w := worlds.Example(seed)
			before += given(w, code)
			w.q.Hosts = slices.Clone(w.q.Hosts)
			if widest[rule](&w.q); given(w, code) > 0 {
				t.Fatalf("seed %d: %s is still given without %s", seed, code, rule)
			}
		}
		if before == 0 { // the control
			t.Errorf("%s was not given with %s either", code, rule)
		}
	}
	for _, code := range []kwadrans.WhyNot{kwadrans.Past, kwadrans.BusyBooking, kwadrans.BusyZoom, kwadrans.BusyCalendar, "no reason"} {
		if got := slots.RuleOf(code); got != slots.NoRule {
			t.Errorf("%s has the rule %s", code, got)
		}
	}
}

// given counts the starts that a reason is given for.
func given(w world, code kwadrans.WhyNot) (n int) {
	e := made(w)
	for _, c := range e.Why(w.from, w.to) {
		if slices.Contains(codes(e.Check(c.Start)), code) {
			n++
		}
	}
	return n
}

func forgetBuffers(q *slots.Query) {
	q.Topic.BufferBefore, q.Topic.BufferAfter = 0, 0
	for i := range q.Hosts {
		q.Hosts[i].Busy = slices.Clone(q.Hosts[i].Busy)
		for k := range q.Hosts[i].Busy {
			q.Hosts[i].Busy[k].Before, q.Hosts[i].Busy[k].After = 0, 0
		}
	}
}

func openAlways(q *slots.Query) {
	for i := range q.Hosts {
		q.Hosts[i].Schedule.Exceptions = nil
		for day := range q.Hosts[i].Schedule.Weekly {
			q.Hosts[i].Schedule.Weekly[day] = []kwadrans.Window{{From: 0, To: 1440}}
		}
	}
}
