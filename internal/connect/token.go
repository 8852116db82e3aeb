package connect

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"
	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"

	"kwadrans/internal/kwadrans"
)

// token returns a token pair whose access token is good for another minute.
// stale, when not empty, is an access token that Zoom has just refused.
func (s *Service) token(ctx context.Context, kind kwadrans.ConnectionKind, stale kwadrans.Secret) (kwadrans.Tokens, error) {
	t, ok, err := s.stored(ctx, kind, stale)
	if err != nil || ok {
		return t, err
	}
	flight := s.flights.DoChan(string(kind), func() (any, error) {
		// neither the caller's end nor its trace may reach the refresh
		return s.refresh(context.Background(), kind, stale)
	})
	out := make(chan singleflight.Result, 1)
	s.pending.Go(func() { out <- <-flight })
	select {
	case res := <-out:
		if res.Err != nil {
			return kwadrans.Tokens{}, res.Err
		}
		return res.Val.(kwadrans.Tokens), nil
	case <-ctx.Done():
		return kwadrans.Tokens{}, &kwadrans.Fault{Code: kwadrans.CodeOffline, Err: ctx.Err()}
	}
}

// stored returns the stored pair and whether it can be used as it is.
func (s *Service) stored(ctx context.Context, kind kwadrans.ConnectionKind, stale kwadrans.Secret) (kwadrans.Tokens, bool, error) {
	c, err := s.Store.Connection(ctx, kind)
	if err == nil && !c.Usable() {
		err = s.stateFault(c.State)
	}
	if err != nil {
		return kwadrans.Tokens{}, false, err
	}
	t, err := s.Store.Tokens(ctx, kind)
	if err != nil {
		return t, false, err
	}
	left := t.Expires.Sub(s.Now())
	return t, t.Access != stale && left > early, nil
}

// stateFault is what a call gets while the connection cannot be used: it was
// not carried out, and its lane waits until a person connects again.
func (s *Service) stateFault(state kwadrans.ConnectionState) *kwadrans.Fault {
	f := &kwadrans.Fault{Code: kwadrans.CodeReconnect, PauseLane: true, Until: kwadrans.Forever}
	switch state {
	case kwadrans.NotConnected:
		f.Code = kwadrans.CodeNotConnected
	case kwadrans.RemovedAtZoom:
		f.Code = kwadrans.CodeRemovedAtZoom
	}
	return f
}

func (s *Service) tokenLock(ctx context.Context, kind kwadrans.ConnectionKind) (*flock.Flock, error) {
	return s.lock(ctx, "token-"+string(kind)+".lock", lockTime,
		&kwadrans.Fault{Code: kwadrans.CodeOffline, Words: "another process is renewing the sign-in"})
}

// refresh rotates the tokens once, whoever asks and however many do: one
// goroutine per process by the flight, one process by the lock, and under the
// lock the newest pair is read again. The new pair is on the disk before
// anybody uses it.
func (s *Service) refresh(ctx context.Context, kind kwadrans.ConnectionKind, stale kwadrans.Secret) (kwadrans.Tokens, error) {
	lock, err := s.tokenLock(ctx, kind)
	if err != nil {
		return kwadrans.Tokens{}, err
	}
	defer func() { _ = lock.Unlock() }()
	old, ok, err := s.stored(ctx, kind, stale)
	if err != nil || ok {
		return old, err
	}
	c, err := s.Store.Connection(ctx, kind)
	if err != nil {
		return old, err
	}
	t, err := s.ask(ctx, c.ClientID, old.Refresh)
	if err != nil {
		return s.refused(ctx, kind, old, err)
	}
	next := s.tokens(t, old)
	saved, err := s.Store.SaveTokens(ctx, kind, old.Gen, next)
	if err != nil {
		return old, err
	}
	if !saved { // a new sign-in was finished meanwhile
		return s.Store.Tokens(ctx, kind)
	}
	next.Gen = old.Gen + 1
	s.Log.Debug("connect: renewed the sign-in", "kind", kind, "generation", next.Gen)
	return next, nil
}

// ask sends the refresh token. A try that certainly never left is repeated; one
// that may have arrived is not, since a rotating token counts once.
func (s *Service) ask(ctx context.Context, clientID string, refresh kwadrans.Secret) (*oauth2.Token, error) {
	var err error
	for try := range 3 {
		if try > 0 {
			time.Sleep(time.Duration(try) * 100 * time.Millisecond)
		}
		var t *oauth2.Token
		var wrote bool
		if t, wrote, err = s.askOnce(ctx, clientID, refresh); err == nil || wrote {
			return t, err
		}
	}
	return nil, err
}

