package caldav

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// tricks are ways to answer that are no answer.
var tricks = map[string]func(w http.ResponseWriter, r *http.Request){
	"rubbish": func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(207)
		_, _ = io.WriteString(w, "\x00\xff{]<")
	},
	"nothing":        func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(207) },
	"a web page":     webPage,
	"an empty list":  func(w http.ResponseWriter, _ *http.Request) { multi(w) },
	"another root":   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(207); _, _ = io.WriteString(w, "<a/>") },
	"half of it":     func(w http.ResponseWriter, _ *http.Request) { half(w, 0) },
	"a cut answer":   func(w http.ResponseWriter, _ *http.Request) { half(w, 10) },
	"no answer":      func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	"without end":    stall,
	"50 MB":          func(w http.ResponseWriter, _ *http.Request) { flood(w, bytes.Repeat([]byte(" "), 1<<20), 50) },
	"an entity bomb": bomb,
	"a deep answer":  func(w http.ResponseWriter, _ *http.Request) { multi(w, strings.Repeat("<a>", 100_000)) },
	"a long list":    func(w http.ResponseWriter, _ *http.Request) { multi(w, strings.Repeat("<D:response/>", 60_000)) },
	"a closed door":  func(w http.ResponseWriter, _ *http.Request) { hangUp(w) },
	"its own fault":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) },
	"a round": func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Path, http.StatusTemporaryRedirect)
	},
	"our own password": func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "bad "+secret.Reveal()+" "+r.Header.Get("Authorization"), 400)
	},
}

func webPage(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	_, _ = io.WriteString(w, "<!DOCTYPE html><html><body>Sign in to Hotel</body></html>")
}

// half gives half of a list; with missing it promises as many bytes more.
func half(w http.ResponseWriter, missing int) {
	text := xmlOf()[:len(xmlOf())/2]
	w.Header().Set("Content-Length", strconv.Itoa(len(text)+missing))
	w.WriteHeader(207)
	_, _ = io.WriteString(w, text)
}

func stall(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(207)
	_, _ = io.WriteString(w, xmlOf()[:30])
	w.(http.Flusher).Flush()
	<-r.Context().Done()
}

func flood(w http.ResponseWriter, part []byte, times int) {
	w.WriteHeader(207)
	_, err := io.WriteString(w, "<?xml version=\"1.0\"?>")
	for range times {
		if err == nil {
			_, err = w.Write(part)
		}
	}
}

