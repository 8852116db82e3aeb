package sandbox

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// rules watch the client (§12.7). They keep what they need themselves: nothing
// depends on what the journal still holds.
type rules struct {
	broken  []string
	more    int                    // broken ones past what is kept
	doubts  map[creation]doubt     // creates of which the client cannot know the outcome
	recent  map[creation]doubt     // creates that were answered lately
	older   map[creation]doubt     // … and before that
	sent    map[string]*sending    // refresh tokens that were sent
	open    map[string]*unfinished // pages that were given out and not followed yet
	refused map[*grant]*refusal    // grants of which a client was told invalid_grant
}

// refusal is up to which pair of a grant the client was told invalid_grant, and when.
type refusal struct {
	pair int
	at   time.Time
}

// sending is what became of a refresh token that was sent.
type sending struct{ flying, answered bool }

const brokenKept = 200

func newRules() rules {
	return rules{
		doubts: map[creation]doubt{}, recent: map[creation]doubt{}, sent: map[string]*sending{},
		open: map[string]*unfinished{}, refused: map[*grant]*refusal{},
	}
}

func (r *rules) breaks(c *call, format string, args ...any) {
	text := fmt.Sprintf("request %d (%s): ", c.seq, c.rule) + fmt.Sprintf(format, args...)
	if len(r.broken) >= brokenKept {
		r.more++
		return
	}
	r.broken = append(r.broken, text)
}

// Broken names the rules of §12.7 that the client broke, in words; empty is
// good. Ask while the client rests: a list that is being read page by page
// while something is created counts as abandoned.
func (w *World) Broken() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := slices.Clone(w.rules.broken)
	list = append(list, w.rules.abandoned()...)
	if w.rules.more > 0 {
		list = append(list, fmt.Sprintf("and %d more", w.rules.more))
	}
	return list
}

// Forgive forgets what was broken so far.
func (w *World) Forgive() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rules.broken, w.rules.more = nil, 0
	w.rules.dropSuspects()
}

// ClientKilled tells the rules that the client's process ended without warning:
// answers of the last minute may not have been kept. A create among them needs
// a look-up before it is repeated, a refresh token may be sent once more, and
// lists that were being read are over.
func (w *World) ClientKilled() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, lately := range []map[creation]doubt{w.rules.older, w.rules.recent} {
		for k, d := range lately {
			if w.now().Sub(d.at) < time.Minute {
				d.since = w.journal.seq
				w.rules.doubts[k] = d
			}
		}
		clear(lately)
	}
	clear(w.rules.open)
	for _, s := range w.rules.sent {
		s.answered = false
	}
}

// begin is before a request is carried out, end is after it was decided.
func (r *rules) begin(c *call) {
	switch c.rule {
	case ruleCreate:
		r.beginCreate(c)
		r.suspect(c)
	case ruleRefresh:
		r.beginRefresh(c)
	}
}

func (r *rules) end(c *call, a answer, f *Fault) {
	clean := !f.loses(c) && a.status < 500
	switch c.rule {
	case ruleCreate:
		r.endCreate(c, a, clean)
	case ruleRefresh:
		r.endRefresh(c, a, clean)
	case ruleList:
		r.endList(c, clean && a.status == http.StatusOK)
	}
}

const (
	ruleCreate  = "POST /users/{userId}/meetings"
	ruleList    = "GET /users/{userId}/meetings"
	ruleRefresh = "POST /oauth/token refresh_token"
)

// beginRefresh: a refresh token that was answered, or is under way, is never sent again.
func (r *rules) beginRefresh(c *call) {
	text := c.form.Get("refresh_token")
	s := r.sent[text]
	if s == nil {
		s = &sending{}
		r.sent[text] = s
	}
	if s.flying || s.answered {
		r.breaks(c, "a refresh token was sent twice")
	}
	s.flying = true
}

func (r *rules) endRefresh(c *call, a answer, clean bool) {
	s := r.sent[c.form.Get("refresh_token")]
	worn := clean && a.status/100 == 4 && bytes.Contains(a.body, []byte(`"invalid_grant"`))
	s.flying, s.answered = false, worn || clean && a.status == http.StatusOK
	if !worn || c.grant == nil {
		return
	}
	told := r.refused[c.grant]
	if told == nil {
		told = &refusal{pair: -1}
		r.refused[c.grant] = told
	}
	if c.pair > told.pair {
		told.pair, told.at = c.pair, c.now
	}
}

// look judges what a request is, whether it was admitted or not.
func (r *rules) look(c *call) {
	id, _, basic := basicAuth(c)
	switch {
	case !strings.HasPrefix(c.path, "/oauth/"):
	case basic && public(c.w, id), public(c.w, c.form.Get("client_id")) && (c.form.Has("client_secret") || basic),
		public(c.w, c.query.Get("client_id")) && c.query.Has("client_secret"):
		r.breaks(c, "a client secret was sent for a public client")
	}
	if c.rule == "GET /oauth/authorize" && c.query.Has("scope") {
		r.breaks(c, "the sign-in address carries a scope")
	}
	if c.header.Get("Idempotency-Key") != "" || c.header.Get("X-Idempotency-Key") != "" {
		r.breaks(c, "an Idempotency-Key was sent, which Zoom does not know")
	}
	if strings.HasPrefix(c.path, "/v2/") && (c.query.Has("access_token") || strings.Contains(c.query.Encode(), Canary)) {
		r.breaks(c, "a token stands in the address of a REST call")
	}
	if told := r.refused[c.grant]; c.op != nil && told != nil && c.pair <= told.pair && c.now.Sub(told.at) >= c.w.knobs.Grace {
		r.breaks(c, "the API was called after invalid_grant")
	}
	r.lookAtBody(c)
}

func public(w *World, id string) bool { return w.apps[id] != nil && w.apps[id].public }
