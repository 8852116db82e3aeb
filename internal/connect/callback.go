package connect

import (
	"context"
	"crypto/subtle"
	_ "embed"
	"html/template"
	"net/http"

	"golang.org/x/oauth2"

	"kwadrans/internal/kwadrans"
)

// flow is one sign-in.
type flow struct {
	*Service
	ctx      context.Context
	kind     kwadrans.ConnectionKind
	lang     kwadrans.Lang
	config   *oauth2.Config
	host     string // 127.0.0.1:port
	state    string
	verifier string
	claimed  chan struct{} // holds a token once the end of the flow is decided
	finished chan outcome
}

type outcome struct {
	result Result
	err    error
}

// ServeHTTP answers the browser. Only an answer with our state ends the flow: a
// code that somebody else started (from Zoom's Marketplace, or planted by an
// attacker, RFC 6749 §10.12) is never used, and the flow goes on.
func (f *flow) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Host != f.host || r.URL.Path != callbackPath {
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	q := r.URL.Query()
	if len(q["state"]) != 1 || subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(f.state)) != 1 {
		f.page(w, http.StatusBadRequest, "foreign")
		return
	}
	if q.Get("error") == "" && (len(q["code"]) != 1 || q.Get("code") == "") {
		f.page(w, http.StatusBadRequest, "incomplete")
		return
	}
	if !f.claim() {
		f.page(w, http.StatusConflict, "again")
		return
	}
	f.finish(w, q.Get("error"), q.Get("code"))
}

// claim decides the end of the flow; true for the first who asks.
func (f *flow) claim() bool {
	select {
	case f.claimed <- struct{}{}:
		return true
	default:
		return false
	}
}

// finish sees the sign-in through while the tab waits, so that the tab tells the truth.
func (f *flow) finish(w http.ResponseWriter, refused, code string) {
	if refused != "" {
		f.page(w, http.StatusOK, "declined")
		f.finished <- outcome{err: kwadrans.Errorf(kwadrans.CodeDeclined, "connect: the permission was declined at Zoom").WithHint("nothing was changed; press Connect to try again")}
		return
	}
	result, err := f.exchange(code)
	switch {
	case err == nil:
		f.page(w, http.StatusOK, "success")
	case kwadrans.CodeOf(err) == kwadrans.CodeOffline:
		f.page(w, http.StatusBadGateway, "offline")
	default:
		f.page(w, http.StatusBadGateway, "failed")
	}
	f.finished <- outcome{result, err}
}

//go:embed tab.html
var tabHTML string

var tab = template.Must(template.New("tab").Parse(tabHTML))

func (f *flow) page(w http.ResponseWriter, status int, key string) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	w.WriteHeader(status)
	_ = tab.Execute(w, map[string]any{
		"Lang": string(f.lang), "Good": key == "success",
		"Title": f.Words(f.lang, "connect.tab."+key+".title"), "Text": f.Words(f.lang, "connect.tab."+key+".text"),
	})
	if flusher, ok := w.(http.Flusher); ok {
		flusher.Flush()
	}
}
