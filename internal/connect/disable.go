package connect

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// Disable ends a connection: the grant is revoked at Zoom if Zoom can be
// reached (which may remove the app there), the tokens are forgotten, and the
// meetings stay. revoked says whether Zoom confirmed. It works without network and
// with a locked key.
func (s *Service) Disable(ctx context.Context, kind kwadrans.ConnectionKind) (revoked bool, err error) {
	c, err := s.Store.Connection(ctx, kind)
	if err != nil || c.State == kwadrans.NotConnected {
		return false, err
	}
	lock, err := s.tokenLock(ctx, kind) // a refresh under way would outlive the revocation
	if err != nil {
		return false, err
	}
	defer func() { _ = lock.Unlock() }()
	ctx = context.WithoutCancel(ctx) // a grant that was revoked must not be kept
	if t, err := s.Store.Tokens(ctx, kind); err == nil {
		revoked = s.revoke(ctx, c.ClientID, t)
	}
	if err := s.Store.ForgetTokens(ctx, kind); err != nil {
		return revoked, err
	}
	if err := s.Store.SaveConnection(ctx, kwadrans.Connection{Kind: kind, State: kwadrans.NotConnected, Changed: s.Now()}); err != nil {
		return revoked, err
	}
	return revoked, s.holdLanes(ctx, kind, kwadrans.CodeNotConnected)
}

// revoke asks Zoom to end the grant. How a public client shows who it is here
// is not documented, so a refusal does not matter.
func (s *Service) revoke(ctx context.Context, clientID string, t kwadrans.Tokens) bool {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	form := url.Values{"token": {t.Access.Reveal()}, "client_id": {clientID}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.OAuthURL+"/oauth/revoke", strings.NewReader(form.Encode()))
	if err != nil {
		return false
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := s.plain().Do(req)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	var v struct {
		Status string `json:"status"`
	}
	err = json.NewDecoder(io.LimitReader(resp.Body, 64<<10)).Decode(&v)
	return err == nil && resp.StatusCode/100 == 2 && v.Status == "success"
}
