package sandbox

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func path(id int64) string { return fmt.Sprintf("/meetings/%d", id) }

// make creates a meeting and returns the answer.
func (c *client) make(body string) map[string]any {
	c.t.Helper()
	r := c.api("POST", "/users/me/meetings", body)
	if r.status != 201 {
		c.t.Fatalf("create %s: %d %s", body, r.status, r.body)
	}
	return r.json(c.t)
}

// id reads a meeting id, which is past 32 bits and exact in a float64.
func id(v map[string]any) int64 { return int64(v["id"].(float64)) }

// §3.1: how a start is read.
func TestStartTimes(t *testing.T) {
	tests := []struct{ start, zone, want string }{
		{"2026-12-01T09:00:00Z", "Europe/Warsaw", "2026-12-01T09:00:00Z"},
		{"2026-12-01T09:00:00Z", "", "2026-12-01T09:00:00Z"},
		{"2026-12-01T09:00:00", "Europe/Warsaw", "2026-12-01T08:00:00Z"},
		{"2026-07-01T09:00:00", "Europe/Warsaw", "2026-07-01T07:00:00Z"},
		{"2026-12-01T09:00:00", "America/New_York", "2026-12-01T14:00:00Z"},
		{"2026-12-01T09:00:00.123Z", "UTC", "2026-12-01T09:00:00Z"},
		{"2027-03-28T02:30:00", "Europe/Warsaw", "2027-03-28T01:30:00Z"}, // the gap: 03:30 of the summer
		{"2026-10-25T02:30:00", "Europe/Warsaw", "2026-10-25T00:30:00Z"}, // twice: the first
		{"2026-12-01T09:00:00", "SST", "2026-12-01T20:00:00Z"},
	}
	for _, tt := range tests {
		c := connected(t)
		v := c.make(fmt.Sprintf(`{"start_time":%q,"timezone":%q}`, tt.start, orUser(tt.zone)))
		if v["start_time"] != tt.want || v["type"] != 2.0 || v["duration"] != 60.0 {
			t.Errorf("%s in %q: %v, want %s", tt.start, tt.zone, v["start_time"], tt.want)
		}
	}
}

func orUser(zone string) string {
	if zone == "" {
		return "Europe/Warsaw"
	}
	return zone
}

// A numeric offset is read as a UTC wall clock (§8.1), or refused.
func TestOffsetIsReadAsUTC(t *testing.T) {
	c := beginWith(t, &recorder{TB: t})
	c.signIn()
	if v := c.make(`{"start_time":"2026-12-01T10:00:00+01:00"}`); v["start_time"] != "2026-12-01T10:00:00Z" {
		t.Errorf("got %v", v["start_time"])
	}
	c.w.Turn(func(k *Knobs) { k.OffsetRefused = true })
	c.api("POST", "/users/me/meetings", `{"start_time":"2026-12-01T10:00:00+01:00"}`).fails(t, 400, 300)
}

// Without a zone a wall clock is the user's (§3.1); our client never relies on it.
func TestLocalWithoutZone(t *testing.T) {
	c := beginWith(t, &recorder{TB: t})
	c.signIn()
	c.w.SetUser("Ewa Kowalska", "ewa@sandbox.invalid", "America/New_York", Basic)
	if v := c.make(`{"start_time":"2026-12-01T09:00:00"}`); v["start_time"] != "2026-12-01T14:00:00Z" || v["timezone"] != "America/New_York" {
		t.Errorf("got %v %v", v["start_time"], v["timezone"])
	}
}

func TestMissingStartIsInstant(t *testing.T) {
	c := connected(t)
	v := c.make(`{"topic":"now"}`)
	if v["type"] != 1.0 || v["start_time"] != nil {
		t.Errorf("got %v", v)
	}
	if rows := c.rows("/users/me/meetings"); len(rows) != 0 {
		t.Errorf("an instant meeting is listed: %v", rows)
	}
	c.w.Advance(30*24*time.Hour + 2*time.Hour)
	c.signIn()
	c.api("GET", path(id(v)), "").fails(t, 404, 3001)
}

