package sandbox

import (
	"encoding/json"
	"strings"
	"testing"
)

func valid(s string) bool { return json.Valid([]byte(s)) }

// The journal tells every request as it came, secrets too, and its answer.
func TestJournal(t *testing.T) {
	c := connected(t)
	c.api("POST", createPath, marked("kwd1 a"))
	list := c.w.Journal()
	var rules []string
	for _, e := range list {
		rules = append(rules, e.Rule)
	}
	if got := strings.Join(rules, ", "); got != "GET /oauth/authorize, POST /oauth/token authorization_code, POST /users/{userId}/meetings" {
		t.Errorf("rules are %s", got)
	}
	e := list[2]
	if e.Seq != 3 || e.Method != "POST" || e.Path != "/v2/users/me/meetings" || e.Body != marked("kwd1 a") || e.Status != 201 || !strings.Contains(e.Answer, "zak=kwsbx-") || e.Header.Get("Authorization") != "Bearer "+c.access {
		t.Errorf("entry is %+v", e)
	}
	if !strings.Contains(list[1].Answer, c.refresh) || list[0].Query.Get("state") != "st-1" || !list[0].At.Equal(noon) {
		t.Errorf("entries are %+v", list[:2])
	}
	c.w.ClearJournal()
	if n := len(c.w.Journal()); n != 0 {
		t.Errorf("%d entries after clearing", n)
	}
}

// The ring holds its bound by number and by size.
func TestJournalIsBounded(t *testing.T) {
	j := newJournal(10)
	big := answer{status: 200, body: []byte(strings.Repeat("x", 20<<20))}
	for range 35 {
		j.add(&call{seq: j.next()}, answer{status: 200}, nil)
	}
	if kept := j.list[j.start:]; len(kept) != 10 || kept[0].Seq != 26 || kept[9].Seq != 35 {
		t.Errorf("%d entries, from %d", len(kept), kept[0].Seq)
	}
	for range 5 {
		j.add(&call{seq: j.next()}, big, nil)
	}
	if kept := j.list[j.start:]; len(kept) > 3 || j.size > bytesKept {
		t.Errorf("%d entries of %d bytes", len(kept), j.size)
	}
}
