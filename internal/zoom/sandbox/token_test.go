package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// §12.2, second row: turning a code into tokens.
func TestTokenByCode(t *testing.T) {
	tests := []struct {
		name   string
		change func(url.Values)
		word   string
		number float64
	}{
		{"bogus code", func(f url.Values) { f.Set("code", "bogus") }, "invalid_grant", 4734},
		{"wrong verifier", func(f url.Values) { f.Set("code_verifier", strings.Repeat("x", 43)) }, "invalid_grant", 4700},
		{"no verifier", func(f url.Values) { f.Del("code_verifier") }, "invalid_grant", 4700},
		{"the challenge as verifier", func(f url.Values) { f.Set("code_verifier", s256(verifier)) }, "invalid_grant", 4700},
		{"other port", func(f url.Values) { f.Set("redirect_uri", "http://127.0.0.1:49153/callback") }, "invalid_grant", 4709},
		{"no redirect", func(f url.Values) { f.Del("redirect_uri") }, "invalid_grant", 4709},
		{"unknown client", func(f url.Values) { f.Set("client_id", "nobody") }, "invalid_client", 4702},
		{"confidential without secret", func(f url.Values) { f.Set("client_id", ConfidentialID) }, "invalid_client", 4702},
		{"no grant type", func(f url.Values) { f.Del("grant_type") }, "invalid_request", 4706},
		{"other grant type", func(f url.Values) { f.Set("grant_type", "password") }, "unsupported_grant_type", 4705},
		{"code twice", func(f url.Values) { f.Add("code", "x") }, "invalid_request", 4700},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := begin(t)
			form := codeForm(c.code(authorizeQuery()))
			tt.change(form)
			c.token(form).denies(t, 400, tt.word, tt.number)
			if c.access != "" {
				t.Error("a token was issued")
			}
		})
	}
}

func TestTokenAnswer(t *testing.T) {
	c := begin(t)
	v := c.token(codeForm(c.code(authorizeQuery()))).json(t)
	if v["expires_in"] != 3600.0 || v["token_type"] != "bearer" || v["api_url"] != "https://api.zoom.us" || v["scope"] != strings.Join(PersonalScopes(), " ") {
		t.Errorf("the answer is %v", v)
	}
	for _, token := range []string{c.access, c.refresh} {
		if !strings.Contains(token, Canary) || strings.Count(token, ".") != 2 {
			t.Errorf("%.80s… has no canary or is no JWT", token)
		}
	}
}

func TestCodeReplay(t *testing.T) {
	c := begin(t)
	form := codeForm(c.code(authorizeQuery()))
	c.token(form)
	c.post("/oauth/token", form).denies(t, 400, "invalid_grant", 4734)
	if r := c.api("GET", "/users/me", ""); r.status != 200 {
		t.Errorf("the first tokens: %d", r.status)
	}
}

func TestCodeOfAnotherTry(t *testing.T) {
	c := begin(t)
	form := codeForm(c.code(authorizeQuery()))
	form.Set("code_verifier", "wrong")
	c.token(form).denies(t, 400, "invalid_grant", 4700)
	form.Set("code_verifier", verifier)
	c.token(form).denies(t, 400, "invalid_grant", 4734)
}

func TestCodeLivesFiveMinutes(t *testing.T) {
	c := begin(t)
	form := codeForm(c.code(authorizeQuery()))
	c.w.Advance(5*time.Minute - time.Second)
	if r := c.token(form); r.status != 200 {
		t.Errorf("a second before: %d %s", r.status, r.body)
	}
	form = codeForm(c.code(authorizeQuery()))
	c.w.Advance(5 * time.Minute)
	c.token(form).denies(t, 400, "invalid_grant", 4733)
}

func TestPlainChallenge(t *testing.T) {
	c := begin(t)
	form := codeForm(c.code(with(with(authorizeQuery(), "code_challenge_method"), "code_challenge", verifier)))
	if r := c.token(form); r.status != 200 {
		t.Errorf("got %d %s", r.status, r.body)
	}
}

