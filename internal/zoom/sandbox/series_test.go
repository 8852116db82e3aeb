package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// occurrences are the starts of a series as GET tells them; deleted ones carry a minus.
func (c *client) occurrences(n int64, query string) []string {
	c.t.Helper()
	v := c.api("GET", path(n)+query, "").json(c.t)
	var list []string
	for _, o := range v["occurrences"].([]any) {
		o := o.(map[string]any)
		s := o["start_time"].(string)
		at, err := time.Parse(time.RFC3339, s)
		if err != nil || o["status"] == "available" && o["occurrence_id"] != fmt.Sprint(at.UnixMilli()) {
			c.t.Errorf("occurrence %v", o)
		}
		if o["status"] == "deleted" {
			s = "-" + s
		}
		list = append(list, strings.TrimSuffix(s, ":00Z"))
	}
	return list
}

// §3.6: rules and what becomes of them; the wall clock stays over DST.
func TestRules(t *testing.T) {
	tests := []struct{ start, rule, want string }{
		{"2027-03-26T09:00:00", `{"type":1,"end_times":4}`, "2027-03-26T08:00 2027-03-27T08:00 2027-03-28T07:00 2027-03-29T07:00"},
		{"2026-12-01T09:00:00", `{"type":1,"repeat_interval":3,"end_times":3}`, "2026-12-01T08:00 2026-12-04T08:00 2026-12-07T08:00"},
		{"2026-12-01T09:00:00", `{"type":1,"end_date_time":"2026-12-03T08:00:00Z"}`, "2026-12-01T08:00 2026-12-02T08:00 2026-12-03T08:00"},
		{"2026-12-01T09:00:00", `{"type":1}`, "2026-12-01T08:00"},
		{"2026-12-01T09:00:00", `{"type":2,"weekly_days":"3,5","end_times":4}`, "2026-12-01T08:00 2026-12-03T08:00 2026-12-08T08:00 2026-12-10T08:00"},
		{"2026-12-01T09:00:00", `{"type":2,"weekly_days":"2","end_times":2}`, "2026-12-07T08:00 2026-12-14T08:00"},
		{"2026-12-01T09:00:00", `{"type":2,"repeat_interval":2,"weekly_days":"1,3","end_times":4}`, "2026-12-01T08:00 2026-12-13T08:00 2026-12-15T08:00 2026-12-27T08:00"},
		{"2027-01-31T09:00:00", `{"type":3,"monthly_day":31,"end_times":3}`, "2027-01-31T08:00 2027-03-31T07:00 2027-05-31T07:00"},
		{"2026-12-01T09:00:00", `{"type":3,"monthly_week":-1,"monthly_week_day":6,"end_times":2}`, "2026-12-25T08:00 2027-01-29T08:00"},
		{"2026-12-01T09:00:00", `{"type":3,"monthly_week":2,"monthly_week_day":3,"repeat_interval":2,"end_times":2}`, "2026-12-08T08:00 2027-02-09T08:00"},
	}
	for _, tt := range tests {
		c := connected(t)
		v := c.make(fmt.Sprintf(`{"type":8,"start_time":%q,"timezone":"Europe/Warsaw","duration":30,"recurrence":%s}`, tt.start, tt.rule))
		if got := strings.Join(c.occurrences(id(v), ""), " "); got != tt.want {
			t.Errorf("%s from %s:\n%s, want\n%s", tt.rule, tt.start, got, tt.want)
		}
		if first, _, _ := strings.Cut(tt.want, " "); v["start_time"] != first+":00Z" {
			t.Errorf("the series starts at %v", v["start_time"])
		}
	}
}

// The complaint of January 2026 (§3.6): occurrences keep the UTC time.
func TestDSTBug(t *testing.T) {
	c := connected(t)
	c.w.Turn(func(k *Knobs) { k.DSTBug = true })
	v := c.make(`{"type":8,"start_time":"2027-03-27T09:00:00","timezone":"Europe/Warsaw","recurrence":{"type":1,"end_times":2}}`)
	if got := c.occurrences(id(v), ""); !slices.Equal(got, []string{"2027-03-27T08:00", "2027-03-28T08:00"}) {
		t.Errorf("got %v", got)
	}
}

