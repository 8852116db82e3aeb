// Package connect is the act of connecting Zoom: the sign-in in the system's
// browser, the rotating tokens, what was granted, and Disable.
//
// Kwadrans is a public client (RFC 8252): it has no secret, proves itself with
// PKCE (RFC 7636) and listens on 127.0.0.1 for the answer.
package connect

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"

	"kwadrans/internal/kwadrans"
)

// Store is what the act asks of the data file.
type Store interface {
	Connections
	Vault
	Lanes
}

// Connections keeps what is known of each connection.
type Connections interface {
	Connection(ctx context.Context, kind kwadrans.ConnectionKind) (kwadrans.Connection, error)
	SaveConnection(ctx context.Context, c kwadrans.Connection) error
	// MarkConnection changes the state of the connection whose tokens are of generation gen.
	MarkConnection(ctx context.Context, kind kwadrans.ConnectionKind, gen int64, state kwadrans.ConnectionState, now time.Time) (bool, error)
	TouchConnection(ctx context.Context, kind kwadrans.ConnectionKind, now time.Time) error
}

// Vault keeps the tokens, sealed.
type Vault interface {
	CanSeal(ctx context.Context) error
	Tokens(ctx context.Context, kind kwadrans.ConnectionKind) (kwadrans.Tokens, error)
	TokenGen(ctx context.Context, kind kwadrans.ConnectionKind) (int64, error)
	// SaveTokens keeps next as generation gen+1 if the stored one is gen; it is on the disk when it returns.
	SaveTokens(ctx context.Context, kind kwadrans.ConnectionKind, gen int64, next kwadrans.Tokens) (bool, error)
	ForgetTokens(ctx context.Context, kind kwadrans.ConnectionKind) error
}

// Lanes holds back and lets go the outbox steps that need Zoom.
type Lanes interface {
	PauseLanes(ctx context.Context, prefix string, p kwadrans.Pause) error
	ResumeLanes(ctx context.Context, prefix string) error
}

// Identity tells who the connection acts for.
type Identity interface {
	Me(ctx context.Context) (kwadrans.Account, error)
}

// Service is the act with what it needs.
type Service struct {
	Store        Store
	Identity     Identity // asks through the personal Transport
	TeamIdentity Identity // asks through the team's; nil leaves its account unknown
	ClientID     func(ctx context.Context, kind kwadrans.ConnectionKind) (string, error)
	OAuthURL     string // Zoom's sign-in address without a slash at its end
	APIURL       string // the API's address, ending in /v2
	UserAPI      bool   // the user set APIURL: it beats what Zoom names
	Dir          string // where the locks between processes lie
	HTTP         *http.Client
	Open         func(url string) error                      // shows the sign-in in the system's browser
	Words        func(lang kwadrans.Lang, key string) string // for the browser's tab
	Now          func() time.Time
	Log          *slog.Logger

	flights singleflight.Group
	pending sync.WaitGroup

	signIn   time.Duration // how long a sign-in may take; SignInTime when zero
	unlocked bool          // for a test that shows what the token lock is for
}

// Numbers of the sign-in and the tokens.
const (
	SignInTime  = 5 * time.Minute  // how long a sign-in may take
	refreshTime = 15 * time.Second // how long one refresh may take, with its tries
	lockTime    = 30 * time.Second // how long another process may hold the tokens
	early       = 60 * time.Second // how long before its end an access token is renewed
	keyTime     = 30 * time.Second // how long a lane waits before a locked key is tried again
	maxLife     = 24 * 60 * 60     // how long an access token is believed to live at most, in seconds
)

// Wait returns when no refresh is under way any more. A refresh that was begun
// must end, or its token is lost.
func (s *Service) Wait() { s.pending.Wait() }

func (s *Service) config(clientID, redirect string) *oauth2.Config {
	return &oauth2.Config{
		ClientID: clientID, RedirectURL: redirect,
		Endpoint: oauth2.Endpoint{
			AuthURL: s.OAuthURL + "/oauth/authorize", TokenURL: s.OAuthURL + "/oauth/token",
			AuthStyle: oauth2.AuthStyleInParams, // guessing would try twice and burn the code
		},
	}
}

// plain is the HTTP client for the sign-in server: no redirects, bounded in time.
func (s *Service) plain() *http.Client {
	h := *s.HTTP
	h.Timeout = refreshTime
	h.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &h
}

// connectLock is the name of the lock that a sign-in of a kind holds.
func connectLock(kind kwadrans.ConnectionKind) string { return "connect-" + string(kind) + ".lock" }

// lock takes a lock between processes; it fails with busy when somebody holds it longer than wait.
func (s *Service) lock(ctx context.Context, name string, wait time.Duration, busy error) (*flock.Flock, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	l := flock.New(filepath.Join(s.Dir, name), flock.SetPermissions(0o600))
	ok, err := l.TryLockContext(ctx, 10*time.Millisecond)
	if ok {
		return l, nil
	}
	if err == nil || errors.Is(err, context.DeadlineExceeded) {
		return nil, busy
	}
	return nil, kwadrans.Errorf(kwadrans.CodeInternal, "connect: take %s", name).Because(err)
}
