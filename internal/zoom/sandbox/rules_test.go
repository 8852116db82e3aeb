package sandbox

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// watched is a signed-in client whose broken rules are looked at, not blamed.
func watched(t *testing.T) *client {
	t.Helper()
	c := beginWith(t, &recorder{TB: t})
	c.signIn()
	return c
}

func marked(mark string) string {
	return fmt.Sprintf(`{"topic":"x","agenda":"%s\nmore","start_time":"2026-12-01T09:00:00Z"}`, mark)
}

func TestSecretOfPublicClient(t *testing.T) {
	c := watched(t)
	form := refreshForm(c.refresh)
	form.Set("client_secret", "")
	c.post("/oauth/token", form).denies(t, 400, "invalid_client", 4702)
	c.found(t, "client secret")
	form.Del("client_secret")
	req := c.request("POST", c.s.URL+"/oauth/token", "application/x-www-form-urlencoded", form.Encode())
	req.SetBasicAuth(ClientID, "")
	c.send(req).denies(t, 400, "invalid_client", 4702)
	c.found(t, "client secret")
	c.w.Turn(func(k *Knobs) { k.StrictPublic = false })
	req = c.request("POST", c.s.URL+"/oauth/token", "application/x-www-form-urlencoded", form.Encode())
	req.SetBasicAuth(ClientID, "")
	if r := c.send(req); r.status != 200 {
		t.Errorf("not strict: %d %s", r.status, r.body)
	}
}

func TestScopeInAuthorize(t *testing.T) {
	c := watched(t)
	c.authorize(with(authorizeQuery(), "scope", ""))
	c.found(t, "scope")
}

func TestRefreshSentTwice(t *testing.T) {
	c := watched(t)
	old := c.refresh
	c.token(refreshForm(old))
	c.token(refreshForm(old))
	c.found(t, "refresh token was sent twice")
}

// Without an answer a refresh token may be tried once more, not for ever.
func TestRefreshAfterLostAnswer(t *testing.T) {
	c := watched(t)
	for _, f := range []Fault{ErrorBefore, ErrorAfter, ResetBefore, QPS} {
		c.signIn()
		c.w.FailNext("POST /oauth/token refresh_token", 1, f)
		c.post("/oauth/token", refreshForm(c.refresh))
		c.post("/oauth/token", refreshForm(c.refresh))
		if list := c.w.Broken(); len(list) != 0 {
			t.Errorf("%s: %q", f.Name, list)
		}
		c.post("/oauth/token", refreshForm(c.refresh))
		c.found(t, "refresh token was sent twice")
	}
}

// Two at once with the same token: the loser would keep a dead one (§1.4).
func TestRefreshAtOnce(t *testing.T) {
	c := watched(t)
	c.w.FailNext("POST /oauth/token refresh_token", 1, Held)
	done := make(chan reply, 1)
	req := c.request("POST", c.s.URL+"/oauth/token", "application/x-www-form-urlencoded", refreshForm(c.refresh).Encode())
	go func() { done <- c.send(req) }()
	for c.flying() == 0 {
	}
	c.post("/oauth/token", refreshForm(c.refresh))
	c.w.Release()
	<-done
	c.found(t, "refresh token was sent twice")
}

func (c *client) flying() int {
	c.w.mu.Lock()
	defer c.w.mu.Unlock()
	n := 0
	for _, s := range c.w.rules.sent {
		if s.flying {
			n++
		}
	}
	return n
}

func TestCallAfterInvalidGrant(t *testing.T) {
	c := watched(t)
	c.w.RemoveAppAtMarketplace()
	c.token(refreshForm(c.refresh)).denies(t, 400, "invalid_grant", 4737)
	c.api("GET", "/users/me", "").fails(t, 401, 124) // was under way
	if list := c.w.Broken(); len(list) != 0 {
		t.Errorf("within the grace: %q", list)
	}
	c.w.Advance(time.Second)
	c.api("GET", "/users/me", "").fails(t, 401, 124)
	c.found(t, "called after invalid_grant")
	c.signIn()
	if r := c.api("GET", "/users/me", ""); r.status != 200 || len(c.w.Broken()) != 0 {
		t.Errorf("after a new sign-in: %d %q", r.status, c.w.Broken())
	}
}

