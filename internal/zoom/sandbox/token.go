package sandbox

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
)

// token answers POST /oauth/token (§1.2, §1.4).
func (w *World) token(c *call) answer {
	if c.mediaType() != "application/x-www-form-urlencoded" {
		return w.denied("invalid_request", 4706, "The grant type is missing.")
	}
	for _, values := range c.form {
		if len(values) != 1 { // RFC 6749 §3.2
			return w.denied("invalid_request", 4700, "A parameter is given more than once.")
		}
	}
	a, refused := w.client(c)
	if a == nil {
		return refused
	}
	c.app = a
	switch c.form.Get("grant_type") {
	case "authorization_code":
		return w.byCode(c, a)
	case "refresh_token":
		return w.byRefresh(c, a)
	case "":
		return w.denied("invalid_request", 4706, "The grant type is missing.")
	}
	return w.denied("unsupported_grant_type", 4705, "The grant type is not supported.")
}

// client finds out which app speaks: a public one by its id in the body alone, a
// confidential one by HTTP Basic (§1.2).
func (w *World) client(c *call) (*app, answer) {
	id, secret, basic := basicAuth(c)
	if basic {
		a := w.apps[id]
		if a != nil && !a.public && subtle.ConstantTimeCompare([]byte(secret), []byte(a.secret)) == 1 {
			return a, answer{}
		}
		if a == nil || !a.public || w.knobs.StrictPublic {
			return nil, w.denied("invalid_client", 4702, "Invalid client_id or client_secret")
		}
	}
	if c.header.Get("Authorization") != "" && w.knobs.StrictPublic {
		return nil, w.denied("invalid_client", 4702, "Invalid client_id or client_secret")
	}
	a := w.apps[c.form.Get("client_id")]
	if a == nil || !a.public || c.form.Has("client_secret") {
		return nil, w.denied("invalid_client", 4702, "Invalid client_id or client_secret")
	}
	return a, answer{}
}

func basicAuth(c *call) (id, secret string, ok bool) {
	r := http.Request{Header: c.header}
	return r.BasicAuth()
}

// byCode turns a code into tokens, once.
func (w *World) byCode(c *call, a *app) answer {
	k := w.oauth.codes[c.form.Get("code")]
	if k == nil || k.grant.app != a || k.used {
		return w.denied("invalid_grant", 4734, "Invalid authorization code "+c.form.Get("code"))
	}
	k.used = true // assumed(code-burnt): a try with a wrong redirect or verifier uses the code up
	switch {
	case !w.now().Before(k.expires):
		return w.denied("invalid_grant", 4733, "The authorization code is expired.")
	case c.form.Get("redirect_uri") != k.redirect:
		// assumed(redirect-mismatch): 4709 comes with the word invalid_grant
		return w.denied("invalid_grant", 4709, "Redirect URI mismatch.")
	case !k.proven(c.form.Get("code_verifier")):
		// assumed(verifier-number): a wrong verifier is told by the catch-all number
		return w.denied("invalid_grant", 4700, "Invalid code verifier")
	case a.disabled:
		return w.denied("invalid_grant", 4717, "The app has been disabled.")
	}
	w.oauth.stand(k.grant)
	return w.granted(k.grant, true)
}

// proven checks the verifier against the challenge (RFC 7636 §4.6).
func (k *code) proven(verifier string) bool {
	switch {
	case k.challenge == "":
		// assumed(add-code): a code without a challenge is of no use to a public client
		return !k.grant.app.public && verifier == ""
	case verifier == "":
		return false
	case k.method == "S256":
		sum := sha256.Sum256([]byte(verifier))
		verifier = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	return subtle.ConstantTimeCompare([]byte(verifier), []byte(k.challenge)) == 1
}

// granted answers with a new pair.
func (w *World) granted(g *grant, first bool) answer {
	at, rt := w.issue(g)
	v := map[string]any{
		"access_token": at, "token_type": "bearer", "refresh_token": rt,
		"expires_in": int(w.knobs.AccessLife.Seconds()), "scope": g.scope(), "api_url": w.knobs.APIURL,
	}
	if !first && w.knobs.OmitScopeOnRefresh {
		delete(v, "scope")
	}
	a := jsonAnswer(http.StatusOK, v)
	a.header.Set("Cache-Control", "no-store")
	return a
}

// denied is a refusal of the sign-in server (§1.5).
func (w *World) denied(word string, number int, reason string) answer {
	v := map[string]any{"reason": reason, "error": word}
	if w.knobs.BareErrors {
		delete(v, "reason")
	}
	// assumed(oauth-number): the number of §1.5 stands beside the word as errorCode
	if w.knobs.ErrorNumbers && !w.knobs.BareErrors && number != 0 {
		v["errorCode"] = number
	}
	return jsonAnswer(http.StatusBadRequest, v)
}
