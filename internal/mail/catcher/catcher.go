// Package catcher keeps every letter instead of delivering it: a real SMTP
// server on this computer for the demo, the sandbox and tests. It can be told
// to fail as real servers do. It knows nothing of the rest of the program.
package catcher

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// Mode says how the way to the catcher is encrypted.
type Mode string

// The modes of encryption.
const (
	Plain    Mode = ""         // none
	StartTLS Mode = "starttls" // RFC 3207
	Implicit Mode = "implicit" // RFC 8314 §3.3
)

// Options say what kind of server to start; the zero value is an open server
// without encryption on a free port of 127.0.0.1.
type Options struct {
	Addr        string           // where to listen; empty: a free port of 127.0.0.1
	TLS         Mode             // encryption
	Certificate *tls.Certificate // nil: one is made for localhost, 127.0.0.1 and ::1; see Server.Roots
	User        string           // who may send; empty: everybody, without a login
	Password    string
	Mechanisms  []string // logins offered when User is set; nil: PLAIN and LOGIN
	NoUTF8      bool     // do not offer SMTPUTF8 (RFC 6531)
	MaxBytes    int64    // largest letter; 0: 25 MiB
	Dir         string   // where each letter is written as .eml with mode 0600; empty: nowhere
	Faults      []Fault
	Wire        io.Writer // gets all that is said, passwords too; nil: nowhere
	Now         func() time.Time
}

// Server is a running catcher. It is safe for use by many goroutines.
type Server struct {
	options Options
	smtp    *smtp.Server
	ln      net.Listener
	roots   *x509.CertPool
	served  chan struct{} // closed when the accept loop has ended
	done    chan struct{} // closed by Close
	once    sync.Once
	refused sync.WaitGroup // connections that a greeting fault struck

	mu      sync.Mutex
	conns   map[net.Conn]struct{}
	faults  []Fault
	letters []Letter
	more    chan struct{} // closed and replaced with every letter
	logins  int
}

// Start listens and serves until Close.
func Start(o Options) (*Server, error) {
	s := &Server{options: o, faults: append([]Fault(nil), o.Faults...), conns: map[net.Conn]struct{}{},
		served: make(chan struct{}), done: make(chan struct{}), more: make(chan struct{})}
	if s.options.Addr == "" {
		s.options.Addr = "127.0.0.1:0"
	}
	if s.options.Now == nil {
		s.options.Now = time.Now
	}
	if o.Dir != "" {
		if err := os.MkdirAll(o.Dir, 0o700); err != nil {
			return nil, fmt.Errorf("catcher: make the directory: %w", err)
		}
	}
	conf, err := s.tlsConfig()
	if err != nil {
		return nil, err
	}
	if s.ln, err = net.Listen("tcp", s.options.Addr); err != nil {
		return nil, fmt.Errorf("catcher: listen: %w", err)
	}
	s.smtp = s.server(conf)
	go s.serve(conf)
	return s, nil
}

func (s *Server) server(conf *tls.Config) *smtp.Server {
	srv := smtp.NewServer(smtp.BackendFunc(s.session))
	srv.Domain = "catcher.invalid"
	srv.ReadTimeout, srv.WriteTimeout = time.Minute, time.Minute
	srv.MaxMessageBytes = 25 << 20
	if s.options.MaxBytes > 0 {
		srv.MaxMessageBytes = s.options.MaxBytes
	}
	srv.EnableSMTPUTF8 = !s.options.NoUTF8
	srv.AllowInsecureAuth = s.options.TLS == Plain
	srv.ErrorLog = log.New(io.Discard, "", 0)
	if s.options.TLS == StartTLS {
		srv.TLSConfig = conf
	}
	if s.options.Wire != nil {
		srv.Debug = &locked{w: s.options.Wire}
	}
	return srv
}

func (s *Server) serve(conf *tls.Config) {
	defer close(s.served)
	var ln net.Listener = &watcher{Listener: s.ln, server: s}
	if s.options.TLS == Implicit {
		ln = tls.NewListener(ln, conf)
	}
	_ = s.smtp.Serve(&greeter{Listener: ln, server: s})
}

// Addr returns host:port.
func (s *Server) Addr() string { return s.ln.Addr().String() }

// Port returns the port.
func (s *Server) Port() int { return s.ln.Addr().(*net.TCPAddr).Port }

// Roots returns what a client has to trust to accept the made certificate;
// nil when the catcher was given one, or does not encrypt.
func (s *Server) Roots() *x509.CertPool { return s.roots }

// Logins returns how many times a login was tried.
func (s *Server) Logins() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.logins
}

// Close stops listening, cuts every conversation and waits until all have ended.
// Letters stay readable.
func (s *Server) Close() error {
	s.once.Do(func() {
		close(s.done)
		_ = s.ln.Close()
		<-s.served
		s.mu.Lock()
		for c := range s.conns {
			_ = c.Close()
		}
		s.mu.Unlock()
		_ = s.smtp.Shutdown(context.Background())
		s.refused.Wait()
	})
	return nil
}

// watcher is a listener that remembers its open connections.
type watcher struct {
	net.Listener
	server *Server
}

// Accept returns the next connection.
func (w *watcher) Accept() (net.Conn, error) {
	c, err := w.Listener.Accept()
	if err != nil {
		return nil, err
	}
	w.server.mu.Lock()
	defer w.server.mu.Unlock()
	w.server.conns[c] = struct{}{}
	return &watched{Conn: c, server: w.server}, nil
}

type watched struct {
	net.Conn
	server *Server
}

// Close closes the connection and forgets it.
func (w *watched) Close() error {
	w.server.mu.Lock()
	delete(w.server.conns, w.Conn)
	w.server.mu.Unlock()
	return w.Conn.Close()
}

// locked lets conversations that run at the same time share a writer.
type locked struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}
