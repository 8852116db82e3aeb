package catcher

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/smtp"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

const note = "Subject: =?utf-8?q?Za=C5=BC?=\r\nMessage-ID: <1@example.com>\r\n\r\n.dot\r\n"

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t *testing.T, o Options) *Server {
	t.Helper()
	s, err := Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// hand sends with the standard library's client, which shares nothing with ours.
func hand(s *Server, to ...string) error {
	return smtp.SendMail(s.Addr(), nil, "me@example.com", to, []byte(note))
}

func code(err error) int {
	var reply *textproto.Error
	if errors.As(err, &reply) {
		return reply.Code
	}
	return 0
}

func TestKeepsLetters(t *testing.T) {
	at := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	dir := filepath.Join(t.TempDir(), "letters")
	s := start(t, Options{Dir: dir, Now: func() time.Time { return at }})
	for range 2 {
		if err := hand(s, "../Anna+1@example.com", "b@example.com"); err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.Wait(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	l := list[0]
	if string(l.Bytes) != note || l.From != "me@example.com" || len(l.To) != 2 || l.Subject != "Zaż" || l.MessageID != "1@example.com" || !l.At.Equal(at) {
		t.Errorf("%+v", l)
	}
	if l.File == list[1].File || filepath.Dir(l.File) != dir || filepath.Base(l.File) != "20261125T090000.000Z-___anna_1@example_com-1.eml" {
		t.Errorf("files %q and %q", l.File, list[1].File)
	}
	info, err := os.Stat(l.File)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	if b, err := os.ReadFile(l.File); err != nil || string(b) != note {
		t.Errorf("%q %v", b, err)
	}
}

func TestWaitGivesUp(t *testing.T) {
	s := start(t, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Wait(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestFaults(t *testing.T) {
	s := start(t, Options{Faults: []Fault{
		{At: AtRcpt, To: "no@example.com", Code: 550, Enhanced: [3]int{5, 1, 1}, Text: "no such user"},
		{At: AtRcpt, To: "late@example.com", Code: 451, Text: "later", Times: 2},
	}})
	for _, row := range []struct {
		to   string
		code int
	}{{"no@example.com", 550}, {"late@example.com", 451}, {"no@example.com", 550}, {"LATE@example.com", 451}, {"late@example.com", 0}, {"a@example.com", 0}} {
		if err := hand(s, row.to); code(err) != row.code || (err == nil) != (row.code == 0) {
			t.Errorf("%s: %v", row.to, err)
		}
	}
	s.Inject(Fault{At: AtDot, Act: Drop})
	if err := hand(s, "a@example.com"); err == nil || code(err) != 0 {
		t.Error(err)
	}
	s.Heal()
	s.Inject(Fault{At: AtDot, Act: DropKept})
	if err := hand(s, "a@example.com"); err == nil || code(err) != 0 {
		t.Error(err)
	}
	if n := len(s.Letters()); n != 3 {
		t.Errorf("%d letters", n)
	}
	s.Heal()
	if err := hand(s, "no@example.com"); err != nil {
		t.Error(err)
	}
	s.Forget()
	s.Inject(Fault{At: AtGreeting, Code: 421, Text: "busy", Times: 1})
	if err := hand(s, "a@example.com"); code(err) != 421 || len(s.Letters()) != 0 {
		t.Error(err)
	}
}

// A catcher closes even while somebody is kept waiting.
func TestCloseWhileHanging(t *testing.T) {
	s := start(t, Options{Faults: []Fault{{At: AtMail, Act: Hang}}})
	c, err := smtp.Dial(s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	done := make(chan error, 1)
	go func() { done <- c.Mail("me@example.com") }()
	_ = s.Close()
	if err := <-done; err == nil {
		t.Error("an answer came")
	}
}

func TestEncryption(t *testing.T) {
	for _, mode := range []Mode{StartTLS, Implicit} {
		s := start(t, Options{TLS: mode, User: "u", Password: "p"})
		conf := &tls.Config{ServerName: "localhost", RootCAs: s.Roots()}
		conn, err := net.Dial("tcp", s.Addr())
		if err != nil {
			t.Fatal(err)
		}
		if mode == Implicit {
			conn = tls.Client(conn, conf)
		}
		c, err := smtp.NewClient(conn, "localhost")
		if err != nil {
			t.Fatal(err)
		}
		if mode == StartTLS {
			if ok, _ := c.Extension("AUTH"); ok {
				t.Error("a login is offered without TLS")
			}
			if err := c.StartTLS(conf); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.Mail("me@example.com"); code(err) != 530 {
			t.Error(err)
		}
		if err := c.Auth(smtp.PlainAuth("", "u", "p", "localhost")); err != nil {
			t.Error(err)
		}
		_ = c.Close()
	}
	if _, _, err := SelfSigned(time.Now().Add(time.Hour), strings.Repeat("a", 10)); err != nil {
		t.Error(err)
	}
}