// §12.4: bodies that are refused, and the field that is named.
var createRefusals = map[string]string{
	`{"topic":"` + strings.Repeat("ż", 201) + `"}`:                   "topic",
	`{"agenda":"` + strings.Repeat("ż", 2001) + `"}`:                 "agenda",
	`{"password":"12345678901"}`:                                     "password",
	`{"topic":5}`:                                                    "topic",
	`{"duration":"30"}`:                                              "duration",
	`{"duration":30.5}`:                                              "duration",
	`{"duration":-1}`:                                                "duration",
	`{"type":4}`:                                                     "type",
	`{"type":"2"}`:                                                   "type",
	`{"timezone":"Europe/Kyiv"}`:                                     "timezone",
	`{"timezone":"Mars/Olympus"}`:                                    "timezone",
	`{"start_time":"2026-12-01"}`:                                    "start_time",
	`{"start_time":"2026-12-01T09:00Z"}`:                             "start_time",
	`{"start_time":"2026-13-01T09:00:00Z"}`:                          "start_time",
	`{"start_time":1764579600}`:                                      "start_time",
	`{"settings":{"waiting_room":"yes"}}`:                            "settings.waiting_room",
	`{"settings":{"jbh_time":7}}`:                                    "settings.jbh_time",
	`{"settings":{"auto_recording":"disk"}}`:                         "settings.auto_recording",
	`{"settings":[]}`:                                                "settings",
	`{"tracking_fields":[{"value":"x"}]}`:                            "tracking_fields",
	`{"schedule_for":"nobody@sandbox.invalid"}`:                      "schedule_for",
	`{"type":8,"start_time":"2026-12-01T09:00:00Z"}`:                 "recurrence",
	`{"type":8,"recurrence":{"type":1}}`:                             "start_time",
	`{"type":8,"start_time":"2026-12-01T09:00:00Z","recurrence":{}}`: "recurrence.type",
	`{"type":8,"start_time":"2026-12-01T09:00:00Z","recurrence":{"type":4}}`:                                                      "recurrence.type",
	`{"type":8,"start_time":"2026-12-01T09:00:00Z","recurrence":{"type":1,"end_times":61}}`:                                       "recurrence.end_times",
	`{"type":8,"start_time":"2026-12-01T09:00:00Z","recurrence":{"type":1,"repeat_interval":100}}`:                                "recurrence.repeat_interval",
	`{"type":8,"start_time":"2026-12-01T09:00:00Z","recurrence":{"type":2,"repeat_interval":51}}`:                                 "recurrence.repeat_interval",
	`{"type":8,"start_time":"2026-12-01T09:00:00Z","recurrence":{"type":3,"repeat_interval":11}}`:                                 "recurrence.repeat_interval",
	`{"type":8,"start_time":"2026-12-01T09:00:00Z","recurrence":{"type":2,"weekly_days":"0"}}`:                                    "recurrence.weekly_days",
	`{"type":8,"start_time":"2026-12-01T09:00:00Z","recurrence":{"type":3,"monthly_day":32}}`:                                     "recurrence.monthly_day",
	`{"type":8,"start_time":"2026-12-01T09:00:00Z","recurrence":{"type":1,"end_times":2,"end_date_time":"2026-12-09T09:00:00Z"}}`: "recurrence.end_times",
	`{"type":8,"start_time":"2026-12-01T09:00:00Z","recurrence":{"type":1,"end_date_time":"2026-12-09"}}`:                         "recurrence.end_date_time",
}

func TestCreateRefusals(t *testing.T) {
	c := connected(t)
	for body, field := range createRefusals {
		r := c.api("POST", "/users/me/meetings", body)
		r.fails(t, 400, 300)
		if !strings.Contains(r.body, `"field":"`+field+`"`) || !strings.Contains(r.body, "Validation Failed.") {
			t.Errorf("%.80s: %s, want the field %s", body, r.body, field)
		}
	}
	if n := len(c.w.Meetings()); n != 0 {
		t.Errorf("%d meetings were made", n)
	}
}

func TestRefusalsWithNumbers(t *testing.T) {
	c := connected(t)
	c.api("POST", "/users/me/meetings", `{"type":1,"schedule_for":"ewa@sandbox.invalid"}`).fails(t, 400, 3000)
	c.api("POST", "/users/me/meetings", `{"schedule_for":"jan@elsewhere.invalid"}`).fails(t, 400, 3000)
	c.w.Turn(func(k *Knobs) { k.CannotHost = true })
	c.api("POST", "/users/me/meetings", `{}`).fails(t, 400, 3161)
	c.api("GET", "/users/me/meetings", "").fails(t, 400, 3161)
}

