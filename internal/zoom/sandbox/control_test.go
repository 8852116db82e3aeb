package sandbox

import (
	"net/http"
	"strings"
	"testing"
)

// control makes a control request and returns status and body.
func (c *client) control(method, path, body string) reply {
	c.t.Helper()
	contentType := ""
	if body != "" {
		contentType = "application/json"
	}
	return c.send(c.request(method, c.s.URL+"/control/"+path, contentType, body))
}

// done fails the test unless a control was carried out.
func (c *client) done(path, body string) reply {
	c.t.Helper()
	r := c.control("POST", path, body)
	if r.status != 200 {
		c.t.Errorf("%s %s: %d %s", path, body, r.status, r.body)
	}
	return r
}

// Everything that /control/… offers does what the method of its name does.
func TestControl(t *testing.T) {
	c := connected(t)
	c.w.Control(true)
	c.done("advance", `{"by":"30m"}`)
	if got := c.w.Now().Sub(noon).String(); got != "30m0s" {
		t.Errorf("advanced by %s", got)
	}
	c.done("consent", `{"consent":"decline"}`)
	if r := c.authorize(authorizeQuery()); !strings.Contains(r.header.Get("Location"), "error=access_denied") {
		t.Errorf("consent: %v", r.header)
	}
	v := c.done("meeting", `{"topic":"by hand","type":8,"start":"2026-12-01T09:00:00+01:00","duration":"45m","zone":"Europe/Warsaw","rule":{"type":1,"times":3},"deleted":[1]}`).json(t)
	if m := c.w.Meetings()[0]; m.ID != id(v) || m.Duration.String() != "45m0s" || !m.Occurrences[1].Deleted || stamp(m.Start) != "2026-12-01T08:00:00Z" {
		t.Errorf("made %+v", m)
	}
	c.done("presentation", `{"presentation":"per-occurrence"}`)
	if n := len(c.rows(createPath)); n != 2 {
		t.Errorf("%d rows", n)
	}
	c.done("delete-meeting", `{"id":`+strings.TrimPrefix(path(id(v)), "/meetings/")+`}`)
	if n := len(c.w.Meetings()); n != 0 {
		t.Errorf("%d meetings", n)
	}
	c.done("fail", `{"match":"GET /users/{userId}","fault":"error-before","status":503,"n":2}`)
	for _, want := range []int{503, 503, 200} {
		if r := c.api("GET", "/users/me", ""); r.status != want {
			t.Errorf("got %d, want %d", r.status, want)
		}
	}
	c.done("user", `{"name":"Ola Nowa","zone":"UTC"}`)
	if u := c.w.User(); u.Name != "Ola Nowa" || u.Zone != "UTC" || u.Email != "ewa@sandbox.invalid" {
		t.Errorf("user is %+v", u)
	}
	c.done("plan", `{"plan":"free"}`)
	c.done("scopes", `{"scopes":["user:read:user"]}`)
	c.done("knobs", `{"ScopeStatus":401,"ListLag":5000000000}`)
	if k := c.w.Knobs(); k.ScopeStatus != 401 || k.ListLag.Seconds() != 5 || !k.DeclineRedirect {
		t.Errorf("knobs are %+v", k)
	}
	c.api("GET", createPath, "").fails(t, 401, 4711)
}

func TestControlActs(t *testing.T) {
	for name := range acts {
		if strings.Contains("advance consent presentation fail meeting delete-meeting user plan scopes knobs", name) {
			continue
		}
		c := connected(t)
		c.w.Control(true)
		c.done(name, "")
		c.done(name, "{}")
	}
	c := connected(t)
	c.w.Control(true)
	c.done("remove-app", "")
	c.token(refreshForm(c.refresh)).denies(t, 400, "invalid_grant", 4737)
	c.done("disable-app", "")
	if r := c.authorize(authorizeQuery()); r.status != 400 {
		t.Errorf("disabled: %d", r.status)
	}
	c.done("enable-app", "")
	c.signIn()
}

func TestControlLooks(t *testing.T) {
	c := connected(t)
	c.w.Control(true)
	c.w.AddMeeting(NewMeeting{Topic: "x", Start: noon})
	for path, want := range map[string]string{
		"broken": "[]", "meetings": `"topic":"x"`, "meetings?all=1": `"topic":"x"`, "journal": `"rule":"GET /oauth/authorize"`, "journal?since=2": "[]",
		"knobs": `"PageTokenLife":900000000000`, "now": "2026-11-24T12:00:00Z", "user": `"email":"ewa@sandbox.invalid"`, "marketplace-add": "code=kwsbx-",
	} {
		if r := c.control("GET", path, ""); r.status != 200 || !strings.Contains(r.body, want) {
			t.Errorf("%s: %d %s", path, r.status, r.body)
		}
	}
}

// Only this machine, no page in a browser, and nothing that is misspelt.
func TestControlRefusals(t *testing.T) {
	c := connected(t)
	if r := c.control("GET", "broken", ""); r.status != 404 {
		t.Errorf("while shut: %d", r.status)
	}
	c.w.Control(true)
	for what, bad := range map[string]func(*http.Request){
		"a page":        func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"a name":        func(r *http.Request) { r.Host = "evil.example" },
		"another class": func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") },
	} {
		req := c.request("POST", c.s.URL+"/control/advance", "application/json", `{"by":"1h"}`)
		bad(req)
		if r := c.send(req); r.status/100 != 4 {
			t.Errorf("%s: %d", what, r.status)
		}
	}
	for path, body := range map[string]string{
		"advance": `{"by":"soon"}`, "consent": `{"consent":"maybe"}`, "presentation": `{}`, "plan": `{"plan":"x"}`, "meeting": `{"topic":"no start"}`,
		"fail": `{"match":"*","fault":"flood"}`, "knobs": `{"Nope":1}`, "user": `{"nmae":"x"}`, "scopes": `{`, "delete-meeting": `{"id":"x"}`,
	} {
		if r := c.control("POST", path, body); r.status != 400 {
			t.Errorf("%s %s: %d %s", path, body, r.status, r.body)
		}
	}
	if r := c.control("POST", "nothing", ""); r.status != 404 {
		t.Errorf("got %d", r.status)
	}
	if !c.w.Now().Equal(noon) {
		t.Error("the clock was moved")
	}
}
