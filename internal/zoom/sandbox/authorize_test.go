package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func with(q url.Values, name string, values ...string) url.Values {
	if len(values) == 0 {
		delete(q, name)
	} else {
		q[name] = values
	}
	return q
}

// §12.2, first row: what the sign-in address must be.
var authorizeAddresses = []struct {
	name  string
	query url.Values
	want  string // in the refusal; empty: it is taken
}{
	{"good", authorizeQuery(), ""},
	{"any port", with(authorizeQuery(), "redirect_uri", "http://127.0.0.1:9/callback"), ""},
	{"no port", with(authorizeQuery(), "redirect_uri", "http://127.0.0.1/callback"), ""},
	{"plain by absence", with(with(authorizeQuery(), "code_challenge_method"), "code_challenge", verifier), ""},
	{"unknown client", with(authorizeQuery(), "client_id", "nobody"), "(4,702)"},
	{"no client", with(authorizeQuery(), "client_id"), "(4,702)"},
	{"localhost", with(authorizeQuery(), "redirect_uri", "http://localhost:49152/callback"), "4700"},
	{"ipv6 not registered", with(authorizeQuery(), "redirect_uri", "http://[::1]:49152/callback"), "4700"},
	{"other path", with(authorizeQuery(), "redirect_uri", "http://127.0.0.1:49152/Callback"), "4700"},
	{"slash at the end", with(authorizeQuery(), "redirect_uri", "http://127.0.0.1:49152/callback/"), "4700"},
	{"query added", with(authorizeQuery(), "redirect_uri", "http://127.0.0.1:49152/callback?x=1"), "4700"},
	{"https", with(authorizeQuery(), "redirect_uri", "https://127.0.0.1:49152/callback"), "4700"},
	{"other host", with(authorizeQuery(), "redirect_uri", "http://127.0.0.2:49152/callback"), "4700"},
	{"user info", with(authorizeQuery(), "redirect_uri", "http://x@127.0.0.1:49152/callback"), "4700"},
	{"fragment", with(authorizeQuery(), "redirect_uri", "http://127.0.0.1:49152/callback#"), "4700"},
	{"no redirect", with(authorizeQuery(), "redirect_uri"), "4700"},
	{"own scheme", with(authorizeQuery(), "redirect_uri", "kwadrans://callback"), "4700"},
	{"confidential with loopback", with(authorizeQuery(), "client_id", ConfidentialID), "4700"},
	{"confidential", with(with(authorizeQuery(), "client_id", ConfidentialID), "redirect_uri", ConfidentialURL), ""},
	{"token flow", with(authorizeQuery(), "response_type", "token"), "response type"},
	{"no challenge", with(authorizeQuery(), "code_challenge"), "code_challenge is required"},
	{"short challenge", with(authorizeQuery(), "code_challenge", "abc"), "code_challenge"},
	{"padded challenge", with(authorizeQuery(), "code_challenge", s256(verifier)+"="), "code_challenge"},
	{"unknown method", with(authorizeQuery(), "code_challenge_method", "S512"), "code_challenge_method"},
	{"state twice", with(authorizeQuery(), "state", "a", "b"), "state is given more than once"},
}

func TestAuthorizeAddress(t *testing.T) {
	for _, tt := range authorizeAddresses {
		t.Run(tt.name, func(t *testing.T) {
			c := begin(t)
			r := c.authorize(tt.query)
			if tt.want == "" {
				if r.status != http.StatusFound {
					t.Errorf("got %d %s", r.status, r.body)
				}
				return
			}
			if r.status != http.StatusBadRequest || !strings.Contains(r.body, tt.want) || r.header.Get("Location") != "" {
				t.Errorf("got %d %s %q, want %q and no redirect", r.status, r.body, r.header, tt.want)
			}
		})
	}
}

func TestAuthorizeRefusesScope(t *testing.T) {
	c := beginWith(t, &recorder{TB: t})
	r := c.authorize(with(authorizeQuery(), "scope", "user:read:user"))
	if r.status != http.StatusBadRequest || r.json(t)["errorMessage"] != "invalid scope" {
		t.Errorf("got %d %s", r.status, r.body)
	}
}

