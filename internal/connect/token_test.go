package connect

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

// calls uses the connection n times at once and returns the errors.
func (r *rig) calls(n int) (list []error) {
	errs := make(chan error, n)
	var all sync.WaitGroup
	for range n {
		all.Go(func() { _, err := r.api.Me(r.t.Context()); errs <- err })
	}
	all.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			list = append(list, err)
		}
	}
	return list
}

func TestManyCallsAtTheEndOfATokenRenewItOnce(t *testing.T) {
	for name, end := range map[string]func(r *rig){
		"by our clock": func(r *rig) { r.w.Advance(59*time.Minute + time.Second) },
		"by Zoom":      func(r *rig) { r.w.ExpireAccess() },
		"by both":      func(r *rig) { r.w.Advance(2 * time.Hour) },
	} {
		r := begin(t)
		r.connect()
		end(r)
		if list := r.calls(20); len(list) > 0 || r.count(callRefresh) != 1 {
			t.Errorf("%s: %v, %d refreshes", name, list, r.count(callRefresh))
		}
	}
}

// A call that was refused token T1 joined the renewal of one that had waited for
// the lock, and was given T1 again.
func TestEveryoneGetsAnotherTokenThanTheRefusedOne(t *testing.T) {
	r := begin(t)
	r.connect()
	first, _ := r.store.Tokens(t.Context(), mine)
	r.skew.Store(int64(59*time.Minute + time.Second)) // our clock says that it must be renewed, Zoom's does not
	lock, err := r.tokenLock(t.Context(), mine)
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan kwadrans.Tokens, 1)
	r.going.Go(func() { _, _ = r.token(t.Context(), mine, "") })
	r.going.Go(func() {
		tk, err := r.token(t.Context(), mine, first.Access)
		if err != nil {
			t.Error(err)
		}
		got <- tk
	})
	r.skew.Store(0) // as if another process had stored what is good again
	_ = lock.Unlock()
	if tk := <-got; tk.Access == first.Access {
		t.Error("the refused token was handed out again")
	}
}

func TestRenewedAMinuteEarly(t *testing.T) {
	r := begin(t)
	r.connect()
	r.w.Advance(59*time.Minute - time.Second)
	if list := r.calls(1); len(list) > 0 || r.count(callRefresh) != 0 {
		t.Errorf("too early: %v", list)
	}
	r.w.Advance(time.Second)
	if list := r.calls(1); len(list) > 0 || r.count(callRefresh) != 1 {
		t.Errorf("too late: %v", list)
	}
}

func TestRenewalWithoutScopeKeepsTheOld(t *testing.T) {
	r := begin(t)
	r.connect()
	r.w.OmitScopeOnRefresh(true)
	before, _ := r.store.Tokens(t.Context(), mine)
	r.w.Advance(2 * time.Hour)
	if list := r.calls(1); len(list) > 0 {
		t.Fatal(list)
	}
	after, err := r.store.Tokens(t.Context(), mine)
	if err != nil || after.Scope != before.Scope || after.Gen != before.Gen+1 || after.Refresh == before.Refresh || after.Access == before.Access {
		t.Errorf("%+v\n%+v, %v", before, after, err)
	}
}

// However wrong the clock is, one renewal more at most, and nothing is lost.
func TestWrongClocks(t *testing.T) {
	for _, skew := range []time.Duration{-24 * time.Hour, -5 * time.Minute, 5 * time.Minute, 24 * time.Hour} {
		r := begin(t)
		r.connect()
		r.skew.Store(int64(skew)) // it jumps after the sign-in
		for range 3 {
			if list := r.calls(1); len(list) > 0 {
				t.Errorf("%v: %v", skew, list)
			}
			r.w.Advance(30 * time.Minute)
		}
		if n := r.count(callRefresh); n > 2 || r.state() != kwadrans.Connected { // one would be due anyway
			t.Errorf("%v: %d renewals, %s", skew, n, r.state())
		}
	}
}

// Zoom has rotated and its answer was lost: the next try finds out, once.
func TestLostAnswerOfARenewal(t *testing.T) {
	r := begin(t)
	r.connect()
	r.w.Advance(2 * time.Hour)
	r.w.LoseResponseAfterCommit(callRefresh)
	_, err := r.api.Me(t.Context())
	r.fails(err, kwadrans.CodeOffline)
	for range 3 {
		_, err = r.api.Me(t.Context())
		r.fails(err, kwadrans.CodeRemovedAtZoom)
	}
	if n := r.count(callRefresh); n != 2 {
		t.Errorf("%d refreshes", n)
	}
}

// A caller who leaves does not tear the renewal off; the next finds its result.
func TestCallerLeavesDuringARenewal(t *testing.T) {
	r := begin(t)
	r.connect()
	r.w.Advance(2 * time.Hour)
	r.w.FailNext(callRefresh, 1, sandbox.Delayed(150*time.Millisecond))
	r.api.Timeout = 30 * time.Millisecond
	_, err := r.api.Me(t.Context())
	r.fails(err, kwadrans.CodeOffline)
	r.Wait()
	r.api.Timeout = 0
	if list := r.calls(1); len(list) > 0 || r.count(callRefresh) != 1 {
		t.Errorf("%v, %d refreshes", list, r.count(callRefresh))
	}
}