// Texts at their limits, letters and not bytes.
func TestCreateAtTheLimits(t *testing.T) {
	c := connected(t)
	topic, agenda := strings.Repeat("ż", 200), strings.Repeat("ó", 2000)
	v := c.make(fmt.Sprintf(`{"topic":%q,"agenda":%q,"start_time":"2026-12-01T09:00:00Z","password":"1234567890"}`, topic, agenda))
	if v["topic"] != topic || v["agenda"] != agenda || v["password"] != "1234567890" {
		t.Errorf("got %v", v)
	}
	row := c.rows("/users/me/meetings")[0]
	if got := row["agenda"].(string); got != strings.Repeat("ó", 250) {
		t.Errorf("the row's agenda has %d letters", len([]rune(got)))
	}
}

// §12.4: the body of 201.
func TestCreateAnswer(t *testing.T) {
	c := connected(t)
	v := c.make(`{"topic":"x","start_time":"2026-12-01T09:00:00Z","timezone":"Europe/Warsaw","settings":{"waiting_room":true,"join_before_host":true}}`)
	settings := v["settings"].(map[string]any)
	if settings["approval_type"] != 2.0 || settings["waiting_room"] != true || settings["join_before_host"] != false {
		t.Errorf("settings are %v", settings)
	}
	pass, join, start := v["password"].(string), v["join_url"].(string), v["start_url"].(string)
	if len(pass) != 6 || strings.Trim(pass, "0123456789") != "" || !strings.HasPrefix(join, "https://zoom.sandbox.invalid/j/8") && !strings.HasPrefix(join, "https://zoom.sandbox.invalid/j/9") || !strings.Contains(join, "?pwd=") {
		t.Errorf("password %q, link %q", pass, join)
	}
	if !strings.Contains(start, "zak=kwsbx-") || v["agenda"] != nil || v["pmi"] != nil || v["uuid"] == nil || v["sandbox_extra"] == nil {
		t.Errorf("got %v", v)
	}
	if n := id(v); n < 1<<31 || n > 99_999_999_999 {
		t.Errorf("the id is %d", n)
	}
	if again := c.api("GET", path(id(v)), "").json(t); again["start_url"] == start {
		t.Error("the start link is the same twice")
	}
	c.w.Turn(func(k *Knobs) { k.Bare = true })
	v = c.make(`{"start_time":"2026-12-01T09:00:00Z","default_password":false,"settings":{"use_pmi":true}}`)
	if v["uuid"] != nil || v["host_id"] != nil || v["status"] != nil || v["password"] != nil || strings.Contains(v["join_url"].(string), "pwd") {
		t.Errorf("got %v", v)
	}
	if _, text := v["pmi"].(string); !text {
		t.Errorf("pmi is %T, want text", v["pmi"])
	}
}

// Some uuids need double encoding in a path (§3.7); optional fields come and go.
func TestUUIDsAndSparseFields(t *testing.T) {
	c := connected(t)
	odd, with := 0, 0
	for range 60 {
		v := c.make(`{"start_time":"2026-12-01T09:00:00Z"}`)
		if u := v["uuid"].(string); strings.HasPrefix(u, "/") || strings.Contains(u, "//") {
			odd++
		}
		if v["h323_password"] != nil {
			with++
		}
	}
	if odd == 0 || odd == 60 || with == 0 || with == 60 {
		t.Errorf("of 60, %d uuids are odd and %d answers have the optional field", odd, with)
	}
}

func TestSameSeedSameWorld(t *testing.T) {
	a, b := connected(t), connected(t)
	body := `{"start_time":"2026-12-01T09:00:00Z"}`
	if x, y := a.make(body), b.make(body); x["id"] != y["id"] || x["uuid"] != y["uuid"] || a.access != b.access {
		t.Errorf("%v and %v", x["id"], y["id"])
	}
}

