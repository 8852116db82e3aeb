package zoom

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"go.uber.org/goleak"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noon is where the sandbox's clock begins.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

const (
	callCreate = "POST /users/{userId}/meetings"
	callList   = "GET /users/{userId}/meetings"
	callGet    = "GET /meetings/{meetingId}"
	callUpdate = "PATCH /meetings/{meetingId}"
	callDelete = "DELETE /meetings/{meetingId}"
	callMe     = "GET /users/{userId}"
)

// rig is a client that is signed in at a sandbox.
type rig struct {
	*Client
	t   *testing.T
	w   *sandbox.World
	log *lines
}

// lines is a log that can be read while it is written.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// trip is a transport made of a function.
type trip func(*http.Request) (*http.Response, error)

func (f trip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func begin(t *testing.T) *rig {
	t.Helper()
	s := sandbox.Start(t, sandbox.Options{Seed: 11, Now: func() time.Time { return noon }})
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	access := signIn(t, s, tr)
	signed := trip(func(r *http.Request) (*http.Response, error) {
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+access)
		return tr.RoundTrip(r)
	})
	l := &lines{}
	t.Cleanup(func() {
		if strings.Contains(l.String(), sandbox.Canary) {
			t.Errorf("a secret stands in the log:\n%s", l)
		}
	})
	return &rig{t: t, w: s.World, log: l, Client: &Client{
		HTTP: &http.Client{Transport: signed}, Base: func() string { return s.API }, AnyHost: true, Now: s.World.Now,
		Log: slog.New(slog.NewJSONHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}}
}

// signIn takes the short way to an access token.
func signIn(t *testing.T, s *sandbox.Server, tr http.RoundTripper) string {
	t.Helper()
	const verifier, redirect = "kwadrans-test-verifier-0123456789-0123456789-01", "http://127.0.0.1:49152/callback"
	sum := sha256.Sum256([]byte(verifier))
	q := url.Values{"response_type": {"code"}, "client_id": {sandbox.ClientID}, "redirect_uri": {redirect}, "state": {"s"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"}}
	h := &http.Client{Transport: tr, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := h.Get(s.URL + "/oauth/authorize?" + q.Encode())
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	back, err := resp.Location()
	if err != nil {
		t.Fatal(err)
	}
	resp, err = h.PostForm(s.URL+"/oauth/token", url.Values{"grant_type": {"authorization_code"}, "client_id": {sandbox.ClientID},
		"code": {back.Query().Get("code")}, "redirect_uri": {redirect}, "code_verifier": {verifier}})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var v struct {
		Access string `json:"access_token"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&v); err != nil || v.Access == "" {
		t.Fatalf("no token: %v", err)
	}
	return v.Access
}

// over puts a transport in front of the client's.
func (r *rig) over(f func(next http.RoundTripper, req *http.Request) (*http.Response, error)) {
	next := r.HTTP.Transport
	r.HTTP = &http.Client{Transport: trip(func(req *http.Request) (*http.Response, error) { return f(next, req) })}
}

// answered is a client whose server answers by h alone.
func answered(t *testing.T, h http.HandlerFunc) *Client {
	t.Helper()
	s := httptest.NewServer(h)
	tr := &http.Transport{}
	t.Cleanup(func() { tr.CloseIdleConnections(); s.Close() })
	return &Client{HTTP: &http.Client{Transport: tr}, Base: func() string { return s.URL + "/v2" }, AnyHost: true,
		Now: func() time.Time { return noon }, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
}

func plan1() kwadrans.MeetingPlan {
	return kwadrans.MeetingPlan{Topic: "Rozmowa", Agenda: "kwd1 aaaa.bbbb.cccc\nreszta", Start: noon.Add(48 * time.Hour), Duration: 30 * time.Minute, Zone: "Europe/Warsaw"}
}

func faultOf(t *testing.T, err error) *kwadrans.Fault {
	t.Helper()
	var f *kwadrans.Fault
	if !errors.As(err, &f) {
		t.Fatalf("%v (%T) is not a fault", err, err)
	}
	if strings.Contains(f.Error(), sandbox.Canary) || strings.Contains(f.Error(), "http://") {
		t.Errorf("the fault tells too much: %v", f)
	}
	return f
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func days(from string, n int) kwadrans.Span {
	t := at(from + "T00:00:00Z")
	return kwadrans.Span{Start: t, End: t.AddDate(0, 0, n)}
}

func starts(list []kwadrans.Busy) []string {
	var out []string
	for _, b := range list {
		out = append(out, b.Span.Start.UTC().Format(time.RFC3339))
	}
	return out
}
