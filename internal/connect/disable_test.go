package connect

import (
	"context"
	"errors"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

// disablings are what Zoom may say to the end of a grant.
var disablings = map[string]struct {
	prepare func(r *rig)
	revoked bool
}{
	"accepted": {func(*rig) {}, true},
	"rejected": {func(r *rig) { r.w.RevokeMode(sandbox.RevokeRejected) }, false},
	"error":    {func(r *rig) { r.w.FailNext("POST /oauth/revoke", 1, sandbox.ErrorBefore) }, false},
	"lost":     {func(r *rig) { r.w.FailNext("POST /oauth/revoke", 1, sandbox.ResetAfter) }, false},
	"html":     {func(r *rig) { r.w.FailNext("POST /oauth/revoke", 1, sandbox.HTMLOK) }, false},
	"not so": {func(r *rig) {
		r.w.FailNext("POST /oauth/revoke", 1, sandbox.Fault{Status: 200, Body: `{"status":"failed"}`})
	}, false},
	"unreachable": {func(r *rig) { r.OAuthURL = "http://127.0.0.1:1" }, false},
	"locked key":  {func(r *rig) { r.Store = locked{r.store} }, false},
	"removed before": {func(r *rig) {
		r.w.RemoveAppAtMarketplace()
		r.calls(1)
	}, false},
	"expired": {func(r *rig) { r.w.Advance(3 * time.Hour) }, true},
}

// Whatever Zoom says, the connection is over here, and the meetings stay.
func TestDisable(t *testing.T) {
	for name, row := range disablings {
		t.Run(name, func(t *testing.T) {
			r := begin(t)
			r.connect()
			if _, err := r.api.Create(t.Context(), "me", kwadrans.MeetingPlan{Topic: "T", Agenda: "kwd1 a", Start: noon.Add(time.Hour), Duration: time.Hour, Zone: "UTC"}); err != nil {
				t.Fatal(err)
			}
			row.prepare(r)
			revoked, err := r.Disable(t.Context(), mine)
			if err != nil || revoked != row.revoked {
				t.Errorf("revoked %v, %v", revoked, err)
			}
			c, _ := r.store.Connection(t.Context(), mine)
			if c.State != kwadrans.NotConnected || c.Account.Email != "" || len(c.Granted) != 0 || r.paused() != kwadrans.CodeNotConnected {
				t.Errorf("%+v, held by %q", c, r.paused())
			}
			if _, err := r.store.Tokens(t.Context(), mine); kwadrans.CodeOf(err) != kwadrans.CodeNotConnected {
				t.Errorf("the tokens are still there: %v", err)
			}
			if n := len(r.w.Meetings()); n != 1 {
				t.Errorf("%d meetings are left", n)
			}
			r.w.ClearJournal()
			_, err = r.api.Me(t.Context())
			r.fails(err, kwadrans.CodeNotConnected)
			if again, err := r.Disable(t.Context(), mine); again || err != nil || len(r.w.Journal()) > 0 {
				t.Errorf("the second time: %v, %v, %d requests", again, err, len(r.w.Journal()))
			}
		})
	}
}

func TestConnectAfterDisableLetsTheLanesGo(t *testing.T) {
	r := begin(t)
	r.connect()
	if _, err := r.Disable(t.Context(), mine); err != nil || r.paused() == "" {
		t.Fatal(err, r.paused())
	}
	if r.connect(); r.paused() != "" {
		t.Errorf("held by %q", r.paused())
	}
}

// leaving cancels as soon as the tokens are read.
type leaving struct {
	Store
	cancel context.CancelFunc
}

func (l leaving) Tokens(ctx context.Context, k kwadrans.ConnectionKind) (kwadrans.Tokens, error) {
	defer l.cancel()
	return l.Store.Tokens(ctx, k)
}

// The window was closed between the revocation and the end here: the program
// went on believing in a connection that Zoom had ended.
func TestDisableIsSeenThrough(t *testing.T) {
	r := begin(t)
	r.connect()
	ctx, cancel := context.WithCancel(t.Context())
	r.Store = leaving{r.store, cancel}
	if revoked, err := r.Disable(ctx, mine); err != nil || !revoked || r.state() != kwadrans.NotConnected {
		t.Errorf("%v, %v, %s", revoked, err, r.state())
	}
}

func TestNotConnected(t *testing.T) {
	r := begin(t)
	_, err := r.api.Me(t.Context())
	r.fails(err, kwadrans.CodeNotConnected)
	var f *kwadrans.Fault
	if !errors.As(err, &f) || !f.PauseLane {
		t.Errorf("%+v", f)
	}
	st, err := r.Status(t.Context(), mine)
	if err != nil || st.Connection.State != kwadrans.NotConnected || len(st.Permissions) != 3 || st.Permissions[0].Given {
		t.Errorf("%+v, %v", st, err)
	}
	if n := len(r.w.Journal()); n != 0 {
		t.Errorf("%d requests", n)
	}
}
