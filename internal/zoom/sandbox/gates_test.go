package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// §12.3 step 1.
func TestBearer(t *testing.T) {
	c := connected(t)
	good := c.access
	for _, bad := range []string{"", "x", good + "x", strings.ToUpper(good)} {
		c.access = bad
		r := c.api("GET", "/users/me", "")
		r.fails(t, 401, 124)
		if r.json(t)["message"] != "Invalid access token." || r.header.Get("x-zm-trackingid") == "" {
			t.Errorf("got %s %v", r.body, r.header)
		}
	}
	req := c.request("GET", c.s.API+"/users/me", "", "")
	req.SetBasicAuth(ConfidentialID, "x")
	c.send(req).fails(t, 401, 124)
	c.access = good
	c.w.Advance(time.Hour - time.Second)
	if r := c.api("GET", "/users/me", ""); r.status != 200 {
		t.Errorf("a second before its end: %d", r.status)
	}
	c.w.Advance(time.Second)
	if r := c.api("GET", "/users/me", ""); r.status != 401 || r.json(t)["message"] != "Access token is expired." {
		t.Errorf("after its end: %d %s", r.status, r.body)
	}
}

func TestExpireAccess(t *testing.T) {
	c := connected(t)
	c.w.ExpireAccess()
	c.api("GET", "/users/me", "").fails(t, 401, 124)
	c.token(refreshForm(c.refresh))
	if r := c.api("GET", "/users/me", ""); r.status != 200 {
		t.Errorf("got %d", r.status)
	}
}

// §12.3 step 2: each call needs its scope, and any one of the alternatives will do.
func TestScopes(t *testing.T) {
	calls := map[string][2]string{
		"user:read:user": {"GET", "/users/me"}, "meeting:read:list_meetings": {"GET", "/users/me/meetings"},
		"meeting:read:meeting": {"GET", "/meetings/81234567890"}, "meeting:write:meeting": {"POST", "/users/me/meetings"},
		"meeting:update:meeting": {"PATCH", "/meetings/81234567890"}, "meeting:delete:meeting": {"DELETE", "/meetings/81234567890"},
	}
	for _, status := range []int{400, 401} {
		for scope, call := range calls {
			c := begin(t)
			c.w.Turn(func(k *Knobs) { k.ScopeStatus = status })
			c.w.ChangeScopes(slices.DeleteFunc(PersonalScopes(), func(s string) bool { return s == scope }))
			c.signIn()
			r := c.api(call[0], call[1], "{}")
			r.fails(t, status, 4711)
			if want := "does not contain scopes:[" + scope + ", " + scope + ":admin]"; !strings.Contains(r.body, want) {
				t.Errorf("%s, want %s", r.body, want)
			}
			if c.w.Journal()[2].Rule == "" {
				t.Error("the journal names no rule")
			}
		}
	}
}

func TestClassicScopes(t *testing.T) {
	c := begin(t)
	c.w.ChangeScopes([]string{"meeting:read", "user_info:read"})
	c.signIn()
	for _, path := range []string{"/users/me", "/users/me/meetings"} {
		if r := c.api("GET", path, ""); r.status != 200 {
			t.Errorf("%s: %d %s", path, r.status, r.body)
		}
	}
	r := c.api("POST", "/users/me/meetings", "{}")
	r.fails(t, 400, 4700)
	if !strings.Contains(r.body, "[meeting:write, meeting:write:admin]") {
		t.Error(r.body)
	}
}

// Scopes that are taken away stop at once; new ones need a new sign-in (§2.2).
func TestChangeScopes(t *testing.T) {
	c := begin(t)
	c.w.ChangeScopes([]string{"user:read:user"})
	c.signIn()
	c.w.ChangeScopes(PersonalScopes())
	c.api("GET", "/users/me/meetings", "").fails(t, 400, 4711)
	c.signIn()
	if r := c.api("GET", "/users/me/meetings", ""); r.status != 200 {
		t.Errorf("after a new sign-in: %d", r.status)
	}
	c.w.ChangeScopes([]string{"user:read:user"})
	c.api("GET", "/users/me/meetings", "").fails(t, 400, 4711)
}

