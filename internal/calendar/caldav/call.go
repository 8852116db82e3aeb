package caldav

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"

	"kwadrans/internal/kwadrans"
)

// session is one account for the length of one question.
type session struct {
	*Server
	http  *http.Client
	start *url.URL // the given address
	mine  string   // its origin, the only one that the login is sent to
	login string
	key   kwadrans.Secret
}

// open begins a session; near allows addresses in the own network.
func (s *Server) open(address, login string, key kwadrans.Secret, near bool) (*session, error) {
	u, err := parse(address)
	if err != nil {
		return nil, err
	}
	here := isHere(u.Hostname())
	if u.Scheme == "http" && !here && !near {
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "caldav: "+saidPlain).WithHint(adviceAddress)
	}
	return &session{Server: s, http: s.client(reach{here: here, near: near}), start: u, mine: origin(u), login: login, key: key}, nil
}

func (s *session) close() { s.http.CloseIdleConnections() }

// request is one call, redirects and all.
type request struct {
	method  string
	at      *url.URL
	depth   string // of PROPFIND and REPORT
	body    []byte
	only    string // If-Match
	unless  string // If-None-Match
	calling string // Content-Type
}

func (r request) writes() bool { return r.method == http.MethodPut || r.method == http.MethodDelete }

// answer is what came, with the address that gave it in the end.
type answer struct {
	status int
	header http.Header
	body   []byte
	at     *url.URL
	err    error // why body is not whole
	wrote  bool  // something of the request left this computer
}

// do makes a call and returns a 2xx answer. Redirects get the same method and
// body, which net/http does not do (RFC 6764 §5).
func (s *session) do(ctx context.Context, r request) (answer, error) {
	limited, cancel := context.WithTimeout(ctx, s.timeout())
	defer cancel()
	for hop := 0; ; hop++ {
		a, err := s.once(limited, r)
		switch {
		case err != nil:
			return a, r.broken(limited, err, a.wrote)
		case redirects(a.status):
			if r.at, err = s.next(r, a, hop); err != nil {
				return a, err
			}
		case a.status/100 != 2:
			return a, s.refused(r, a)
		case a.err != nil && (!r.writes() || a.status == http.StatusMultiStatus):
			return a, r.cutShort(limited, a)
		default:
			return a, nil
		}
	}
}

func redirects(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// next returns where a redirect leads. What changes something goes to no other origin.
func (s *session) next(r request, a answer, hop int) (*url.URL, error) {
	to, err := resolve(r.at, a.header.Get("Location"))
	switch {
	case err != nil || hop == maxRedirects || a.header.Get("Location") == "":
		return nil, tell(kwadrans.CodeCalendarRefused, saidRound)
	case to.Scheme != "https" && (to.Scheme != "http" || r.at.Scheme == "https"):
		return nil, tell(kwadrans.CodeCalendarRefused, saidPlain)
	case r.writes() && origin(to) != s.mine:
		return nil, elsewhere(to)
	}
	return to, nil
}

func (s *session) once(ctx context.Context, r request) (a answer, err error) {
	var wrote atomic.Bool
	defer func() { a.wrote = wrote.Load() }()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { wrote.Store(true) },
		WroteRequest: func(httptrace.WroteRequestInfo) { wrote.Store(true) },
	})
	req, err := s.request(context.WithValue(ctx, plainKey{}, r.at.Scheme == "http"), r)
	if err != nil {
		return a, err
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return a, err
	}
	defer resp.Body.Close()
	a = answer{status: resp.StatusCode, header: resp.Header, at: r.at}
	a.body, a.err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if len(a.body) > maxAnswer {
		a.body, a.err = nil, errLong
	}
	s.log().Debug("caldav: call", "method", r.method, "status", a.status, "bytes", len(a.body))
	return a, nil
}

func (s *session) request(ctx context.Context, r request) (*http.Request, error) {
	var body io.Reader
	if r.body != nil {
		body = bytes.NewReader(r.body)
	}
	req, err := http.NewRequestWithContext(ctx, r.method, r.at.String(), body)
	if err != nil {
		return nil, err
	}
	if r.writes() {
		req.GetBody = nil // the transport must not repeat it by itself
	}
	for name, value := range map[string]string{
		"User-Agent": "Kwadrans", "Depth": r.depth, "Content-Type": r.calling, "If-Match": r.only, "If-None-Match": r.unless,
		"Authorization": s.authorization(r.at),
	} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	return req, nil
}

// authorization is empty for an origin that the login is not for.
func (s *session) authorization(at *url.URL) string {
	switch {
	case origin(at) != s.mine:
		return ""
	case s.login != "":
		return "Basic " + base64.StdEncoding.EncodeToString([]byte(s.login+":"+s.key.Reveal()))
	case s.key != "":
		return "Bearer " + s.key.Reveal()
	}
	return ""
}

// ask makes a PROPFIND or REPORT and reads its answer.
func (s *session) ask(ctx context.Context, method string, at *url.URL, depth, body string) (multistatus, *url.URL, error) {
	a, err := s.do(ctx, request{method: method, at: at, depth: depth, body: []byte(body), calling: "application/xml; charset=utf-8"})
	if err != nil {
		return multistatus{}, nil, err
	}
	if a.status != http.StatusMultiStatus {
		return multistatus{}, nil, tell(kwadrans.CodeCalendarUnreadable, saidNotCalDAV)
	}
	var ms multistatus
	if err := decode(a.body, &ms); err != nil {
		return multistatus{}, nil, tell(kwadrans.CodeCalendarUnreadable, saidUnreadable).because(err)
	}
	return ms, a.at, nil
}
