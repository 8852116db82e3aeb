package sandbox

import (
	"net/http"
	"time"
)

// present turns a meeting into the rows of a list; series come in the three
// presentations that were seen.
func (w *World) present(m *meeting, s search, now time.Time) []row {
	if m.typ == NoFixedTime {
		if s.kind == "previous_meetings" {
			return nil
		}
		return []row{{m: m}}
	}
	if m.typ != FixedTime {
		if !s.shows(m.start, m.minutes, now) {
			return nil
		}
		return []row{{m, m.start}}
	}
	var each []row
	for _, o := range m.occurrences {
		if !o.deleted && s.shows(o.start, o.minutes, now) {
			each = append(each, row{m, o.start})
		}
	}
	if len(each) == 0 { // assumed(series-range): a series shows while one of its occurrences does
		return nil
	}
	// assumed(parent-start): the row of a series tells a time at which nothing takes place
	parent := row{m, m.occurrences[0].start.Add(17 * time.Hour)}
	switch w.knobs.Presentation {
	case PerOccurrence:
		return each
	case Duplicates:
		return append(append([]row{parent, parent}, each...), each...)
	}
	return []row{parent}
}

// shows says whether a time belongs to a list: by its kind (with six months at
// most, except for scheduled) and by its range.
func (s search) shows(start time.Time, minutes int, now time.Time) bool {
	end := start.Add(time.Duration(minutes) * time.Minute)
	switch s.kind {
	case "upcoming", "upcoming_meetings":
		if end.Before(now) || start.After(now.AddDate(0, 6, 0)) {
			return false
		}
	case "previous_meetings":
		if end.After(now) || start.Before(now.AddDate(0, -6, 0)) {
			return false
		}
	}
	return (s.from.IsZero() || end.After(s.from)) && (s.to.IsZero() || start.Before(s.to))
}

// upcoming answers GET /users/{userId}/upcoming_meetings: the next 24 hours, no
// agenda (§3.5). Meetings of others that invite the user are not made up here.
func (w *World) upcoming(c *call) answer {
	s := search{kind: "upcoming", to: c.now.Add(24 * time.Hour)}
	items := []any{}
	for _, r := range w.rows(c.target, s, c.now) {
		items = append(items, map[string]any{
			"id": r.m.id, "topic": r.m.topic, "type": r.m.typ, "start_time": stamp(r.start), "duration": r.m.minutes, "timezone": r.m.zone,
			"created_at": stamp(r.m.created), "join_url": joinURL(r.m.id, r.m.pwd), "passcode": r.m.password, "use_pmi": r.m.settings["use_pmi"] == true,
			"is_host": true,
		})
	}
	return jsonAnswer(http.StatusOK, map[string]any{"total_records": len(items), "meetings": items})
}
