package page

import (
	"crypto/subtle"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"
)

// policy lets nothing in but what the page itself brings (Content Security Policy
// Level 3). Nothing is inline.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard stands before every answer, those of failures too: headers, the address that
// was asked for, requests from other sites, too many of them, panics, the log.
func (p *Page) guard(next http.Handler) http.Handler {
	other := http.NewCrossOriginProtection()
	if p.Public != "" {
		_ = other.AddTrustedOrigin(p.Public)
	}
	other.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.say(w, p.visitor(r), http.StatusForbidden, "page.foreign")
	}))
	inner := other.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		p.headers(w.Header())
		out := &answer{ResponseWriter: w}
		defer p.finish(out, r, began)
		switch {
		case !p.here(r.Host):
			p.missing(out, p.visitor(r))
		case !p.limits.visit(block(r, p.Public != "")):
			out.Header().Set("Retry-After", "60")
			p.say(out, p.visitor(r), http.StatusTooManyRequests, "page.slow")
		default:
			r.Body = http.MaxBytesReader(out, r.Body, maxBody)
			inner.ServeHTTP(out, r)
		}
	})
}

func (p *Page) headers(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()")
	h.Set("Cache-Control", "no-store")
	if p.Public != "" {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// finish turns a panic into a failure and writes the log: which page, how it ended,
// how long it took. Who asked, and what the address or the form held, is not in it.
func (p *Page) finish(w *answer, r *http.Request, began time.Time) {
	if what := recover(); what != nil {
		if what == http.ErrAbortHandler {
			panic(what)
		}
		p.House.Log.Error("page: an answer panicked", "page", r.Pattern, "panic", fmt.Sprintf("%T", what), "stack", string(debug.Stack()))
		if w.status == 0 {
			p.say(w, p.visitor(r), http.StatusInternalServerError, "page.broken")
		}
	}
	if r.Method != http.MethodGet || w.status >= 500 {
		p.House.Log.Info("page: answered", "page", r.Pattern, "status", w.status, "ms", time.Since(began).Milliseconds())
	}
}

// answer remembers its status.
type answer struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write sends a part of the answer.
func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// here says whether the visitor asked for this page: a foreign name that leads to
// this computer must not read it (DNS rebinding).
func (p *Page) here(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	return loopback(strings.Trim(name, "[]")) || p.Public != "" && strings.EqualFold("https://"+host, p.Public)
}

// block is where a visitor comes from, as one neighbourhood: an IPv4 address, or the
// /64 that an IPv6 customer has. Behind a proxy on this computer it is what the proxy
// wrote last; what came before that anybody can write.
func block(r *http.Request, proxied bool) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if list := r.Header.Values("X-Forwarded-For"); proxied && loopback(host) && len(list) > 0 {
		hops := strings.Split(list[len(list)-1], ",")
		host = strings.TrimSpace(hops[len(hops)-1])
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return "?"
	}
	if ip = ip.Unmap().WithZone(""); ip.Is6() {
		if net, err := ip.Prefix(64); err == nil {
			return net.String()
		}
	}
	return ip.String()
}

// same compares in constant time.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
