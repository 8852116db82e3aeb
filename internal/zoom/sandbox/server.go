package sandbox

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// TB is the part of testing.TB that Start needs.
type TB interface {
	Helper()
	Cleanup(func())
	Errorf(format string, args ...any)
	Logf(format string, args ...any)
}

// Server is a world that listens on 127.0.0.1, on two addresses: the second
// stands for a region of the API.
type Server struct {
	URL   string // of the sign-in server, such as http://127.0.0.1:1234
	API   string // of the API: the second address with /v2
	World *World

	servers []*http.Server
	flying  sync.WaitGroup
}

// Start serves a new world until the test ends, and then fails the test by
// itself when the client broke a rule of §12.7.
func Start(t TB, o Options) *Server {
	t.Helper()
	s, err := Listen(New(o), "127.0.0.1:0")
	if err != nil {
		t.Errorf("sandbox: %v", err)
		return &Server{World: New(o)}
	}
	t.Cleanup(func() {
		t.Helper()
		s.Close()
		for _, words := range s.World.Broken() {
			t.Errorf("sandbox: %s", words)
		}
	})
	return s
}

// Listen serves a world on an address, and the API on a second port of the same
// host beside it.
func Listen(w *World, addr string) (*Server, error) {
	s := &Server{World: w}
	first, err := s.listen(addr)
	if err != nil {
		return nil, err
	}
	host, _, err := net.SplitHostPort(first)
	if err != nil {
		s.Close()
		return nil, err
	}
	second, err := s.listen(net.JoinHostPort(host, "0"))
	if err != nil {
		s.Close()
		return nil, err
	}
	s.URL, s.API = "http://"+first, "http://"+second+"/v2"
	return s, nil
}

func (s *Server) listen(addr string) (string, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return "", err
	}
	srv := &http.Server{Handler: http.HandlerFunc(s.serve), ReadHeaderTimeout: 10 * time.Second}
	s.servers = append(s.servers, srv)
	s.flying.Go(func() { _ = srv.Serve(l) })
	return l.Addr().String(), nil
}

func (s *Server) serve(rw http.ResponseWriter, r *http.Request) {
	s.flying.Add(1)
	defer s.flying.Done()
	s.World.ServeHTTP(rw, r)
}

// NameRegion has the token answers name the second address as api_url.
func (s *Server) NameRegion() {
	s.World.Turn(func(k *Knobs) { k.APIURL = s.API[:len(s.API)-len("/v2")] })
}

// Close stops serving; what a fault holds is let go.
func (s *Server) Close() {
	for _, srv := range s.servers {
		_ = srv.Close()
	}
	s.World.Release()
	s.flying.Wait()
}