// An endless series shows 60 times; an update gives it an end (§3.6).
func TestEndlessSeries(t *testing.T) {
	for typ, want := range map[int]string{1: "2027-01-31T09:00:00Z", 2: "2029-01-10T09:00:00Z", 3: "2031-12-02T09:00:00Z"} {
		c := connected(t)
		v := c.make(fmt.Sprintf(`{"type":8,"start_time":"2026-12-01T09:00:00Z","recurrence":{"type":%d,"end_times":0}}`, typ))
		if n := len(c.occurrences(id(v), "")); n != 60 || v["recurrence"].(map[string]any)["end_date_time"] != nil {
			t.Errorf("%d occurrences of %v", n, v["recurrence"])
		}
		c.api("PATCH", path(id(v)), `{"start_time":"2026-12-02T09:00:00Z"}`)
		rule := c.api("GET", path(id(v)), "").json(t)["recurrence"].(map[string]any)
		if rule["end_date_time"] != want {
			t.Errorf("type %d: the rule is %v", typ, rule)
		}
	}
}

func TestOccurrences(t *testing.T) {
	c := connected(t)
	v := c.make(`{"type":8,"start_time":"2026-12-01T09:00:00Z","duration":30,"recurrence":{"type":1,"end_times":3}}`)
	at := time.Date(2026, 12, 2, 9, 0, 0, 0, time.UTC)
	query := fmt.Sprintf("?occurrence_id=%d", at.UnixMilli())
	if r := c.api("PATCH", path(id(v))+query, `{"start_time":"2026-12-02T15:00:00Z","duration":45,"topic":"ignored"}`); r.status != 204 {
		t.Fatalf("got %d %s", r.status, r.body)
	}
	one := c.api("GET", path(id(v))+query, "").json(t)
	if one["start_time"] != "2026-12-02T15:00:00Z" || one["duration"] != 45.0 || one["topic"] == "ignored" || one["occurrences"] != nil {
		t.Errorf("got %v", one)
	}
	if r := c.api("DELETE", path(id(v))+query, ""); r.status != 204 {
		t.Errorf("got %d", r.status)
	}
	for _, method := range []string{"GET", "PATCH", "DELETE"} {
		c.api(method, path(id(v))+query, "{}").fails(t, 400, 300)
	}
	if m := c.w.Meetings()[0]; !m.Occurrences[1].Deleted || m.Deleted {
		t.Errorf("got %+v", m)
	}
	c.w.Advance(8 * 24 * time.Hour) // the 2nd of December
	c.signIn()
	if got := c.occurrences(id(v), ""); !slices.Equal(got, []string{"-2026-12-02T15:00", "2026-12-03T09:00"}) {
		t.Errorf("from now on: %v", got)
	}
	if got := c.occurrences(id(v), "?show_previous_occurrences=true"); len(got) != 3 {
		t.Errorf("with the past: %v", got)
	}
	c.api("GET", path(id(v))+"?show_previous_occurrences=yes", "").fails(t, 400, 300)
}

// Series that somebody made by hand, with deleted occurrences.
func TestSeedSeries(t *testing.T) {
	c := connected(t)
	n := c.w.AddMeeting(NewMeeting{
		Topic: "weekly", Type: FixedTime, Start: noon.Add(time.Hour), Rule: &Rule{Type: 2, WeeklyDays: "3", Times: 3}, Deleted: []int{1}, Zone: "Europe/Warsaw",
	})
	if got := c.occurrences(n, ""); !slices.Equal(got, []string{"2026-11-24T13:00", "-2026-12-01T13:00", "2026-12-08T13:00"}) {
		t.Errorf("got %v", got)
	}
	odd := c.w.AddMeeting(NewMeeting{Type: FixedTime, Starts: []time.Time{noon.Add(time.Hour), noon.Add(50 * time.Hour)}})
	if got := c.occurrences(odd, ""); !slices.Equal(got, []string{"2026-11-24T13:00", "2026-11-26T14:00"}) {
		t.Errorf("got %v", got)
	}
	c.w.DeleteMeeting(odd, fmt.Sprint(noon.Add(time.Hour).UnixMilli()))
	if got := c.occurrences(odd, ""); got[0] != "-2026-11-24T13:00" {
		t.Errorf("got %v", got)
	}
}
