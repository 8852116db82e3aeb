package sandbox

import (
	"maps"
	"net/http"
	"strings"
	"time"
)

// create answers POST /users/{userId}/meetings (§3.1, §12.4). Overlaps are
// allowed: only our own check prevents them.
func (w *World) create(c *call) answer {
	if w.knobs.CannotHost {
		return refuse(http.StatusBadRequest, 3161, "Meeting hosting and scheduling capabilities are not allowed for your user account.")
	}
	p := w.readPlan(c)
	w.check(p, true)
	if len(p.wrongs) > 0 {
		return invalid(p.wrongs...)
	}
	if a, ok := w.scheduledFor(c, p); !ok {
		return a
	}
	if a, ok := w.counted(c.target); !ok {
		return a
	}
	m := w.make(c.target, p)
	w.meetings.put(m)
	c.meeting = m
	v := w.describe(m, c.now, true)
	if w.knobs.Bare {
		delete(v, "uuid")
		delete(v, "host_id")
		delete(v, "status")
	}
	return jsonAnswer(http.StatusCreated, v)
}

// check adds what is wrong in the connection of fields.
func (w *World) check(p *plan, fresh bool) {
	typ := or(p.typ, Scheduled)
	// assumed(type8-rule): a series with fixed times needs a rule
	if fresh && typ == FixedTime && p.recurrence == nil && !named(p.wrongs, "recurrence") {
		p.wrongs = append(p.wrongs, wrong{"recurrence", "The recurrence is required."})
	}
	if fresh && typ == FixedTime && or(p.start, "") == "" {
		p.wrongs = append(p.wrongs, wrong{"start_time", "The start time is required."})
	}
}

func named(list []wrong, prefix string) bool {
	for _, x := range list {
		if strings.HasPrefix(x.Field, prefix) {
			return true
		}
	}
	return false
}

// scheduledFor: nobody has given this user the privilege, so only the user himself will do.
func (w *World) scheduledFor(c *call, p *plan) (answer, bool) {
	name := or(p.scheduleFor, "")
	switch {
	case name == "", w.find(c.grant, name) == c.target && or(p.typ, Scheduled) != Instant:
		return answer{}, true
	case or(p.typ, Scheduled) == Instant:
		return refuse(http.StatusBadRequest, 3000, "Instant meetings do not support the schedule_for parameter."), false
	case w.find(c.grant, name) == nil:
		return invalid(wrong{"schedule_for", "Invalid field."}), false
	}
	return refuse(http.StatusBadRequest, 3000, "You cannot schedule a meeting for "+name+"."), false
}

func (w *World) make(host *user, p *plan) *meeting {
	m := &meeting{
		id: w.meetingID(), uuid: w.uuid(), host: host, topic: or(p.topic, "Zoom Meeting"), agenda: or(p.agenda, ""),
		typ: or(p.typ, Scheduled), minutes: or(p.minutes, 60), zone: or(p.zone, ""), created: w.now().Truncate(time.Second),
		recurrence: p.recurrence, tracking: p.tracking, source: "open_api",
	}
	if m.zone == "" {
		m.zone = host.zone
	}
	start := or(p.start, "")
	switch {
	case m.typ == NoFixedTime:
	case start == "" || m.typ == Instant: // a start that was forgotten makes an instant meeting (§3.1)
		m.typ, m.start = Instant, m.created
	default:
		m.start, _ = w.started(start, m.zone) // assumed(past-start): a create may lie in the past
	}
	m.password = or(p.password, "")
	if m.password == "" && or(p.defaultPassword, true) {
		m.password = w.digits(6)
	}
	if m.password != "" {
		m.pwd = w.text(32) + ".1"
	}
	m.settings = defaultSettings()
	m.set(p.settings)
	if m.typ == FixedTime {
		m.expand(w.knobs.DSTBug)
	}
	return m
}

func defaultSettings() map[string]any {
	return map[string]any{
		"host_video": false, "participant_video": false, "join_before_host": false, "jbh_time": 0, "mute_upon_entry": false, "waiting_room": false,
		"use_pmi": false, "approval_type": 2, "audio": "both", "auto_recording": "none", "alternative_hosts": "",
		"alternative_hosts_email_notification": true, "email_notification": true, "registrants_email_notification": true,
		"meeting_authentication": false, "encryption_type": "enhanced_encryption", "private_meeting": false,
	}
}

// set merges settings; a waiting room turns joining before the host off (§3.1).
func (m *meeting) set(s map[string]any) {
	maps.Copy(m.settings, s)
	if m.settings["waiting_room"] == true {
		m.settings["join_before_host"] = false
	}
}

func or[T any](p *T, otherwise T) T {
	if p == nil {
		return otherwise
	}
	return *p
}
