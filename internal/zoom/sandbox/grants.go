package sandbox

import (
	"slices"
	"strings"
	"time"
)

// authority is the state of the sign-in server.
type authority struct {
	codes   map[string]*code
	access  map[string]*access
	refresh map[string]*refresh
	grants  map[grantKey]*grant // the one that stands
	asked   map[string]*asking  // consent pages that wait for a person
}

type grantKey struct {
	user *user
	app  *app
}

// grant is what one user allowed one app, by one authorization.
type grant struct {
	user   *user
	app    *app
	scopes []string
	dead   *ended
	pairs  int // how many pairs were issued
}

// ended says why a grant is over: a number of §1.5 (0 for none) and a text.
type ended struct {
	number int
	reason string
}

type code struct {
	text, redirect    string
	challenge, method string
	grant             *grant
	expires           time.Time
	used              bool
}

type access struct {
	grant   *grant
	pair    int
	expires time.Time
	void    bool // ended before its time
}

type refresh struct {
	grant   *grant
	pair    int
	expires time.Time
	used    bool
}

func newAuthority() authority {
	return authority{
		codes: map[string]*code{}, access: map[string]*access{}, refresh: map[string]*refresh{},
		grants: map[grantKey]*grant{}, asked: map[string]*asking{},
	}
}

// effective is what a grant allows now: what was granted and the app still asks for.
func (g *grant) effective() []string {
	// assumed(scope-removal): a scope taken from the app stops working at once
	return slices.DeleteFunc(slices.Clone(g.scopes), func(s string) bool { return !slices.Contains(g.app.scopes, s) })
}

// end ends the grant that stands between a user and an app.
func (o *authority) end(u *user, a *app, why ended) {
	k := grantKey{u, a}
	if g := o.grants[k]; g != nil && g.dead == nil {
		g.dead = &why
	}
	delete(o.grants, k)
}

// stand makes a grant the one of its user and app: a new authorization ends the
// earlier tokens with 4741 (§1.4).
func (o *authority) stand(g *grant) {
	o.end(g.user, g.app, ended{4741, "Token has been revoked: multiple authorizations, the last token issued is valid."})
	o.grants[grantKey{g.user, g.app}] = g
}

// issue makes a new pair for a grant.
func (w *World) issue(g *grant) (accessToken, refreshToken string) {
	accessToken, refreshToken = w.accessToken(), w.refreshToken()
	g.pairs++
	w.oauth.access[accessToken] = &access{grant: g, pair: g.pairs, expires: w.now().Add(w.knobs.AccessLife)}
	w.oauth.refresh[refreshToken] = &refresh{grant: g, pair: g.pairs, expires: w.now().Add(w.knobs.RefreshLife)}
	return accessToken, refreshToken
}

func (g *grant) scope() string { return strings.Join(g.scopes, " ") }

// RemoveAppAtMarketplace is the user pressing Remove at Added Apps (§1.7): every
// token of the public app ends.
func (w *World) RemoveAppAtMarketplace() {
	w.mu.Lock()
	defer w.mu.Unlock()
	// assumed(removed-number): a grant that was removed is told as "token not found"
	w.oauth.end(w.signed, w.apps[ClientID], ended{4737, "Invalid Token!"})
}

// AuthorizeElsewhere is the same user signing in with the same app on another
// computer: the tokens given out so far end with 4741 (§1.4).
func (w *World) AuthorizeElsewhere() {
	w.mu.Lock()
	defer w.mu.Unlock()
	a := w.apps[ClientID]
	g := &grant{user: w.signed, app: a, scopes: slices.Clone(a.scopes)}
	w.oauth.stand(g)
	w.issue(g)
}

// ExpireAccess ends the access tokens given out so far; refresh tokens stay.
func (w *World) ExpireAccess() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, a := range w.oauth.access {
		a.expires = w.now()
	}
}
