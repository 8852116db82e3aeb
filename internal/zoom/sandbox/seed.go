package sandbox

import (
	"slices"
	"time"
)

// NewMeeting is a meeting that somebody made in Zoom by hand.
type NewMeeting struct {
	Topic, Agenda string
	Type          int           // Scheduled when zero
	Start         time.Time     // of the first occurrence; no matter for NoFixedTime
	Duration      time.Duration // an hour when zero; below zero for none
	Zone          string        // the user's when empty
	Host          string        // address; the signed-in user when empty
	Created       time.Time     // an hour ago when zero
	Rule          *Rule         // of FixedTime: the occurrences are worked out
	Starts        []time.Time   // of FixedTime without a rule: the occurrences themselves
	Deleted       []int         // indexes of occurrences that were deleted
	PMI           bool          // held in the personal room, which cannot be deleted
	UsePMI        bool          // shows pmi
}

// Rule repeats a series (§3.6).
type Rule struct {
	Type, Interval int // 1 daily, 2 weekly, 3 monthly
	WeeklyDays     string
	MonthDay       int
	MonthWeek      int
	MonthWeekDay   int
	Times          int // 0 without Until: endless
	Until          time.Time
}

// AddMeeting puts a meeting into the world and returns its id.
func (w *World) AddMeeting(n NewMeeting) int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	host := w.signed
	if n.Host != "" {
		host = w.mails[n.Host]
	}
	m := &meeting{
		id: w.meetingID(), uuid: w.uuid(), host: host, topic: n.Topic, agenda: n.Agenda, typ: n.Type, start: n.Start.UTC().Truncate(time.Second),
		minutes: int(n.Duration / time.Minute), zone: n.Zone, created: n.Created.UTC(), source: "web_portal", settings: defaultSettings(), pmi: n.PMI,
		password: w.digits(6), pwd: w.text(32) + ".1",
	}
	if m.typ == 0 {
		m.typ = Scheduled
	}
	if n.Duration == 0 {
		m.minutes = 60
	}
	m.minutes = max(0, m.minutes)
	if m.zone == "" {
		m.zone = host.zone
	}
	if n.Created.IsZero() {
		m.created = w.now().Add(-time.Hour).Truncate(time.Second)
	}
	m.settings["use_pmi"] = n.UsePMI || n.PMI
	m.lay(n, w.knobs.DSTBug)
	w.meetings.put(m)
	return m.id
}

// lay works out or takes over the occurrences.
func (m *meeting) lay(n NewMeeting, dstBug bool) {
	switch {
	case m.typ == NoFixedTime:
		m.start = time.Time{}
	case m.typ == FixedTime && n.Rule != nil:
		m.recurrence = n.Rule.json()
		m.expand(dstBug)
	case m.typ == FixedTime:
		starts := slices.Clone(n.Starts)
		if len(starts) == 0 {
			starts = []time.Time{m.start}
		}
		for _, t := range starts {
			m.add(t, m.minutes, false)
		}
		m.start = m.occurrences[0].start
		m.recurrence = &recurrence{Type: 1, RepeatInterval: 1, EndTimes: min(len(starts), most)}
	}
	for _, i := range n.Deleted {
		m.occurrences[i].deleted = true
	}
}

func (r *Rule) json() *recurrence {
	v := &recurrence{
		Type: r.Type, RepeatInterval: max(1, r.Interval), WeeklyDays: r.WeeklyDays, MonthlyDay: r.MonthDay, MonthlyWeek: r.MonthWeek,
		MonthlyWeekDay: r.MonthWeekDay, EndTimes: r.Times,
	}
	if !r.Until.IsZero() {
		v.EndDateTime = stamp(r.Until)
	}
	return v
}

// DeleteMeeting deletes a meeting, or one occurrence of it, as by hand in Zoom.
func (w *World) DeleteMeeting(id int64, occurrenceID string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	m := w.meetings.byID[id]
	if m == nil || m.deleted {
		return
	}
	if occurrenceID != "" {
		if o := m.occurrence(occurrenceID); o != nil {
			o.deleted = true
		}
		return
	}
	m.deleted = true
	w.meetings.forget(m)
}
