package sandbox

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

const createPath = "/users/me/meetings"

// Every fault once, on a create: what the client sees and whether the meeting is there.
var faultEffects = []struct {
	fault   Fault
	status  int // 0: no answer at all
	body    string
	json    bool
	created bool
}{
	{ErrorBefore, 500, "Internal server error", true, false},
	{ErrorAfter, 502, "<html>", false, true},
	{ResetBefore, 0, "", false, false},
	{ResetAfter, 0, "", false, true},
	{Truncated, 201, "", false, true},
	{HTML, 502, "<!doctype html>", false, false},
	{HTMLOK, 200, "<!doctype html>", false, false},
	{XML, 400, "<code>300</code>", false, false},
	{Unescaped, 400, `scopes:["meeting:read:meeting"]`, false, false},
	{QPS, 429, "per-second", true, false},
	{Daily, 429, "daily rate limit (100)", true, false},
	{SlowBody(time.Millisecond), 201, `"id"`, true, true},
	{Delayed(time.Millisecond), 201, `"id"`, true, true},
	{Refused(404, 3001, `"x"`), 404, "3001", true, false},
}

func TestFaults(t *testing.T) {
	for _, tt := range faultEffects {
		t.Run(tt.fault.Name, func(t *testing.T) {
			c := connected(t)
			c.w.FailNext("POST /users/{userId}/meetings", 1, tt.fault)
			c.api("GET", createPath, "") // another call is not concerned
			r := c.send(c.signed("POST", createPath, `{"topic":"x","start_time":"2026-12-01T09:00:00Z"}`))
			if (r.err != nil) != (tt.status == 0) || r.status != tt.status || !strings.Contains(r.body, tt.body) {
				t.Errorf("got %d %q %v", r.status, r.body, r.err)
			}
			if r.err == nil && tt.json != valid(r.body) {
				t.Errorf("valid JSON is %v: %s", !tt.json, r.body)
			}
			if got := len(c.w.Meetings()) == 1; got != tt.created {
				t.Errorf("created is %v", got)
			}
			list := c.w.Journal()
			if e := list[len(list)-1]; e.Fault != tt.fault.Name {
				t.Errorf("the journal names %q", e.Fault)
			}
			c.rows(createPath) // the client looks
			c.make(`{"topic":"x","start_time":"2026-12-01T09:00:00Z"}`)
		})
	}
}

func TestLoseResponseAfterCommit(t *testing.T) {
	c := connected(t)
	c.w.LoseResponseAfterCommit("DELETE /meetings/{meetingId}")
	n := c.w.AddMeeting(NewMeeting{Start: noon.Add(time.Hour)})
	if r := c.send(c.signed("DELETE", path(n), "")); r.err == nil {
		t.Errorf("got %d", r.status)
	}
	c.api("DELETE", path(n), "").fails(t, 404, 3001)
}

// A refused request uses no fault up, and a count below zero never ends.
func TestFaultsWaitForGoodRequests(t *testing.T) {
	c := connected(t)
	c.w.FailNext("*", -1, QPS)
	good := c.access
	c.access = "bad"
	c.api("GET", "/users/me", "").fails(t, 401, 124)
	c.access = good
	for range 3 {
		c.api("GET", "/users/me", "").fails(t, 429, 429)
	}
	c.w.StopFailing()
	if r := c.api("GET", "/users/me", ""); r.status != 200 {
		t.Errorf("got %d", r.status)
	}
}

// Faults of the sign-in server name the kind of token call, or all of them.
func TestFaultsOfTokens(t *testing.T) {
	c := connected(t)
	c.w.FailNext("POST /oauth/token authorization_code", 1, ErrorBefore)
	if r := c.token(refreshForm(c.refresh)); r.status != 200 {
		t.Errorf("refresh: %d", r.status)
	}
	if r := c.post("/oauth/token", codeForm(c.code(authorizeQuery()))); r.status != 500 {
		t.Errorf("code: %d", r.status)
	}
	c.w.FailNext("POST /oauth/token", 1, ResetAfter)
	old := c.refresh
	if r := c.token(refreshForm(old)); r.err == nil {
		t.Errorf("got %d", r.status)
	}
	c.token(refreshForm(old)).denies(t, 400, "invalid_grant", 0) // the answer is lost, and the token with it
}

// A held request is carried out when it is let go, or when its client has left.
func TestHeld(t *testing.T) {
	for _, f := range []Fault{Held, HeldAfter} {
		c := connected(t)
		c.w.FailNext("POST /users/{userId}/meetings", 1, f)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan reply, 1)
		req := c.signed("POST", createPath, `{"topic":"x","start_time":"2026-12-01T09:00:00Z"}`).WithContext(ctx)
		go func() {
			resp, err := c.http.Do(req)
			if err == nil {
				_, _ = io.Copy(io.Discard, resp.Body)
				_ = resp.Body.Close()
			}
			done <- reply{err: err}
		}()
		if f.After {
			for len(c.w.Meetings()) == 0 {
			}
		}
		cancel()
		if r := <-done; !errors.Is(r.err, context.Canceled) {
			t.Errorf("%s: %v", f.Name, r.err)
		}
	}
	c := connected(t)
	c.w.FailNext("GET /users/{userId}", 1, HeldAfter)
	done := make(chan reply, 1)
	req := c.signed("GET", "/users/me", "")
	go func() { done <- c.send(req) }()
	for {
		list := c.w.Journal()
		if list[len(list)-1].Fault != "" {
			break
		}
	}
	c.w.Release()
	if r := <-done; r.status != http.StatusOK {
		t.Errorf("got %d %v", r.status, r.err)
	}
}

func TestNamedFaults(t *testing.T) {
	for _, name := range strings.Split("error-before, error-after, reset-before, reset-after, truncated, html, html-ok, xml, unescaped, qps, daily, held, held-after, slow, delayed", ", ") {
		if f, ok := NamedFault(name); !ok || f.Name != name {
			t.Errorf("%s is not known", name)
		}
	}
	if _, ok := NamedFault("flood"); ok {
		t.Error("flood is known")
	}
}
