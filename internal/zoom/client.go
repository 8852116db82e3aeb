// Package zoom speaks with Zoom's REST API on behalf of one connection: it makes,
// moves, deletes and lists meetings and says what is known when a call fails.
//
// It never sees a token: the HTTP client that it is given is authorised already.
// A list that cannot be read whole is an error, never an empty list.
package zoom

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"kwadrans/internal/kwadrans"
)

// DefaultTimeout is how long one call may take.
const DefaultTimeout = 20 * time.Second

// maxAnswer bounds what is read of one answer, in bytes.
const maxAnswer = 10 << 20

// Client makes the calls. Every failure is a *kwadrans.Fault.
type Client struct {
	HTTP    *http.Client  // adds the authorisation; a *kwadrans.Fault from its transport is passed on as it is
	Base    func() string // the API's address, ending in /v2
	AnyHost bool          // join links of any host are taken: only for a sandbox or an address set by the user
	Timeout time.Duration // of one call; DefaultTimeout when zero
	Now     func() time.Time
	Log     *slog.Logger
}

// do makes one call and returns the body of a 2xx answer. out is what the body
// is decoded into; nil for the calls that answer 204 without a body.
func (c *Client) do(ctx context.Context, k call, args []string, query url.Values, in, out any) error {
	ctx, cancel := context.WithTimeout(ctx, or(c.Timeout, DefaultTimeout))
	defer cancel()
	var wrote atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { wrote.Store(true) },
		WroteRequest: func(httptrace.WroteRequestInfo) { wrote.Store(true) },
	})
	req, err := c.request(ctx, k, args, query, in)
	if err != nil {
		return &kwadrans.Fault{Permanent: true, Code: kwadrans.CodeInternal, Err: err}
	}
	h := *c.HTTP
	h.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := h.Do(req)
	if err != nil {
		return k.broken(err, wrote.Load())
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	c.Log.Debug("zoom: call", "call", k.name(), "status", resp.StatusCode, "tracking", resp.Header.Get("x-zm-trackingid"))
	if resp.StatusCode/100 != 2 {
		f := k.refused(resp.StatusCode, resp.Header, body, c.Now())
		c.Log.Warn("zoom: call refused", "call", k.name(), "status", resp.StatusCode, "code", f.Code, "tracking", resp.Header.Get("x-zm-trackingid"))
		return f
	}
	if err == nil && len(body) > maxAnswer {
		err = errors.New("the answer is too long")
	}
	if err == nil {
		err = decode(body, out)
	}
	if err != nil {
		return k.unreadable(err)
	}
	return nil
}

// decode reads a 2xx answer. Where none is expected, Zoom sends nothing or JSON:
// anything else is of somebody in between.
func decode(body []byte, out any) error {
	if out != nil {
		return json.Unmarshal(body, out)
	}
	if len(bytes.TrimSpace(body)) > 0 && !json.Valid(body) {
		return errors.New("an answer that is not Zoom's")
	}
	return nil
}

func (c *Client) request(ctx context.Context, k call, args []string, query url.Values, in any) (*http.Request, error) {
	target := c.Base() + k.path(args)
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	var body io.Reader = http.NoBody
	var n int
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return nil, err
		}
		body, n = io.NopCloser(bytes.NewReader(b)), len(b)
	}
	req, err := http.NewRequestWithContext(ctx, k.Method, target, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
		req.ContentLength = int64(n)
		req.GetBody = nil // the transport must not repeat a call that changes something by itself
	}
	return req, nil
}

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}
