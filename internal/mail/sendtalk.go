package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/textproto"
	"slices"
	"strconv"
	"strings"

	"github.com/wneessen/go-mail/smtp"

	"kwadrans/internal/kwadrans"
)

// helloName is how we introduce ourselves: an address literal, for a computer
// without a name of its own (RFC 5321 §4.1.4); the real one is nobody's business.
const helloName = "[127.0.0.1]"

// stage is a part of a conversation; what a failure means depends on it.
type stage int

const (
	stageDial stage = iota
	stageTLS
	stageGreet
	stageHello
	stageAuth
	stageFrom
	stageTo
	stageData
	stageDot // the letter is out in full; only the reply is missing
)

func (s stage) String() string {
	return [...]string{"dial", "tls", "greeting", "hello", "login", "sender", "recipient", "letter", "reply"}[s]
}

// talk is one conversation with a mail server.
type talk struct {
	account kwadrans.MailAccount
	own     bool
	post    *Post
	raw     *bounded
	conf    *tls.Config
	client  *smtp.Client
	release func() bool // stops watching the context
	login   string      // the mechanism used
	polite  bool        // the server refused something and waits for more
}

// open connects, encrypts and logs in.
func (p *Post) open(ctx context.Context, a kwadrans.MailAccount) (*talk, error) {
	t := &talk{account: a, post: p, conf: &tls.Config{ServerName: a.Host, RootCAs: p.Roots, MinVersion: tls.VersionTLS12}}
	if err := t.dial(ctx); err != nil {
		return nil, err
	}
	t.release = context.AfterFunc(ctx, func() { _ = t.raw.Close() })
	for _, step := range []func(context.Context) error{t.greet, t.encrypt, t.authenticate} {
		if err := step(ctx); err != nil {
			t.close()
			return nil, err
		}
	}
	return t, nil
}

// dial connects. Without encryption only this computer will do, whatever a name
// says that it is.
func (t *talk) dial(ctx context.Context) error {
	a := t.account
	dialer := net.Dialer{Timeout: t.post.timeout()}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(a.Host, strconv.Itoa(a.Port)))
	if err != nil {
		return t.fault(ctx, stageDial, err)
	}
	t.raw = &bounded{Conn: conn, left: mostRead}
	if a.TLS != kwadrans.TLSNone && a.TLS != kwadrans.TLSStart && a.TLS != kwadrans.TLSImplicit || a.TLS == kwadrans.TLSNone && !loopback(conn) {
		_ = conn.Close()
		return &kwadrans.Fault{Code: kwadrans.CodeMailTLS, PauseLane: true, Until: kwadrans.Forever, Words: saidUnprotected}
	}
	return nil
}

func loopback(c net.Conn) bool {
	addr, ok := c.RemoteAddr().(*net.TCPAddr)
	return ok && addr.IP.IsLoopback()
}

// greet reads the greeting, encrypted first where TLS is implicit (RFC 8314 §3.3).
func (t *talk) greet(ctx context.Context) error {
	var conn net.Conn = t.raw
	if t.account.TLS == kwadrans.TLSImplicit {
		tc := tls.Client(t.raw, t.conf)
		if err := t.at(ctx, stageTLS, func() error { return tc.HandshakeContext(ctx) }); err != nil {
			return err
		}
		conn = tc
	}
	err := t.at(ctx, stageGreet, func() (err error) {
		t.client, err = smtp.NewClient(conn, t.account.Host)
		return err
	})
	if err != nil {
		return err
	}
	t.client.SkipSMTPUTF8(true)
	return t.at(ctx, stageHello, func() error { return t.client.Hello(helloName) })
}

// encrypt upgrades the connection (RFC 3207). A server that does not offer it is
// left: whoever takes the offer away must not get to read the password.
func (t *talk) encrypt(ctx context.Context) error {
	if t.account.TLS != kwadrans.TLSStart {
		return nil
	}
	if ok, _ := t.client.Extension("STARTTLS"); !ok {
		return t.fault(ctx, stageTLS, errors.New(saidNoStartTLS))
	}
	return t.at(ctx, stageTLS, func() error { return t.client.StartTLS(t.conf) })
}

// authenticate logs in when the account has a user (RFC 4954). PLAIN and LOGIN
// show the password, so they go over TLS, or stay on this computer.
func (t *talk) authenticate(ctx context.Context) error {
	a := t.account
	if a.User == "" {
		return nil
	}
	_, offer := t.client.Extension("AUTH")
	offered := strings.Fields(strings.ToUpper(offer))
	here := a.TLS == kwadrans.TLSNone
	var auth smtp.Auth
	switch {
	case slices.Contains(offered, "PLAIN"):
		t.login, auth = "PLAIN", smtp.PlainAuth("", a.User, a.Password.Reveal(), a.Host, here)
	case slices.Contains(offered, "LOGIN"):
		t.login, auth = "LOGIN", smtp.LoginAuth(a.User, a.Password.Reveal(), a.Host, here)
	case len(offered) > 0:
		return t.fault(ctx, stageAuth, errors.New(saidOtherLogin+strings.Join(offered, " ")))
	default:
		return t.fault(ctx, stageAuth, errors.New(saidNoLogin))
	}
	return t.at(ctx, stageAuth, func() error { return t.client.Auth(auth) })
}

// deliver sends one letter to one recipient.
func (t *talk) deliver(ctx context.Context, w wire) error {
	t.own = w.own
	if w.utf8 {
		if ok, _ := t.client.Extension("SMTPUTF8"); !ok {
			return &kwadrans.Fault{Permanent: true, Code: kwadrans.CodeMailRefused, Words: saidNoUTF8}
		}
		t.client.SkipSMTPUTF8(false)
	}
	if err := t.at(ctx, stageFrom, func() error { return t.client.Mail("<" + w.from + ">") }); err != nil {
		return err
	}
	if err := t.at(ctx, stageTo, func() error { return t.client.Rcpt("<" + w.to + ">") }); err != nil {
		return err
	}
	var dot io.WriteCloser
	err := t.at(ctx, stageData, func() (err error) {
		if dot, err = t.client.Data(); err != nil {
			return err
		}
		_, err = dot.Write(w.body)
		return err
	})
	if err != nil {
		return err
	}
	return t.at(ctx, stageDot, func() error { return taken(dot.Close()) })
}

// taken lets any 2xx pass: the client insists on 250.
func taken(err error) error {
	var reply *textproto.Error
	if errors.As(err, &reply) && reply.Code/100 == 2 {
		return nil
	}
	return err
}