// §3.3: 204, partial, and a start in the past is ignored in silence.
func TestUpdate(t *testing.T) {
	c := connected(t)
	v := c.make(`{"topic":"a","agenda":"m\nx","start_time":"2026-12-01T09:00:00Z","duration":30}`)
	change := func(body string) MeetingView {
		t.Helper()
		if r := c.api("PATCH", path(id(v)), body); r.status != 204 {
			t.Fatalf("%s: %d %s", body, r.status, r.body)
		}
		return c.w.Meetings()[0]
	}
	if m := change(`{"start_time":"2026-12-02T10:00:00","timezone":"Europe/Warsaw"}`); stamp(m.Start) != "2026-12-02T09:00:00Z" || m.Topic != "a" || m.Agenda != "m\nx" {
		t.Errorf("got %+v", m)
	}
	if m := change(`{"start_time":"2026-11-01T10:00:00Z","topic":"b"}`); stamp(m.Start) != "2026-12-02T09:00:00Z" || m.Topic != "b" {
		t.Errorf("got %+v", m)
	}
	link := c.w.Meetings()[0].JoinURL
	if m := change(`{"duration":45,"settings":{"waiting_room":true}}`); m.Duration != 45*time.Minute || m.JoinURL != link || m.Settings["waiting_room"] != true {
		t.Errorf("got %+v", m)
	}
	if rows := c.rows("/users/me/meetings?from=2026-12-02&to=2026-12-02"); len(rows) != 1 {
		t.Errorf("the moved meeting is not listed on its day: %v", rows)
	}
	if rows := c.rows("/users/me/meetings?from=2026-12-01&to=2026-12-01"); len(rows) != 0 {
		t.Errorf("the moved meeting is listed on its old day: %v", rows)
	}
	c.api("PATCH", path(id(v)), `{"topic":"`+strings.Repeat("x", 201)+`"}`).fails(t, 400, 300)
	c.api("PATCH", "/meetings/81111111111", `{}`).fails(t, 404, 3001)
}

func TestDelete(t *testing.T) {
	c := connected(t)
	v := c.make(`{"start_time":"2026-12-01T09:00:00Z"}`)
	if r := c.api("DELETE", path(id(v))+"?schedule_for_reminder=true&cancel_meeting_reminder=false", ""); r.status != 204 {
		t.Errorf("got %d %s", r.status, r.body)
	}
	if m := c.w.AllMeetings()[0]; !m.Deleted || !m.Reminded {
		t.Errorf("got %+v", m)
	}
	for _, method := range []string{"GET", "DELETE"} {
		c.api(method, path(id(v)), "").fails(t, 404, 3001)
	}
	pmi := c.w.AddMeeting(NewMeeting{Topic: "room", Start: noon.Add(time.Hour), PMI: true})
	c.api("DELETE", path(pmi), "").fails(t, 400, 3018)
	c.api("DELETE", path(pmi)+"?cancel_meeting_reminder=1", "").fails(t, 400, 300)
	hand := c.w.AddMeeting(NewMeeting{Topic: "by hand", Start: noon.Add(time.Hour)})
	c.w.DeleteMeeting(hand, "")
	c.api("GET", path(hand), "").fails(t, 404, 3001)
}

// Ids expire 30 days past their date (§3.5).
func TestExpiry(t *testing.T) {
	c := connected(t)
	one := c.w.AddMeeting(NewMeeting{Start: noon.AddDate(0, 0, -30), Duration: 59 * time.Minute, Created: noon.AddDate(0, 0, -60)})
	series := c.w.AddMeeting(NewMeeting{Type: FixedTime, Starts: []time.Time{noon.AddDate(0, 0, -360)}, Created: noon.AddDate(0, 0, -400)})
	for _, n := range []int64{one, series} {
		if r := c.api("GET", path(n), ""); r.status != 200 {
			t.Errorf("%d: %d", n, r.status)
		}
	}
	if rows := c.rows("/users/me/meetings"); len(rows) != 2 {
		t.Errorf("listed are %v", rows)
	}
	c.w.Advance(time.Hour)
	c.signIn()
	c.api("GET", path(one), "").fails(t, 404, 3001)
	c.w.Advance(5 * 24 * time.Hour)
	c.signIn()
	c.api("GET", path(series), "").fails(t, 404, 3001)
	if rows := c.rows("/users/me/meetings"); len(rows) != 0 {
		t.Errorf("listed are %v", rows)
	}
}
