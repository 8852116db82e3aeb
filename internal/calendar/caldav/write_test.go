package caldav

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

var noon = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

// outcome is what is known after a write.
type outcome struct {
	done  bool
	maybe bool
	perm  bool
	pause bool
	code  kwadrans.Code
	until time.Time
}

func outcomeOf(t *testing.T, err error) outcome {
	t.Helper()
	if err == nil {
		return outcome{done: true}
	}
	var f *kwadrans.Fault
	if !errors.As(err, &f) {
		t.Fatalf("no fault: %v", err)
	}
	if e, ok := kwadrans.AsError(err); !ok || e.Hint == "" || f.Words == "" {
		t.Errorf("nobody can be told: %+v", f)
	}
	if strings.Contains(fmt.Sprintf("%v %+v", err, *f), secret.Reveal()) {
		t.Errorf("the password is in %v", err)
	}
	return outcome{false, f.Outcome == kwadrans.MaybeExecuted, f.Permanent, f.PauseLane, f.Code, f.Until}
}

func status(code int, header ...string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

func within207(code int, condition string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, r *http.Request) {
		multi(w, fmt.Sprintf(`<D:response><D:href>%s</D:href><D:status>HTTP/1.1 %d x</D:status><D:error>%s</D:error></D:response>`, r.URL.Path, code, condition))
	}
}

func said(code int, condition string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(code)
		_, _ = io.WriteString(w, `<D:error xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">`+condition+`</D:error>`)
	}
}

var (
	changed  = outcome{perm: true, code: kwadrans.CodeCalendarChanged}
	refused  = outcome{perm: true, code: kwadrans.CodeCalendarRefused}
	notNow   = outcome{code: kwadrans.CodeCalendarRefused}
	perhaps  = outcome{maybe: true, code: kwadrans.CodeOffline}
	unclear  = outcome{maybe: true, code: kwadrans.CodeCalendarUnreadable}
	noLogin  = outcome{pause: true, code: kwadrans.CodeCalendarAuth, until: kwadrans.Forever}
	finished = outcome{done: true}
)

func TestWhatIsKnownAfterAWrite(t *testing.T) {
	for name, row := range map[string]struct {
		answer      func(http.ResponseWriter, *http.Request)
		put, delete outcome
	}{
		"201 with its etag":   {status(201, "ETag", `"n"`), finished, finished},
		"204 with its etag":   {status(204, "ETag", `"n"`), finished, finished},
		"401":                 {status(401, "WWW-Authenticate", `Basic realm="x"`), noLogin, noLogin},
		"401, another way":    {status(401, "WWW-Authenticate", `Digest realm="x"`), noLogin, noLogin},
		"403":                 {status(403), refused, refused},
		"403, the same UID":   {said(403, "<C:no-uid-conflict/>"), changed, changed},
		"409, the same UID":   {said(409, "<C:no-uid-conflict/>"), changed, changed},
		"207, the same UID":   {within207(412, "<C:no-uid-conflict/>"), changed, changed},
		"207, changed":        {within207(412, ""), changed, changed},
		"207, refused":        {within207(403, ""), refused, refused},
		"207, failed":         {within207(500, ""), perhaps, perhaps},
		"207, gone":           {within207(404, ""), refused, finished},
		"207 with rubbish":    {tricks["rubbish"], unclear, unclear},
		"207 without end":     {tricks["50 MB"], unclear, unclear},
		"404":                 {status(404), refused, finished},
		"410":                 {status(410), refused, finished},
		"409":                 {status(409), refused, refused},
		"412":                 {status(412), changed, changed},
		"413":                 {status(413), refused, refused},
		"415":                 {status(415), refused, refused},
		"423":                 {status(423), notNow, notNow},
		"429":                 {status(429, "Retry-After", "120"), outcome{pause: true, code: kwadrans.CodeOffline, until: noon.Add(2 * time.Minute)}, outcome{pause: true, code: kwadrans.CodeOffline, until: noon.Add(2 * time.Minute)}},
		"500":                 {status(500), perhaps, perhaps},
		"501":                 {status(501), refused, refused},
		"502":                 {status(502), perhaps, perhaps},
		"503":                 {status(503, "Retry-After", "999999"), outcome{maybe: true, code: kwadrans.CodeOffline, until: noon.Add(24 * time.Hour)}, outcome{maybe: true, code: kwadrans.CodeOffline, until: noon.Add(24 * time.Hour)}},
		"507":                 {status(507), notNow, notNow},
		"a closed door":       {tricks["a closed door"], perhaps, perhaps},
		"no answer":           {tricks["no answer"], outcome{maybe: true, code: kwadrans.CodeTimeout}, outcome{maybe: true, code: kwadrans.CodeTimeout}},
		"half a status":       {halfStatus, perhaps, perhaps},
		"half after the etag": {halfBody, finished, finished},
		"redirects for ever":  {tricks["a round"], notNow, notNow},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, l := &Server{Timeout: time.Second, Now: func() time.Time { return noon }}, look4(t, 1)
			l.set(func() {
				l.spoil = func(w http.ResponseWriter, r *http.Request, _ string) bool { row.answer(w, r); return true }
			})
			var err error
			calls := l.during(func() { _, _, err = s.Put(t.Context(), l.words(), l.secret, "uid", page("uid", "x"), `"old"`) })
			if got := outcomeOf(t, err); got != row.put {
				t.Errorf("put: %+v, want %+v (%v)", got, row.put, err)
			}
			if len(calls) != 1 && name != "redirects for ever" {
				t.Errorf("put was repeated: %v", calls)
			}
			calls = l.during(func() { err = s.Delete(t.Context(), l.words(), l.secret, "/cal/0000.ics", `"old"`) })
			if got := outcomeOf(t, err); got != row.delete {
				t.Errorf("delete: %+v, want %+v (%v)", got, row.delete, err)
			}
			if len(calls) != 1 && name != "redirects for ever" {
				t.Errorf("delete was repeated: %v", calls)
			}
		})
	}
}

