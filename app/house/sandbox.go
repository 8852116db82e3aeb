package house

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/mail/catcher"
	"kwadrans/internal/secrets"
	"kwadrans/internal/zoom/sandbox"
)

// Sandbox is the built-in Zoom look-alike and the letter catcher, running on
// this computer.
type Sandbox struct {
	World *sandbox.World
	Mail  *catcher.Server
	Dir   string // of its data file
	Mails string // where letters are kept as .eml
	URL   string // Zoom's sign-in address here

	zoom *sandbox.Server
}

// StartSandbox starts both and makes dir the data directory of a sandbox, with a
// throw-away key. A directory with other data is refused with CodeInvalid.
func StartSandbox(ctx context.Context, dir, addr string) (*Sandbox, error) {
	if err := sandboxDir(ctx, dir); err != nil {
		return nil, err
	}
	if host, _, err := net.SplitHostPort(addr); err != nil || !loopback(host) {
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "house: the sandbox listens on this computer only, not on %q", addr).WithHint("use --addr 127.0.0.1:0")
	}
	s := &Sandbox{World: sandbox.New(sandbox.Options{Seed: rand.Uint64()}), Dir: dir, Mails: filepath.Join(dir, "letters")}
	s.World.Control(true)
	var err error
	if s.zoom, err = sandbox.Listen(s.World, addr); err != nil {
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "house: the sandbox cannot listen on %s", addr).WithHint("use another port, or 0 for a free one").Because(err)
	}
	if s.Mail, err = catcher.Start(catcher.Options{Dir: s.Mails}); err != nil {
		s.zoom.Close()
		return nil, kwadrans.Errorf(kwadrans.CodeInternal, "house: the letter catcher cannot start").Because(err)
	}
	s.URL = s.zoom.URL
	return s, nil
}

// sandboxDir makes a directory with a throw-away key.
func sandboxDir(ctx context.Context, dir string) error {
	if exists(filepath.Join(dir, sandboxKey)) {
		return nil
	}
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "house: %s holds other data", dir).WithHint("name an empty directory: a sandbox never shares one")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return kwadrans.Errorf(kwadrans.CodeReadOnly, "house: the directory %s cannot be made", dir).Because(err)
	}
	_, err = (&secrets.ThrowAway{Path: filepath.Join(dir, sandboxKey)}).Make(ctx)
	return err
}

// Env is the environment that points the program at the sandbox.
func (s *Sandbox) Env() map[string]string {
	return map[string]string{
		"KWADRANS_DATA": s.Dir, "KWADRANS_ZOOM_OAUTH_URL": s.URL, "KWADRANS_ZOOM_API_URL": s.zoom.API, "KWADRANS_ZOOM_CLIENT_ID": sandbox.ClientID,
	}
}

// Open opens the sandbox's data file. Its mail goes to the letter catcher.
func (s *Sandbox) Open(ctx context.Context, from string, browser func(url string) error) (*House, error) {
	env := s.Env()
	h, err := Open(ctx, Config{Dir: s.Dir, Env: func(name string) string { return env[name] }, Open: browser})
	if err != nil {
		return nil, err
	}
	err = h.Setup.SetMail(ctx, kwadrans.MailAccount{From: from, Host: "127.0.0.1", Port: s.Mail.Port(), TLS: kwadrans.TLSNone})
	if err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

// Close stops both servers.
func (s *Sandbox) Close() error {
	s.zoom.Close()
	return s.Mail.Close()
}

// Ask lets a person decide about each sign-in, on a page in the browser.
func (s *Sandbox) Ask() { s.World.Consent(sandbox.Ask) }
