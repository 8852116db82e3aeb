package connect

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

// during runs f while a sign-in waits, then lets it end well.
func (r *rig) during(lang kwadrans.Lang, f func(redirect, state string)) {
	r.t.Helper()
	open := r.Open
	r.Open = func(address string) error {
		redirect, state := redirectOf(r.t, address)
		f(redirect, state)
		return open(address)
	}
	defer func() { r.Open = open }()
	if _, err := r.Connect(r.t.Context(), mine, Options{Lang: lang}); err != nil {
		r.t.Error(err)
	}
	if page := <-r.tabs; page.status != http.StatusOK {
		r.t.Errorf("the tab shows %+v", page)
	}
}

func send(t *testing.T, method, address string, change func(*http.Request)) tabPage {
	t.Helper()
	req, err := http.NewRequest(method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(req)
	}
	tr := &http.Transport{DisableKeepAlives: true}
	resp, err := tr.RoundTrip(req)
	if err != nil {
		return tabPage{err: err}
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	return tabPage{resp.StatusCode, resp.Header, string(b), nil}
}

// Nothing of this ends the flow or reaches Zoom; afterwards the sign-in succeeds.
func TestNoiseAtTheRedirect(t *testing.T) {
	r := begin(t)
	r.during("en", func(redirect, state string) {
		root := strings.TrimSuffix(redirect, "/callback")
		for name, row := range map[string]struct {
			method, address string
			change          func(*http.Request)
			status          int
			words           string
		}{
			"no state":          {"GET", redirect + "?code=kwsbx-planted", nil, 400, "not started in Kwadrans"},
			"wrong state":       {"GET", redirect + "?code=kwsbx-planted&state=" + strings.Repeat("A", 43), nil, 400, "not started in Kwadrans"},
			"empty state":       {"GET", redirect + "?code=kwsbx-planted&state=", nil, 400, "not started in Kwadrans"},
			"two states":        {"GET", redirect + "?code=kwsbx-x&state=" + state + "&state=" + state, nil, 400, "not started in Kwadrans"},
			"cut state":         {"GET", redirect + "?code=kwsbx-x&state=" + state[:42], nil, 400, "not started in Kwadrans"},
			"foreign error":     {"GET", redirect + "?error=access_denied", nil, 400, "not started in Kwadrans"},
			"two codes":         {"GET", redirect + "?code=kwsbx-a&code=kwsbx-b&state=" + state, nil, 400, "incomplete"},
			"no code":           {"GET", redirect + "?state=" + state, nil, 400, "incomplete"},
			"empty code":        {"GET", redirect + "?code=&state=" + state, nil, 400, "incomplete"},
			"favicon":           {"GET", root + "/favicon.ico", nil, 404, ""},
			"root":              {"GET", root + "/", nil, 404, ""},
			"a longer path":     {"GET", redirect + "/x?code=kwsbx-a&state=" + state, nil, 404, ""},
			"post":              {"POST", redirect + "?code=kwsbx-a&state=" + state, nil, 405, ""},
			"head":              {"HEAD", redirect + "?code=kwsbx-a&state=" + state, nil, 405, ""},
			"options":           {"OPTIONS", redirect + "?code=kwsbx-a&state=" + state, nil, 405, ""},
			"another host":      {"GET", redirect + "?code=kwsbx-a&state=" + state, func(q *http.Request) { q.Host = "evil.example" }, 404, ""},
			"localhost":         {"GET", redirect + "?code=kwsbx-a&state=" + state, func(q *http.Request) { q.Host = strings.Replace(q.Host, "127.0.0.1", "localhost", 1) }, 404, ""},
			"host without port": {"GET", redirect + "?code=kwsbx-a&state=" + state, func(q *http.Request) { q.Host = "127.0.0.1" }, 404, ""},
		} {
			page := send(t, row.method, row.address, row.change)
			if page.err != nil || page.status != row.status || !strings.Contains(page.body, row.words) {
				t.Errorf("%s: %+v", name, page)
			}
			if strings.Contains(page.body, "kwsbx-") || strings.Contains(page.body, state) {
				t.Errorf("%s: the page tells %s", name, page.body)
			}
		}
		if n := r.count(callToken); n != 0 {
			t.Errorf("%d token calls", n)
		}
	})
}

// Add in Zoom's Marketplace leads here with a code that we did not ask for.
func TestMarketplaceAddIsNeverUsed(t *testing.T) {
	r := begin(t)
	r.during("pl", func(redirect, _ string) {
		code := strings.TrimPrefix(r.w.MarketplaceAdd(), "http://127.0.0.1/callback")
		if page := browse(redirect + code); page.status != 400 || !strings.Contains(page.body, "nie zaczęło się w Kwadransie") {
			t.Errorf("the tab shows %+v", page)
		}
		if n := r.count(callToken); n != 0 {
			t.Errorf("%d token calls", n)
		}
	})
}

// The consent page's own answer without state does not help either.
func TestSignInWithoutOurStateWaitsOn(t *testing.T) {
	r := begin(t)
	r.w.Consent(sandbox.MarketplaceAdd)
	open := r.Open
	r.Open = func(address string) error {
		if page := browse(address); page.status != 400 {
			t.Errorf("the tab shows %+v", page)
		}
		r.w.Consent(sandbox.Allow)
		return open(address)
	}
	if _, err := r.Connect(t.Context(), mine, Options{}); err != nil {
		t.Error(err)
	}
}

// trip is a transport made of a function.
type trip func(*http.Request) (*http.Response, error)

func (f trip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestSecondUse(t *testing.T) {
	r := begin(t)
	var redirect, state string
	open, next := r.Open, r.HTTP.Transport
	r.Open = func(address string) error {
		redirect, state = redirectOf(t, address)
		return open(address)
	}
	second := make(chan tabPage, 2)
	r.HTTP = &http.Client{Transport: trip(func(req *http.Request) (*http.Response, error) {
		if req.URL.Path == "/oauth/token" { // while the first code is being exchanged
			second <- send(t, "GET", redirect+"?code=kwsbx-other&state="+state, nil)
			second <- send(t, "GET", redirect+"?error=x&state="+state, nil)
		}
		return next.RoundTrip(req)
	})}
	r.connect()
	for range 2 {
		if page := <-second; page.status != http.StatusConflict || !strings.Contains(page.body, "already finished") {
			t.Errorf("the second tab shows %+v", page)
		}
	}
	if n := r.count(callCode); n != 1 {
		t.Errorf("a code was sent %d times", n)
	}
}

func TestListenerIsGoneAfterwards(t *testing.T) {
	r := begin(t)
	r.connect()
	redirect, state := redirectOf(t, <-r.asked)
	if page := browse(redirect + "?code=x&state=" + state); page.err == nil {
		t.Errorf("somebody still answers: %+v", page)
	}
}

func TestPagesOfTheTab(t *testing.T) {
	for _, l := range []kwadrans.Lang{"pl", "en"} {
		r := begin(t)
		pages := []tabPage{}
		r.during(l, func(redirect, state string) {
			pages = append(pages, browse(redirect+"?code=kwsbx-x"), browse(redirect+"?state="+state))
		})
		r.w.Consent(sandbox.Decline)
		_, err := r.Connect(t.Context(), mine, Options{Lang: l})
		r.fails(err, kwadrans.CodeDeclined)
		pages = append(pages, <-r.tabs)
		r.w.Consent(sandbox.Allow)
		for _, f := range []sandbox.Fault{sandbox.ErrorBefore, {Status: 400, Body: `{"error":"invalid_grant"}`}} {
			r.w.FailNext(callToken, 1, f)
			_, _ = r.Connect(t.Context(), mine, Options{Lang: l})
			pages = append(pages, <-r.tabs)
		}
		for i, p := range pages {
			h := p.header
			if h.Get("Cache-Control") != "no-store" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("X-Content-Type-Options") != "nosniff" ||
				!strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") || h.Get("Content-Type") != "text/html; charset=utf-8" {
				t.Errorf("%s, page %d: %v", l, i, h)
			}
			if !strings.Contains(p.body, `<html lang="`+string(l)+`">`) || strings.Contains(p.body, "connect.tab") || strings.Contains(p.body, "<script") || strings.Contains(p.body, sandbox.Canary) {
				t.Errorf("%s, page %d: %s", l, i, p.body)
			}
		}
	}
}
