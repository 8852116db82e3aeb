package caldav

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"kwadrans/internal/kwadrans"
)

const (
	login  = "anna"
	secret = kwadrans.Secret("Tajne-hasło-7!")
)

// site is a running server with one account and one calendar.
type site struct {
	root      string // URL without a slash at its end
	principal string // paths
	home      string
	calendar  string
	login     string
	secret    kwadrans.Secret
	stop      func()
}

func (s site) at(path string) string { return s.root + path }

func (s site) words() kwadrans.Calendar {
	return kwadrans.Calendar{ID: "1", Kind: kwadrans.CalendarServer, Address: s.at(s.calendar), Login: s.login}
}

// stops end the servers that all tests share.
var stops struct {
	sync.Mutex
	list []func()
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, stop := range stops.list {
		stop()
	}
	http.DefaultClient.CloseIdleConnections()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// shared starts a server for the first test that wants it.
func shared(start func(dir string) (site, error)) func(*testing.T) site {
	once := sync.OnceValues(func() (site, error) {
		dir, err := os.MkdirTemp("", "caldav")
		if err != nil {
			return site{}, err
		}
		s, err := start(dir)
		stops.Lock()
		defer stops.Unlock()
		stops.list = append(stops.list, func() {
			if s.stop != nil {
				s.stop()
			}
			_ = os.RemoveAll(dir)
		})
		return s, err
	})
	return func(t *testing.T) site {
		t.Helper()
		s, err := once()
		if os.IsNotExist(err) || strings.Contains(fmt.Sprint(err), exec.ErrNotFound.Error()) {
			t.Skip(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

var (
	radicale = shared(startRadicale) // Debian: radicale
	xandikos = shared(startXandikos) // Debian: xandikos
)

// started runs a program until it says what ready matches, and returns the match.
func started(cmd *exec.Cmd, ready *regexp.Regexp) (match []string, stop func(), err error) {
	out, err := cmd.StderrPipe()
	if err != nil {
		return nil, nil, err
	}
	cmd.Stdout = cmd.Stderr
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	lines := bufio.NewScanner(out)
	var said []string
	for lines.Scan() {
		said = append(said, lines.Text())
		if match = ready.FindStringSubmatch(lines.Text()); match != nil {
			break
		}
	}
	drained := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, out)
		close(drained)
	}()
	stop = sync.OnceFunc(func() {
		_ = cmd.Process.Kill()
		<-drained
		_ = cmd.Wait()
	})
	if match == nil {
		stop()
		return nil, nil, fmt.Errorf("%s: %s", cmd.Path, strings.Join(said, "\n"))
	}
	return match, stop, nil
}

const radicaleConf = `
[server]
hosts = 127.0.0.1:0
[auth]
type = htpasswd
htpasswd_filename = DIR/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = DIR/store
[web]
type = none
[logging]
level = info
`

func startRadicale(dir string) (site, error) {
	conf := filepath.Join(dir, "conf")
	if err := os.WriteFile(conf, []byte(strings.ReplaceAll(radicaleConf, "DIR", dir)), 0o600); err != nil {
		return site{}, err
	}
	if err := os.WriteFile(filepath.Join(dir, "users"), []byte(login+":"+secret.Reveal()+"\n"), 0o600); err != nil {
		return site{}, err
	}
	m, stop, err := started(exec.Command("radicale", "--config", conf), regexp.MustCompile(`Listening on '\[127\.0\.0\.1\]:(\d+)'`))
	if err != nil {
		return site{}, err
	}
	s := site{root: "http://127.0.0.1:" + m[1], principal: "/anna/", home: "/anna/", calendar: "/anna/praca/", login: login, secret: secret, stop: stop}
	code, _ := s.raw("MKCALENDAR", s.calendar, `<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="http://apple.com/ns/ical/"><D:set><D:prop>`+
		`<D:displayname>Praca &amp; dom</D:displayname><A:calendar-color>#FF8800ff</A:calendar-color></D:prop></D:set></C:mkcalendar>`, nil)
	if code != 201 && code != 409 { // 409: of a run before, in the same directory
		return s, fmt.Errorf("no calendar was made: %d", code)
	}
	return s, nil
}

func startXandikos(dir string) (site, error) {
	socket := filepath.Join(dir, "socket")
	cmd := exec.Command("xandikos", "-d", filepath.Join(dir, "store"), "-l", socket, "--current-user-principal", "/user/", "--autocreate", "--defaults")
	cmd.Env = append(os.Environ(), "PYTHONUNBUFFERED=1")
	_, stop, err := started(cmd, regexp.MustCompile(`Running on`))
	if err != nil {
		return site{}, err
	}
	front := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.Out.URL.Scheme, r.Out.URL.Host = "http", "xandikos" },
		Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "unix", socket)
		}},
	})
	return site{root: front.URL, principal: "/user/", home: "/user/calendars/", calendar: "/user/calendars/calendar/", stop: func() { front.Close(); stop() }}, nil
}

// raw is what another program does.
func (s site) raw(method, path, body string, header map[string]string) (int, string) {
	req, err := http.NewRequest(method, s.at(path), strings.NewReader(body))
	if err != nil {
		return 0, err.Error()
	}
	req.Close = true
	if s.login != "" {
		req.SetBasicAuth(s.login, s.secret.Reveal())
	}
	req.Header.Set("Content-Type", "text/calendar")
	if strings.HasPrefix(body, "<") {
		req.Header.Set("Content-Type", "text/xml")
	}
	for name, value := range header {
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(text)
}

// through puts a proxy before a server, which may spoil what passes.
func (s site) through(t *testing.T, spoil func(*http.Request)) site {
	t.Helper()
	to, err := url.Parse(s.root)
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(to); spoil(r.Out) },
		Transport: &http.Transport{DisableKeepAlives: true},
	})
	t.Cleanup(front.Close)
	s.root = front.URL
	return s
}

func page(uid, summary string) []byte {
	return []byte(strings.ReplaceAll("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Kwadrans//test//EN\nBEGIN:VEVENT\nUID:"+uid+
		"\nDTSTAMP:20261101T000000Z\nDTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nSUMMARY:"+summary+"\nEND:VEVENT\nEND:VCALENDAR\n", "\n", "\r\n"))
}
