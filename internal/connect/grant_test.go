package connect

import (
	"errors"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

// endings are how a grant ends at Zoom's side.
var endings = map[string]struct {
	end   func(w *sandbox.World)
	state kwadrans.ConnectionState
	code  kwadrans.Code
}{
	"removed in the Marketplace": {(*sandbox.World).RemoveAppAtMarketplace, kwadrans.RemovedAtZoom, kwadrans.CodeRemovedAtZoom},
	"second device":              {(*sandbox.World).AuthorizeElsewhere, kwadrans.SignInAgain, kwadrans.CodeReconnect},
	"disabled by an admin":       {(*sandbox.World).AdminDisablesApp, kwadrans.RemovedAtZoom, kwadrans.CodeRemovedAtZoom},
	"user left the account":      {(*sandbox.World).RemoveUser, kwadrans.RemovedAtZoom, kwadrans.CodeRemovedAtZoom},
	"after 91 days":              {func(w *sandbox.World) { w.Advance(91 * 24 * time.Hour) }, kwadrans.RemovedAtZoom, kwadrans.CodeRemovedAtZoom},
	"a bare answer": {func(w *sandbox.World) {
		w.Turn(func(k *sandbox.Knobs) { k.BareErrors = true })
		w.RemoveAppAtMarketplace()
	}, kwadrans.RemovedAtZoom, kwadrans.CodeRemovedAtZoom},
	"with the old status": {func(w *sandbox.World) { w.LegacyStatus(true); w.RemoveAppAtMarketplace() }, kwadrans.RemovedAtZoom, kwadrans.CodeRemovedAtZoom},
	"another client id": {func(w *sandbox.World) {
		w.ExpireAccess()
		w.FailNext(callRefresh, 1, sandbox.Fault{Status: 400, Body: `{"reason":"kwsbx-x","error":"invalid_client"}`})
	}, kwadrans.SignInAgain, kwadrans.CodeReconnect},
	"as in 2021": {func(w *sandbox.World) {
		w.ExpireAccess()
		w.FailNext(callRefresh, 1, sandbox.Fault{Status: 401, Body: `{"reason":"Invalid Token!","error":"invalid_request"}`})
	}, kwadrans.RemovedAtZoom, kwadrans.CodeRemovedAtZoom},
}

// A grant that ended at Zoom's side is noticed with one token call, and then nobody asks any more.
func TestGrantsThatEnded(t *testing.T) {
	for name, row := range endings {
		t.Run(name, func(t *testing.T) {
			r := begin(t)
			r.connect()
			row.end(r.w)
			r.w.ClearJournal()
			for range 4 {
				_, err := r.api.Me(t.Context())
				r.fails(err, row.code)
				var f *kwadrans.Fault
				if !errors.As(err, &f) || !f.PauseLane || !f.Until.Equal(kwadrans.Forever) || f.Permanent || f.Outcome != kwadrans.NotExecuted {
					t.Errorf("%+v", f)
				}
			}
			if r.state() != row.state || r.paused() != row.code {
				t.Errorf("%s, held by %q", r.state(), r.paused())
			}
			if r.count(callToken) != 1 || r.count(callMe) > 1 {
				t.Errorf("%d token calls, %d API calls: somebody goes on asking", r.count(callToken), r.count(callMe))
			}
			st, err := r.Check(t.Context(), mine)
			r.fails(err, row.code)
			if st.Connection.State != row.state || st.Connection.Account.Email == "" {
				t.Errorf("%+v", st.Connection)
			}
			r.w.AdminEnablesApp()
			if name == "user left the account" {
				return
			}
			if res := r.connect(); res.Connection.State != kwadrans.Connected || r.paused() != "" || res.OtherAccount {
				t.Errorf("after a new sign-in: %+v, held by %q", res.Connection, r.paused())
			}
		})
	}
}

// A server that cannot be asked never costs the tokens.
func TestTroubleDoesNotDropTheTokens(t *testing.T) {
	text := func(status int, body string) sandbox.Fault { return sandbox.Fault{Status: status, Body: body} }
	for name, f := range map[string]sandbox.Fault{
		"500": sandbox.ErrorBefore, "html 502": sandbox.HTML, "reset": sandbox.ResetBefore, "html 200": sandbox.HTMLOK, "429": text(429, `{"error":"invalid_grant"}`),
		"408": text(408, `{"error":"invalid_grant"}`), "503": text(503, `{"error":"invalid_grant"}`), "a proxy's page": text(403, "<h1>no</h1>"),
		"a proxy's JSON": text(403, `{"error":"Forbidden"}`), "error null": text(400, `{"error":null}`), "error object": text(400, `{"error":{"code":4741}}`), "empty": text(400, ""),
	} {
		r := begin(t)
		r.connect()
		before, _ := r.store.Tokens(t.Context(), mine)
		r.w.Advance(2 * time.Hour)
		r.w.FailNext(callRefresh, 1, f)
		_, err := r.api.Me(t.Context())
		r.fails(err, kwadrans.CodeOffline)
		after, _ := r.store.Tokens(t.Context(), mine)
		if before != after || r.state() != kwadrans.Connected || r.paused() != "" {
			t.Errorf("%s: %s, held by %q", name, r.state(), r.paused())
		}
		if list := r.calls(1); len(list) > 0 {
			t.Errorf("%s: afterwards %v", name, list)
		}
		r.w.Forgive() // the sandbox takes every 4xx for Zoom's own answer
	}
}

func TestSignInServerThatIsNotThere(t *testing.T) {
	r := begin(t)
	r.connect()
	r.w.Advance(2 * time.Hour)
	url := r.OAuthURL
	r.OAuthURL = "http://127.0.0.1:1"
	_, err := r.api.Me(t.Context())
	r.fails(err, kwadrans.CodeOffline)
	r.OAuthURL = url
	if list := r.calls(1); len(list) > 0 || r.state() != kwadrans.Connected {
		t.Errorf("%v, %s", list, r.state())
	}
}
