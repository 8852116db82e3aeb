package connect

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

func TestSignIn(t *testing.T) {
	r := begin(t)
	var announced string
	res, err := r.Connect(t.Context(), mine, Options{Lang: "pl", Announce: func(url string) { announced = url }})
	if err != nil {
		t.Fatal(err)
	}
	c, u := res.Connection, r.w.User()
	if c.State != kwadrans.Connected || c.Account.UserID != u.ID || c.Account.AccountID != u.AccountID || c.Account.Email != u.Email ||
		c.ClientID != sandbox.ClientID || len(c.Granted) != 6 || res.OtherAccount || c.APIURL != "https://api.zoom.us/v2" {
		t.Errorf("%+v", res)
	}
	tokens, err := r.store.Tokens(t.Context(), mine)
	if err != nil || !tokens.Expires.Equal(noon.Add(time.Hour)) || !strings.Contains(tokens.Refresh.Reveal(), sandbox.Canary) {
		t.Errorf("%+v, %v", tokens, err)
	}
	if page := <-r.tabs; page.status != 200 || !strings.Contains(page.body, "Zoom jest połączony") {
		t.Errorf("the tab shows %+v", page)
	}
	if opened := <-r.asked; opened != announced {
		t.Errorf("opened %s, announced %s", opened, announced)
	}
	checkExchange(t, announced, r.w.Journal())
	if r.paused() != "" {
		t.Error("the lanes are held")
	}
}

// checkExchange looks at what was sent (RFC 7636, RFC 8252).
func checkExchange(t *testing.T, address string, journal []sandbox.Entry) {
	t.Helper()
	u, _ := url.Parse(address)
	q := u.Query()
	if q.Has("scope") || q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43 || len(q.Get("state")) != 43 ||
		q.Get("client_id") != sandbox.ClientID || !strings.HasPrefix(q.Get("redirect_uri"), "http://127.0.0.1:") || !strings.HasSuffix(q.Get("redirect_uri"), "/callback") {
		t.Errorf("the sign-in address is %s", address)
	}
	i := slices.IndexFunc(journal, func(e sandbox.Entry) bool { return e.Rule == callCode })
	form, _ := url.ParseQuery(journal[i].Body)
	if form.Get("redirect_uri") != q.Get("redirect_uri") || form.Get("code_verifier") == "" || form.Has("client_secret") ||
		form.Get("client_id") != sandbox.ClientID || journal[i].Header.Get("Authorization") != "" {
		t.Errorf("the code was sent with %v and %v", form, journal[i].Header)
	}
	if strings.Contains(address, form.Get("code_verifier")) {
		t.Error("the verifier left early")
	}
}

func TestStateAndVerifierAreNewEachTime(t *testing.T) {
	r := begin(t)
	seen := map[string]bool{}
	for range 3 {
		r.connect()
		u, _ := url.Parse(<-r.asked)
		seen[u.Query().Get("state")], seen[u.Query().Get("code_challenge")] = true, true
	}
	if len(seen) != 6 {
		t.Errorf("%d different values of 6", len(seen))
	}
}

