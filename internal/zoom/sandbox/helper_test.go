package sandbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	loopback = "http://127.0.0.1:49152/callback"
	verifier = "kwadrans-test-verifier-0123456789-0123456789-01"
)

func s256(v string) string {
	sum := sha256.Sum256([]byte(v))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// noon is where the clocks of the tests stand.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// client speaks raw HTTP with a sandbox and checks every answer's shape.
type client struct {
	t       *testing.T
	s       *Server
	w       *World
	http    *http.Client
	access  string
	refresh string
}

// begin starts a sandbox with a clock that stands at noon.
func begin(t *testing.T) *client { return beginWith(t, t) }

// beginWith lets another TB take the blame of broken rules.
func beginWith(t *testing.T, blame TB) *client {
	t.Helper()
	s := Start(blame, Options{Seed: 7, Now: func() time.Time { return noon }})
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	return &client{t: t, s: s, w: s.World, http: &http.Client{
		Transport: tr, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// connected is begin with a finished sign-in.
func connected(t *testing.T) *client {
	t.Helper()
	c := begin(t)
	c.signIn()
	return c
}

// reply is an answer, read to its end.
type reply struct {
	status int
	header http.Header
	body   string
	err    error
}

func (r reply) json(t *testing.T) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(r.body), &v); err != nil {
		t.Fatalf("%d %q is not JSON: %v", r.status, r.body, err)
	}
	return v
}

func (c *client) send(req *http.Request) reply {
	c.t.Helper()
	resp, err := c.http.Do(req)
	if err != nil {
		return reply{err: err}
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return reply{resp.StatusCode, resp.Header, string(b), err}
}

func (c *client) request(method, address, contentType, body string) *http.Request {
	c.t.Helper()
	req, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	return req
}

// authorizeQuery is a good one; change it as a test needs.
func authorizeQuery() url.Values {
	return url.Values{
		"response_type": {"code"}, "client_id": {ClientID}, "redirect_uri": {loopback}, "state": {"st-1"},
		"code_challenge": {s256(verifier)}, "code_challenge_method": {"S256"},
	}
}

func (c *client) authorize(q url.Values) reply {
	c.t.Helper()
	return c.send(c.request("GET", c.s.URL+"/oauth/authorize?"+q.Encode(), "", ""))
}

// code signs in as far as the redirect.
func (c *client) code(q url.Values) string {
	c.t.Helper()
	r := c.authorize(q)
	u, err := url.Parse(r.header.Get("Location"))
	if r.status != http.StatusFound || err != nil || u.Query().Get("code") == "" {
		c.t.Fatalf("authorize: %d %q %s", r.status, r.header.Get("Location"), r.body)
	}
	return u.Query().Get("code")
}

func codeForm(code string) url.Values {
	return url.Values{"grant_type": {"authorization_code"}, "client_id": {ClientID}, "code": {code}, "redirect_uri": {loopback}, "code_verifier": {verifier}}
}

func refreshForm(token string) url.Values {
	return url.Values{"grant_type": {"refresh_token"}, "client_id": {ClientID}, "refresh_token": {token}}
}

func (c *client) post(path string, form url.Values) reply {
	c.t.Helper()
	r := c.send(c.request("POST", c.s.URL+path, "application/x-www-form-urlencoded", form.Encode()))
	if r.err == nil {
		c.shape("POST "+path, r)
	}
	return r
}

// token posts a token form and keeps the pair of a good answer.
func (c *client) token(form url.Values) reply {
	c.t.Helper()
	r := c.post("/oauth/token", form)
	if r.err == nil && r.status == http.StatusOK {
		v := r.json(c.t)
		c.access, c.refresh = v["access_token"].(string), v["refresh_token"].(string)
	}
	return r
}

func (c *client) signIn() {
	c.t.Helper()
	if r := c.token(codeForm(c.code(authorizeQuery()))); r.status != http.StatusOK {
		c.t.Fatalf("token: %d %s", r.status, r.body)
	}
}

// api makes a REST call; body is JSON text or empty.
func (c *client) api(method, path, body string) reply {
	c.t.Helper()
	contentType := ""
	if body != "" {
		contentType = "application/json"
	}
	req := c.request(method, c.s.API+path, contentType, body)
	req.Header.Set("Authorization", "Bearer "+c.access)
	r := c.send(req)
	if r.err == nil {
		c.shape(method+" "+pattern(method, path), r)
	}
	return r
}

// pattern is the path with its placeholders.
func pattern(method, path string) string {
	path, _, _ = strings.Cut(path, "?")
	for _, o := range operations() {
		if _, ok := match(strings.Split(o.path, "/"), strings.Split(path, "/")); ok && o.method == method {
			return o.path
		}
	}
	return path
}

var shapes = sync.OnceValues(func() (map[string]*jsonschema.Schema, error) {
	b, err := os.ReadFile("testdata/schemas.json")
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	all := map[string]*jsonschema.Schema{}
	for name, raw := range doc.(map[string]any) {
		k := jsonschema.NewCompiler()
		k.AssertFormat()
		if err := k.AddResource("shape.json", raw); err != nil {
			return nil, err
		}
		if all[name], err = k.Compile("shape.json"); err != nil {
			return nil, err
		}
	}
	return all, nil
})

// shape checks an answer against Zoom's own schema, or the error's.
func (c *client) shape(call string, r reply) {
	c.t.Helper()
	if !strings.HasPrefix(r.header.Get("Content-Type"), "application/json") {
		if r.status == http.StatusNoContent && (r.body != "" || r.header.Get("Content-Type") != "") {
			c.t.Errorf("%s: a 204 with %q of %q", call, r.body, r.header.Get("Content-Type"))
		}
		return
	}
	known, err := shapes()
	if err != nil {
		c.t.Fatal(err)
	}
	name := fmt.Sprintf("%s %d", call, r.status)
	switch {
	case r.status/100 == 2:
	case strings.Contains(call, "/oauth/") && (r.status >= 500 || r.status == http.StatusTooManyRequests):
		return // what a fault or a proxy says has no shape
	case strings.Contains(call, "/oauth/"):
		name = "error oauth"
	default:
		name = "error rest"
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(r.body))
	if err != nil {
		return // faults answer broken JSON on purpose
	}
	if known[name] == nil {
		c.t.Fatalf("no shape is known for %s", name)
	}
	if err := known[name].Validate(v); err != nil {
		c.t.Errorf("%s: %v\n%s", call, err, r.body)
	}
}

// fails checks status and code of a REST refusal.
func (r reply) fails(t *testing.T, status, code int) {
	t.Helper()
	var v struct{ Code int }
	_ = json.Unmarshal([]byte(r.body), &v)
	if r.err != nil || r.status != status || v.Code != code {
		t.Errorf("got %d %s (%v), want %d with code %d", r.status, r.body, r.err, status, code)
	}
}

// denies checks a refusal of the sign-in server.
func (r reply) denies(t *testing.T, status int, word string, number float64) {
	t.Helper()
	v := r.json(t)
	got, _ := v["errorCode"].(float64)
	if r.status != status || v["error"] != word || got != number {
		t.Errorf("got %d %s, want %d %s %v", r.status, r.body, status, word, number)
	}
}
