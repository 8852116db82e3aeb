package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// row is one line of a list: a meeting, or one occurrence of it.
type row struct {
	m     *meeting
	start time.Time // zero: the row tells none
}

// search is what a list is asked for (§3.5).
type search struct {
	kind     string
	size     int
	number   int
	from, to time.Time // to is exclusive; zero means no bound
}

// list answers GET /users/{userId}/meetings (§3.5, §12.4).
func (w *World) list(c *call) answer {
	if w.knobs.CannotHost {
		return refuse(http.StatusBadRequest, 3161, "Meeting hosting and scheduling capabilities are not allowed for your user account.")
	}
	s, wrongs := w.readSearch(c)
	if len(wrongs) > 0 {
		return invalid(wrongs...)
	}
	c.search = s
	r, ok := w.resume(c)
	if !ok {
		return refuse(http.StatusBadRequest, 300, "The next page token is invalid or expired.")
	}
	if r == nil {
		r = &reading{rows: w.rows(c.target, s, c.now)}
		r.at = min((s.number-1)*s.size, len(r.rows))
	}
	end := min(r.at+s.size, len(r.rows))
	items := []any{}
	for _, row := range r.rows[r.at:end] {
		items = append(items, w.item(row))
	}
	v := map[string]any{
		"page_count": (len(r.rows) + s.size - 1) / s.size, "page_number": r.at/s.size + 1, "page_size": s.size,
		"total_records": len(r.rows), "next_page_token": w.more(c, r, end), "meetings": items,
	}
	return jsonAnswer(http.StatusOK, v)
}

func (w *World) readSearch(c *call) (search, []wrong) {
	q := c.query
	s := search{kind: q.Get("type"), size: 30, number: 1}
	var wrongs []wrong
	if s.kind == "" {
		s.kind = "scheduled"
	}
	if !slices.Contains([]string{"scheduled", "live", "upcoming", "upcoming_meetings", "previous_meetings"}, s.kind) {
		wrongs = append(wrongs, wrong{"type", "Invalid field."})
	}
	if v := q.Get("page_size"); v != "" {
		n, err := strconv.Atoi(v)
		if err == nil && n > 300 && w.knobs.ClampPageSize {
			n = 300
		}
		// assumed(page-size): more than 300 is refused
		if s.size = n; err != nil || n < 1 || n > 300 {
			wrongs = append(wrongs, wrong{"page_size", "Invalid field."})
		}
	}
	if v := q.Get("page_number"); v != "" {
		n, err := strconv.Atoi(v)
		if s.number = n; err != nil || n < 1 {
			wrongs = append(wrongs, wrong{"page_number", "Invalid field."})
		}
	}
	return s, append(wrongs, w.readRange(c, &s)...)
}

// readRange reads from and to: days in the zone of the query.
func (w *World) readRange(c *call, s *search) []wrong {
	q := c.query
	zone := q.Get("timezone")
	if zone != "" && !w.knowsZone(zone) {
		return []wrong{{"timezone", "Invalid timezone."}}
	}
	// assumed(range-zone): without timezone the days are days of UTC
	loc := location(zone)
	for name, t := range map[string]*time.Time{"from": &s.from, "to": &s.to} {
		v := q.Get(name)
		if v == "" {
			continue
		}
		day, err := time.ParseInLocation(time.DateOnly, v, loc)
		if err != nil {
			return []wrong{{name, "Invalid field."}}
		}
		*t = day.UTC()
	}
	if !s.to.IsZero() {
		s.to = s.to.In(loc).AddDate(0, 0, 1).UTC()
	}
	// assumed(range): from and to hold for every type
	if w.knobs.RangeIgnored {
		s.from, s.to = time.Time{}, time.Time{}
	}
	return nil
}

// rows are the lines of a list, in the order of their starts.
func (w *World) rows(host *user, s search, now time.Time) []row {
	var rows []row
	if s.kind == "live" { // nobody starts a meeting here
		return nil
	}
	for _, m := range w.meetings.of(host, s.from, s.to) {
		// assumed(list-lag): a new meeting shows in lists at once
		if m.typ == Instant || m.expired(now) || now.Sub(m.created) < w.knobs.ListLag {
			continue
		}
		rows = append(rows, w.present(m, s, now)...)
	}
	// assumed(list-order): rows come in the order of their starts
	slices.SortFunc(rows, func(a, b row) int {
		if c := a.start.Compare(b.start); c != 0 {
			return c
		}
		return int(a.m.id - b.m.id)
	})
	return rows
}

// item is the JSON of a row: every field is optional, pmi only where it is used.
func (w *World) item(r row) map[string]any {
	m := r.m
	v := map[string]any{
		"uuid": m.uuid, "id": m.id, "host_id": m.host.id, "topic": m.topic, "type": m.typ, "duration": m.minutes,
		"timezone": m.zone, "created_at": stamp(m.created), "join_url": joinURL(m.id, m.pwd), "sandbox_extra": true,
	}
	if a := []rune(m.agenda); len(a) > 250 {
		v["agenda"] = string(a[:250])
	} else if len(a) > 0 {
		v["agenda"] = m.agenda
	}
	switch {
	case !r.start.IsZero():
		v["start_time"] = stamp(r.start)
	case w.knobs.ZeroDate:
		v["start_time"] = "0001-01-01T00:00:00Z"
	}
	if m.settings["use_pmi"] == true {
		v["pmi"] = strconv.FormatInt(m.host.pmi, 10)
	}
	return v
}
