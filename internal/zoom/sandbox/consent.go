package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Consent is what the person at the consent page does (§12.2).
type Consent string

// The persons.
const (
	Allow          Consent = "allow"           // at once, without a page
	Decline        Consent = "decline"         // at once
	Ask            Consent = "ask"             // a page with two buttons, for a person
	Leave          Consent = "leave"           // the page stays open and nobody presses
	WrongAccount   Consent = "wrong-account"   // allowed, but signed in as somebody of another account
	NotAdmin       Consent = "not-admin"       // the app wants an admin
	PreApproval    Consent = "pre-approval"    // an admin must approve the app first
	Unpublished    Consent = "unpublished"     // "You cannot authorize": an app of another developer
	MarketplaceAdd Consent = "marketplace-add" // as the listing's Add: a code without our state and challenge
)

// Consent sets what happens at the consent page from now on.
func (w *World) Consent(c Consent) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.consent = c
}

// asking is a sign-in that waits for a person.
type asking struct {
	app                                *app
	redirect, state, challenge, method string
	polish                             bool // the browser prefers it
}

const decisionPath = "/oauth/authorize/decision"

// settle ends the consent page as the person wants it.
func (w *World) settle(s *asking, c Consent) answer {
	switch c {
	case Decline:
		return w.declined(s)
	case Ask:
		return w.askPage(s)
	case Leave:
		return page(http.StatusOK, "<!doctype html><title>Zoom</title>Nobody presses a button here.")
	case NotAdmin:
		return page(http.StatusOK, "<!doctype html><title>Zoom</title>Only an administrator can add this app.")
	case PreApproval:
		return page(http.StatusOK, "<!doctype html><title>Zoom</title>This app needs the approval of your administrator.")
	case Unpublished:
		return page(http.StatusOK, "<!doctype html><title>Zoom</title>You cannot authorize the app.")
	case WrongAccount:
		return w.allowed(s, w.other)
	case MarketplaceAdd:
		s.state, s.challenge, s.method = "", "", ""
	}
	return w.allowed(s, w.signed)
}

func (w *World) allowed(s *asking, u *user) answer {
	k := &code{
		text: Canary + "code-" + w.text(32), redirect: s.redirect, challenge: s.challenge, method: s.method,
		grant: &grant{user: u, app: s.app, scopes: slices.Clone(s.app.scopes)}, expires: w.now().Add(w.knobs.CodeLife),
	}
	w.oauth.codes[k.text] = k
	return back(s, url.Values{"code": {k.text}})
}

func (w *World) declined(s *asking) answer {
	// assumed(decline-redirect): Decline leads back with error=access_denied and the state
	if w.knobs.DeclineRedirect {
		return back(s, url.Values{"error": {"access_denied"}})
	}
	return page(http.StatusOK, "<!doctype html><title>Zoom</title>You did not add the app.")
}

// back leads the browser to the app; the state is echoed as it came.
func back(s *asking, v url.Values) answer {
	if s.state != "" {
		v.Set("state", s.state)
	}
	sep := "?"
	if strings.Contains(s.redirect, "?") {
		sep = "&"
	}
	return answer{status: http.StatusFound, header: http.Header{"Location": {s.redirect + sep + v.Encode()}, "Cache-Control": {"no-store"}}}
}

// MarketplaceAdd returns where the browser is led after Add in the Marketplace:
// the registered redirect with a code, without state (§1.7).
func (w *World) MarketplaceAdd() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	a := w.apps[ClientID]
	return w.allowed(&asking{app: a, redirect: a.redirects[0]}, w.signed).header.Get("Location")
}

// decide takes the button that a person pressed; each page counts once.
func (w *World) decide(c *call) answer {
	id := c.form.Get("request")
	s := w.oauth.asked[id]
	if s == nil {
		return page(http.StatusBadRequest, "<!doctype html><title>Zoom</title>This page is no longer valid.")
	}
	delete(w.oauth.asked, id)
	a := w.declined(s)
	if c.form.Get("answer") == string(Allow) {
		a = w.allowed(s, w.signed)
	}
	if a.status == http.StatusFound {
		a.status = http.StatusSeeOther
	}
	return a
}
