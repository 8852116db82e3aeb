package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// rows reads a list to its end.
func (c *client) rows(address string) []map[string]any {
	c.t.Helper()
	var rows []map[string]any
	sep := "?"
	if strings.Contains(address, "?") {
		sep = "&"
	}
	token := ""
	for {
		at := address
		if token != "" {
			at += sep + "next_page_token=" + token
		}
		v := c.api("GET", at, "").json(c.t)
		if v["meetings"] == nil {
			c.t.Fatalf("%s: %v", at, v)
		}
		for _, r := range v["meetings"].([]any) {
			rows = append(rows, r.(map[string]any))
		}
		if token = v["next_page_token"].(string); token == "" {
			return rows
		}
	}
}

func (c *client) many(n int) {
	for i := range n {
		c.w.AddMeeting(NewMeeting{Topic: fmt.Sprint(i), Start: noon.Add(time.Duration(i+1) * time.Hour)})
	}
}

func TestPaging(t *testing.T) {
	c := connected(t)
	c.many(650)
	for _, size := range []int{0, 1, 30, 299, 300} {
		address, want := fmt.Sprintf("/users/me/meetings?page_size=%d", size), size
		if size == 0 {
			address, want = "/users/me/meetings", 30
		}
		v := c.api("GET", address, "").json(t)
		if len(v["meetings"].([]any)) != want || v["total_records"] != 650.0 || v["page_size"] != float64(want) || v["page_count"] != float64((650+want-1)/want) {
			t.Errorf("page_size %d: %v rows of %v", size, len(v["meetings"].([]any)), v["total_records"])
		}
	}
	rows := c.rows("/users/me/meetings?page_size=300")
	if len(rows) != 650 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, r := range rows {
		if r["topic"] != fmt.Sprint(i) {
			t.Fatalf("row %d is %v", i, r["topic"])
		}
	}
	if v := c.api("GET", "/users/me/meetings?page_size=300&page_number=3", "").json(t); len(v["meetings"].([]any)) != 50 || v["page_number"] != 3.0 {
		t.Errorf("page 3 is %v with %d rows", v["page_number"], len(v["meetings"].([]any)))
	}
}

func TestPagingToken(t *testing.T) {
	c := connected(t)
	c.many(70)
	first := func() string {
		return c.api("GET", "/users/me/meetings?page_size=30", "").json(t)["next_page_token"].(string)
	}
	token := first()
	c.w.AddMeeting(NewMeeting{Topic: "between", Start: noon.Add(time.Minute)})
	v := c.api("GET", "/users/me/meetings?page_size=30&next_page_token="+token, "").json(t)
	if got := v["meetings"].([]any)[0].(map[string]any)["topic"]; got != "30" {
		t.Errorf("the second page begins with %v", got)
	}
	c.api("GET", "/users/me/meetings?page_size=31&next_page_token="+token, "").fails(t, 400, 300)
	c.api("GET", "/users/me/meetings?page_size=30&type=upcoming&next_page_token="+token, "").fails(t, 400, 300)
	c.api("GET", "/users/me/meetings?page_size=30&next_page_token=bogus", "").fails(t, 400, 300)
	c.w.Advance(15*time.Minute - time.Second)
	if r := c.api("GET", "/users/me/meetings?page_size=30&next_page_token="+token, ""); r.status != 200 {
		t.Errorf("a second before its end: %d", r.status)
	}
	c.w.Advance(time.Second)
	c.api("GET", "/users/me/meetings?page_size=30&next_page_token="+token, "").fails(t, 400, 300)
}

// Pages that nobody fetches are bounded in number.
func TestPagesAreBounded(t *testing.T) {
	c := connected(t)
	c.many(2)
	for range pagesKept + 10 {
		c.send(c.signed("GET", "/users/me/meetings?page_size=1", ""))
	}
	if n := len(c.w.meetings.pages); n > pagesKept {
		t.Errorf("%d pages are kept", n)
	}
	c.rows("/users/me/meetings?page_size=1")
}