func bomb(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(207)
	text := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">`
	for i := range 9 {
		text += fmt.Sprintf(`<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 10))
	}
	_, _ = io.WriteString(w, text+`]>`+strings.Replace(xmlOf(`<D:sync-token>&a9;</D:sync-token>`), `<?xml version="1.0"?>`, "", 1))
}

func hangUp(w http.ResponseWriter) {
	if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
		_ = c.Close()
	}
}

// stages are the calls of a Read, by what stands in their bodies.
var stages = map[string]func(r *http.Request, body string) bool{
	"everything":   func(*http.Request, string) bool { return true },
	"the calendar": func(r *http.Request, _ string) bool { return r.Method == "PROPFIND" && r.Header.Get("Depth") == "0" },
	"the changes":  func(_ *http.Request, body string) bool { return strings.Contains(body, "sync-collection xmlns") },
	"the list":     func(r *http.Request, _ string) bool { return r.Method == "PROPFIND" && r.Header.Get("Depth") == "1" },
	"the objects":  func(_ *http.Request, body string) bool { return strings.Contains(body, "multiget") },
	"single ones": func(r *http.Request, body string) bool {
		return strings.Contains(body, "multiget") || r.Method == "GET"
	},
	"new questions": func(_ *http.Request, body string) bool {
		return strings.Contains(body, "<D:sync-token></D:sync-token>")
	},
}

var failures = []kwadrans.Code{
	kwadrans.CodeCalendarAuth, kwadrans.CodeCalendarRefused, kwadrans.CodeCalendarUnreadable, kwadrans.CodeOffline, kwadrans.CodeTimeout,
}

// judged says what is wrong with what a Read returned: it either fails in
// words, or leaves what the server has. Busy never becomes free.
func judged(have, truth map[string]string, change kwadrans.CalendarChange, err error) string {
	if err != nil {
		e, ok := kwadrans.AsError(err)
		switch {
		case !ok || !slices.Contains(failures, e.Code):
			return "an error without a code of ours: " + err.Error()
		case e.Hint == "":
			return "no hint"
		case strings.Contains(fmt.Sprintf("%v %+v %s %s", err, err, e.Message, e.Hint), secret.Reveal()):
			return "the password is in the error"
		case len(change.Changed)+len(change.Gone) > 0 || change.Whole || change.Same:
			return "an error with a change"
		}
		return ""
	}
	left := maps.Clone(have)
	if change.Whole {
		left = map[string]string{}
	}
	for _, o := range change.Changed {
		left[o.Href] = o.ETag
	}
	for _, name := range change.Gone {
		delete(left, name)
	}
	if !maps.Equal(left, truth) {
		return fmt.Sprintf("%d entries are left of %d", len(left), len(truth))
	}
	return ""
}

func TestHostileServers(t *testing.T) {
	for stage, here := range stages {
		for trick, answer := range tricks {
			for _, fresh := range []bool{true, false} {
				for _, sync := range []bool{true, false} {
					t.Run(fmt.Sprintf("%s/%s/fresh=%v/sync=%v", stage, trick, fresh, sync), func(t *testing.T) {
						t.Parallel()
						hostile(t, here, answer, fresh, sync)
					})
				}
			}
		}
	}
}

func hostile(t *testing.T, here func(*http.Request, string) bool, answer func(http.ResponseWriter, *http.Request), fresh, sync bool) {
	var said bytes.Buffer
	s := &Server{Timeout: 120 * time.Millisecond, Log: slog.New(slog.NewTextHandler(&said, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	l := look4(t, 3)
	l.noSync = !sync
	c, have := l.words(), map[string]string{}
	if !fresh {
		c, have = l.kept(t, &Server{})
		l.put("/cal/0001.ics", string(page("1", "moved")))
		l.put("/cal/new.ics", string(page("new", "new")))
		l.remove("/cal/0002.ics")
	}
	truth := map[string]string{}
	l.set(func() {
		for name, body := range l.objects {
			truth[name] = etagOf(body)
		}
		l.spoil = func(w http.ResponseWriter, r *http.Request, body string) bool {
			if here(r, body) {
				answer(w, r)
				return true
			}
			return false
		}
	})
	change, err := s.Read(t.Context(), c, l.secret, have)
	if bad := judged(have, truth, change, err); bad != "" {
		t.Error(bad)
	}
	if strings.Contains(said.String(), secret.Reveal()) || strings.Contains(said.String(), "YW5uYTp") {
		t.Errorf("the password is in the log: %s", said.String())
	}
}

// The control: what a careless reader would return is seen.
func TestJudgedFindsMutants(t *testing.T) {
	have := map[string]string{"/a": "1", "/b": "1"}
	truth := map[string]string{"/a": "2", "/b": "1"}
	moved := kwadrans.CalendarChange{Changed: []kwadrans.CalendarObject{{Href: "/a", ETag: "2"}}}
	if bad := judged(have, truth, moved, nil); bad != "" {
		t.Fatalf("a true change is refused: %s", bad)
	}
	hinted := kwadrans.Errorf(kwadrans.CodeOffline, "x").WithHint("y")
	for name, bad := range map[string]string{
		"empty":        judged(have, truth, kwadrans.CalendarChange{Whole: true}, nil),
		"same":         judged(have, truth, kwadrans.CalendarChange{Same: true}, nil),
		"gone":         judged(have, truth, kwadrans.CalendarChange{Changed: moved.Changed, Gone: []string{"/b"}}, nil),
		"both":         judged(have, truth, moved, hinted),
		"no hint":      judged(have, truth, kwadrans.CalendarChange{}, kwadrans.Errorf(kwadrans.CodeOffline, "x")),
		"no code":      judged(have, truth, kwadrans.CalendarChange{}, io.EOF),
		"another code": judged(have, truth, kwadrans.CalendarChange{}, kwadrans.Errorf(kwadrans.CodeInternal, "x").WithHint("y")),
		"with a password": judged(have, truth, kwadrans.CalendarChange{},
			kwadrans.Errorf(kwadrans.CodeOffline, "x").WithHint("y").Because(fmt.Errorf("at %s", secret.Reveal()))),
	} {
		if bad == "" {
			t.Errorf("%s is not seen", name)
		}
	}
}

// The bounds are there whatever the clock says.
func TestBounds(t *testing.T) {
	for name, text := range map[string]string{
		"a document type": `<!DOCTYPE a><D:multistatus xmlns:D="DAV:"/>`,
		"depth":           xmlOf(strings.Repeat("<a>", 40) + strings.Repeat("</a>", 40)),
		"responses":       xmlOf(strings.Repeat("<D:response/>", maxObjects+2)),
		"elements":        xmlOf(strings.Repeat("<a/>", 40*maxObjects)),
		"nothing":         " ",
	} {
		var ms multistatus
		if err := decode([]byte(text), &ms); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	var ms multistatus
	if err := decode([]byte(xmlOf(strings.Repeat("<D:response/>", maxObjects))), &ms); err != nil || len(ms.Responses) != maxObjects {
		t.Errorf("a calendar of the largest size is refused: %v", err)
	}
	if _, ok := pathOf(&url.URL{Scheme: "https", Host: "h", Path: "/"}, strings.Repeat("a", longHref+1)); ok {
		t.Error("the length of an address is not bounded")
	}
	if tag(strings.Repeat("a", longMark+1)) != "" || tag(" W/\"a\" ") != `"a"` {
		t.Error("the length of an etag is not bounded")
	}
	r := &reading{}
	if r.count(make([]byte, maxBodies)) != nil || r.count([]byte("x")) == nil {
		t.Error("the sum of the bodies is not bounded")
	}
	l := listing{there: map[string]kept{}, gone: map[string]bool{}}
	for i := range maxObjects {
		if err := l.add(strconv.Itoa(i), response{}); err != nil {
			t.Fatal(err)
		}
	}
	if l.add("more", response{}) == nil {
		t.Error("the number of objects is not bounded")
	}
}
