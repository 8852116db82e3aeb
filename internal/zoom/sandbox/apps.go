package sandbox

import (
	"net/url"
	"slices"
	"strings"
)

// The registered apps. Both have the personal set of granular scopes (§2.2).
const (
	ClientID           = "kwsbxPublicPersonal01" // public: PKCE, no secret, redirect http://127.0.0.1/callback
	ConfidentialID     = "kwsbxConfidential0001" // its twin: needs ConfidentialSecret, loopback is refused
	ConfidentialSecret = "kwsbx-secret-of-the-confidential-twin"
	ConfidentialURL    = "https://app.sandbox.invalid/callback" // the twin's redirect
)

// PersonalScopes is what the apps ask for, in granular spelling.
func PersonalScopes() []string {
	return []string{
		"user:read:user", "meeting:read:list_meetings", "meeting:read:meeting",
		"meeting:write:meeting", "meeting:update:meeting", "meeting:delete:meeting",
	}
}

// app is an app of the Marketplace.
type app struct {
	id, secret string // a public client has no secret
	name       string
	public     bool
	admin      bool // admin-managed (§1.6)
	redirects  []string
	scopes     []string
	disabled   bool // by an admin: 4717
}

func registered() []*app {
	return []*app{
		{id: ClientID, name: "Kwadrans", public: true, redirects: []string{"http://127.0.0.1/callback"}, scopes: PersonalScopes()},
		{id: ConfidentialID, name: "Kwadrans", secret: ConfidentialSecret, redirects: []string{ConfidentialURL}, scopes: PersonalScopes()},
	}
}

// SetRedirects changes the registered redirects of an app.
func (w *World) SetRedirects(clientID string, redirects ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.apps[clientID].redirects = redirects
}

// ChangeScopes changes what both apps ask for. Grants that stand lose what was
// taken away and gain nothing: new scopes need a new authorization (§2.2).
func (w *World) ChangeScopes(scopes []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, a := range w.apps {
		a.scopes = slices.Clone(scopes)
	}
}

// AdminDisablesApp has an admin of the account disable the public app: tokens
// end with 4717 (§1.5).
func (w *World) AdminDisablesApp() { w.disable(true) }

// AdminEnablesApp takes that back; a new sign-in is needed.
func (w *World) AdminEnablesApp() { w.disable(false) }

func (w *World) disable(on bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.apps[ClientID].disabled = on
	if on {
		w.oauth.end(w.signed, w.apps[ClientID], ended{4717, "The app has been disabled."})
	}
}

// takes says whether a redirect address is the app's (§1.3).
func (a *app) takes(redirect string, k Knobs) bool {
	u, err := url.Parse(redirect)
	if err != nil || u.User != nil || u.Fragment != "" || u.Opaque != "" || strings.Contains(redirect, "#") {
		return false
	}
	if loopback := u.Scheme == "http"; !a.public || !loopback {
		return u.Scheme == "https" && slices.Contains(a.redirects, redirect)
	}
	if host := u.Hostname(); host != "127.0.0.1" && host != "::1" || k.LoopbackRefused {
		return false
	}
	return slices.ContainsFunc(a.redirects, func(r string) bool { return r == redirect || !k.ExactPort && portless(r) == portless(redirect) })
}

// portless is an address without its port: Zoom ignores only that.
func portless(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if port := u.Port(); port != "" {
		return strings.Replace(address, u.Host, strings.TrimSuffix(u.Host, ":"+port), 1)
	}
	return address
}
