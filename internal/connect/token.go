package connect

import (
	"context"
	"net/http/httptrace"
	"path/filepath"
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
	// whoever was refused another token needs another answer
	flight := s.flights.DoChan(string(kind)+" "+stale.Reveal(), func() (any, error) {
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
		return t, false, s.keyFault(err)
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

// keyFault holds a lane while the tokens cannot be opened: that costs no tries,
// and a person may unlock the key at any time.
func (s *Service) keyFault(err error) error {
	switch code := kwadrans.CodeOf(err); code {
	case kwadrans.CodeKeyLocked, kwadrans.CodeKeyAbsent, kwadrans.CodeKeyChanged:
		return &kwadrans.Fault{Code: code, PauseLane: true, Until: s.Now().Add(keyTime), Err: err}
	case kwadrans.CodeNotConnected:
		return s.stateFault(kwadrans.NotConnected)
	}
	return err
}

// lock between all who change the tokens of a connection, or what is known of it.
func (s *Service) tokenLock(ctx context.Context, kind kwadrans.ConnectionKind) (*flock.Flock, error) {
	if s.unlocked {
		return flock.New(filepath.Join(s.Dir, "nobody.lock")), nil
	}
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
	ctx, cancel := context.WithTimeout(ctx, refreshTime)
	defer cancel()
	for try := 1; ; try++ {
		t, wrote, err := s.askOnce(ctx, clientID, refresh)
		if err == nil || wrote || try == 3 {
			return t, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(time.Duration(try) * 100 * time.Millisecond):
		}
	}
}

func (s *Service) askOnce(ctx context.Context, clientID string, refresh kwadrans.Secret) (*oauth2.Token, bool, error) {
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
		next.Expires = s.Now().Add(time.Duration(min(t.ExpiresIn, maxLife)) * time.Second).UTC()
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
	if err := s.holdLanes(ctx, kind, f.Code); err != nil {
		return old, err
	}
	return old, f
}

// holdLanes keeps all steps back that need a connection. Every Zoom lane that
// exists today is of the personal one; what comes to need the team's is held
// step by step, by the fault that it gets.
func (s *Service) holdLanes(ctx context.Context, kind kwadrans.ConnectionKind, code kwadrans.Code) error {
	if kind != kwadrans.Personal {
		return nil
	}
	return s.Store.PauseLanes(ctx, kwadrans.LaneZoom, kwadrans.Pause{Until: kwadrans.Forever, Code: code})
}
