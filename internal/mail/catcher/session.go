package catcher

import (
	"errors"
	"io"
	"slices"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// session is one conversation.
type session struct {
	server *Server
	conn   *smtp.Conn
	user   string // who logged in
	from   string
	utf8   bool
	to     []string
}

func (s *Server) session(c *smtp.Conn) (smtp.Session, error) {
	return &session{server: s, conn: c}, nil
}

// Reset forgets the letter under way.
func (s *session) Reset() { s.from, s.utf8, s.to = "", false, nil }

// Logout ends the conversation.
func (s *session) Logout() error { return nil }

// AuthMechanisms returns the logins offered.
func (s *session) AuthMechanisms() []string {
	if s.server.options.User == "" {
		return nil
	}
	if s.server.options.Mechanisms != nil {
		return s.server.options.Mechanisms
	}
	return []string{sasl.Plain, sasl.Login}
}

// Auth returns the server side of a login.
func (s *session) Auth(mech string) (sasl.Server, error) {
	if !slices.Contains(s.AuthMechanisms(), mech) {
		return nil, smtp.ErrAuthUnknownMechanism
	}
	switch mech {
	case sasl.Plain:
		return sasl.NewPlainServer(func(_, user, password string) error { return s.login(user, password) }), nil
	case sasl.Login:
		return &loginServer{check: s.login}, nil
	}
	return nil, smtp.ErrAuthUnknownMechanism
}

func (s *session) login(user, password string) error {
	s.server.mu.Lock()
	s.server.logins++
	s.server.mu.Unlock()
	if f, ok := s.server.strike(AtAuth, ""); ok {
		return s.server.do(f, s.conn.Conn())
	}
	if user != s.server.options.User || password != s.server.options.Password {
		return smtp.ErrAuthFailed
	}
	s.user = user
	return nil
}

// Mail begins a letter.
func (s *session) Mail(from string, o *smtp.MailOptions) error {
	if f, ok := s.server.strike(AtMail, ""); ok {
		return s.server.do(f, s.conn.Conn())
	}
	if s.server.options.User != "" && s.user == "" {
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "Authentication required"}
	}
	s.from, s.utf8 = from, o != nil && o.UTF8
	return nil
}

// Rcpt adds a recipient.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if f, ok := s.server.strike(AtRcpt, to); ok {
		return s.server.do(f, s.conn.Conn())
	}
	s.to = append(s.to, to)
	return nil
}

// Data takes the letter.
func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	f, struck := s.server.strike(AtDot, s.to[0])
	if struck && f.Act != DropKept {
		return s.server.do(f, s.conn.Conn())
	}
	l := Letter{From: s.from, To: slices.Clone(s.to), Bytes: b, User: s.user, UTF8: s.utf8}
	if err := s.server.keep(l); err != nil {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "the letter cannot be kept"}
	}
	if struck {
		return s.server.do(f, s.conn.Conn())
	}
	return nil
}

// loginServer is the server side of LOGIN (draft-murchison-sasl-login-00).
type loginServer struct {
	step  int
	user  string
	check func(user, password string) error
}

// Next takes one answer of the client.
func (l *loginServer) Next(response []byte) ([]byte, bool, error) {
	if l.step == 0 && response == nil {
		l.step = 1
		return []byte("Username:"), false, nil
	}
	switch l.step {
	case 0, 1:
		l.user, l.step = string(response), 2
		return []byte("Password:"), false, nil
	case 2:
		l.step = 3
		return nil, true, l.check(l.user, string(response))
	}
	return nil, true, errors.New("catcher: too many answers")
}
