package sandbox

import (
	"encoding/json"
	"strings"
	"time"
)

// creation is what a client means to create: by its mark, the first line of the
// agenda; without one by topic and start.
type creation struct {
	host *user
	key  string
}

// doubt is a create of which the outcome is not known to the client.
type doubt struct {
	since int64     // only a list that began after this request settles it
	start time.Time // must lie in that list's range
	at    time.Time
}

// creationOf names what a create is about; marked says that it has a mark.
func creationOf(c *call) (k creation, start time.Time, marked bool) {
	var topic, agenda, at, zone string
	for name, v := range map[string]*string{"topic": &topic, "agenda": &agenda, "start_time": &at, "timezone": &zone} {
		_ = json.Unmarshal(c.fields[name], v)
	}
	start, _ = c.w.started(at, zone)
	if m := mark(agenda); m != "" {
		return creation{c.target, "mark " + m}, start, true
	}
	return creation{c.target, "topic " + strings.TrimSpace(topic) + " at " + at}, start, false
}

// recentKept bounds how many answered creates are kept, twice.
const recentKept = 2000

// beginCreate: no create is repeated after an unknown outcome without a look-up.
func (r *rules) beginCreate(c *call) {
	k, start, marked := creationOf(c)
	if _, doubtful := r.doubts[k]; doubtful {
		r.breaks(c, "a create was repeated after an unknown outcome without a look-up: %s", k.key)
	}
	if marked { // while it is under way nobody knows its outcome
		r.doubts[k] = doubt{since: c.seq, start: start, at: c.now}
	}
}

func (r *rules) endCreate(c *call, a answer, clean bool) {
	k, start, _ := creationOf(c)
	d := doubt{since: c.seq, start: start, at: c.now}
	if !clean {
		r.doubts[k] = d
		return
	}
	delete(r.doubts, k)
	if a.status/100 != 2 {
		return
	}
	if len(r.recent) >= recentKept {
		r.older, r.recent = r.recent, map[creation]doubt{}
	}
	r.recent[k] = d
}

// deleted: who has deleted a meeting may make it again.
func (r *rules) deleted(m *meeting) {
	delete(r.recent, creation{m.host, "mark " + mark(m.agenda)})
	delete(r.older, creation{m.host, "mark " + mark(m.agenda)})
}

// unfinished is a list of which a page was read and more are there.
type unfinished struct {
	host    *user
	grant   *grant
	began   int64
	words   string
	suspect bool // something was created since
}

// endList settles doubts when a list was read to its end, and notes pages that
// wait to be fetched.
func (r *rules) endList(c *call, clean bool) {
	if !clean {
		return
	}
	if c.opened != "" {
		r.open[c.opened] = &unfinished{host: c.target, grant: c.grant, began: c.seq, words: c.query.Encode()}
	}
	if c.complete == nil {
		return
	}
	for k, d := range r.doubts {
		if k.host == c.target && d.since < c.complete.began && c.search.covers(d.start) {
			delete(r.doubts, k)
		}
	}
	for token, u := range r.open {
		if u.host == c.target && u.began < c.complete.began && !u.suspect {
			delete(r.open, token)
		}
	}
}

// covers says whether a list would have shown a meeting that starts then.
func (s search) covers(start time.Time) bool {
	if s.kind == "previous_meetings" || s.kind == "live" {
		return false
	}
	return start.IsZero() || (s.from.IsZero() || !start.Before(s.from)) && (s.to.IsZero() || start.Before(s.to))
}

// followed: the next page was asked for.
func (r *rules) followed(token string) { delete(r.open, token) }

// suspect marks the lists that stand half-read while something is created. A
// slow reader beside the creator follows later and is cleared; who never
// follows has acted on a part of the list.
func (r *rules) suspect(c *call) {
	for _, u := range r.open {
		if u.host == c.target && u.grant == c.grant {
			u.suspect = true
		}
	}
}

func (r *rules) abandoned() []string {
	var list []string
	for _, u := range r.open {
		if u.suspect {
			list = append(list, "a list was not read to its end before something was created: "+u.words)
		}
	}
	return list
}

func (r *rules) dropSuspects() {
	for token, u := range r.open {
		if u.suspect {
			delete(r.open, token)
		}
	}
}