// unfinished are sign-ins that do not end well.
var unfinished = map[string]struct {
	consent sandbox.Consent
	code    kwadrans.Code
	prepare func(r *rig)
}{
	"declined":     {sandbox.Decline, kwadrans.CodeDeclined, func(*rig) {}},
	"time is over": {sandbox.Leave, kwadrans.CodeTimeout, func(r *rig) { r.signIn = 40 * time.Millisecond }},
	"not an admin": {sandbox.NotAdmin, kwadrans.CodeTimeout, func(r *rig) { r.signIn = 40 * time.Millisecond }},
	"pre-approval": {sandbox.PreApproval, kwadrans.CodeTimeout, func(r *rig) { r.signIn = 40 * time.Millisecond }},
	"unpublished":  {sandbox.Unpublished, kwadrans.CodeTimeout, func(r *rig) { r.signIn = 40 * time.Millisecond }},
	"no such id":   {sandbox.Allow, kwadrans.CodeTimeout, func(r *rig) { r.signIn, r.id = 40*time.Millisecond, "kwsbxNobody00000000001" }},
	"no loopback": {sandbox.Allow, kwadrans.CodeTimeout, func(r *rig) {
		r.signIn = 40 * time.Millisecond
		r.w.Turn(func(k *sandbox.Knobs) { k.LoopbackRefused = true })
	}},
	"confidential":  {sandbox.Allow, kwadrans.CodeTimeout, func(r *rig) { r.signIn, r.id = 40*time.Millisecond, sandbox.ConfidentialID }},
	"server's down": {sandbox.Allow, kwadrans.CodeOffline, func(r *rig) { r.w.FailNext(callToken, 1, sandbox.ErrorBefore) }},
	"html": {sandbox.Allow, kwadrans.CodeOffline, func(r *rig) {
		r.w.FailNext(callToken, 1, sandbox.Fault{Status: 403, Body: "<h1>Blocked</h1>", Type: "text/html"})
	}},
	"portal": {sandbox.Allow, kwadrans.CodeOffline, func(r *rig) {
		r.w.FailNext(callToken, 1, sandbox.Fault{Status: 302, Header: http.Header{"Location": {"https://portal.invalid"}}})
	}},
	"not accepted": {sandbox.Allow, kwadrans.CodeReconnect, func(r *rig) {
		r.w.FailNext(callToken, 1, sandbox.Fault{Status: 400, Body: `{"reason":"Invalid authorization code kwsbx-code-x","error":"invalid_grant"}`})
	}},
	"not public": {sandbox.Allow, kwadrans.CodeInvalid, func(r *rig) {
		r.w.FailNext(callToken, 1, sandbox.Fault{Status: 400, Body: `{"reason":"kwsbx-x","error":"invalid_client"}`})
	}},
	"no refresh": {sandbox.Allow, kwadrans.CodeReconnect, func(r *rig) {
		r.w.FailNext(callToken, 1, sandbox.Fault{Status: 200, Body: `{"access_token":"kwsbx-a","token_type":"bearer","expires_in":3600}`})
	}},
}

// What was there before stays exactly as it was, and goes on working.
func TestUnfinishedSignInChangesNothing(t *testing.T) {
	for name, row := range unfinished {
		t.Run(name, func(t *testing.T) {
			r := begin(t)
			r.connect()
			before, _ := r.store.Connection(t.Context(), mine)
			tokens, _ := r.store.Tokens(t.Context(), mine)
			r.w.Consent(row.consent)
			row.prepare(r)
			_, err := r.Connect(t.Context(), mine, Options{Lang: "en"})
			r.fails(err, row.code)
			if e, ok := kwadrans.AsError(err); !ok || e.Hint == "" {
				t.Errorf("%v has no hint", err)
			}
			after, _ := r.store.Connection(t.Context(), mine)
			kept, _ := r.store.Tokens(t.Context(), mine)
			if before.State != after.State || before.Account != after.Account || !before.Connected.Equal(after.Connected) || kept != tokens {
				t.Errorf("before %+v\nafter %+v", before, after)
			}
			if _, err := r.api.Me(t.Context()); err != nil {
				t.Errorf("the old connection is broken: %v", err)
			}
		})
	}
}

func TestCancelledSignIn(t *testing.T) {
	r := begin(t)
	r.w.Consent(sandbox.Leave)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := r.Connect(ctx, mine, Options{Announce: func(string) { cancel() }})
	r.fails(err, kwadrans.CodeDeclined)
	if r.state() != kwadrans.NotConnected {
		t.Error(r.state())
	}
}

