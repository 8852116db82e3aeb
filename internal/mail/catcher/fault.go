package catcher

import (
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/emersion/go-smtp"
)

// Stage is a moment of the conversation at which a fault strikes.
type Stage string

// The stages.
const (
	AtGreeting Stage = "greeting"
	AtAuth     Stage = "auth"
	AtMail     Stage = "mail"
	AtRcpt     Stage = "rcpt"
	AtDot      Stage = "dot" // when the letter is there in full, instead of the reply
)

// Act is what a fault does.
type Act int

// The acts.
const (
	Reply    Act = iota // answers with Code and Text
	Drop                // cuts the connection; at the dot the letter is not kept
	DropKept            // at the dot: keeps the letter, then cuts the connection
	Hang                // never answers
)

// Fault is one way to fail on purpose.
type Fault struct {
	At       Stage
	Act      Act
	To       string // the recipient it is for; empty: everybody. For AtRcpt and AtDot
	Code     int    // for Reply: 550, 451, …
	Enhanced [3]int // RFC 3463; zero: none
	Text     string
	Times    int // how often it strikes; 0: always
}

// Inject adds a fault to a running server.
func (s *Server) Inject(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, f)
}

// Heal removes every fault.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// strike returns the fault that is due and counts it.
func (s *Server) strike(at Stage, to string) (Fault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.faults {
		if f.At != at || f.To != "" && !strings.EqualFold(f.To, to) || f.Times < 0 {
			continue
		}
		if f.Times > 0 {
			if s.faults[i].Times--; s.faults[i].Times == 0 {
				s.faults[i].Times = -1
			}
		}
		return f, true
	}
	return Fault{}, false
}

func (f Fault) reply() *smtp.SMTPError {
	enhanced := smtp.EnhancedCode(f.Enhanced)
	if f.Enhanced == [3]int{} {
		enhanced = smtp.NoEnhancedCode
	}
	return &smtp.SMTPError{Code: f.Code, EnhancedCode: enhanced, Message: f.Text}
}

// do carries a fault out on a connection and returns what to answer, if anybody
// is still there.
func (s *Server) do(f Fault, c net.Conn) error {
	switch f.Act {
	case Drop, DropKept:
		_ = c.Close()
	case Hang:
		<-s.done
	default:
		return f.reply()
	}
	return &smtp.SMTPError{Code: 421, EnhancedCode: smtp.NoEnhancedCode, Message: "gone"}
}

// greeter is a listener that lets greeting faults strike before the server sees
// the connection.
type greeter struct {
	net.Listener
	server *Server
}

// Accept returns the next connection that is not struck.
func (g *greeter) Accept() (net.Conn, error) {
	for {
		c, err := g.Listener.Accept()
		if err != nil {
			return nil, err
		}
		f, ok := g.server.strike(AtGreeting, "")
		if !ok {
			return c, nil
		}
		g.server.refused.Go(func() { g.refuse(f, c) })
	}
}

func (g *greeter) refuse(f Fault, c net.Conn) {
	defer c.Close()
	switch f.Act {
	case Hang:
		<-g.server.done
	case Reply:
		line := f.Text + "\r\n"
		if f.Code != 0 {
			line = fmt.Sprintf("%d %s", f.Code, line)
		}
		_, _ = io.WriteString(c, line)
	}
}
