package connect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	_ "time/tzdata"

	"go.uber.org/goleak"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
	"kwadrans/internal/store/sqlite"
	"kwadrans/internal/store/storetest"
	"kwadrans/internal/zoom"
	"kwadrans/internal/zoom/sandbox"
)

func TestMain(m *testing.M) {
	if task := os.Getenv(childEnv); task != "" {
		child(task)
		return
	}
	goleak.VerifyTestMain(m)
}

// noon is where the clocks begin.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

const (
	callToken   = "POST /oauth/token"
	callRefresh = "POST /oauth/token refresh_token"
	callCode    = "POST /oauth/token authorization_code"
	callMe      = "GET /users/{userId}"
	mine        = kwadrans.Personal
)

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

// rig is the act with a real store and a sandbox.
type rig struct {
	*Service
	t     *testing.T
	sb    *sandbox.Server
	w     *sandbox.World
	store *sqlite.Store
	api   *zoom.Client
	log   *lines
	tabs  chan tabPage
	going sync.WaitGroup
	skew  atomic.Int64 // of our clock against Zoom's
	id    string       // client id to sign in with
	asked chan string  // the address that was opened last
}

// tabPage is what the browser's tab shows in the end.
type tabPage struct {
	status int
	header http.Header
	body   string
	err    error
}

func begin(t *testing.T) *rig {
	t.Helper()
	sb := sandbox.Start(t, sandbox.Options{Seed: 5, Now: func() time.Time { return noon }})
	return beginWith(t, sb, t.TempDir())
}

func beginWith(t *testing.T, sb *sandbox.Server, dir string) *rig {
	t.Helper()
	store, err := sqlite.Open(t.Context(), dir, storetest.Sealer("key"))
	if err != nil {
		t.Fatal(err)
	}
	tr := &http.Transport{}
	r := &rig{t: t, sb: sb, w: sb.World, store: store, log: &lines{}, tabs: make(chan tabPage, 20), id: sandbox.ClientID, asked: make(chan string, 20)}
	r.Service = service(store, sb.URL, sb.API, dir, tr, func() time.Time { return r.w.Now().Add(time.Duration(r.skew.Load())) })
	r.Log = slog.New(slog.NewJSONHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	r.ClientID = func(context.Context, kwadrans.ConnectionKind) (string, error) { return r.id, nil }
	r.Open = func(address string) error {
		r.asked <- address
		r.going.Go(func() { r.tabs <- browse(address) })
		return nil
	}
	r.api = client(r.Service)
	r.Identity = r.api
	t.Cleanup(func() {
		r.going.Wait()
		r.Wait()
		tr.CloseIdleConnections()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
		r.noSecrets(dir)
	})
	return r
}

// service is the act as app/house ties it.
func service(store Store, oauth, api, dir string, tr *http.Transport, now func() time.Time) *Service {
	return &Service{
		Store: store, OAuthURL: oauth, APIURL: api, UserAPI: true, Dir: dir, HTTP: &http.Client{Transport: tr},
		ClientID: func(context.Context, kwadrans.ConnectionKind) (string, error) { return sandbox.ClientID, nil },
		Words:    func(l kwadrans.Lang, key string) string { return lang.T(l, key) },
		Now:      now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
}

func client(s *Service) *zoom.Client {
	return &zoom.Client{HTTP: &http.Client{Transport: s.Transport(mine)}, Base: func() string { return s.Base(mine) }, AnyHost: true, Now: s.Now, Log: s.Log}
}

// noSecrets looks for tokens and codes in the log and in every file.
func (r *rig) noSecrets(dir string) {
	if strings.Contains(r.log.String(), sandbox.Canary) {
		r.t.Errorf("a secret stands in the log:\n%s", r.log)
	}
	names, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, name := range names {
		if b, err := os.ReadFile(name); err == nil && bytes.Contains(b, []byte(sandbox.Canary)) {
			r.t.Errorf("a secret stands in %s", filepath.Base(name))
		}
	}
}

// browse opens an address as a browser does, and follows where it leads.
func browse(address string) tabPage {
	tr := &http.Transport{DisableKeepAlives: true}
	resp, err := (&http.Client{Transport: tr}).Get(address)
	if err != nil {
		return tabPage{err: err}
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return tabPage{resp.StatusCode, resp.Header, string(b), err}
}

// connect signs in and expects that to work.
func (r *rig) connect() Result {
	r.t.Helper()
	res, err := r.Connect(r.t.Context(), mine, Options{Lang: "en"})
	if err != nil {
		r.t.Fatal(err)
	}
	<-r.tabs
	return res
}

// fails checks the code of an error, and that its text has no secret.
func (r *rig) fails(err error, code kwadrans.Code) {
	r.t.Helper()
	if kwadrans.CodeOf(err) != code || err == nil {
		r.t.Errorf("got %v (%s), want %s", err, kwadrans.CodeOf(err), code)
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		if text := fmt.Sprintf("%v %+v %#v", e, e, e); strings.Contains(text, sandbox.Canary) {
			r.t.Errorf("the error tells a secret: %s", text)
		}
	}
}

func (r *rig) state() kwadrans.ConnectionState {
	r.t.Helper()
	c, err := r.store.Connection(r.t.Context(), mine)
	if err != nil {
		r.t.Fatal(err)
	}
	return c.State
}

func (r *rig) paused() kwadrans.Code {
	r.t.Helper()
	list, err := r.store.Pauses(r.t.Context(), r.Now())
	if err != nil {
		r.t.Fatal(err)
	}
	for _, p := range list {
		if p.Lane == kwadrans.LaneZoom && p.Until.Equal(kwadrans.Forever) {
			return p.Code
		}
	}
	return ""
}

// count says how many requests of a rule came.
func (r *rig) count(rule string) (n int) {
	for _, e := range r.w.Journal() {
		if strings.HasPrefix(e.Rule, rule) {
			n++
		}
	}
	return n
}

// redirectOf is where a sign-in address leads back, and its state.
func redirectOf(t *testing.T, address string) (redirect, state string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query().Get("redirect_uri"), u.Query().Get("state")
}