func halfStatus(w http.ResponseWriter, _ *http.Request) {
	if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
		_, _ = io.WriteString(c, "HTTP/1.1 20")
		_ = c.Close()
	}
}

func halfBody(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("ETag", `"n"`)
	w.Header().Set("Content-Length", "100")
	w.WriteHeader(201)
	_, _ = io.WriteString(w, "ok")
}

// The control: a fault that says less than it knows, or more, is told apart.
func TestOutcomesDiffer(t *testing.T) {
	all := []outcome{changed, refused, notNow, perhaps, unclear, noLogin, finished}
	for i := range all {
		for j := range i {
			if all[i] == all[j] {
				t.Errorf("%+v is there twice", all[i])
			}
		}
	}
	sent := outcomeOf(t, fault(request{method: "PUT"}.broken(t.Context(), io.EOF, true)))
	unsent := outcomeOf(t, fault(request{method: "PUT"}.broken(t.Context(), io.EOF, false)))
	asked := outcomeOf(t, fault(request{method: "REPORT"}.broken(t.Context(), io.EOF, true)))
	if !sent.maybe || unsent.maybe || asked.maybe {
		t.Errorf("sent %+v, unsent %+v, asked %+v", sent, unsent, asked)
	}
}

// A server that keeps the page in words of its own gives no etag with the answer.
func TestPutWithoutETag(t *testing.T) {
	for name, row := range map[string]struct {
		get  int
		want outcome
		etag string
	}{
		"asked for":     {200, finished, `"again"`},
		"not there":     {404, unclear, ""},
		"not available": {500, unclear, ""},
		"not told":      {206, unclear, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, l := new(Server), look4(t, 0)
			l.set(func() {
				l.spoil = func(w http.ResponseWriter, r *http.Request, _ string) bool {
					if r.Method == "PUT" {
						w.WriteHeader(201)
						return true
					}
					w.Header().Set("ETag", `"again"`)
					w.WriteHeader(row.get)
					return true
				}
			})
			href, etag, err := s.Put(t.Context(), l.words(), l.secret, "uid", page("uid", "x"), "")
			if got := outcomeOf(t, err); got != row.want || etag != row.etag || href != "/cal/uid.ics" {
				t.Errorf("%q %q %+v (%v)", href, etag, got, err)
			}
		})
	}
}

// The server tells under which name the same UID stands.
func TestPutOfATwin(t *testing.T) {
	s, l := new(Server), look4(t, 0)
	l.set(func() {
		l.spoil = func(w http.ResponseWriter, r *http.Request, _ string) bool {
			said(409, "<C:no-uid-conflict><D:href>/cal/twin.ics</D:href></C:no-uid-conflict>")(w, r)
			return true
		}
	})
	href, _, err := s.Put(t.Context(), l.words(), l.secret, "uid", page("uid", "x"), "")
	if outcomeOf(t, err) != changed || href != "/cal/twin.ics" {
		t.Errorf("%q %v", href, err)
	}
}

