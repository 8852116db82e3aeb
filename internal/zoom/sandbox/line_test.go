package sandbox

import (
	"fmt"
	"net/http"
	"testing"
)

// The whole line once: sign in, who am I, create, list, get, change, delete.
func TestLine(t *testing.T) {
	c := connected(t)
	me := c.api("GET", "/users/me", "").json(t)
	if me["id"] != c.w.User().ID || me["account_id"] != c.w.User().AccountID || me["email"] != c.w.User().Email {
		t.Errorf("users/me says %v", me)
	}
	r := c.api("POST", "/users/me/meetings", `{"topic":"Rozmowa","agenda":"kwd1 a.b.c\nreszta","type":2,"start_time":"2026-12-01T09:00:00Z","duration":30,"timezone":"Europe/Warsaw"}`)
	if r.status != http.StatusCreated {
		t.Fatalf("create: %d %s", r.status, r.body)
	}
	id := int64(r.json(t)["id"].(float64))
	path := fmt.Sprintf("/meetings/%d", id)
	list := c.api("GET", "/users/me/meetings?type=scheduled&page_size=300", "").json(t)
	if rows := list["meetings"].([]any); len(rows) != 1 || rows[0].(map[string]any)["start_time"] != "2026-12-01T09:00:00Z" {
		t.Errorf("the list shows %v", list)
	}
	if got := c.api("GET", path, "").json(t); got["topic"] != "Rozmowa" || got["duration"] != 30.0 {
		t.Errorf("get says %v", got)
	}
	if r := c.api("PATCH", path, `{"topic":"Inna"}`); r.status != http.StatusNoContent {
		t.Errorf("patch: %d %s", r.status, r.body)
	}
	if m := c.w.Meetings(); len(m) != 1 || m[0].Topic != "Inna" || m[0].Mark != "kwd1 a.b.c" || !m[0].ByAPI {
		t.Errorf("there is %+v", m)
	}
	if r := c.api("DELETE", path, ""); r.status != http.StatusNoContent {
		t.Errorf("delete: %d %s", r.status, r.body)
	}
	c.api("DELETE", path, "").fails(t, 404, 3001)
	if m := c.w.Meetings(); len(m) != 0 {
		t.Errorf("after the delete there is %+v", m)
	}
	if m := c.w.AllMeetings(); len(m) != 1 || !m[0].Deleted {
		t.Errorf("the record of the deleted one is gone: %+v", m)
	}
}
