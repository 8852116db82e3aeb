package naive

import (
	"time"

	"kwadrans/internal/kwadrans"
)

// broken tries the rules on the start t of one host. Without note it stops at
// the first that is broken.
func (w *World) broken(host int, t time.Time, note func(kwadrans.WhyNot)) bool {
	h, topic, now := &w.q.Hosts[host], &w.q.Topic, w.q.Now
	some := false
	say := func(broken bool, code kwadrans.WhyNot) bool {
		if broken && note != nil {
			note(code)
		}
		some = some || broken
		return some && note == nil
	}
	switch {
	case say(!topic.On, kwadrans.TopicOff),
		say(!h.Active, kwadrans.HostNotActive),
		say(t.Before(now), kwadrans.Past),
		say(!t.Before(now) && t.Before(now.Add(topic.MinNotice.Std())), kwadrans.TooSoon),
		say(w.tooFar(host, t), kwadrans.TooFar),
		w.shut(host, t, say),
		w.taken(host, t, say),
		w.full(host, t, say):
	}
	return some
}

type sayer = func(broken bool, code kwadrans.WhyNot) bool

func (w *World) local(host int, t time.Time) time.Time {
	if len(w.hours[host]) > 0 {
		return t.In(w.hours[host][0].Start.Location())
	}
	loc, _ := kwadrans.Zone(w.q.Hosts[host].Schedule.Zone) // New loaded it
	return t.In(loc)
}

func (w *World) tooFar(host int, t time.Time) bool {
	last := kwadrans.DateOf(w.local(host, w.q.Now)).AddDays(w.q.Topic.MaxDays)
	return last.Before(kwadrans.DateOf(w.local(host, t)))
}

// shut walks through the hours until the meeting is over.
func (w *World) shut(host int, t time.Time, say sayer) bool {
	at, end := t, t.Add(w.q.Topic.Duration.Std())
	for walked := true; walked && at.Before(end); {
		walked = false
		for _, o := range w.hours[host] {
			if !at.Before(o.Start) && at.Before(o.End) {
				at, walked = o.End, true
			}
		}
	}
	if !at.Before(end) {
		return false
	}
	windows, ok := w.q.Hosts[host].Schedule.Exception(kwadrans.DateOf(w.local(host, at)))
	if ok && len(windows) == 0 {
		return say(true, kwadrans.DateClosed)
	}
	return say(true, kwadrans.OffHours)
}

// taken holds the meeting against everything that is known, and not known.
func (w *World) taken(host int, t time.Time, say sayer) bool {
	topic := &w.q.Topic
	core := kwadrans.Span{Start: t, End: t.Add(topic.Duration.Std())}
	padded := core.Widen(topic.BufferBefore.Std(), topic.BufferAfter.Std())
	for i := range w.q.Hosts[host].Busy {
		b := &w.q.Hosts[host].Busy[i]
		if !b.Start.Before(b.End) {
			continue
		}
		if core.Overlaps(b.Span) {
			if say(true, b.Kind.WhyNot()) {
				return true
			}
		} else if padded.Overlaps(b.Span) || b.Widen(b.Before, b.After).Overlaps(core) {
			if say(true, kwadrans.BufferHit) {
				return true
			}
		}
	}
	for _, u := range w.q.Hosts[host].Unknown {
		if u.Start.Before(u.End) && say(padded.Overlaps(u.Span), kwadrans.SourceUnknown) {
			return true
		}
	}
	return false
}

// full counts the own bookings of the topic on the day and in the ISO week of t.
func (w *World) full(host int, t time.Time, say sayer) bool {
	topic := &w.q.Topic
	if topic.DailyLimit == 0 && topic.WeeklyLimit == 0 {
		return false
	}
	day, week := 0, 0
	at := w.local(host, t)
	year, number := at.ISOWeek()
	for _, b := range w.q.Hosts[host].Busy {
		if b.Kind != kwadrans.FromBooking || b.Topic != topic.Slug || !b.Start.Before(b.End) {
			continue
		}
		start := w.local(host, b.Start)
		if kwadrans.DateOf(start) == kwadrans.DateOf(at) {
			day++
		}
		if y, n := start.ISOWeek(); y == year && n == number {
			week++
		}
	}
	return say(topic.DailyLimit > 0 && day >= topic.DailyLimit, kwadrans.DayLimit) ||
		say(topic.WeeklyLimit > 0 && week >= topic.WeeklyLimit, kwadrans.WeekLimit)
}
