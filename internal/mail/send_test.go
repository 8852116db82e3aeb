package mail

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
	"kwadrans/internal/mail/catcher"
)

const sendPassword = "c4nary-Zażółć-pass"

var sendBody = []byte("From: me@example.com\r\nTo: anna@example.com\r\nSubject: =?utf-8?q?Za=C5=BC?=\r\nMessage-ID: <1@example.com>\r\n\r\n.\r\n..\r\n.hidden\r\nend.\r\n.\r\n")

// peer is a server to talk to.
type peer struct {
	port    int
	roots   *x509.CertPool
	catcher *catcher.Server // nil for a server of another kind
}

// caught starts a catcher that wants our login.
func caught(o catcher.Options) func(*testing.T) peer {
	return func(t *testing.T) peer {
		t.Helper()
		if o.User == "" {
			o.User, o.Password = "me@example.com", sendPassword
		}
		s, err := catcher.Start(o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return peer{s.Port(), s.Roots(), s}
	}
}

func faulty(mode catcher.Mode, faults ...catcher.Fault) func(*testing.T) peer {
	return caught(catcher.Options{TLS: mode, Faults: faults})
}

// spoken starts a server that does with a connection what f does.
func spoken(f func(net.Conn)) func(*testing.T) peer {
	return func(t *testing.T) peer {
		t.Helper()
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = ln.Close() })
		go func() {
			for {
				c, err := ln.Accept()
				if err != nil {
					return
				}
				go func() {
					defer c.Close()
					f(c)
				}()
			}
		}()
		return peer{port: ln.Addr().(*net.TCPAddr).Port}
	}
}

// certified starts a catcher with a certificate that its roots trust.
func certified(mode catcher.Mode, until time.Time, names ...string) func(*testing.T) peer {
	return func(t *testing.T) peer {
		t.Helper()
		cert, roots, err := catcher.SelfSigned(until, names...)
		if err != nil {
			t.Fatal(err)
		}
		p := caught(catcher.Options{TLS: mode, Certificate: &cert})(t)
		p.roots = roots
		return p
	}
}

func untrusting(start func(*testing.T) peer) func(*testing.T) peer {
	return func(t *testing.T) peer {
		p := start(t)
		p.roots = x509.NewCertPool()
		return p
	}
}

func web(t *testing.T) peer {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: http.NotFoundHandler(), ReadHeaderTimeout: time.Minute}
	go func() { _ = s.Serve(ln) }()
	t.Cleanup(func() { _ = s.Close() })
	return peer{port: ln.Addr().(*net.TCPAddr).Port}
}

func closed(t *testing.T) peer {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return peer{port: ln.Addr().(*net.TCPAddr).Port}
}

func sendAccount(p peer, mode kwadrans.MailTLS) kwadrans.MailAccount {
	return kwadrans.MailAccount{From: "me@example.com", Host: "127.0.0.1", Port: p.port, TLS: mode, User: "me@example.com", Password: sendPassword}
}

func sendPost(p peer) *Post {
	return &Post{Roots: p.roots, Timeout: 300 * time.Millisecond, Now: func() time.Time { return sendNow }}
}

var sendNow = time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)

func sendLetter() kwadrans.Envelope {
	return kwadrans.Envelope{From: "me@example.com", To: "anna@example.com", MessageID: "1@example.com", Bytes: sendBody}
}

// never is the pause that only a person ends.
const never = time.Duration(1<<63 - 1)

type outcome struct {
	code      kwadrans.Code
	maybe     bool
	permanent bool
	pause     time.Duration // of the lane; zero for none
	words     string        // part of them
	key       string        // of the explanation
	kept      int           // letters the server has
}