// A process that was late with an old token reads the newer pair and goes on.
func TestNewerPairAfterInvalidGrant(t *testing.T) {
	c := watched(t)
	old := c.refresh
	c.token(refreshForm(old))
	c.post("/oauth/token", refreshForm(old))
	c.w.Forgive()
	c.w.Advance(time.Minute)
	if r := c.api("GET", "/users/me", ""); r.status != 200 || len(c.w.Broken()) != 0 {
		t.Errorf("got %d %q", r.status, c.w.Broken())
	}
}

// No create is repeated after an unknown outcome without a look-up.
func TestCreateRepeated(t *testing.T) {
	for _, f := range []Fault{ErrorBefore, ErrorAfter, ResetBefore, ResetAfter, Truncated, HTMLOK} {
		for _, body := range []string{marked("kwd1 a"), `{"topic":"no mark","start_time":"2026-12-01T09:00:00Z"}`} {
			c := watched(t)
			c.w.FailNext("POST /users/{userId}/meetings", 1, f)
			c.send(c.signed("POST", createPath, body))
			c.make(marked("kwd1 other"))
			if list := c.w.Broken(); len(list) != 0 {
				t.Errorf("%s, another booking: %q", f.Name, list)
			}
			c.make(body)
			c.found(t, "repeated after an unknown outcome")
		}
	}
}

// What is known needs no look-up; and what is looked up may be repeated.
func TestCreateRepeatedRightly(t *testing.T) {
	c := connected(t)
	for _, f := range []Fault{QPS, Daily, XML, Refused(400, 300, "x")} {
		c.w.FailNext("POST /users/{userId}/meetings", 1, f)
		c.api("POST", createPath, marked("kwd1 a"))
		c.make(marked("kwd1 a"))
	}
	for _, query := range []string{"", "?page_size=2", "?from=2026-11-30&to=2026-12-02", "?type=upcoming"} {
		c.w.FailNext("POST /users/{userId}/meetings", 1, ResetAfter)
		c.send(c.signed("POST", createPath, marked("kwd1 a")))
		c.rows(createPath + query)
		c.make(marked("kwd1 a"))
	}
}

// A look-up that fails, stops halfway or looks elsewhere is none.
func TestLookupThatIsNone(t *testing.T) {
	looks := map[string]func(*client){
		"failed": func(c *client) {
			c.w.FailNext("GET "+"/users/{userId}/meetings", 1, ErrorBefore)
			c.api("GET", createPath, "")
		},
		"cut": func(c *client) {
			c.w.FailNext("GET "+"/users/{userId}/meetings", 1, Truncated)
			c.send(c.signed("GET", createPath, ""))
		},
		"other days": func(c *client) { c.rows(createPath + "?from=2026-12-03&to=2026-12-09") },
		"the past":   func(c *client) { c.rows(createPath + "?type=previous_meetings") },
		"one meeting": func(c *client) {
			c.api("GET", path(c.w.Meetings()[0].ID), "")
		},
	}
	for name, look := range looks {
		c := watched(t)
		c.w.FailNext("POST /users/{userId}/meetings", 1, ResetAfter)
		c.send(c.signed("POST", createPath, marked("kwd1 a")))
		look(c)
		c.make(marked("kwd1 a"))
		if list := c.w.Broken(); len(list) != 1 {
			t.Errorf("%s: %q", name, list)
		}
	}
	c := watched(t) // a list that began before the create
	c.many(3)
	token := c.api("GET", createPath+"?page_size=2", "").json(t)["next_page_token"].(string)
	c.w.FailNext("POST /users/{userId}/meetings", 1, ResetAfter)
	c.send(c.signed("POST", createPath, marked("kwd1 a")))
	c.api("GET", createPath+"?page_size=2&next_page_token="+token, "")
	c.make(marked("kwd1 a"))
	c.found(t, "repeated after an unknown outcome")
}

// The client's process was killed: it may not have kept what was answered.
func TestClientKilled(t *testing.T) {
	c := watched(t)
	old := c.refresh
	c.token(refreshForm(old))
	c.make(marked("kwd1 a"))
	c.w.ClientKilled()
	c.post("/oauth/token", refreshForm(old))
	if list := c.w.Broken(); len(list) != 0 {
		t.Errorf("broken is %q", list)
	}
	c.make(marked("kwd1 a"))
	c.found(t, "repeated after an unknown outcome")
	c.make(marked("kwd1 b"))
	m := c.w.Meetings()
	c.api("DELETE", path(m[len(m)-1].ID), "")
	c.w.ClientKilled()
	c.make(marked("kwd1 b")) // deleted, so it may be made again
	if list := c.w.Broken(); len(list) != 0 {
		t.Errorf("broken is %q", list)
	}
}

