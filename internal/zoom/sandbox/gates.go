package sandbox

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// bearer is step 1 of §12.3: who calls.
func (w *World) bearer(c *call) (answer, bool) {
	text, ok := strings.CutPrefix(c.header.Get("Authorization"), "Bearer ")
	t := w.oauth.access[text]
	if t != nil {
		c.grant, c.pair = t.grant, t.pair
	}
	switch { // assumed(disabled-call): calls of a disabled app get 124 like any dead token
	case !ok, t == nil, t.void, t.grant.dead != nil, t.grant.user.removed, t.grant.app.disabled:
		return refuse(http.StatusUnauthorized, 124, "Invalid access token."), false
	case !c.now.Before(t.expires):
		return refuse(http.StatusUnauthorized, 124, "Access token is expired."), false
	}
	return answer{}, true
}

// scoped is step 2: a missing scope names every alternative (§5).
func (w *World) scoped(c *call) (answer, bool) {
	scopes := c.grant.effective()
	if c.op.covers(scopes) {
		return answer{}, true
	}
	code, names := 4711, []string{c.op.granular, c.op.granular + ":admin"}
	if classic(c.grant.app.scopes) {
		code, names = 4700, []string{c.op.classic, c.op.classic + ":admin"}
	}
	return refuse(w.knobs.ScopeStatus, code, "Invalid access token, does not contain scopes:["+strings.Join(names, ", ")+"]."), false
}

// classic says whether an app has the scopes of before 2024, such as meeting:read.
func classic(scopes []string) bool {
	for _, s := range scopes {
		if strings.Count(strings.TrimSuffix(s, ":admin"), ":") > 1 {
			return false
		}
	}
	return len(scopes) > 0
}

// levelled is step 3: a user-level token reaches me alone (§2.2).
func (w *World) levelled(c *call) (answer, bool) {
	if strings.HasPrefix(c.op.path, "/meetings/") {
		return w.ownMeeting(c)
	}
	u := w.find(c.grant, c.args[0])
	if u == c.grant.user || u != nil && c.grant.app.admin && u.account == c.grant.user.account && !u.removed {
		c.target = u
		return answer{}, true
	}
	if w.knobs.ForeignCode == 4711 {
		return refuse(w.knobs.ScopeStatus, 4711, "Invalid access token, does not contain scopes:["+c.op.granular+":admin]."), false
	}
	return refuse(http.StatusNotFound, 1001, "User does not exist: "+c.args[0]+"."), false
}

// ownMeeting finds the meeting that a path names.
func (w *World) ownMeeting(c *call) (answer, bool) {
	id, err := strconv.ParseInt(c.args[0], 10, 64)
	if err != nil {
		// assumed(meeting-id): a path that holds no number is a validation error
		return invalid(wrong{"meetingId", "Invalid field."}), false
	}
	m := w.meetings.byID[id]
	// assumed(foreign-meeting): another's meeting does not exist for a user-level token
	if m == nil || m.deleted || m.expired(c.now) || m.host != c.grant.user && !(c.grant.app.admin && m.host.account == c.grant.user.account) {
		return refuse(http.StatusNotFound, 3001, "Meeting does not exist: "+c.args[0]+"."), false
	}
	c.target, c.meeting = m.host, m
	return answer{}, true
}

// readable is step 6: the body is a JSON object in UTF-8.
func (w *World) readable(c *call) (answer, bool) {
	if !c.op.body {
		return answer{}, true
	}
	var v map[string]json.RawMessage
	// assumed(content-type): a body that is not called JSON is not read as JSON
	if c.mediaType() != "application/json" || json.Unmarshal(c.body, &v) != nil || v == nil {
		return refuse(http.StatusBadRequest, 300, "Request Body should be a valid JSON object."), false
	}
	c.fields = v
	return answer{}, true
}
