package calendar

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"errors"

	"kwadrans/internal/kwadrans"
)

func TestFeed(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `W/"7"`)
		w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 10:00:00 GMT")
		_, _ = io.WriteString(w, empty)
	})
	for _, scheme := range []string{"https", "webcal", "webcals", " https"} {
		got, err := s.read(t, func(c *kwadrans.Calendar) { c.Address = scheme + strings.TrimPrefix(c.Address, "https") })
		if err != nil {
			t.Fatal(scheme, err)
		}
		want := kwadrans.SourceMark{ETag: `W/"7"`, Modified: "Tue, 24 Nov 2026 10:00:00 GMT"}
		if got.Same || !got.Whole || len(got.Changed) != 1 || string(got.Changed[0].Body) != empty || got.Changed[0].Href != "" || got.Mark != want {
			t.Errorf("%s: %+v", scheme, got)
		}
	}
}

func TestFeedAsksForWhatIsNewer(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"7"` && r.Header.Get("If-Modified-Since") == "then" {
			w.Header().Set("ETag", `"8"`)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = io.WriteString(w, empty)
	})
	c := kwadrans.Calendar{Address: s.url(), Reading: kwadrans.Reading{Mark: kwadrans.SourceMark{ETag: `"7"`, Modified: "then"}}}
	got, err := s.feed().Read(t.Context(), c, "", map[string]string{"": "x"})
	if err != nil || !got.Same || got.Mark != (kwadrans.SourceMark{ETag: `"8"`, Modified: "then"}) {
		t.Errorf("%+v %v", got, err)
	}
	if got, err = s.feed().Read(t.Context(), c, "", nil); err != nil || got.Same || len(got.Changed) != 1 {
		t.Errorf("without a copy: %+v %v", got, err)
	}
	again, err := s.feed().Read(t.Context(), kwadrans.Calendar{Address: s.url()}, "", map[string]string{"": got.Changed[0].ETag})
	if err != nil || !again.Same {
		t.Errorf("the same bytes without a tag: %+v %v", again, err)
	}
}

// A server that says "not modified" without being asked would make an empty copy good.
func TestUnaskedNotModifiedIsRefused(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) })
	_, err := s.read(t)
	wants(t, err, kwadrans.CodeCalendarRefused, "304")
}

func TestAnswers(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for _, row := range []struct {
		status int
		header string
		login  string
		code   kwadrans.Code
		words  string
		until  time.Time
	}{
		{401, "", "", kwadrans.CodeCalendarAuth, "asks for a login", time.Time{}},
		{401, "", "anna", kwadrans.CodeCalendarAuth, "refuses the login", time.Time{}},
		{403, "", "", kwadrans.CodeCalendarRefused, "does not let us read", time.Time{}},
		{404, "", "", kwadrans.CodeNotFound, "no calendar at this address", time.Time{}},
		{410, "", "", kwadrans.CodeNotFound, "was removed", time.Time{}},
		{429, "120", "", kwadrans.CodeCalendarRefused, "less often", now.Add(2 * time.Minute)},
		{429, "Wed, 25 Nov 2026 13:00:00 GMT", "", kwadrans.CodeCalendarRefused, "less often", now.Add(time.Hour)},
		{429, "99999999", "", kwadrans.CodeCalendarRefused, "less often", now.Add(24 * time.Hour)},
		{429, "soon", "", kwadrans.CodeCalendarRefused, "less often", time.Time{}},
		{500, "", "", kwadrans.CodeCalendarRefused, "trouble of its own, 500", time.Time{}},
		{503, "60", "", kwadrans.CodeCalendarRefused, "trouble of its own, 503", now.Add(time.Minute)},
		{204, "", "", kwadrans.CodeCalendarRefused, "204", time.Time{}},
		{206, "", "", kwadrans.CodeCalendarRefused, "206", time.Time{}},
		{418, "", "", kwadrans.CodeCalendarRefused, "418", time.Time{}},
	} {
		s := newSite(t, func(w http.ResponseWriter, _ *http.Request) {
			if row.header != "" {
				w.Header().Set("Retry-After", row.header)
			}
			w.WriteHeader(row.status)
		})
		f := s.feed()
		f.Now = func() time.Time { return now }
		_, err := f.Read(t.Context(), kwadrans.Calendar{Address: s.url(), Login: row.login}, "pass", nil)
		if row.login == "" {
			_, err = f.Read(t.Context(), kwadrans.Calendar{Address: s.url()}, "", nil)
		}
		wants(t, err, row.code, row.words)
		discreet(t, err)
		var fault *kwadrans.Fault
		if !errors.As(err, &fault) || !fault.Until.Equal(row.until) {
			t.Errorf("%d %q: until %v", row.status, row.header, fault)
		}
	}
}

func TestPagesThatAreNoCalendar(t *testing.T) {
	event := "BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n"
	whole := strings.Replace(empty, "END:VCALENDAR", event+"END:VCALENDAR", 1)
	for name, row := range map[string]struct{ body, words string }{
		"login page":        {"<!DOCTYPE html><title>Sign in</title>", "a web page came"},
		"page with a start": {"\n <html><pre>\n" + empty + "</pre>", "a web page came"},
		"text":              {"not today", "not a calendar"},
		"nothing":           {"", "not a calendar"},
		"white space":       {" \r\n\r\n", "not a calendar"},
		"JSON":              {`{"items":[]}`, "not a calendar"},
		"talk before":       {"Warning: x\n" + empty, "not a calendar"},
		"cut in an event":   {whole[:len(whole)-20], "only a part"},
		"cut at an event":   {strings.TrimSuffix(whole, "END:VCALENDAR\r\n"), "only a part"},
		"cut in the end":    {strings.TrimSuffix(whole, "DAR\r\n"), "only a part"},
		"second one cut":    {empty + "BEGIN:VCALENDAR\r\n", "only a part"},
		"end in a fold":     {strings.Replace(whole, "\r\nEND:VCALENDAR", "\r\n END:VCALENDAR", 1), "only a part"},
		"ends twice":        {empty + "END:VCALENDAR\r\n", "only a part"},
	} {
		s := newSite(t, text(row.body))
		_, err := s.read(t)
		t.Run(name, func(t *testing.T) { wants(t, err, kwadrans.CodeCalendarUnreadable, row.words) })
	}
	for name, body := range map[string]string{
		"empty": empty, "one event": whole, "two calendars": empty + empty, "line feeds": strings.ReplaceAll(whole, "\r\n", "\n"),
		"carriage returns": strings.ReplaceAll(whole, "\r\n", "\r"), "mark before": "\xef\xbb\xbf" + empty, "small letters": strings.ToLower(empty),
		"no last break": strings.TrimSpace(whole), "lines before": "\r\n\r\n" + empty, "talk after": empty + "<!-- 0.3 s -->", "zeros after": empty + "\x00\x00",
	} {
		s := newSite(t, text(body))
		if _, err := s.read(t); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func zipped(body io.Reader) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.Copy(w, body)
	_ = w.Close()
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestPacked(t *testing.T) {
	sound := zipped(strings.NewReader(empty))
	bomb := zipped(io.LimitReader(zeros{}, 20<<20))
	for name, row := range map[string]struct {
		coding string
		body   []byte
		words  string
	}{
		"sound":        {"gzip", sound, ""},
		"named old":    {"X-GZIP", sound, ""},
		"cut":          {"gzip", sound[:len(sound)-6], "only a part"},
		"head cut":     {"gzip", sound[:4], "only a part"},
		"not packed":   {"gzip", []byte(empty), "cannot be unpacked"},
		"other":        {"br", sound, "cannot be unpacked"},
		"twice":        {"gzip, gzip", sound, "cannot be unpacked"},
		"bomb":         {"gzip", bomb, "larger than 10 MB"},
		"hollow parts": {"gzip", bytes.Repeat(zipped(strings.NewReader("")), most/20), "only a part"},
	} {
		s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", row.coding)
			_, _ = w.Write(row.body)
		})
		start := time.Now()
		_, err := s.read(t)
		if row.words == "" && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if row.words != "" {
			t.Run(name, func(t *testing.T) { wants(t, err, kwadrans.CodeCalendarUnreadable, row.words) })
		}
		if d := time.Since(start); d > patience/2 {
			t.Errorf("%s took %v", name, d)
		}
	}
}

func TestTooLarge(t *testing.T) {
	written := 0
	s := newSite(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "BEGIN:VCALENDAR\r\n")
		for line := []byte("X-A:" + strings.Repeat("a", 1<<16) + "\r\n"); written < 50<<20; written += len(line) {
			if _, err := w.Write(line); err != nil {
				return
			}
		}
		_, _ = io.WriteString(w, "END:VCALENDAR\r\n")
	})
	_, err := s.read(t)
	wants(t, err, kwadrans.CodeCalendarUnreadable, "larger than 10 MB")
	s.Close()
	if written >= 50<<20 {
		t.Error("all of it was fetched")
	}
}

// A body shorter than it was announced, and one whose connection ends.
func TestCutBodies(t *testing.T) {
	for name, head := range map[string]string{"length": "Content-Length: 9000\r\n", "chunks": "Transfer-Encoding: chunked\r\n", "close": ""} {
		body := strings.TrimSuffix(empty, "END:VCALENDAR\r\n")
		if name == "length" {
			body = empty // it even looks whole
		}
		if name == "chunks" {
			body = fmt.Sprintf("%x\r\n%s\r\n", len(empty), empty) // and no last chunk
		}
		s := newSite(t, func(w http.ResponseWriter, _ *http.Request) {
			c, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nConnection: close\r\n"+head+"\r\n"+body)
			_ = c.Close()
		})
		_, err := s.read(t)
		t.Run(name, func(t *testing.T) { wants(t, err, kwadrans.CodeCalendarUnreadable, "only a part") })
	}
}

func TestServerThatNeverAnswers(t *testing.T) {
	for _, began := range []bool{false, true} {
		s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
			if began {
				_, _ = io.WriteString(w, "BEGIN:VCALENDAR\r\n")
				_ = http.NewResponseController(w).Flush()
			}
			<-r.Context().Done()
		})
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		_, err := s.feed().Read(ctx, kwadrans.Calendar{Address: s.url()}, "", nil)
		cancel()
		wants(t, err, kwadrans.CodeTimeout, "in time")
		discreet(t, err)
		ctx, cancel = context.WithCancel(t.Context())
		cancel()
		if _, err = s.feed().Read(ctx, kwadrans.Calendar{Address: s.url()}, "", nil); !errors.Is(err, context.Canceled) {
			t.Errorf("called off: %v", err)
		}
	}
}

func TestServerThatIsNotThere(t *testing.T) {
	s := newSite(t, text(empty))
	other := newSite(t, text(empty))
	s.guard.roots = other.guard.roots.Clone()
	wrong, err := newSite(t, text(empty)), error(nil)
	wrong.guard.roots = guard{}.roots
	_, err = wrong.read(t)
	wants(t, err, kwadrans.CodeCalendarRefused, "certificate is not trusted")
	s.Close()
	_, err = s.read(t)
	wants(t, err, kwadrans.CodeOffline, "cannot be reached")
	s.guard.resolver = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("no network") }}
	_, err = s.read(t, func(c *kwadrans.Calendar) { c.Address = "https://calendar.example/" + token })
	if code := kwadrans.CodeOf(err); code != kwadrans.CodeOffline && code != kwadrans.CodeTimeout {
		t.Errorf("no resolver: %v", err)
	}
}

func TestAddresses(t *testing.T) {
	for _, address := range []string{"", "x", "https://", "https:///x", "mailto:a@b", "ftp://calendar.example/", "file:///etc/passwd", "https://a b/", "https://calendar.example/%zz" + token, "//host/x", "data:text/calendar,x"} {
		_, err := Feed{}.Read(t.Context(), kwadrans.Calendar{Address: address, Near: true}, "", nil)
		if kwadrans.CodeOf(err) != kwadrans.CodeInvalid {
			t.Errorf("%q: %v", address, err)
		}
		discreet(t, err)
	}
}

func TestRedirects(t *testing.T) {
	for _, n := range []int{0, 1, 3, 4, 50} {
		s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
			if left, _ := strconv.Atoi(r.URL.Query().Get("left")); left > 0 {
				http.Redirect(w, r, fmt.Sprintf("/%s?left=%d", token, left-1), http.StatusMovedPermanently)
				return
			}
			_, _ = io.WriteString(w, empty)
		})
		_, err := s.read(t, func(c *kwadrans.Calendar) { c.Address += fmt.Sprintf("?left=%d", n) })
		if n <= hops && err != nil {
			t.Errorf("%d: %v", n, err)
		}
		if n > hops {
			wants(t, err, kwadrans.CodeCalendarRefused, "on and on")
		}
		if got := int(s.hits.Load()); got != min(n, hops)+1 {
			t.Errorf("%d: %d requests", n, got)
		}
	}
}

// The login and the secret address stay with the server that they are for.
func TestRedirectTakesNothingAlong(t *testing.T) {
	var got http.Header
	other := newSite(t, func(w http.ResponseWriter, r *http.Request) { got = r.Header.Clone(); _, _ = io.WriteString(w, empty) })
	var first http.Header
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		first = r.Header.Clone()
		http.Redirect(w, r, other.URL, http.StatusFound)
	})
	s.guard.roots.AddCert(other.Certificate())
	s.guard.stands[other.addr()] = true
	for name, row := range map[string]struct {
		change func(*kwadrans.Calendar)
		secret kwadrans.Secret
		want   string
	}{
		"password": {func(c *kwadrans.Calendar) { c.Login = "anna" }, "pass", "Basic "},
		"token":    {func(*kwadrans.Calendar) {}, "pass", "Bearer pass"},
		"written": {func(c *kwadrans.Calendar) {
			c.Address = strings.Replace(c.Address, "https://", "https://anna:pass@", 1)
		}, "", "Basic "},
	} {
		c := kwadrans.Calendar{Address: s.url()}
		row.change(&c)
		if _, err := s.feed().Read(t.Context(), c, row.secret, nil); err != nil {
			t.Fatal(name, err)
		}
		if !strings.HasPrefix(first.Get("Authorization"), row.want) {
			t.Errorf("%s: the server got %q", name, first.Get("Authorization"))
		}
		if got.Get("Authorization") != "" || got.Get("Referer") != "" {
			t.Errorf("%s: the other server got %q and %q", name, got.Get("Authorization"), got.Get("Referer"))
		}
	}
}
