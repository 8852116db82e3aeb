package sandbox

import (
	"net/http"
	"slices"
)

// byRefresh rotates: a new pair, and the old refresh token is dead at once (§1.4).
func (w *World) byRefresh(c *call, a *app) answer {
	t := w.oauth.refresh[c.form.Get("refresh_token")]
	if t == nil {
		return w.worn(4700, "Invalid refresh token")
	}
	g := t.grant
	c.grant, c.pair = g, t.pair
	if g.app != a { // the id must be the one of the authorization (§1.2)
		return w.denied("invalid_client", 4702, "Invalid client_id or client_secret")
	}
	switch {
	case g.dead != nil:
		return w.worn(g.dead.number, g.dead.reason)
	case g.user.removed:
		return w.worn(4735, "The owner of the token does not exist.")
	case a.disabled:
		return w.worn(4717, "The app has been disabled.")
	case t.used: // assumed(reuse): an old refresh token that comes again does not end the grant
		return w.worn(0, "Invalid Token!")
	case !w.now().Before(t.expires):
		return w.worn(4737, "Invalid Token!")
	case w.knobs.ScopeChangeEndsRefresh && !slices.Equal(g.scopes, a.scopes):
		return w.worn(4711, "The scopes of the refresh token do not match the scopes of the app.")
	}
	t.used = true
	if w.knobs.RefreshKillsAccess {
		for _, old := range w.oauth.access {
			old.void = old.void || old.grant == g
		}
	}
	// assumed(old-access): an older access token stays good until its hour is over
	return w.granted(g, false)
}

// worn refuses a refresh token.
func (w *World) worn(number int, reason string) answer {
	a := w.denied("invalid_grant", number, reason)
	if w.knobs.LegacyStatus {
		a.status = http.StatusUnauthorized
	}
	return a
}

// revoke answers POST /oauth/revoke: it ends the grant and removes the app for
// the user (§1.7).
func (w *World) revoke(c *call) answer {
	text := c.form.Get("token")
	if text == "" {
		text = c.query.Get("token")
	}
	if !w.mayRevoke(c) {
		return w.denied("invalid_client", 4702, "Invalid client_id or client_secret")
	}
	t := w.oauth.access[text]
	if t == nil || t.grant.dead != nil {
		// assumed(revoke-unknown): a token that is not known is refused
		return w.denied("invalid_request", 4700, "Invalid Token!")
	}
	// assumed(revoke-expired): an access token past its hour still names its grant
	w.oauth.end(t.grant.user, t.grant.app, ended{4737, "Invalid Token!"})
	return jsonAnswer(http.StatusOK, map[string]any{"status": "success"})
}

// mayRevoke: how a public client shows who it is is not documented (§1.2).
func (w *World) mayRevoke(c *call) bool {
	if _, _, basic := basicAuth(c); basic {
		a, _ := w.client(c)
		return a != nil
	}
	id := c.form.Get("client_id")
	if id == "" {
		id = c.query.Get("client_id")
	}
	a := w.apps[id]
	// assumed(revoke-public): a public client is taken by client_id in the body or the query
	return a != nil && a.public && w.knobs.RevokeMode == RevokeAccepted
}