// Without method S256 means plain: the hashed challenge does not match (§1.1).
func TestMethodLeftOut(t *testing.T) {
	c := begin(t)
	c.token(codeForm(c.code(with(authorizeQuery(), "code_challenge_method")))).denies(t, 400, "invalid_grant", 4700)
}

// A code of the Marketplace's Add comes without state, and a public client has no use for it.
func TestMarketplaceAddCode(t *testing.T) {
	c := begin(t)
	u, err := url.Parse(c.w.MarketplaceAdd())
	if err != nil || u.Query().Has("state") || u.Query().Get("code") == "" {
		t.Fatalf("leads to %v", u)
	}
	form := codeForm(u.Query().Get("code"))
	form.Set("redirect_uri", "http://127.0.0.1/callback")
	c.token(form).denies(t, 400, "invalid_grant", 4700)
}

func TestTokenIsFormEncoded(t *testing.T) {
	c := begin(t)
	form := codeForm(c.code(authorizeQuery()))
	r := c.send(c.request("POST", c.s.URL+"/oauth/token", "application/json", `{"grant_type":"authorization_code"}`))
	r.denies(t, 400, "invalid_request", 4706)
	r = c.send(c.request("POST", c.s.URL+"/oauth/token?"+form.Encode(), "", ""))
	r.denies(t, 400, "invalid_request", 4706)
}

func TestConfidentialClient(t *testing.T) {
	c := begin(t)
	q := with(with(authorizeQuery(), "client_id", ConfidentialID), "redirect_uri", ConfidentialURL)
	form := codeForm(c.code(q))
	form.Set("redirect_uri", ConfidentialURL)
	form.Del("client_id")
	req := c.request("POST", c.s.URL+"/oauth/token", "application/x-www-form-urlencoded", form.Encode())
	req.SetBasicAuth(ConfidentialID, "wrong")
	c.send(req).denies(t, 400, "invalid_client", 4702)
	req = c.request("POST", c.s.URL+"/oauth/token", "application/x-www-form-urlencoded", form.Encode())
	req.SetBasicAuth(ConfidentialID, ConfidentialSecret)
	if r := c.send(req); r.status != http.StatusOK {
		t.Errorf("got %d %s", r.status, r.body)
	}
}

func TestRefreshRotates(t *testing.T) {
	c := beginWith(t, &recorder{TB: t})
	c.signIn()
	old, oldAccess := c.refresh, c.access
	if r := c.token(refreshForm(old)); r.status != 200 || c.refresh == old || c.access == oldAccess {
		t.Fatalf("got %d %s", r.status, r.body)
	}
	c.post("/oauth/token", refreshForm(old)).denies(t, 400, "invalid_grant", 0)
	if r := c.token(refreshForm(c.refresh)); r.status != 200 {
		t.Errorf("the new one after the old one was tried: %d %s", r.status, r.body)
	}
}

// §12.2, refresh: what ends a grant, and how that is told.
func TestRefreshRefusals(t *testing.T) {
	tests := []struct {
		name   string
		do     func(*client)
		status int
		word   string
		number float64
	}{
		{"unknown", func(c *client) { c.refresh = "kwsbx-none" }, 400, "invalid_grant", 4700},
		{"removed at the marketplace", func(c *client) { c.w.RemoveAppAtMarketplace() }, 400, "invalid_grant", 4737},
		{"authorized elsewhere", func(c *client) { c.w.AuthorizeElsewhere() }, 400, "invalid_grant", 4741},
		{"disabled by an admin", func(c *client) { c.w.AdminDisablesApp() }, 400, "invalid_grant", 4717},
		{"user removed", func(c *client) { c.w.RemoveUser() }, 400, "invalid_grant", 4735},
		{"after 90 days", func(c *client) { c.w.Advance(90 * 24 * time.Hour) }, 400, "invalid_grant", 4737},
		{"other scopes", func(c *client) {
			c.w.Turn(func(k *Knobs) { k.ScopeChangeEndsRefresh = true })
			c.w.ChangeScopes([]string{"user:read:user"})
		}, 400, "invalid_grant", 4711},
		{"as before 2022", func(c *client) { c.w.LegacyStatus(true); c.w.AuthorizeElsewhere() }, 401, "invalid_grant", 4741},
		{"without numbers", func(c *client) {
			c.w.Turn(func(k *Knobs) { k.ErrorNumbers = false })
			c.w.AuthorizeElsewhere()
		}, 400, "invalid_grant", 0},
		{"bare", func(c *client) { c.w.Turn(func(k *Knobs) { k.BareErrors = true }); c.w.RemoveAppAtMarketplace() }, 400, "invalid_grant", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := connected(t)
			tt.do(c)
			c.token(refreshForm(c.refresh)).denies(t, tt.status, tt.word, tt.number)
		})
	}
}

