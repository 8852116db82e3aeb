package connect

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// Transport returns a transport that signs every request with the connection's
// access token. A token that Zoom refuses is renewed and the request sent once
// more. While the connection cannot be used, requests fail with a
// *kwadrans.Fault and nothing is sent.
func (s *Service) Transport(kind kwadrans.ConnectionKind) http.RoundTripper {
	return &signer{s: s, kind: kind}
}

type signer struct {
	s    *Service
	kind kwadrans.ConnectionKind
}

const maxRequest = 1 << 20

// RoundTrip sends the request, signed.
func (g *signer) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := replayable(req)
	if err != nil {
		return nil, err
	}
	t, err := g.s.token(req.Context(), g.kind, "")
	if err != nil {
		return nil, fault(err)
	}
	if !g.s.ours(g.kind, req.URL) {
		return nil, &kwadrans.Fault{Code: kwadrans.CodeOffline, Words: "the address of Zoom's API has changed"}
	}
	resp, err := g.send(req, body, t)
	if err != nil || !tokenRefused(resp) {
		return resp, err
	}
	_ = resp.Body.Close()
	if t, err = g.s.token(req.Context(), g.kind, t.Access); err != nil {
		return nil, fault(err)
	}
	if resp, err = g.send(req, body, t); err != nil || !tokenRefused(resp) {
		return resp, err
	}
	_ = resp.Body.Close()
	return nil, fault(g.s.useless(req.Context(), g.kind, t))
}

// useless ends a sign-in whose newest token is refused: to renew it again and
// again would not help. One that grew old on the way, as in the computer's
// sleep, says nothing.
func (s *Service) useless(ctx context.Context, kind kwadrans.ConnectionKind, t kwadrans.Tokens) error {
	if !s.Now().Before(t.Expires) {
		return &kwadrans.Fault{Code: kwadrans.CodeOffline, Err: errors.New("connect: the call took longer than its token lasts")}
	}
	ctx = context.WithoutCancel(ctx)
	lock, err := s.tokenLock(ctx, kind)
	if err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }()
	marked, err := s.Store.MarkConnection(ctx, kind, t.Gen, kwadrans.SignInAgain, s.Now())
	if err == nil && !marked { // another pair is there by now
		return &kwadrans.Fault{Code: kwadrans.CodeOffline, Words: "the sign-in was renewed meanwhile"}
	}
	f := s.stateFault(kwadrans.SignInAgain)
	if err == nil {
		s.Log.Warn("connect: Zoom refuses a new token", "kind", kind)
		err = s.holdLanes(ctx, kind, f.Code)
	}
	if err != nil {
		return err
	}
	return f
}

func (g *signer) send(req *http.Request, body []byte, t kwadrans.Tokens) (*http.Response, error) {
	r := req.Clone(req.Context())
	r.GetBody = nil // a changing call is repeated by nobody but the outbox
	if body != nil {
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	r.Header.Set("Authorization", "Bearer "+t.Access.Reveal())
	resp, err := g.s.base().RoundTrip(r)
	if err == nil && resp.StatusCode/100 == 2 {
		g.touch(req.Context())
	}
	return resp, err
}

func (s *Service) base() http.RoundTripper {
	if s.HTTP.Transport != nil {
		return s.HTTP.Transport
	}
	return http.DefaultTransport
}

// touch notes when the connection was last used, once an hour.
func (g *signer) touch(ctx context.Context) {
	c, err := g.s.Store.Connection(ctx, g.kind)
	now := g.s.Now()
	if err == nil && now.Sub(c.LastUsed) < time.Hour {
		return
	}
	if err == nil {
		err = g.s.Store.TouchConnection(ctx, g.kind, now)
	}
	if err != nil {
		g.s.Log.Warn("connect: the last use could not be noted", "err", err)
	}
}

// replayable takes the body out of a request: a refused token means that the
// request was not carried out, so it may be sent again.
func replayable(req *http.Request) ([]byte, error) {
	if req.Body == nil || req.Body == http.NoBody {
		return nil, nil
	}
	defer req.Body.Close()
	b, err := io.ReadAll(io.LimitReader(req.Body, maxRequest+1))
	if err == nil && len(b) > maxRequest {
		err = errors.New("connect: the request is too long")
	}
	return b, err
}

// tokenInvalid is Zoom's number for an access token that is not good any more. It
// is searched for, since Zoom also sends broken JSON.
var tokenInvalid = regexp.MustCompile(`"code"\s*:\s*"?124\b`)

// tokenRefused says whether an answer is about the access token. Other 401s are
// about permissions, or of somebody in between: to renew would not help.
func tokenRefused(resp *http.Response) bool {
	if resp.StatusCode != http.StatusUnauthorized {
		return false
	}
	head, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(head), resp.Body), resp.Body}
	return err == nil && tokenInvalid.Match(head)
}

// fault makes sure that a call which was never sent says so.
func fault(err error) error {
	var f *kwadrans.Fault
	if errors.As(err, &f) {
		return f
	}
	return &kwadrans.Fault{Code: kwadrans.CodeOf(err), Err: err}
}

// Base returns the address of the API for a connection: the user's own, else
// the region that Zoom named, else the default.
func (s *Service) Base(kind kwadrans.ConnectionKind) string {
	if !s.UserAPI {
		if c, err := s.Store.Connection(context.Background(), kind); err == nil && c.APIURL != "" {
			return c.APIURL
		}
	}
	return s.APIURL
}

// ours says whether a token may go to an address: to no host but the API's own.
func (s *Service) ours(kind kwadrans.ConnectionKind, u *url.URL) bool {
	base, err := url.Parse(s.Base(kind))
	return err == nil && u.Scheme == base.Scheme && u.Host == base.Host
}

var zoomHost = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+(zoom\.us|zoomgov\.com)$`)

// apiURL checks the address that Zoom named: https on Zoom's own hosts. Anything
// else is not used.
func (s *Service) apiURL(named string) string {
	u, err := url.Parse(named)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" {
		return ""
	}
	host := strings.ToLower(u.Host)
	if !zoomHost.MatchString(host) {
		return ""
	}
	return "https://" + host + "/v2"
}