// What the rules keep of answered creates is bounded, and not forgotten at once.
func TestAnsweredCreatesAreBounded(t *testing.T) {
	w := New(Options{Now: func() time.Time { return noon }})
	c := &call{w: w, target: w.signed, now: noon}
	for i := range 3*recentKept + 5 {
		c.fields = map[string]json.RawMessage{"agenda": json.RawMessage(fmt.Sprintf(`"kwd1 %d"`, i))}
		w.rules.endCreate(c, answer{status: 201}, true)
	}
	if n := len(w.rules.recent) + len(w.rules.older); n != recentKept+5 {
		t.Errorf("%d are kept", n)
	}
	w.ClientKilled()
	if n := len(w.rules.doubts); n != recentKept+5 {
		t.Errorf("%d are doubtful", n)
	}
}

func TestCreatesAtOnce(t *testing.T) {
	c := connected(t)
	var wg sync.WaitGroup
	for i := range 8 {
		req := c.signed("POST", createPath, marked(fmt.Sprintf("kwd1 %d", i)))
		wg.Go(func() { c.send(req) })
	}
	wg.Wait()
	if n := len(c.w.Meetings()); n != 8 {
		t.Errorf("%d meetings", n)
	}
}

func TestListNotReadToItsEnd(t *testing.T) {
	c := watched(t)
	c.many(50)
	c.api("GET", createPath, "")
	c.make(marked("kwd1 a"))
	c.found(t, "not read to its end")
}

// No false alarms: a slow reader beside the creator, a list given up without
// acting on it, an old one followed by a whole one.
func TestListsThatAreFine(t *testing.T) {
	c := connected(t)
	c.many(50)
	token := c.api("GET", createPath, "").json(t)["next_page_token"].(string)
	c.make(marked("kwd1 a"))
	c.api("GET", createPath+"?next_page_token="+token, "")
	c.api("GET", createPath, "")
	c.rows(createPath)
	c.make(marked("kwd1 b"))
	c.api("GET", createPath, "")
}

func TestTimesWithOffset(t *testing.T) {
	c := watched(t)
	c.make(`{"start_time":"2026-12-01T09:00:00+01:00","timezone":"Europe/Warsaw"}`)
	c.found(t, "carries an offset")
	c.make(`{"start_time":"2026-12-01T09:00:00"}`)
	c.found(t, "no timezone is given")
	c.api("PATCH", path(c.w.Meetings()[0].ID), `{"start_time":"2026-12-01T09:00:00-0500"}`)
	c.found(t, "carries an offset")
}

func TestUnknownFields(t *testing.T) {
	c := watched(t)
	for _, body := range []string{`{"topik":"x"}`, `{"settings":{"waitingRoom":true}}`, `{"recurrence":{"type":1,"times":2}}`} {
		c.make(body)
		c.found(t, "none of Zoom's fields")
	}
}

func TestIdempotencyKey(t *testing.T) {
	c := watched(t)
	req := c.signed("POST", createPath, marked("kwd1 a"))
	req.Header.Set("Idempotency-Key", "1")
	c.send(req)
	c.found(t, "Idempotency-Key")
}

func TestTokenInAddress(t *testing.T) {
	c := watched(t)
	c.api("GET", "/users/me?access_token="+c.access, "")
	c.found(t, "token stands in the address")
}

// What is broken is told a bounded number of times, whatever the journal drops.
func TestBrokenIsBounded(t *testing.T) {
	w := New(Options{Seed: 1, Journal: 5, Now: func() time.Time { return noon }})
	c := &client{t: t, w: w}
	s, err := Listen(w, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c.s, c.http = s, beginWith(t, t).http
	for range brokenKept + 10 {
		c.authorize(with(authorizeQuery(), "scope", "x"))
	}
	list := w.Broken()
	if len(list) != brokenKept+1 || !strings.Contains(list[brokenKept], "10 more") || len(w.Journal()) != 5 {
		t.Errorf("%d broken, %d in the journal", len(list), len(w.Journal()))
	}
}
