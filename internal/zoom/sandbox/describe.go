package sandbox

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// describe is the full body of a meeting (§3.1, §3.2): start_time is UTC with Z,
// start_url is new each time, and there is a field that nobody knows.
func (w *World) describe(m *meeting, now time.Time, previous bool) map[string]any {
	v := map[string]any{
		"id": m.id, "uuid": m.uuid, "host_id": m.host.id, "host_email": m.host.email, "status": "waiting",
		"topic": m.topic, "type": m.typ, "timezone": m.zone, "created_at": stamp(m.created), "creation_source": m.source,
		"start_url": w.startURL(m.id), "join_url": joinURL(m.id, m.pwd), "settings": maps.Clone(m.settings), "pre_schedule": false,
		"assistant_id": "", "chat_join_url": "https://zoom.sandbox.invalid/launch/jc/" + strconv.FormatInt(m.id, 10),
		"dynamic_host_key": "482910", "sandbox_extra": map[string]any{"unknown": []int{1, 2, 3}},
	}
	if m.typ != Instant && m.typ != NoFixedTime {
		v["start_time"], v["duration"] = stamp(m.start), m.minutes
	}
	if m.agenda != "" {
		v["agenda"] = m.agenda
	}
	if m.password != "" {
		v["password"], v["encrypted_password"], v["h323_password"], v["pstn_password"] = m.password, m.pwd, m.password, m.password
	}
	if len(m.tracking) > 0 {
		v["tracking_fields"] = m.tracking
	}
	if m.settings["use_pmi"] == true {
		v["pmi"] = strconv.FormatInt(m.host.pmi, 10) // text here, a number in the user (§3.1)
	}
	if m.recurrence != nil {
		v["recurrence"] = m.recurrence
	}
	if m.typ == FixedTime {
		v["occurrences"] = listOccurrences(m, now, previous)
	}
	if w.knobs.Sparse {
		w.thin(v, "assistant_id", "chat_join_url", "dynamic_host_key", "pre_schedule", "h323_password", "pstn_password", "encrypted_password", "creation_source")
	}
	return v
}

func listOccurrences(m *meeting, now time.Time, previous bool) []any {
	list := []any{}
	for _, o := range m.occurrences {
		if !previous && o.end().Before(now) {
			continue
		}
		status := "available"
		if o.deleted {
			status = "deleted"
		}
		list = append(list, map[string]any{"occurrence_id": o.id, "start_time": stamp(o.start), "duration": o.minutes, "status": status})
	}
	return list
}

// get answers GET /meetings/{meetingId} (§3.2).
func (w *World) get(c *call) answer {
	m := c.meeting
	previous, ok := flag(c, "show_previous_occurrences")
	if !ok {
		return invalid(wrong{"show_previous_occurrences", "Invalid field."})
	}
	v := w.describe(m, c.now, previous)
	if id := c.query.Get("occurrence_id"); id != "" {
		o := m.occurrence(id)
		if o == nil {
			return invalid(wrong{"occurrence_id", "Invalid occurrence_id."})
		}
		v["start_time"], v["duration"] = stamp(o.start), o.minutes
		delete(v, "occurrences")
		if o.agenda != "" {
			v["agenda"] = o.agenda
		}
	}
	return jsonAnswer(http.StatusOK, v)
}

// flag reads a yes-or-no of the query.
func flag(c *call, name string) (value, ok bool) {
	s := c.query.Get(name)
	return s == "true", slices.Contains([]string{"", "true", "false"}, s)
}
