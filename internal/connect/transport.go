package connect

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
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
	resp, err := g.send(req, body, t)
	if err != nil || resp.StatusCode != http.StatusUnauthorized || lacksScope(resp) {
		return resp, err
	}
	_ = resp.Body.Close()
	if t, err = g.s.token(req.Context(), g.kind, t.Access); err != nil {
		return nil, fault(err)
	}
	return g.send(req, body, t)
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

// lacksScope says whether a 401 is about permissions: renewing would not help.
func lacksScope(resp *http.Response) bool {
	head, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(head), resp.Body), resp.Body}
	var v struct {
		Code int `json:"code"`
	}
	if err != nil || json.Unmarshal(head, &v) != nil {
		return false
	}
	return v.Code == 4711 || v.Code == 4700 || v.Code == 104
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

// apiURL checks the address that Zoom named: https on Zoom's own hosts. Anything
// else is not used.
func (s *Service) apiURL(named string) string {
	u, err := url.Parse(named)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if !strings.HasSuffix(host, ".zoom.us") && !strings.HasSuffix(host, ".zoomgov.com") {
		return ""
	}
	return "https://" + host + "/v2"
}
