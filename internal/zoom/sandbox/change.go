package sandbox

import (
	"net/http"
	"strings"
)

// update answers PATCH /meetings/{meetingId} with 204 and nothing else (§3.3).
func (w *World) update(c *call) answer {
	if w.knobs.CannotHost {
		return refuse(http.StatusBadRequest, 3161, "Meeting hosting and scheduling capabilities are not allowed for your user account.")
	}
	p := w.readPlan(c)
	w.check(p, false)
	if len(p.wrongs) > 0 {
		return invalid(p.wrongs...)
	}
	var o *occurrence
	if id := c.query.Get("occurrence_id"); id != "" {
		if o = c.meeting.occurrence(id); o == nil {
			return invalid(wrong{"occurrence_id", "Invalid occurrence_id."})
		}
	}
	if a, ok := w.counted(c.target); !ok {
		return a
	}
	if o != nil {
		w.changeOne(c, o, p)
	} else {
		w.changeAll(c, p)
	}
	return answer{status: http.StatusNoContent, header: http.Header{}}
}

// changeOne changes what an occurrence may have of its own.
func (w *World) changeOne(c *call, o *occurrence, p *plan) {
	o.agenda, o.minutes = or(p.agenda, o.agenda), or(p.minutes, o.minutes)
	if s := or(p.start, ""); s != "" {
		// assumed(occurrence-id): an occurrence that moves keeps its id
		if t, ok := w.started(s, or(p.zone, c.meeting.zone)); ok && t.After(c.now) {
			o.start = t
		}
	}
}

func (w *World) changeAll(c *call, p *plan) {
	m := c.meeting
	w.meetings.forget(m)
	m.topic, m.agenda, m.minutes = or(p.topic, m.topic), or(p.agenda, m.agenda), or(p.minutes, m.minutes)
	if z := or(p.zone, ""); z != "" {
		m.zone = z
	}
	if p.password != nil && *p.password != m.password {
		m.password = *p.password
		if m.pwd = ""; m.password != "" {
			m.pwd = w.text(32) + ".1" // the link changes with the passcode
		}
	}
	m.set(p.settings)
	if p.tracking != nil {
		m.tracking = p.tracking
	}
	// assumed(type-change): an update does not change the type of a meeting
	moved := false
	if s := or(p.start, ""); s != "" && m.typ != NoFixedTime {
		if t, ok := w.started(s, m.zone); ok && t.After(c.now) { // the past is ignored in silence (§3.3)
			moved, m.start = !t.Equal(m.start), t
		}
	}
	if m.typ == FixedTime && (moved || p.recurrence != nil || p.minutes != nil) {
		w.regenerate(m, p)
	}
	w.meetings.index(m)
}

// regenerate works a series out anew; one without an end gets one (§3.6).
func (w *World) regenerate(m *meeting, p *plan) {
	if p.recurrence != nil {
		m.recurrence = p.recurrence
	}
	if m.recurrence == nil { // occurrences that a test laid out by hand stay
		return
	}
	if m.recurrence.endless() {
		m.recurrence.bound(m.start)
	}
	m.expand(w.knobs.DSTBug)
}

// remove answers DELETE /meetings/{meetingId} with 204 and nothing else (§3.4).
func (w *World) remove(c *call) answer {
	m := c.meeting
	host, ok := flag(c, "schedule_for_reminder")
	everyone, fine := flag(c, "cancel_meeting_reminder")
	switch {
	case !ok || !fine:
		return invalid(wrong{"cancel_meeting_reminder", "Invalid field."})
	case m.pmi:
		return refuse(http.StatusBadRequest, 3018, "Not allowed to delete PMI.")
	}
	if id := c.query.Get("occurrence_id"); id != "" {
		o := m.occurrence(id)
		if o == nil {
			return invalid(wrong{"occurrence_id", "Invalid occurrence_id."})
		}
		o.deleted = true
	} else {
		m.deleted, m.remindHost, m.remindEveryone = true, host, everyone
		w.meetings.forget(m)
		w.rules.deleted(m)
	}
	return answer{status: http.StatusNoContent, header: http.Header{}}
}

// mark is the first line of an agenda: what our client finds its meetings by.
func mark(agenda string) string {
	line, _, _ := strings.Cut(agenda, "\n")
	return strings.TrimSpace(line)
}