func (o outcome) check(t *testing.T, err error, p peer) {
	t.Helper()
	if p.catcher != nil && len(p.catcher.Letters()) != o.kept {
		t.Errorf("the server has %d letters, want %d", len(p.catcher.Letters()), o.kept)
	}
	var f *kwadrans.Fault
	if o.code == "" {
		if err != nil {
			t.Errorf("not sent: %v", err)
		}
		return
	}
	if !errors.As(err, &f) {
		t.Fatalf("got %v, want a fault", err)
	}
	pause := f.Until.Sub(sendNow)
	if f.Until.Equal(kwadrans.Forever) {
		pause = never
	}
	if !f.PauseLane {
		pause = 0
	}
	if f.Code != o.code || (f.Outcome == kwadrans.MaybeExecuted) != o.maybe || f.Permanent != o.permanent || pause != o.pause {
		t.Errorf("got %s maybe=%v permanent=%v pause=%v (%v), want %+v", f.Code, f.Outcome == kwadrans.MaybeExecuted, f.Permanent, pause, f, o)
	}
	if !strings.Contains(f.Words, o.words) || f.Words == "" {
		t.Errorf("words are %q, want %q in them", f.Words, o.words)
	}
	if key := Explain(f.Code, f.Words); o.key != "" && key != "mail.explain."+o.key {
		t.Errorf("explained by %s, want %s (%q)", key, o.key, f.Words)
	}
	if strings.Contains(fmt.Sprintf("%v %+v %#v", err, f, f), sendPassword) {
		t.Error("the password is in the fault")
	}
}

