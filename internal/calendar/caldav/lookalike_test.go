package caldav

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"io"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"kwadrans/internal/kwadrans"
)

// lookalike is a server that does what no real one on this computer does. What it
// does by itself is sound; spoil does something else and says whether it did.
type lookalike struct {
	site
	mu      sync.Mutex
	objects map[string]string
	gone    map[string]int // path to the revision that removed it
	changed map[string]int
	rev     int
	calls   []string // methods, a REPORT with its root
	auths   []string

	noSync, noCTag bool
	cut            int // how many objects one answer to sync-collection holds; 0 for all
	spoil          func(w http.ResponseWriter, r *http.Request, body string) bool
}

func look4(t *testing.T, objects int) *lookalike {
	t.Helper()
	l := &lookalike{objects: map[string]string{}, gone: map[string]int{}, changed: map[string]int{}}
	for i := range objects {
		l.put(fmt.Sprintf("/cal/%04d.ics", i), string(page(fmt.Sprint(i), fmt.Sprint("entry ", i))))
	}
	front := httptest.NewUnstartedServer(l)
	front.Config.ErrorLog = log.New(alarm{t}, "", 0)
	front.Start()
	t.Cleanup(front.Close)
	l.site = site{root: front.URL, principal: "/me/", home: "/home/", calendar: "/cal/", login: login, secret: secret}
	return l
}

// set changes the server between two calls.
func (l *lookalike) set(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f()
}

// alarm fails a test in which a handler panics: to the client that looks like a
// server that hung up.
type alarm struct{ t *testing.T }

func (a alarm) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte("panic")) {
		a.t.Errorf("%s", p)
	}
	return len(p), nil
}

func (l *lookalike) put(path, body string) { l.set(func() { l.store(path, body) }) }

func (l *lookalike) remove(path string) { l.set(func() { l.drop(path) }) }

func (l *lookalike) store(path, body string) {
	l.rev++
	l.objects[path], l.changed[path] = body, l.rev
	delete(l.gone, path)
}

func (l *lookalike) drop(path string) {
	l.rev++
	delete(l.objects, path)
	delete(l.changed, path)
	l.gone[path] = l.rev
}

func etagOf(body string) string {
	sum := sha256.Sum256([]byte(body))
	return `"` + hex.EncodeToString(sum[:8]) + `"`
}

var root = regexp.MustCompile(`<[A-Z]:([a-z-]+)`)

func (l *lookalike) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	text, _ := io.ReadAll(r.Body)
	body := string(text)
	l.mu.Lock()
	defer l.mu.Unlock()
	call := r.Method
	if m := root.FindStringSubmatch(body); m != nil && r.Method == "REPORT" {
		call = m[1]
	}
	l.calls, l.auths = append(l.calls, call), append(l.auths, r.Header.Get("Authorization"))
	if l.spoil != nil && l.spoil(w, r, body) {
		return
	}
	switch {
	case r.URL.Path == "/.well-known/caldav":
		http.Redirect(w, r, "/", http.StatusPermanentRedirect)
	case r.Method == "PROPFIND":
		l.propfind(w, r, body)
	case call == "sync-collection" && !l.noSync:
		l.sync(w, body)
	case call == "calendar-multiget":
		l.multiget(w, body)
	case r.Method == "GET" && l.objects[r.URL.Path] != "":
		w.Header().Set("ETag", etagOf(l.objects[r.URL.Path]))
		_, _ = io.WriteString(w, l.objects[r.URL.Path])
	case r.Method == "PUT":
		l.store(r.URL.Path, body)
		w.Header().Set("ETag", etagOf(body))
		w.WriteHeader(http.StatusCreated)
	case r.Method == "DELETE" && l.objects[r.URL.Path] != "":
		l.drop(r.URL.Path)
		w.WriteHeader(http.StatusNoContent)
	default:
		http.Error(w, "no", http.StatusNotFound)
	}
}

