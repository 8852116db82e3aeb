package connect

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"net"
	"net/http"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"kwadrans/internal/kwadrans"
)

// Options say how a sign-in is shown.
type Options struct {
	Lang     kwadrans.Lang
	Announce func(url string) // is told the sign-in address; may be nil
	Silent   bool             // no browser is opened: the person opens the address
}

// Result is a finished sign-in.
type Result struct {
	Connection   kwadrans.Connection
	OtherAccount bool // another Zoom user or account than before
}

// callbackPath is the path of the registered redirect http://127.0.0.1/callback;
// Zoom ignores only the port (Zoom: loopback redirects).
const callbackPath = "/callback"

// Connect leads a person through the sign-in. Until Zoom has answered with
// tokens nothing changes, so a sign-in that is cancelled, declined or forgotten
// leaves the old connection as it was. Errors: CodeConnecting when another one
// is under way, CodeDeclined, CodeTimeout, CodeOffline, CodeInvalid for a client id that
// Zoom does not take, and the key's codes.
func (s *Service) Connect(ctx context.Context, kind kwadrans.ConnectionKind, o Options) (Result, error) {
	if err := s.Store.CanSeal(ctx); err != nil {
		return Result{}, err
	}
	id, err := s.ClientID(ctx, kind)
	if err != nil {
		return Result{}, err
	}
	lock, err := s.lock(ctx, connectLock(kind), 300*time.Millisecond,
		kwadrans.Errorf(kwadrans.CodeConnecting, "connect: another sign-in is under way").WithHint("finish or close it, then try again"))
	if err != nil {
		return Result{}, err
	}
	defer func() { _ = lock.Unlock() }()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return Result{}, kwadrans.Errorf(kwadrans.CodeInternal, "connect: listen on 127.0.0.1").Because(err)
	}
	f := &flow{
		Service: s, kind: kind, lang: o.Lang, host: listener.Addr().String(), state: random(), verifier: oauth2.GenerateVerifier(),
		finished: make(chan outcome, 1), claimed: make(chan struct{}, 1),
	}
	f.config = s.config(id, "http://"+f.host+callbackPath)
	return f.run(ctx, listener, o)
}

// run serves the redirect until the sign-in has ended one way or another.
func (f *flow) run(ctx context.Context, listener net.Listener, o Options) (Result, error) {
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(f.signIn, SignInTime))
	defer cancel()
	f.ctx = ctx
	server := &http.Server{Handler: f, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 10 * time.Second, MaxHeaderBytes: 16 << 10}
	served := make(chan struct{})
	go func() { defer close(served); _ = server.Serve(listener) }()
	defer func() {
		late, stop := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second) // the tab gets its page
		defer stop()
		if server.Shutdown(late) != nil {
			_ = server.Close()
		}
		<-served
	}()
	address := f.config.AuthCodeURL(f.state, oauth2.S256ChallengeOption(f.verifier))
	if o.Announce != nil {
		o.Announce(address)
	}
	if !o.Silent {
		if err := f.Open(address); err != nil {
			return Result{}, kwadrans.Errorf(kwadrans.CodeInternal, "connect: no browser could be opened").
				WithHint("use --no-browser and open the address yourself").Because(err)
		}
	}
	return f.wait(ctx)
}

// wait returns how the sign-in ended. One whose answer has come before the end
// of ctx is seen through: its code is used up.
func (f *flow) wait(ctx context.Context) (Result, error) {
	select {
	case out := <-f.finished:
		return out.result, out.err
	case <-ctx.Done():
	}
	if !f.claim() {
		out := <-f.finished
		return out.result, out.err
	}
	if ctx.Err() == context.DeadlineExceeded {
		return Result{}, kwadrans.Errorf(kwadrans.CodeTimeout, "connect: nobody signed in within five minutes").WithHint("nothing was changed; press Connect to try again")
	}
	return Result{}, kwadrans.Errorf(kwadrans.CodeDeclined, "connect: the sign-in was cancelled").WithHint("nothing was changed").Because(ctx.Err())
}

// exchange turns the code into tokens and keeps them before they are used.
func (f *flow) exchange(code string) (Result, error) {
	ctx := context.WithoutCancel(f.ctx) // a code that was sent is used up: see it through
	ctx = context.WithValue(ctx, oauth2.HTTPClient, f.plain())
	t, err := f.config.Exchange(ctx, code, oauth2.VerifierOption(f.verifier))
	if err == nil && t.RefreshToken == "" {
		err = errNoRefresh
	}
	if err != nil {
		return Result{}, exchangeError(err)
	}
	old, err := f.Store.Connection(ctx, f.kind)
	if err != nil {
		return Result{}, err
	}
	if err := f.keep(ctx, t); err != nil {
		return Result{}, err
	}
	c, err := f.identify(ctx, f.kind)
	if err != nil {
		f.Log.Warn("connect: signed in, but Zoom does not say who", "err", err)
	}
	other := old.Account.UserID != "" && c.Account.UserID != "" && old.Account.UserID != c.Account.UserID
	return Result{Connection: c, OtherAccount: other}, nil
}

// keep stores a new grant: tokens first, then what they allow. Whose it is has to
// be asked. The waiting Zoom steps go on at once.
func (f *flow) keep(ctx context.Context, t *oauth2.Token) error {
	lock, err := f.tokenLock(ctx, f.kind)
	if err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }()
	next := f.tokens(t, kwadrans.Tokens{})
	for {
		gen, err := f.Store.TokenGen(ctx, f.kind)
		if err != nil {
			return err
		}
		saved, err := f.Store.SaveTokens(ctx, f.kind, gen, next)
		if err != nil {
			return err
		}
		if saved {
			break
		}
	}
	now := f.Now()
	c := kwadrans.Connection{
		Kind: f.kind, State: kwadrans.Connected, ClientID: f.config.ClientID, APIURL: f.apiURL(next.APIURL),
		Granted: strings.Fields(next.Scope), Connected: now, LastUsed: now, Changed: now,
	}
	if len(missing(f.kind, c.Granted)) > 0 {
		c.State = kwadrans.MissingPermissions
	}
	if err := f.Store.SaveConnection(ctx, c); err != nil {
		return err
	}
	return f.Store.ResumeLanes(ctx, kwadrans.LaneZoom)
}

// identify asks Zoom who the connection acts for and keeps the answer, unless
// the connection was ended or replaced meanwhile.
func (s *Service) identify(ctx context.Context, kind kwadrans.ConnectionKind) (kwadrans.Connection, error) {
	before, err := s.Store.Connection(ctx, kind)
	if err != nil {
		return before, err
	}
	account, asked := s.me(ctx, kind)
	if asked != nil {
		c, err := s.Store.Connection(ctx, kind)
		return c, cmp.Or(err, asked)
	}
	lock, err := s.tokenLock(ctx, kind) // everybody who changes a connection holds it
	if err != nil {
		return before, err
	}
	defer func() { _ = lock.Unlock() }()
	c, err := s.Store.Connection(ctx, kind)
	if err != nil || !c.Usable() || !c.Connected.Equal(before.Connected) || c.Account == account {
		return c, err
	}
	c.Account = account
	return c, s.Store.SaveConnection(ctx, c)
}

func (s *Service) me(ctx context.Context, kind kwadrans.ConnectionKind) (kwadrans.Account, error) {
	who := s.Identity
	if kind == kwadrans.Team {
		who = s.TeamIdentity
	}
	if who == nil {
		return kwadrans.Account{}, nil
	}
	return who.Me(ctx)
}

func random() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // crypto/rand never fails
	return base64.RawURLEncoding.EncodeToString(b)
}