func TestListQueries(t *testing.T) {
	c := connected(t)
	for _, q := range []string{
		"type=all", "page_size=301", "page_size=0", "page_size=x", "page_number=0", "from=24.11.2026", "to=2026-11-31", "timezone=Europe/Kyiv",
	} {
		c.api("GET", "/users/me/meetings?"+q, "").fails(t, 400, 300)
	}
	c.w.Turn(func(k *Knobs) { k.ClampPageSize = true; k.MoreZones = []string{"Europe/Kyiv"} })
	if v := c.api("GET", "/users/me/meetings?page_size=2000&timezone=Europe/Kyiv", "").json(t); v["page_size"] != 300.0 {
		t.Errorf("page_size is %v", v["page_size"])
	}
}

// topics are the topics of a list, with the type where it is not 2.
func (c *client) topics(query string) string {
	c.t.Helper()
	var list []string
	for _, r := range c.rows("/users/me/meetings?" + query) {
		list = append(list, fmt.Sprint(r["topic"]))
	}
	return strings.Join(list, " ")
}

// §3.5: what belongs to which list; six months at most, except for scheduled.
func TestListTypes(t *testing.T) {
	c := connected(t)
	for name, at := range map[string]time.Duration{"last-year": -20, "yesterday": -1, "tomorrow": 1, "far": 200} {
		c.w.AddMeeting(NewMeeting{Topic: name, Start: noon.Add(at * 24 * time.Hour)})
	}
	c.w.AddMeeting(NewMeeting{Topic: "running", Start: noon.Add(-10 * time.Minute)})
	c.w.AddMeeting(NewMeeting{Topic: "others", Start: noon.Add(time.Hour), Host: "jan@elsewhere.invalid"})
	for query, want := range map[string]string{
		"":                       "last-year yesterday running tomorrow far",
		"type=scheduled":         "last-year yesterday running tomorrow far",
		"type=upcoming":          "running tomorrow",
		"type=upcoming_meetings": "running tomorrow",
		"type=previous_meetings": "last-year yesterday",
		"type=live":              "",
	} {
		if got := c.topics(query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

func TestListRange(t *testing.T) {
	c := connected(t)
	for _, at := range []string{"2026-11-30T22:30", "2026-12-01T00:00", "2026-12-01T22:45", "2026-12-01T23:30", "2026-12-02T10:00"} {
		start, err := time.Parse("2006-01-02T15:04", at)
		if err != nil {
			t.Fatal(err)
		}
		c.w.AddMeeting(NewMeeting{Topic: at[8:], Start: start, Duration: 30 * time.Minute})
	}
	for query, want := range map[string]string{
		"from=2026-12-01&to=2026-12-01":                        "01T00:00 01T22:45 01T23:30",
		"from=2026-12-01&to=2026-12-01&timezone=UTC":           "01T00:00 01T22:45 01T23:30",
		"from=2026-12-01&to=2026-12-01&timezone=Europe/Warsaw": "01T00:00 01T22:45",
		"from=2026-12-02":                                      "02T10:00",
		"to=2026-11-30":                                        "30T22:30",
		"from=2027-01-01&to=2027-01-31":                        "",
		"type=upcoming&from=2026-12-02&to=2026-12-03":          "02T10:00",
	} {
		if got := c.topics(query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	c.w.Turn(func(k *Knobs) { k.RangeIgnored = true })
	if got := c.topics("from=2027-01-01&to=2027-01-31"); strings.Count(got, " ") != 4 {
		t.Errorf("with the range ignored: %s", got)
	}
}

// The three ways in which series show (§3.5), and series without times.
func TestPresentations(t *testing.T) {
	for p, want := range map[Presentation]int{ParentOnly: 1, PerOccurrence: 2, Duplicates: 6} {
		for _, query := range []string{"", "type=upcoming", "from=2026-11-24&to=2026-12-31"} {
			c := connected(t)
			c.w.Presentation(p)
			n := c.w.AddMeeting(NewMeeting{Type: FixedTime, Start: noon.Add(time.Hour), Rule: &Rule{Type: 1, Times: 3}, Deleted: []int{1}})
			rows := c.rows("/users/me/meetings?" + query)
			if len(rows) != want {
				t.Errorf("%s %s: %d rows, want %d", p, query, len(rows), want)
			}
			for _, r := range rows {
				if r["type"] != 8.0 || id(r) != n || r["occurrences"] != nil || r["start_time"] == "2026-11-25T13:00:00Z" {
					t.Errorf("%s: %v", p, r)
				}
			}
		}
	}
}

// The row of a series tells a time at which nothing takes place: who trusts it is wrong.
func TestParentRowLies(t *testing.T) {
	c := connected(t)
	c.w.AddMeeting(NewMeeting{Type: FixedTime, Start: noon.Add(time.Hour), Rule: &Rule{Type: 1, Times: 3}})
	row := c.rows("/users/me/meetings")[0]
	if s := row["start_time"].(string); slices.Contains([]string{"2026-11-24T13:00:00Z", "2026-11-25T13:00:00Z", "2026-11-26T13:00:00Z"}, s) {
		t.Errorf("the row tells %s", s)
	}
}

func TestNoFixedTime(t *testing.T) {
	c := connected(t)
	v := c.make(`{"type":3,"topic":"room","duration":30}`)
	if v["start_time"] != nil || v["occurrences"] != nil {
		t.Errorf("got %v", v)
	}
	c.w.AddMeeting(NewMeeting{Type: NoFixedTime, Topic: "by hand"})
	for _, query := range []string{"", "type=upcoming", "from=2030-01-01&to=2030-01-31"} {
		for _, r := range c.rows("/users/me/meetings?" + query) {
			if _, there := r["start_time"]; there || r["type"] != 3.0 {
				t.Errorf("%s: %v", query, r)
			}
		}
	}
	c.w.Turn(func(k *Knobs) { k.ZeroDate = true })
	if r := c.rows("/users/me/meetings")[0]; r["start_time"] != "0001-01-01T00:00:00Z" {
		t.Errorf("got %v", r)
	}
}

func TestListLag(t *testing.T) {
	c := connected(t)
	c.w.Turn(func(k *Knobs) { k.ListLag = 5 * time.Second })
	v := c.make(`{"start_time":"2026-12-01T09:00:00Z"}`)
	if n := len(c.rows("/users/me/meetings")); n != 0 {
		t.Errorf("%d rows at once", n)
	}
	if r := c.api("GET", path(id(v)), ""); r.status != 200 {
		t.Errorf("get: %d", r.status)
	}
	c.w.Advance(5 * time.Second)
	if n := len(c.rows("/users/me/meetings")); n != 1 {
		t.Errorf("%d rows later", n)
	}
}

func TestPMIRow(t *testing.T) {
	c := connected(t)
	c.w.AddMeeting(NewMeeting{Start: noon.Add(time.Hour), UsePMI: true})
	if r := c.rows("/users/me/meetings")[0]; r["pmi"] == nil {
		t.Errorf("got %v", r)
	}
}

// GET /users/{userId}/upcoming_meetings: 24 hours, no agenda, a scope of its own.
func TestUpcomingMeetings(t *testing.T) {
	c := begin(t)
	c.w.ChangeScopes([]string{"meeting:read:list_upcoming_meetings"})
	c.signIn()
	c.w.AddMeeting(NewMeeting{Topic: "soon", Agenda: "m", Start: noon.Add(time.Hour)})
	c.w.AddMeeting(NewMeeting{Topic: "late", Start: noon.Add(25 * time.Hour)})
	v := c.api("GET", "/users/me/upcoming_meetings", "").json(t)
	rows := v["meetings"].([]any)
	if len(rows) != 1 || rows[0].(map[string]any)["agenda"] != nil || rows[0].(map[string]any)["topic"] != "soon" {
		t.Errorf("got %v", v)
	}
}