func TestRedirectKnobs(t *testing.T) {
	c := begin(t)
	c.w.SetRedirects(ClientID, "http://[::1]/callback", "https://app.sandbox.invalid/bounce")
	for address, want := range map[string]int{
		"http://[::1]:7777/callback": 302, loopback: 400, "https://app.sandbox.invalid/bounce": 302, "https://app.sandbox.invalid:444/bounce": 400,
	} {
		if r := c.authorize(with(authorizeQuery(), "redirect_uri", address)); r.status != want {
			t.Errorf("%s: %d, want %d", address, r.status, want)
		}
	}
	c.w.Turn(func(k *Knobs) { k.LoopbackRefused = true })
	if r := c.authorize(with(authorizeQuery(), "redirect_uri", "http://[::1]:7777/callback")); r.status != 400 {
		t.Errorf("loopback after the review: %d", r.status)
	}
	c.w.Turn(func(k *Knobs) { k.LoopbackRefused, k.ExactPort = false, true })
	if r := c.authorize(with(authorizeQuery(), "redirect_uri", "http://[::1]:7777/callback")); r.status != 400 {
		t.Errorf("a port that does not match: %d", r.status)
	}
}

// §12.2: the persons at the consent page.
func TestConsent(t *testing.T) {
	for consent, want := range map[Consent]string{
		Allow: "code,state", Decline: "error,state", WrongAccount: "code,state", MarketplaceAdd: "code",
		Ask: "page", Leave: "page", NotAdmin: "page", PreApproval: "page", Unpublished: "page",
	} {
		t.Run(string(consent), func(t *testing.T) {
			c := begin(t)
			c.w.Consent(consent)
			r := c.authorize(authorizeQuery())
			if want == "page" {
				if r.status != 200 || r.header.Get("Location") != "" || !strings.Contains(r.header.Get("Content-Type"), "html") {
					t.Errorf("got %d %v", r.status, r.header)
				}
				return
			}
			u, err := url.Parse(r.header.Get("Location"))
			if err != nil || r.status != http.StatusFound || !strings.HasPrefix(u.String(), loopback+"?") {
				t.Fatalf("got %d %v", r.status, r.header)
			}
			var names []string
			for _, name := range []string{"code", "error", "state"} {
				if u.Query().Has(name) {
					names = append(names, name)
				}
			}
			if got := strings.Join(names, ","); got != want || u.Query().Has("state") && u.Query().Get("state") != "st-1" {
				t.Errorf("the redirect carries %s, want %s", u.RawQuery, want)
			}
		})
	}
}

func TestDeclineWithoutRedirect(t *testing.T) {
	c := begin(t)
	c.w.Consent(Decline)
	c.w.Turn(func(k *Knobs) { k.DeclineRedirect = false })
	if r := c.authorize(authorizeQuery()); r.status != 200 || r.header.Get("Location") != "" {
		t.Errorf("got %d %v", r.status, r.header)
	}
}

// A person presses a button; the state and the challenge are kept meanwhile.
func TestConsentPage(t *testing.T) {
	for answer, want := range map[string]string{"allow": "code", "decline": "error"} {
		c := begin(t)
		c.w.Consent(Ask)
		html := c.authorize(authorizeQuery()).body
		_, rest, _ := strings.Cut(html, `name="request" value="`)
		id, _, _ := strings.Cut(rest, `"`)
		form := url.Values{"request": {id}, "answer": {answer}}
		r := c.post(decisionPath, form)
		u, _ := url.Parse(r.header.Get("Location"))
		if r.status != http.StatusSeeOther || !u.Query().Has(want) || u.Query().Get("state") != "st-1" {
			t.Fatalf("%s: %d %v", answer, r.status, r.header)
		}
		if r := c.post(decisionPath, form); r.status != 400 {
			t.Errorf("the same page twice: %d", r.status)
		}
		if want == "code" {
			if r := c.token(codeForm(u.Query().Get("code"))); r.status != 200 {
				t.Errorf("token: %d %s", r.status, r.body)
			}
		}
	}
}

// The page speaks the browser's language, and holds nothing that the app sent.
func TestConsentPageSpeaks(t *testing.T) {
	c := begin(t)
	c.w.Consent(Ask)
	for accept, want := range map[string]string{"pl-PL,pl;q=0.9,en;q=0.8": "Zezwól", "pl": "Odmów", "en-GB,pl;q=0.5": "Allow", "": "Decline"} {
		req := c.request("GET", c.s.URL+"/oauth/authorize?"+authorizeQuery().Encode(), "", "")
		req.Header.Set("Accept-Language", accept)
		if r := c.send(req); !strings.Contains(r.body, want) || strings.Contains(r.body, "st-1") || strings.Contains(r.body, s256(verifier)) {
			t.Errorf("%q: %s", accept, r.body)
		}
	}
}

func TestWrongAccountIsSomebodyElse(t *testing.T) {
	c := begin(t)
	c.w.Consent(WrongAccount)
	c.signIn()
	me := c.api("GET", "/users/me", "").json(t)
	if u := c.w.User(); me["id"] == u.ID || me["account_id"] == u.AccountID {
		t.Errorf("signed in as %v", me)
	}
}