// A moved calendar is written to where it is, with the same bytes.
func TestPutFollowsAtHome(t *testing.T) {
	s, l := new(Server), look4(t, 0)
	l.set(func() {
		l.spoil = func(w http.ResponseWriter, r *http.Request, _ string) bool {
			if rest, old := strings.CutPrefix(r.URL.Path, "/old/"); old {
				http.Redirect(w, r, "/cal/"+rest, http.StatusMovedPermanently)
				return true
			}
			return false
		}
	})
	c := l.words()
	c.Address = l.at("/old")
	want := page("uid", "x")
	if _, etag, err := s.Put(t.Context(), c, l.secret, "uid", want, ""); err != nil || etag != etagOf(string(want)) {
		t.Errorf("%q %v", etag, err)
	}
}

// Nothing is written for another origin, and nothing is removed beyond the calendar.
func TestWritesStayInTheCalendar(t *testing.T) {
	s, l, other := new(Server), look4(t, 1), look4(t, 1)
	l.set(func() {
		l.spoil = func(w http.ResponseWriter, r *http.Request, _ string) bool {
			http.Redirect(w, r, other.at(r.URL.Path), http.StatusTemporaryRedirect)
			return true
		}
	})
	var away *Elsewhere
	_, _, err := s.Put(t.Context(), l.words(), l.secret, "uid", page("uid", "x"), "")
	if got := outcomeOf(t, err); got != refused || !errors.As(err, &away) || len(other.calls) > 0 {
		t.Errorf("%+v, %v, %v", got, other.calls, err)
	}
	calls := l.during(func() {
		for _, href := range []string{"", "/", "/cal", "/cal/", "/cal/.", "/cal/..", "/cal/%2e%2e", "/cal/../", "/other/x.ics", "/cal/sub/x.ics", other.at("/cal/0000.ics"), "%zz"} {
			if got := outcomeOf(t, s.Delete(t.Context(), l.words(), l.secret, href, `"e"`)); got != (outcome{perm: true, code: kwadrans.CodeInvalid}) {
				t.Errorf("delete %q: %+v", href, got)
			}
		}
		if got := outcomeOf(t, s.Delete(t.Context(), l.words(), l.secret, "/cal/0000.ics", "")); !got.perm || got.code != kwadrans.CodeInvalid {
			t.Errorf("delete without an etag: %+v", got)
		}
	})
	if len(calls) > 0 {
		t.Errorf("calls: %v", calls)
	}
}

// A server that is away has done nothing.
func TestServerAway(t *testing.T) {
	front := httptest.NewServer(http.NotFoundHandler())
	front.Close()
	c, s := kwadrans.Calendar{Address: front.URL + "/cal/"}, new(Server)
	offline := outcome{code: kwadrans.CodeOffline}
	_, _, put := s.Put(t.Context(), c, secret, "uid", page("uid", "x"), "")
	_, _, get := s.Get(t.Context(), c, secret, "/cal/uid.ics")
	remove := s.Delete(t.Context(), c, secret, "/cal/uid.ics", `"e"`)
	for name, err := range map[string]error{"put": put, "get": get, "delete": remove} {
		if got := outcomeOf(t, err); got != offline {
			t.Errorf("%s: %+v (%v)", name, got, err)
		}
	}
	_, read := s.Read(t.Context(), c, secret, nil)
	_, find := s.Discover(t.Context(), front.URL, login, secret, false)
	for name, err := range map[string]error{"read": read, "discover": find} {
		if e, ok := kwadrans.AsError(err); !ok || e.Code != kwadrans.CodeOffline || e.Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A proxy that packs answers weakens their etags; what we send back is the strong one.
func TestWeakETags(t *testing.T) {
	s, l := new(Server), look4(t, 0)
	var only []string
	l.set(func() {
		l.spoil = func(w http.ResponseWriter, r *http.Request, _ string) bool {
			only = append(only, r.Header.Get("If-Match"))
			w.Header().Set("ETag", `W/"e"`)
			w.WriteHeader(http.StatusNoContent)
			return true
		}
	})
	href, etag, err := s.Put(t.Context(), l.words(), l.secret, "uid", page("uid", "x"), "")
	if err != nil || etag != `"e"` {
		t.Fatalf("%q %v", etag, err)
	}
	if err := s.Delete(t.Context(), l.words(), l.secret, href, etag); err != nil || !slices.Equal(only, []string{"", `"e"`}) {
		t.Errorf("%q %v", only, err)
	}
}