func (s *Service) askOnce(ctx context.Context, clientID string, refresh kwadrans.Secret) (*oauth2.Token, bool, error) {
	ctx, cancel := context.WithTimeout(ctx, refreshTime)
	defer cancel()
	var wrote atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { wrote.Store(true) }})
	ctx = context.WithValue(ctx, oauth2.HTTPClient, s.plain())
	t, err := s.config(clientID, "").TokenSource(ctx, &oauth2.Token{RefreshToken: refresh.Reveal()}).Token()
	return t, wrote.Load(), err
}

// tokens reads a token answer; a refresh may leave the scope out.
func (s *Service) tokens(t *oauth2.Token, old kwadrans.Tokens) kwadrans.Tokens {
	next := kwadrans.Tokens{
		Access: kwadrans.Secret(t.AccessToken), Refresh: kwadrans.Secret(t.RefreshToken), Scope: old.Scope, APIURL: old.APIURL,
		Expires: s.Now().Add(time.Hour).UTC(),
	}
	if t.ExpiresIn > 0 {
		next.Expires = s.Now().Add(time.Duration(t.ExpiresIn) * time.Second).UTC()
	}
	if v, ok := t.Extra("scope").(string); ok && v != "" {
		next.Scope = v
	}
	if v, ok := t.Extra("api_url").(string); ok && v != "" {
		next.APIURL = v
	}
	return next
}

// refused tells a dead grant from a server that cannot be asked now: only the
// former changes the state, and then nobody calls Zoom any more.
func (s *Service) refused(ctx context.Context, kind kwadrans.ConnectionKind, old kwadrans.Tokens, err error) (kwadrans.Tokens, error) {
	state, dead := verdict(err)
	if !dead {
		return old, &kwadrans.Fault{Code: kwadrans.CodeOffline, Words: "Zoom's sign-in server cannot be reached", Err: redact(err)}
	}
	marked, saveErr := s.Store.MarkConnection(ctx, kind, old.Gen, state, s.Now())
	if saveErr != nil {
		return old, saveErr
	}
	if !marked { // another pair was stored meanwhile: use that one
		return s.Store.Tokens(ctx, kind)
	}
	s.Log.Warn("connect: Zoom ended the sign-in", "kind", kind, "state", state)
	f := s.stateFault(state)
	if err := s.Store.PauseLanes(ctx, kwadrans.LaneZoom, kwadrans.Pause{Until: kwadrans.Forever, Code: f.Code}); err != nil {
		return old, err
	}
	return old, f
}

// takenOver is Zoom's number for a grant that a newer sign-in of the same user
// with the same app has ended (Zoom: OAuth error messages, 4741).
const takenOver = "4741"

// verdict reads the sign-in server's refusal: numbers and the error word decide.
func verdict(err error) (kwadrans.ConnectionState, bool) {
	var r *oauth2.RetrieveError
	if !errors.As(err, &r) || r.Response == nil {
		return "", false
	}
	status := r.Response.StatusCode
	if status/100 != 4 || status == http.StatusTooManyRequests || status == http.StatusRequestTimeout {
		return "", false
	}
	word, number := oauthError(r.Body)
	switch {
	case word == "":
		return "", false
	case number == takenOver, word == "invalid_client":
		return kwadrans.SignInAgain, true
	default:
		return kwadrans.RemovedAtZoom, true
	}
}

// oauthError reads the error word and Zoom's number of a refusal.
func oauthError(body []byte) (word, number string) {
	var v map[string]json.RawMessage
	if json.Unmarshal(body, &v) != nil {
		return "", ""
	}
	text := func(key string) string { return strings.Trim(string(v[key]), `" `) }
	for _, key := range []string{"code", "errorCode", "error_code"} {
		if number == "" {
			number = text(key)
		}
	}
	return text("error"), number
}

// exchangeError explains why a code was not turned into tokens.
func exchangeError(err error) error {
	var r *oauth2.RetrieveError
	if !errors.As(err, &r) || r.Response == nil || r.Response.StatusCode >= 500 {
		return kwadrans.Errorf(kwadrans.CodeOffline, "connect: Zoom's sign-in server did not answer").
			WithHint("nothing was changed; check the network and press Connect again").Because(redact(err))
	}
	if word, _ := oauthError(r.Body); word == "invalid_client" {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "connect: Zoom does not take the client id as a public one").
			WithHint("check it with: kwadrans zoom check-id ID").Because(redact(err))
	}
	return kwadrans.Errorf(kwadrans.CodeReconnect, "connect: Zoom did not accept the sign-in").
		WithHint("nothing was changed; press Connect again").Because(redact(err))
}

// redact keeps status and error word of a refusal: bodies and addresses may carry codes.
func redact(err error) error {
	var r *oauth2.RetrieveError
	if errors.As(err, &r) && r.Response != nil {
		word, number := oauthError(r.Body)
		return errors.New(strings.TrimSpace("status " + http.StatusText(r.Response.StatusCode) + " " + word + " " + number))
	}
	var u interface{ Unwrap() error }
	if errors.As(err, &u) && u.Unwrap() != nil {
		return u.Unwrap()
	}
	return err
}