// TestSend is the matrix of what is known after each failure.
func TestSend(t *testing.T) {
	reply := func(at catcher.Stage, code int, enhanced [3]int, text string) catcher.Fault {
		return catcher.Fault{At: at, Code: code, Enhanced: enhanced, Text: text}
	}
	act := func(at catcher.Stage, a catcher.Act) catcher.Fault { return catcher.Fault{At: at, Act: a} }
	const none, start, implicit = kwadrans.TLSNone, kwadrans.TLSStart, kwadrans.TLSImplicit
	const later, refused = kwadrans.CodeMailLater, kwadrans.CodeMailRefused
	const offline, badTLS, badLogin = kwadrans.CodeOffline, kwadrans.CodeMailTLS, kwadrans.CodeMailAuth
	for _, row := range []struct {
		name  string
		serve func(*testing.T) peer
		mode  kwadrans.MailTLS
		want  outcome
	}{
		{"plain on this computer", faulty(catcher.Plain), none, outcome{kept: 1}},
		{"starttls", faulty(catcher.StartTLS), start, outcome{kept: 1}},
		{"implicit", faulty(catcher.Implicit), implicit, outcome{kept: 1}},
		{"login only", caught(catcher.Options{TLS: catcher.Implicit, Mechanisms: []string{"LOGIN"}}), implicit, outcome{kept: 1}},

		{"untrusted, starttls", untrusting(faulty(catcher.StartTLS)), start, outcome{code: badTLS, pause: pauseTLS, words: saidCertificate, key: "certificate"}},
		{"untrusted, implicit", untrusting(faulty(catcher.Implicit)), implicit, outcome{code: badTLS, pause: pauseTLS, words: saidCertificate, key: "certificate"}},
		{"another name", certified(catcher.StartTLS, time.Now().AddDate(0, 1, 0), "mail.example.org"), start, outcome{code: badTLS, pause: pauseTLS, words: saidCertificateName, key: "certificate-name"}},
		{"out of date", certified(catcher.Implicit, time.Now().AddDate(0, -1, 0), "127.0.0.1"), implicit, outcome{code: badTLS, pause: pauseTLS, words: saidCertificateDate, key: "certificate-date"}},
		{"starttls stripped", faulty(catcher.Plain), start, outcome{code: badTLS, pause: pauseTLS, words: saidNoStartTLS, key: "no-tls"}},
		{"implicit at a starttls port", faulty(catcher.StartTLS), implicit, outcome{code: badTLS, pause: pauseTLS, words: saidNotTLS, key: "wrong-mode"}},
		{"starttls at an implicit port", faulty(catcher.Implicit), start, outcome{code: offline, pause: pauseOffline, words: saidNoGreeting, key: "wrong-mode"}},
		{"tls alert for a greeting", spoken(func(c net.Conn) { _, _ = io.WriteString(c, "\x15\x03\x01\x00\x02\x02\x28\r\n") }), start, outcome{code: badTLS, pause: pauseTLS, words: saidTLSInstead, key: "wrong-mode"}},
		{"web server, implicit", web, implicit, outcome{code: badTLS, pause: pauseTLS, words: saidNotTLS, key: "wrong-mode"}},
		{"web server, starttls", web, start, outcome{code: offline, pause: pauseOffline, words: saidNoGreeting, key: "wrong-mode"}},
		{"wants tls first", faulty(catcher.Plain, reply(catcher.AtMail, 530, [3]int{5, 7, 0}, "Must issue a STARTTLS command first")), none, outcome{code: badTLS, pause: pauseTLS, words: "530 5.7.0 Must", key: "tls-needed"}},

		{"garbage greeting", spoken(func(c net.Conn) { _, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n") }), start, outcome{code: offline, pause: pauseOffline, words: "not a mail server: HTTP/1.1 400", key: "not-mail"}},
		{"endless greeting", spoken(func(c net.Conn) {
			for {
				if _, err := io.WriteString(c, strings.Repeat("220-and so on\r\n", 1000)); err != nil {
					return
				}
			}
		}), start, outcome{code: offline, pause: pauseOffline, words: "too much", key: "offline"}},
		{"never greets", faulty(catcher.Plain, act(catcher.AtGreeting, catcher.Hang)), none, outcome{code: offline, pause: pauseOffline, words: saidNoGreeting}},
		{"cut greeting", faulty(catcher.Plain, act(catcher.AtGreeting, catcher.Drop)), none, outcome{code: offline, pause: pauseOffline, words: saidCut, key: "offline"}},
		{"nobody listens", closed, start, outcome{code: offline, pause: pauseOffline, words: saidRefused, key: "wrong-port"}},
		{"421 for a greeting", faulty(catcher.Plain, reply(catcher.AtGreeting, 421, [3]int{}, "4.7.0 Too many connections")), none, outcome{code: later, pause: pauseLater, words: "421 4.7.0 Too many", key: "too-many"}},
		{"554 for a greeting", faulty(catcher.Plain, reply(catcher.AtGreeting, 554, [3]int{}, "5.7.1 Your network is on a blacklist")), none, outcome{code: refused, pause: pauseLimit, words: "554 5.7.1", key: "spam"}},

		{"535", caught(catcher.Options{User: "me@example.com", Password: "other"}), none, outcome{code: badLogin, pause: never, words: "535 5.7.8", key: "password"}},
		{"535 over LOGIN", caught(catcher.Options{User: "me@example.com", Password: "other", Mechanisms: []string{"LOGIN"}}), none, outcome{code: badLogin, pause: never, words: "535 5.7.8", key: "password"}},
		{"gmail", faulty(catcher.Implicit, reply(catcher.AtAuth, 534, [3]int{}, "5.7.9 Application-specific password required. For more information, go to\n5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor x - gsmtp")), implicit, outcome{code: badLogin, pause: never, words: "534 5.7.9 Application-specific password required. For more information, go to https", key: "google-password"}},
		{"gmail, own password", faulty(catcher.Implicit, reply(catcher.AtAuth, 535, [3]int{5, 7, 8}, "Username and Password not accepted - gsmtp")), implicit, outcome{code: badLogin, pause: never, key: "google-password"}},
		{"microsoft", faulty(catcher.StartTLS, reply(catcher.AtAuth, 535, [3]int{5, 7, 139}, "Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.")), start, outcome{code: badLogin, pause: never, words: "5.7.139", key: "microsoft-basic"}},
		{"too many logins", faulty(catcher.Plain, reply(catcher.AtAuth, 454, [3]int{4, 7, 0}, "Too many login attempts")), none, outcome{code: later, pause: pauseLogin, key: "too-many"}},
		{"token logins only", caught(catcher.Options{Mechanisms: []string{"XOAUTH2"}}), none, outcome{code: badLogin, pause: never, words: "XOAUTH2", key: "other-login"}},
		{"no login offered", caught(catcher.Options{Mechanisms: []string{}}), none, outcome{code: badLogin, pause: never, words: saidNoLogin, key: "no-login"}},
		{"cut login", faulty(catcher.Plain, act(catcher.AtAuth, catcher.Drop)), none, outcome{code: offline, pause: pauseOffline, words: saidCut}},

		{"sender refused", faulty(catcher.Plain, reply(catcher.AtMail, 553, [3]int{5, 7, 1}, "Sender address rejected: not owned by user")), none, outcome{code: refused, pause: never, words: "553 5.7.1", key: "sender"}},
		{"sender later", faulty(catcher.Plain, reply(catcher.AtMail, 451, [3]int{4, 3, 0}, "not now")), none, outcome{code: later, pause: pauseLater, key: "later"}},
		{"cut sender", faulty(catcher.Plain, act(catcher.AtMail, catcher.Drop)), none, outcome{code: offline, words: saidCut, key: "offline"}},
		{"refused recipient", faulty(catcher.Plain, reply(catcher.AtRcpt, 550, [3]int{5, 1, 1}, "User unknown")), none, outcome{code: refused, permanent: true, words: "550 5.1.1 User unknown", key: "no-mailbox"}},
		{"relay denied", faulty(catcher.Plain, reply(catcher.AtRcpt, 550, [3]int{5, 7, 1}, "Unable to relay")), none, outcome{code: refused, permanent: true, key: "relay"}},
		{"451", faulty(catcher.Plain, reply(catcher.AtRcpt, 451, [3]int{4, 7, 1}, "Try again later")), none, outcome{code: later, words: "451 4.7.1", key: "greylist"}},
		{"greylisted", faulty(catcher.Plain, reply(catcher.AtRcpt, 450, [3]int{4, 2, 0}, "Recipient address rejected: Greylisted")), none, outcome{code: later, key: "greylist"}},
		{"mailbox full", faulty(catcher.Plain, reply(catcher.AtRcpt, 452, [3]int{4, 2, 2}, "The email account is over quota")), none, outcome{code: later, key: "mailbox-full"}},
		{"system full", faulty(catcher.Plain, reply(catcher.AtRcpt, 452, [3]int{4, 3, 1}, "Insufficient system storage")), none, outcome{code: later, pause: pauseLater, key: "too-many"}},
		{"cut recipient", faulty(catcher.Plain, act(catcher.AtRcpt, catcher.Drop)), none, outcome{code: offline, words: saidCut}},
		{"silent recipient", faulty(catcher.Plain, act(catcher.AtRcpt, catcher.Hang)), none, outcome{code: offline, words: saidNoAnswer}},

		{"550 after the dot", faulty(catcher.Plain, reply(catcher.AtDot, 550, [3]int{5, 7, 26}, "Unauthenticated email is not accepted")), none, outcome{code: refused, permanent: true, key: "spam"}},
		{"451 after the dot", faulty(catcher.Plain, reply(catcher.AtDot, 451, [3]int{4, 3, 0}, "not now")), none, outcome{code: later}},
		{"421 after the dot", faulty(catcher.Plain, reply(catcher.AtDot, 421, [3]int{4, 3, 2}, "going down")), none, outcome{code: later, pause: pauseLater}},
		{"day's limit", faulty(catcher.Plain, reply(catcher.AtDot, 550, [3]int{5, 4, 5}, "Daily user sending limit exceeded")), none, outcome{code: later, pause: pauseLimit, key: "limit"}},
		{"send as denied", faulty(catcher.Plain, reply(catcher.AtDot, 550, [3]int{5, 7, 60}, "Client does not have permissions to send as this sender")), none, outcome{code: refused, pause: never, key: "sender"}},
		{"too big", caught(catcher.Options{MaxBytes: 50}), none, outcome{code: refused, permanent: true, words: "552 5.3.4", key: "too-big"}},
		{"another 2xx", faulty(catcher.Plain, reply(catcher.AtDot, 252, [3]int{2, 0, 0}, "taken")), none, outcome{}},

		{"cut before the reply", faulty(catcher.Implicit, act(catcher.AtDot, catcher.Drop)), implicit, outcome{code: offline, maybe: true, words: saidNoReply, key: "no-reply"}},
		{"cut after it was kept", faulty(catcher.StartTLS, act(catcher.AtDot, catcher.DropKept)), start, outcome{code: offline, maybe: true, words: saidNoReply, key: "no-reply", kept: 1}},
		{"silent after the dot", faulty(catcher.Plain, act(catcher.AtDot, catcher.Hang)), none, outcome{code: offline, maybe: true, words: saidNoReply, key: "no-reply"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			t.Run("", func(t *testing.T) { // its clean-up runs before the look for leaks
				p := row.serve(t)
				err := sendPost(p).Send(t.Context(), sendAccount(p, row.mode), sendLetter())
				row.want.check(t, err, p)
				if p.catcher == nil {
					return
				}
				for _, l := range p.catcher.Letters() {
					if !bytes.Equal(l.Bytes, sendBody) || len(l.To) != 1 || l.To[0] != "anna@example.com" || l.From != "me@example.com" || l.UTF8 || l.User != "me@example.com" {
						t.Errorf("another letter came: %+v", l)
					}
				}
				if row.want.code == badTLS && p.catcher.Logins() > 0 && row.name != "wants tls first" {
					t.Error("the password went out without trust")
				}
			})
		})
	}
}

// A letter of unknown fate is sent again to the letter.
func TestSendAgainIsIdentical(t *testing.T) {
	p := faulty(catcher.StartTLS, catcher.Fault{At: catcher.AtDot, Act: catcher.DropKept, Times: 1}, catcher.Fault{At: catcher.AtRcpt, Code: 451, Text: "later", Times: 1})(t)
	post, a := sendPost(p), sendAccount(p, kwadrans.TLSStart)
	for _, want := range []outcome{{code: kwadrans.CodeMailLater}, {code: kwadrans.CodeOffline, maybe: true, kept: 1}, {kept: 2}} {
		want.check(t, post.Send(t.Context(), a, sendLetter()), p)
	}
	l := p.catcher.Letters()
	if !bytes.Equal(l[0].Bytes, l[1].Bytes) || l[1].MessageID != "1@example.com" || l[1].Subject != "Zaż" {
		t.Errorf("the letters differ: %+v", l)
	}
}

// The letters of an account that was replaced must not hold the others back.
func TestSendOldSenderRefusedStopsOnlyItsLetter(t *testing.T) {
	p := faulty(catcher.Plain, catcher.Fault{At: catcher.AtMail, Code: 553, Text: "not yours"})(t)
	e := sendLetter()
	e.From = "old@example.com"
	err := sendPost(p).Send(t.Context(), sendAccount(p, kwadrans.TLSNone), e)
	outcome{code: kwadrans.CodeMailRefused, permanent: true, words: "553 not yours"}.check(t, err, p)
}

// Without a user there is no login, and a server that wants one says so.
func TestSendWithoutUser(t *testing.T) {
	p := faulty(catcher.Plain)(t)
	a := sendAccount(p, kwadrans.TLSNone)
	a.User = ""
	err := sendPost(p).Send(t.Context(), a, sendLetter())
	outcome{code: kwadrans.CodeMailAuth, pause: never, words: "530 5.7.0", key: "login-needed"}.check(t, err, p)
}

// Plain text leaves this computer for nobody, even where the account says so.
func TestSendPlainOnlyToThisComputer(t *testing.T) {
	host := otherAddress(t)
	s, err := catcher.Start(catcher.Options{Addr: net.JoinHostPort(host, "0"), User: "me@example.com", Password: sendPassword})
	if err != nil {
		t.Skip("no address beside loopback can be used: ", err)
	}
	defer s.Close()
	p := peer{port: s.Port(), catcher: s}
	for _, mode := range []kwadrans.MailTLS{kwadrans.TLSNone, "", "ssl"} {
		a := sendAccount(p, mode)
		a.Host = host
		err = sendPost(p).Send(t.Context(), a, sendLetter())
		outcome{code: kwadrans.CodeMailTLS, pause: never, words: saidUnprotected, key: "no-tls"}.check(t, err, p)
	}
	if s.Logins() != 0 {
		t.Error("the password went out in the clear")
	}
}

func otherAddress(t *testing.T) string {
	t.Helper()
	list, err := net.InterfaceAddrs()
	if err != nil {
		t.Skip(err)
	}
	for _, a := range list {
		if n, ok := a.(*net.IPNet); ok && !n.IP.IsLoopback() && n.IP.To4() != nil {
			return n.IP.String()
		}
	}
	t.Skip("this computer has no address beside loopback")
	return ""
}

// Being stopped says nothing about the server: the lane goes on after a restart.
func TestSendStopped(t *testing.T) {
	arrived := make(chan struct{})
	p := spoken(func(c net.Conn) {
		close(arrived)
		_, _ = io.Copy(io.Discard, c)
	})(t)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-arrived
		cancel()
	}()
	post := sendPost(p)
	post.Timeout = time.Minute
	err := post.Send(ctx, sendAccount(p, kwadrans.TLSStart), sendLetter())
	outcome{code: kwadrans.CodeOffline}.check(t, err, p)
}

func TestExplainKeysHaveWords(t *testing.T) {
	for _, s := range signs {
		if !lang.Has(s.key) {
			t.Error("nobody wrote ", s.key)
		}
	}
	for _, p := range Providers() {
		if p.Note != "" && !lang.Has(p.Note) {
			t.Error("nobody wrote ", p.Note)
		}
	}
	if Explain(kwadrans.CodeZoomLimit, "429") != "" {
		t.Error("Zoom's limit is no matter of mail")
	}
}

func TestCheck(t *testing.T) {
	for _, row := range []struct {
		mode  catcher.Mode
		tls   kwadrans.MailTLS
		want  string
		login []string
	}{
		{catcher.StartTLS, kwadrans.TLSStart, tls.VersionName(tls.VersionTLS13), nil},
		{catcher.Implicit, kwadrans.TLSImplicit, tls.VersionName(tls.VersionTLS13), []string{"LOGIN"}},
		{catcher.Plain, kwadrans.TLSNone, "", nil},
	} {
		p := caught(catcher.Options{TLS: row.mode, Mechanisms: row.login})(t)
		r, err := sendPost(p).Check(t.Context(), sendAccount(p, row.tls))
		login := "PLAIN"
		if row.login != nil {
			login = row.login[0]
		}
		if err != nil || r.TLS != row.want || r.Login != login || r.Server != "127.0.0.1" || (r.Certificate == "") != (row.want == "") {
			t.Errorf("%s: %+v, %v", row.tls, r, err)
		}
		if len(p.catcher.Letters()) != 0 || p.catcher.Logins() != 1 {
			t.Error("a check logs in once and sends nothing")
		}
	}
	p := faulty(catcher.Plain, catcher.Fault{At: catcher.AtAuth, Code: 535, Text: "no"})(t)
	if _, err := sendPost(p).Check(t.Context(), sendAccount(p, kwadrans.TLSNone)); kwadrans.CodeOf(err) != kwadrans.CodeMailAuth {
		t.Error(err)
	}
}