// §12.3 step 3: a user-level token reaches its own user by three names.
func TestLevel(t *testing.T) {
	c := connected(t)
	u := c.w.User()
	for _, name := range []string{"me", u.ID, url.PathEscape(u.Email), strings.ToUpper(u.Email)} {
		if r := c.api("GET", "/users/"+name, ""); r.status != 200 || r.json(t)["id"] != u.ID {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
	for _, name := range []string{"jan@elsewhere.invalid", "nobody", "Me"} {
		c.api("GET", "/users/"+name, "").fails(t, 404, 1001)
		c.api("POST", "/users/"+name+"/meetings", `{"topic":"x"}`).fails(t, 404, 1001)
	}
	c.w.Turn(func(k *Knobs) { k.ForeignCode = 4711 })
	c.api("GET", "/users/jan@elsewhere.invalid", "").fails(t, 400, 4711)
	id := c.w.AddMeeting(NewMeeting{Topic: "not mine", Host: "jan@elsewhere.invalid", Start: noon})
	c.api("GET", path(id), "").fails(t, 404, 3001)
	c.api("DELETE", path(id), "").fails(t, 404, 3001)
	c.api("GET", "/meetings/abc", "").fails(t, 400, 300)
}

// §12.3 step 6 and the paths that are not there.
func TestUnknownPathsAndBodies(t *testing.T) {
	c := connected(t)
	c.api("GET", "/webinars", "").fails(t, 404, 2300)
	c.api("GET", "/users/me/", "").fails(t, 404, 2300)
	c.api("PUT", "/users/me/meetings", "{}").fails(t, 405, 300)
	for _, body := range []string{"[]", "{", "null", `"x"`, `{"topic":"x"} x`} {
		c.api("POST", "/users/me/meetings", body).fails(t, 400, 300)
	}
	req := c.request("POST", c.s.API+"/users/me/meetings", "text/plain", `{"topic":"x"}`)
	req.Header.Set("Authorization", "Bearer "+c.access)
	c.send(req).fails(t, 400, 300)
	if r := c.send(c.request("GET", c.s.URL+"/elsewhere", "", "")); r.status != 404 {
		t.Errorf("got %d", r.status)
	}
	if n := len(c.w.Meetings()); n != 0 {
		t.Errorf("%d meetings were made", n)
	}
}

// §12.3 step 5 and §6: buckets per account and label.
func TestPerSecondLimits(t *testing.T) {
	for plan, want := range map[Plan][2]int{Free: {4, 2}, Pro: {30, 20}, Business: {80, 60}} {
		c := connected(t)
		c.w.SetPlan(plan)
		c.w.Turn(func(k *Knobs) { k.PerSecond = true })
		for i, path := range []string{"/users/me", "/users/me/meetings"} {
			n := 0
			var r reply
			for r = c.api("GET", path, ""); r.status == 200; r = c.api("GET", path, "") {
				n++
			}
			r.fails(t, 429, 429)
			if n != want[i] || !strings.Contains(r.body, "per-second") || r.header.Get("X-RateLimit-Type") != "QPS" || r.header.Get("Retry-After") != "" {
				t.Errorf("%s %s: %d calls, then %s %v", plan, path, n, r.body, r.header)
			}
			c.w.Advance(time.Second)
			if r := c.api("GET", path, ""); r.status != 200 {
				t.Errorf("a second later: %d", r.status)
			}
		}
	}
}

func TestDailyLimitOfThePlan(t *testing.T) {
	c := connected(t)
	c.w.SetPlan(Free)
	for range 2000 {
		if r := c.send(c.signed("GET", "/users/me/meetings", "")); r.status != 200 {
			t.Fatalf("got %d %s", r.status, r.body)
		}
	}
	r := c.api("GET", "/users/me/meetings", "")
	r.fails(t, 429, 429)
	if r.header.Get("Retry-After") != "2026-11-25T00:00:00Z" || r.header.Get("X-RateLimit-Type") != "Daily-limit" {
		t.Errorf("headers %v", r.header)
	}
	c.w.Turn(func(k *Knobs) { k.RateHeaders = false })
	if r := c.api("GET", "/users/me", ""); r.header.Get("X-RateLimit-Category") != "" {
		t.Errorf("headers %v", r.header)
	}
}

// 100 creates and updates per host and UTC day; reads and deletes are free (§6).
func TestDailyLimitOfTheHost(t *testing.T) {
	c := connected(t)
	c.w.Advance(11*time.Hour + 50*time.Minute)
	c.signIn()
	for range 60 {
		c.make(`{"start_time":"2026-12-01T09:00:00Z"}`)
	}
	id := c.w.Meetings()[0].ID
	c.api("PATCH", path(id), `{"duration":-1}`).fails(t, 400, 300) // does not count
	for range 40 {
		c.api("PATCH", path(id), `{"topic":"x"}`)
	}
	for _, r := range []reply{c.api("PATCH", path(id), `{"topic":"y"}`), c.api("POST", "/users/me/meetings", "{}")} {
		r.fails(t, 429, 429)
		if !strings.Contains(r.body, "daily rate limit (100) of Meeting Create/Update") || r.header.Get("Retry-After") != "" || r.header.Get("X-RateLimit-Category") != "Light" {
			t.Errorf("%s %v", r.body, r.header)
		}
	}
	if r := c.api("DELETE", path(id), ""); r.status != 204 {
		t.Errorf("delete: %d", r.status)
	}
	c.w.Advance(10*time.Minute - time.Second)
	c.api("POST", "/users/me/meetings", "{}").fails(t, 429, 429)
	c.w.Advance(time.Second)
	c.make(`{"start_time":"2026-12-01T09:00:00Z"}`)
}

func TestExhaustDaily(t *testing.T) {
	c := connected(t)
	c.w.ExhaustDaily()
	c.api("POST", "/users/me/meetings", "{}").fails(t, 429, 429)
}

// signed is a REST request with its token.
func (c *client) signed(method, path, body string) *http.Request {
	c.t.Helper()
	req := c.request(method, c.s.API+path, "", body)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Authorization", "Bearer "+c.access)
	return req
}
