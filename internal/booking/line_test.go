package booking_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"

	"kwadrans/internal/zoom/sandbox"
)

// line leads to a sandbox without a network.
type line struct {
	failer
	world *sandbox.World
	token string

	mu   sync.Mutex
	down error // nothing is sent
	late bool  // the next create is given up, and lands later
	held []parcel
}

// parcel is a request that is still on its way when its sender has given up.
type parcel struct {
	req  *http.Request
	body []byte
}

var errGivenUp = errors.New("the client gave up waiting")

// RoundTrip sends the request, signed.
func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	l.mu.Lock()
	down, late := l.down, l.late && r.Method == http.MethodPost
	if late {
		l.late = false
	}
	l.mu.Unlock()
	if down != nil {
		return nil, down
	}
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.WroteRequest != nil {
		trace.WroteRequest(httptrace.WroteRequestInfo{})
	}
	p := parcel{r, body}
	if late {
		l.mu.Lock()
		l.held = append(l.held, p)
		l.mu.Unlock()
		return nil, errGivenUp
	}
	return l.deliver(p)
}

// land delivers what was held; how many that were.
func (l *line) land() int {
	l.mu.Lock()
	list := l.held
	l.held = nil
	l.mu.Unlock()
	for _, p := range list {
		_, _ = l.deliver(p)
	}
	return len(list)
}

func (l *line) deliver(p parcel) (resp *http.Response, err error) {
	defer func() {
		if recover() != nil { // the server aborts an answer by a panic
			resp, err = nil, io.ErrUnexpectedEOF
		}
	}()
	r := httptest.NewRequest(p.req.Method, p.req.URL.RequestURI(), bytes.NewReader(p.body))
	r.Header = p.req.Header.Clone()
	if l.token != "" {
		r.Header.Set("Authorization", "Bearer "+l.token)
	}
	w := httptest.NewRecorder()
	l.world.ServeHTTP(w, r)
	return w.Result(), nil
}

const verifier = "kwadrans-test-verifier-0123456789-0123456789-01"

// signIn fetches a token (RFC 7636).
func (l *line) signIn() {
	l.Helper()
	sum := sha256.Sum256([]byte(verifier))
	redirect := "http://127.0.0.1:4711/callback"
	ask := url.Values{"response_type": {"code"}, "client_id": {sandbox.ClientID}, "redirect_uri": {redirect}, "state": {"s"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"}}
	resp, err := l.deliver(parcel{req: httptest.NewRequest("GET", "/oauth/authorize?"+ask.Encode(), nil)})
	if err != nil {
		l.Fatalf("%v", err)
	}
	to, err := url.Parse(resp.Header.Get("Location"))
	if err != nil {
		l.Fatalf("%v", err)
	}
	form := url.Values{"grant_type": {"authorization_code"}, "client_id": {sandbox.ClientID}, "code": {to.Query().Get("code")},
		"redirect_uri": {redirect}, "code_verifier": {verifier}}.Encode()
	r := httptest.NewRequest("POST", "/oauth/token", strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var v struct {
		Token string `json:"access_token"`
	}
	if resp, err = l.deliver(parcel{r, []byte(form)}); err == nil {
		err = json.NewDecoder(resp.Body).Decode(&v)
	}
	if err != nil || v.Token == "" {
		l.Fatalf("no token: %v %+v", err, resp)
	}
	l.token = v.Token
}