func (l *lookalike) propfind(w http.ResponseWriter, r *http.Request, body string) {
	calendar := `<D:resourcetype><D:collection/><C:calendar/></D:resourcetype><D:displayname>Praca</D:displayname>`
	if !l.noSync {
		calendar += `<D:sync-token>t` + strconv.Itoa(l.rev) + `</D:sync-token>`
	}
	if !l.noCTag {
		calendar += `<S:getctag>c` + strconv.Itoa(l.rev) + `</S:getctag>`
	}
	var list []string
	switch path := r.URL.Path; {
	case path == "/":
		list = append(list, responded("/", `<D:current-user-principal><D:href>/me/</D:href></D:current-user-principal>`))
	case path == "/me/":
		list = append(list, responded(path, `<C:calendar-home-set><D:href>/home/</D:href></C:calendar-home-set>`))
	case path == "/home/":
		list = append(list, responded(path, `<D:resourcetype><D:collection/></D:resourcetype>`), responded("/cal/", calendar))
	case path == "/cal/":
		list = append(list, responded(path, calendar))
		for _, name := range slices.Sorted(maps.Keys(l.objects)) {
			if r.Header.Get("Depth") == "1" {
				list = append(list, responded(name, `<D:resourcetype/><D:getetag>`+etagOf(l.objects[name])+`</D:getetag>`))
			}
		}
	default:
		http.Error(w, "no", http.StatusNotFound)
		return
	}
	multi(w, list...)
}

func (l *lookalike) sync(w http.ResponseWriter, body string) {
	since, known := 0, false
	if _, rest, _ := strings.Cut(body, "<D:sync-token>"); strings.HasPrefix(rest, "t") {
		since, _ = strconv.Atoi(strings.TrimPrefix(rest[:strings.Index(rest, "<")], "t"))
		known = since > 0
	}
	var list []string
	upto := l.rev
	if l.cut > 0 && l.rev-since > l.cut { // revisions are given in their order
		upto = since + l.cut
		list = append(list, `<D:response><D:href>/cal/</D:href><D:status>HTTP/1.1 507 Insufficient Storage</D:status></D:response>`)
	}
	for _, name := range slices.Sorted(maps.Keys(l.objects)) {
		if l.changed[name] > since && l.changed[name] <= upto {
			list = append(list, responded(name, `<D:getetag>`+etagOf(l.objects[name])+`</D:getetag>`))
		}
	}
	for name, rev := range l.gone {
		if known && rev > since && rev <= upto {
			list = append(list, `<D:response><D:href>`+name+`</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>`)
		}
	}
	multi(w, append(list, `<D:sync-token>t`+strconv.Itoa(upto)+`</D:sync-token>`)...)
}

var asked = regexp.MustCompile(`<D:href>([^<]*)</D:href>`)

func (l *lookalike) multiget(w http.ResponseWriter, body string) {
	var list []string
	for _, m := range asked.FindAllStringSubmatch(body, -1) {
		text, has := l.objects[html.UnescapeString(m[1])]
		if !has {
			list = append(list, `<D:response><D:href>`+m[1]+`</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>`)
			continue
		}
		list = append(list, responded(m[1], `<D:getetag>`+etagOf(text)+`</D:getetag><C:calendar-data>`+html.EscapeString(text)+`</C:calendar-data>`))
	}
	multi(w, list...)
}

func responded(href, props string) string {
	return `<D:response><D:href>` + href + `</D:href><D:propstat><D:prop>` + props + `</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`
}

func multi(w http.ResponseWriter, parts ...string) {
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	w.WriteHeader(http.StatusMultiStatus)
	_, _ = io.WriteString(w, xmlOf(parts...))
}

func xmlOf(parts ...string) string {
	return `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/">` +
		strings.Join(parts, "") + `</D:multistatus>`
}

// during returns the calls that f makes.
func (l *lookalike) during(f func()) (calls []string) {
	l.set(func() { l.calls = nil })
	f()
	l.set(func() { calls = l.calls })
	return calls
}

// kept reads once and keeps what came.
func (l *lookalike) kept(t *testing.T, s *Server) (kwadrans.Calendar, map[string]string) {
	t.Helper()
	c, have := l.words(), map[string]string{}
	change, err := s.Read(t.Context(), c, l.secret, nil)
	var all int
	l.set(func() { all = len(l.objects) })
	if err != nil || !change.Whole || len(change.Changed) != all {
		t.Fatalf("read: %d objects of %d, whole %v, %v", len(change.Changed), all, change.Whole, err)
	}
	for _, o := range change.Changed {
		if string(o.Body) == "" || o.ETag == "" {
			t.Fatalf("%s came without its body or its etag", o.Href)
		}
		have[o.Href] = o.ETag
	}
	c.Reading.Mark = change.Mark
	return c, have
}