// Zoom refuses even a new token: that used to renew with every call.
func TestUselessRenewalIsNotRepeated(t *testing.T) {
	r := begin(t)
	r.connect()
	r.w.FailNext(callMe, -1, sandbox.Refused(401, 124, "Invalid access token."))
	for range 4 {
		_, err := r.api.Me(t.Context())
		r.fails(err, kwadrans.CodeReconnect)
	}
	if r.count(callRefresh) != 1 || r.count(callMe) > 4 || r.state() != kwadrans.SignInAgain || r.paused() != kwadrans.CodeReconnect {
		t.Errorf("%d renewals, %d calls, %s, held by %q", r.count(callRefresh), r.count(callMe), r.state(), r.paused())
	}
}

// A 401 that is not about the token costs no renewal.
func TestOther401sDoNotRenew(t *testing.T) {
	for name, f := range map[string]sandbox.Fault{
		"scopes": sandbox.Refused(401, 4711, "Invalid access token, does not contain scopes:[x]."), "classic": sandbox.Refused(401, 4700, "x"),
		"broken JSON": {Status: 401, Body: sandbox.Unescaped.Body}, "html": {Status: 401, Body: "<h1>Who are you?</h1>"}, "empty": {Status: 401},
		"124 elsewhere": {Status: 401, Body: `{"code":1124,"message":"124"}`},
	} {
		r := begin(t)
		r.connect()
		r.w.FailNext(callMe, 1, f)
		if _, err := r.api.Me(t.Context()); err == nil || r.count(callRefresh) != 0 || r.state() != kwadrans.Connected {
			t.Errorf("%s: %v, %d renewals, %s", name, err, r.count(callRefresh), r.state())
		}
	}
}

// A call with a body is sent again whole after its token was renewed.
func TestRefusedTokenRepeatsTheCallOnce(t *testing.T) {
	r := begin(t)
	r.connect()
	r.w.ExpireAccess()
	m, err := r.api.Create(t.Context(), "me", kwadrans.MeetingPlan{Topic: "T", Agenda: "kwd1 a.b.c", Start: noon.Add(time.Hour), Duration: time.Hour, Zone: "UTC"})
	if err != nil || len(r.w.Meetings()) != 1 || r.w.Meetings()[0].ID != m.ID || r.count(callRefresh) != 1 {
		t.Errorf("%+v, %v, %d renewals", m, err, r.count(callRefresh))
	}
}

// A token goes to no other host than the API's.
func TestTokenStaysWithZoom(t *testing.T) {
	r := begin(t)
	r.connect()
	for _, address := range []string{r.sb.URL + "/v2/users/me", "https://evil.example/v2/users/me", strings.Replace(r.sb.API, "http", "https", 1) + "/users/me"} {
		req, _ := http.NewRequest("GET", address, nil)
		if resp, err := r.Transport(mine).RoundTrip(req); err == nil {
			_ = resp.Body.Close()
			t.Errorf("the token went to %s", address)
		}
	}
	if n := r.count("GET /v2") + r.count(callMe); n != 1 { // that of the sign-in
		t.Errorf("%d calls", n)
	}
}

// locked is a store whose key is locked.
type locked struct{ Store }

func (locked) Tokens(_ context.Context, _ kwadrans.ConnectionKind) (kwadrans.Tokens, error) {
	return kwadrans.Tokens{}, kwadrans.Errorf(kwadrans.CodeKeyLocked, "the key is locked")
}
func (locked) CanSeal(context.Context) error {
	return kwadrans.Errorf(kwadrans.CodeKeyLocked, "the key is locked")
}

// A locked key used up the tries of a step until it was given up.
func TestLockedKeyHoldsTheLane(t *testing.T) {
	r := begin(t)
	r.connect()
	r.Store = locked{r.store}
	_, err := r.api.Me(t.Context())
	r.fails(err, kwadrans.CodeKeyLocked)
	var f *kwadrans.Fault
	if !errors.As(err, &f) || !f.PauseLane || !f.Until.Equal(noon.Add(keyTime)) || f.Permanent {
		t.Errorf("%+v", f)
	}
	_, err = r.Connect(t.Context(), mine, Options{})
	r.fails(err, kwadrans.CodeKeyLocked)
	if len(r.asked) != 1 {
		t.Error("a browser was opened though nothing could be kept")
	}
}

// between runs f when Zoom has answered and before that is kept.
type between struct {
	Identity
	f func()
}

func (b between) Me(ctx context.Context) (kwadrans.Account, error) {
	defer b.f()
	return b.Identity.Me(ctx)
}

// Whoever asked Zoom while somebody disabled brought the connection back.
func TestCheckDoesNotReviveADisabledConnection(t *testing.T) {
	r := begin(t)
	r.connect()
	r.Identity = between{r.api, func() {
		if _, err := r.Disable(t.Context(), mine); err != nil {
			t.Error(err)
		}
	}}
	if st, _ := r.Check(t.Context(), mine); st.Connection.State != kwadrans.NotConnected || r.state() != kwadrans.NotConnected {
		t.Errorf("%s, stored %s", st.Connection.State, r.state())
	}
}

// The answer about the old account came after the sign-in with another one.
func TestLateAnswerIsNotKeptForANewSignIn(t *testing.T) {
	r := begin(t)
	r.connect()
	once := false
	r.Identity = between{r.api, func() {
		if once {
			return
		}
		once = true
		r.w.Advance(time.Second)
		r.w.Consent(sandbox.WrongAccount)
		r.connect()
	}}
	st, err := r.Check(t.Context(), mine)
	if err != nil || st.Connection.Account.Email != "jan@elsewhere.invalid" {
		t.Errorf("%+v, %v", st.Connection.Account, err)
	}
}