func TestRefreshOfAnotherClient(t *testing.T) {
	c := connected(t)
	form := refreshForm(c.refresh)
	form.Del("client_id")
	req := c.request("POST", c.s.URL+"/oauth/token", "application/x-www-form-urlencoded", form.Encode())
	req.SetBasicAuth(ConfidentialID, ConfidentialSecret)
	c.send(req).denies(t, 400, "invalid_client", 4702)
}

func TestRefreshWithoutScope(t *testing.T) {
	c := connected(t)
	c.w.OmitScopeOnRefresh(true)
	if v := c.token(refreshForm(c.refresh)).json(t); v["scope"] != nil {
		t.Errorf("scope is %v", v["scope"])
	}
}

// A new sign-in of the same user and app ends the earlier tokens (§1.4).
func TestSecondSignInEndsFirst(t *testing.T) {
	c := connected(t)
	access, refresh := c.access, c.refresh
	c.signIn()
	if r := c.api("GET", "/users/me", ""); r.status != 200 {
		t.Errorf("the second: %d", r.status)
	}
	c.access = access
	c.api("GET", "/users/me", "").fails(t, 401, 124)
	c.token(refreshForm(refresh)).denies(t, 400, "invalid_grant", 4741)
}

func TestOldAccessTokenAfterRefresh(t *testing.T) {
	c := connected(t)
	access := c.access
	c.token(refreshForm(c.refresh))
	c.access = access
	if r := c.api("GET", "/users/me", ""); r.status != 200 {
		t.Errorf("got %d", r.status)
	}
	c.w.Turn(func(k *Knobs) { k.RefreshKillsAccess = true })
	c.token(refreshForm(c.refresh))
	c.access = access
	c.api("GET", "/users/me", "").fails(t, 401, 124)
}

func TestRevoke(t *testing.T) {
	c := connected(t)
	form := url.Values{"token": {c.access}, "client_id": {ClientID}}
	c.w.RevokeMode(RevokeRejected)
	c.post("/oauth/revoke", form).denies(t, 400, "invalid_client", 4702)
	c.w.RevokeMode(RevokeAccepted)
	if r := c.post("/oauth/revoke", form); r.status != 200 || r.body != `{"status":"success"}` {
		t.Errorf("got %d %s", r.status, r.body)
	}
	c.api("GET", "/users/me", "").fails(t, 401, 124)
	c.token(refreshForm(c.refresh)).denies(t, 400, "invalid_grant", 4737)
	c.post("/oauth/revoke", form).denies(t, 400, "invalid_request", 4700)
}

func TestRevokeInTheQuery(t *testing.T) {
	c := connected(t)
	q := url.Values{"token": {c.access}, "client_id": {ClientID}}
	if r := c.send(c.request("POST", c.s.URL+"/oauth/revoke?"+q.Encode(), "", "")); r.status != 200 {
		t.Errorf("got %d %s", r.status, r.body)
	}
}

func TestRegionIsNamed(t *testing.T) {
	c := begin(t)
	c.s.NameRegion()
	v := c.token(codeForm(c.code(authorizeQuery()))).json(t)
	if v["api_url"] != strings.TrimSuffix(c.s.API, "/v2") || strings.HasPrefix(c.s.API, c.s.URL) {
		t.Errorf("api_url is %v", v["api_url"])
	}
}
