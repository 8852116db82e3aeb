// Package house ties all rooms together: the one place that knows them all.
package house

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"time"
	_ "time/tzdata" // the zones of the program, not of the machine that it runs on

	"github.com/gofrs/flock"
	"github.com/google/uuid"

	"kwadrans/internal/booking"
	"kwadrans/internal/busy"
	"kwadrans/internal/connect"
	"kwadrans/internal/ical"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
	"kwadrans/internal/mail"
	"kwadrans/internal/outbox"
	"kwadrans/internal/secrets"
	"kwadrans/internal/setup"
	"kwadrans/internal/store/sqlite"
	"kwadrans/internal/zoom"
)

// Version is the program's version, set at build time.
var Version = "0.1.0-dev"

// Config says how a house is opened.
type Config struct {
	Dir        string              // of the data file
	Env        func(string) string // the environment
	Passphrase func(ctx context.Context, confirm bool) (kwadrans.Secret, error)
	Open       func(url string) error // shows a page in the system's browser
	Now        func() time.Time       // nil is the machine's clock
	Tune       Tune
	Timeout    time.Duration // of one call to Zoom; zero is the default
}

// Tune changes the outbox's numbers, for harnesses; nil leaves the defaults.
type Tune = func(*outbox.Outbox)

// House is an open data file with everything that can be done with it.
type House struct {
	Dir     string
	Sandbox bool // the data is of a sandbox or a demo
	Store   *sqlite.Store
	Vault   *secrets.Vault
	Connect *connect.Service
	Zoom    *zoom.Client
	Busy    *busy.Reader
	Keeper  *busy.Keeper
	Booking *booking.Service
	Setup   *setup.Service
	Outbox  *outbox.Outbox
	Letters *mail.Composer
	Post    *mail.Post
	Now     func() time.Time
	Log     *slog.Logger

	nudged   chan struct{}
	env      func(string) string
	open     *flock.Flock // held shared while the file is in use
	closeLog func() error
}

// Open opens the data file of a directory and ties the rooms together. Errors
// are those of sqlite.Open, CodeInvalid for an address or a setting that cannot
// be used, and CodeBusyFile while a backup is being restored. Of a restored file
// the sweep is planned before anybody can work on it.
func Open(ctx context.Context, c Config) (open *House, err error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	where, err := readAddresses(c.Env)
	if err != nil {
		return nil, err
	}
	h := &House{Dir: c.Dir, Sandbox: exists(filepath.Join(c.Dir, sandboxKey)), Now: c.Now, env: c.Env, nudged: make(chan struct{}, 1)}
	if h.Sandbox && !where.onlyHere() {
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "house: %s is the data of a sandbox, and Zoom's real address is set", c.Dir).
			WithHint("name another directory with --data, or start the sandbox with: kwadrans sandbox")
	}
	if err := h.enter(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = h.Close()
		}
	}()
	if h.Vault, err = h.vault(c); err != nil {
		return nil, err
	}
	if h.Store, err = sqlite.Open(ctx, c.Dir, h.Vault); err != nil {
		return nil, err
	}
	h.Vault.Notes = h.Store
	install, err := h.Store.InstallID(ctx)
	if err != nil {
		return nil, err
	}
	h.tie(c, where, install)
	if err := h.settleRestored(ctx); err != nil {
		return nil, err
	}
	return h, nil
}

// tie fills in what each room asks for.
func (h *House) tie(c Config, where addresses, install string) {
	h.Connect = &connect.Service{
		Store: h.Store, ClientID: h.ClientID, OAuthURL: where.oauth, APIURL: where.api, UserAPI: where.apiSet,
		Dir: h.Dir, HTTP: &http.Client{Transport: transport()}, Open: c.Open, Words: words, Now: h.Now, Log: h.Log,
	}
	h.Zoom = &zoom.Client{
		HTTP:    &http.Client{Transport: h.Connect.Transport(kwadrans.Personal)},
		Base:    func() string { return h.Connect.Base(kwadrans.Personal) },
		AnyHost: where.own(), Timeout: c.Timeout, Now: h.Now, Log: h.Log,
	}
	h.Connect.Identity = h.Zoom
	h.Keeper = h.keeper()
	h.Busy = &busy.Reader{Own: h.Store, Zoom: h.Zoom, Keeper: h.Keeper, Now: h.Now}
	h.Letters = &mail.Composer{Page: ical.Page, AnyHost: where.own(), Version: Version}
	h.Post = &mail.Post{Log: h.Log}
	h.Setup = &setup.Service{Store: h.Store, Connections: h.Store, Sources: h.Keeper, Now: h.Now}
	h.Booking = &booking.Service{
		Store: h.Store, Busy: h.Busy, Zoom: h.Zoom, Connections: h.Store, Marker: h.Vault, Composer: h.Letters, Post: h.Post,
		Shelf: h.caldav(), Pages: entries{},
		Install: install, NewID: newID, Now: h.Now, Log: h.Log,
	}
	h.Outbox = &outbox.Outbox{
		Store: h.Store, Now: h.Now, Log: h.Log,
		Targets: map[string]outbox.Target{
			"zoom": booking.MeetingTarget{Service: h.Booking}, "letter": booking.LetterTarget{Service: h.Booking}, "calendar": booking.EventTarget{Service: h.Booking},
		},
		Settle: outbox.DefaultSettle, Lease: outbox.DefaultLease, Grace: outbox.DefaultGrace, First: outbox.DefaultFirst,
		Longest: outbox.DefaultLongest, Tries: outbox.DefaultTries, Poll: outbox.DefaultPoll, Workers: outbox.DefaultWorkers,
	}
	if c.Tune != nil {
		c.Tune(h.Outbox)
	}
}

// Close waits for a renewal of the sign-in that is under way and closes the file.
func (h *House) Close() error {
	var list []error
	if h.Connect != nil {
		h.Connect.Wait()
	}
	if h.Keeper != nil {
		h.Keeper.Close()
	}
	if h.Store != nil {
		list = append(list, h.Store.Close())
	}
	if h.open != nil {
		list = append(list, h.open.Unlock())
	}
	if h.closeLog != nil {
		list = append(list, h.closeLog())
	}
	return errors.Join(list...)
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func words(l kwadrans.Lang, key string) string { return lang.T(l, key) }

// transport is the way to Zoom. Connections are kept for a minute, so that one
// which died in the computer's sleep is not used.
func transport() http.RoundTripper {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment, DialContext: dialer.DialContext, ForceAttemptHTTP2: true,
		TLSHandshakeTimeout: 10 * time.Second, IdleConnTimeout: time.Minute, MaxIdleConnsPerHost: 4,
	}
}
