package sandbox

import (
	"fmt"
	"net/http"
	"regexp"
)

// authorize answers GET /oauth/authorize (§1.1–§1.3).
func (w *World) authorize(c *call) answer {
	q := c.query
	a := w.apps[q.Get("client_id")]
	if a == nil {
		return page(http.StatusBadRequest, "<!doctype html><title>Zoom</title>Invalid client_id (4,702)")
	}
	if a.disabled {
		return page(http.StatusBadRequest, "<!doctype html><title>Zoom</title>The app has been disabled (4,717)")
	}
	redirect := q.Get("redirect_uri")
	if !a.takes(redirect, w.knobs) {
		return badPage(4700, "Invalid redirect url")
	}
	if text := faultyQuery(c, a); text != "" {
		return badPage(4700, text)
	}
	s := &asking{
		app: a, redirect: redirect, state: q.Get("state"), challenge: q.Get("code_challenge"), method: q.Get("code_challenge_method"),
		polish: prefersPolish(c),
	}
	if s.method == "" {
		s.method = "plain" // RFC 7636 §4.3; the qodex mirror says the same of Zoom
	}
	return w.settle(s, w.consent)
}

var challengeShape = regexp.MustCompile(`^[A-Za-z0-9._~-]{43,128}$`)

// faultyQuery says what is wrong with an authorize address.
func faultyQuery(c *call, a *app) string {
	q := c.query
	challenge, method := q.Get("code_challenge"), q.Get("code_challenge_method")
	for name, values := range q {
		if len(values) != 1 {
			return fmt.Sprintf("%s is given more than once", name)
		}
	}
	switch {
	case q.Has("scope"): // the scopes are those of the app's build flow (§1.1)
		return "invalid scope"
	case q.Get("response_type") != "code":
		return "Invalid response type"
	case challenge == "" && a.public:
		return "code_challenge is required"
	case challenge != "" && !challengeShape.MatchString(challenge):
		return "Invalid code_challenge" // RFC 7636 §4.2
	case method != "" && method != "plain" && method != "S256":
		return "Invalid code_challenge_method"
	}
	return ""
}

// badPage is what the browser shows for an authorize address that Zoom refuses.
func badPage(number int, text string) answer {
	// assumed(authorize-status): the HTTP status of the refusal is 400
	return jsonAnswer(http.StatusBadRequest, map[string]any{"status": false, "errorCode": number, "errorMessage": text, "result": nil})
}