// The five minutes ended while the code was being exchanged: it used to be called
// a time-out with nothing changed, and the tokens were stored all the same.
func TestAnswerInTheLastMomentIsSeenThrough(t *testing.T) {
	r := begin(t)
	r.signIn = 50 * time.Millisecond
	r.w.FailNext(callCode, 1, sandbox.Delayed(200*time.Millisecond))
	if res, err := r.Connect(t.Context(), mine, Options{}); err != nil || res.Connection.State != kwadrans.Connected {
		t.Errorf("%+v, %v", res, err)
	}
	if page := <-r.tabs; page.status != 200 {
		t.Errorf("the tab shows %+v", page)
	}
}

func TestNoBrowser(t *testing.T) {
	r := begin(t)
	r.Open = func(string) error { return net.ErrClosed }
	_, err := r.Connect(t.Context(), mine, Options{})
	r.fails(err, kwadrans.CodeInternal)
	res, err := r.Connect(t.Context(), mine, Options{Silent: true, Announce: func(a string) { r.going.Go(func() { r.tabs <- browse(a) }) }})
	if err != nil || res.Connection.State != kwadrans.Connected {
		t.Errorf("%+v, %v", res, err)
	}
}

func TestMissingScopesAreNamed(t *testing.T) {
	r := begin(t)
	r.w.ChangeScopes([]string{"user:read:user", "meeting:read:list_meetings", "meeting:write:meeting"})
	if res := r.connect(); res.Connection.State != kwadrans.MissingPermissions {
		t.Errorf("%+v", res.Connection)
	}
	st, err := r.Status(t.Context(), mine)
	if err != nil {
		t.Fatal(err)
	}
	var lack []string
	for _, p := range st.Permissions {
		lack = append(lack, p.Missing...)
		if p.Given != (p.Key == "own-profile") {
			t.Errorf("%s: given %v", p.Key, p.Given)
		}
	}
	if want := []string{"meeting:read:meeting", "meeting:update:meeting", "meeting:delete:meeting"}; !slices.Equal(lack, want) {
		t.Errorf("lacks %v, want %v", lack, want)
	}
}

func TestClassicScopesAreTaken(t *testing.T) {
	r := begin(t)
	r.w.ChangeScopes([]string{"user:read", "meeting:read", "meeting:write"})
	if res := r.connect(); res.Connection.State != kwadrans.Connected {
		t.Errorf("%+v", res.Connection)
	}
}

// The team's connection is its own; whose it is, is not asked of the personal one.
func TestTeamIsApart(t *testing.T) {
	r := begin(t)
	r.connect()
	res, err := r.Connect(t.Context(), kwadrans.Team, Options{})
	if err != nil || res.Connection.State != kwadrans.MissingPermissions || res.Connection.Account != (kwadrans.Account{}) {
		t.Errorf("%+v, %v", res, err)
	}
	if _, err := r.Disable(t.Context(), kwadrans.Team); err != nil || r.state() != kwadrans.Connected || r.paused() != "" {
		t.Errorf("%v; the personal connection is %s, held by %q", err, r.state(), r.paused())
	}
	r.w.Forgive()
}

func TestOtherAccount(t *testing.T) {
	r := begin(t)
	first := r.connect()
	if again := r.connect(); again.OtherAccount {
		t.Error("the same account was taken for another")
	}
	r.w.Consent(sandbox.WrongAccount)
	second := r.connect()
	if !second.OtherAccount || second.Connection.Account.UserID == first.Connection.Account.UserID {
		t.Errorf("%+v", second)
	}
}

// Zoom did not say who signed in: it used to show the person before.
func TestUnknownAccountIsFilledInLater(t *testing.T) {
	r := begin(t)
	r.connect()
	r.w.Consent(sandbox.WrongAccount)
	r.w.FailNext(callMe, 1, sandbox.ErrorBefore)
	if res := r.connect(); res.Connection.State != kwadrans.Connected || res.Connection.Account.Email != "" {
		t.Errorf("%+v", res.Connection)
	}
	st, err := r.Check(t.Context(), mine)
	if err != nil || st.Connection.Account.Email != "jan@elsewhere.invalid" {
		t.Errorf("%+v, %v", st.Connection, err)
	}
}
