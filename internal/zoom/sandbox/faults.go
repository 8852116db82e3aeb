package sandbox

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Fault is what goes wrong with one request that would have been carried out.
// The zero Fault is nothing. After says that the request is carried out all
// the same, and only its answer is lost or spoilt.
type Fault struct {
	Name   string // for the journal
	After  bool
	Status int           // answer with this status …
	Body   string        // … and this body
	Type   string        // … of this content type
	Header http.Header   // … and these headers
	Cut    bool          // half of the JSON of the real answer
	Reset  bool          // the connection is reset instead of an answer
	Slow   bool          // half of the answer, then a wait, then the rest
	Delay  time.Duration // wait so long by the machine's clock
	Hold   bool          // wait until Release, or until the client has left

	released <-chan struct{}
}

// The faults that Zoom was seen to have, or that a network has.
var (
	ErrorBefore = Fault{Name: "error-before", Status: 500, Body: `{"code":500,"message":"Internal server error."}`}
	ErrorAfter  = Fault{Name: "error-after", After: true, Status: 502, Body: "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", Type: "text/html"}
	ResetBefore = Fault{Name: "reset-before", Reset: true}
	ResetAfter  = Fault{Name: "reset-after", Reset: true, After: true}
	Truncated   = Fault{Name: "truncated", Cut: true, After: true}
	HTML        = Fault{Name: "html", Status: 502, Body: "<!doctype html><html><body>Service temporarily unavailable</body></html>", Type: "text/html;charset=utf-8"}
	HTMLOK      = Fault{Name: "html-ok", Status: 200, Body: "<!doctype html><html><body>Please wait</body></html>", Type: "text/html;charset=utf-8"}
	XML         = Fault{Name: "xml", Status: 400, Body: "<?xml version=\"1.0\"?><result><code>300</code><message>Bad Request</message></result>", Type: "application/xml"}
	Unescaped   = Fault{Name: "unescaped", Status: 400, Body: `{"code":104,"message":"Invalid access token, does not contain scopes:["meeting:read:meeting"]."}`}
	QPS         = Fault{Name: "qps", Status: 429, Body: `{"code":429,"message":"` + textPerSecond + `"}`, Header: http.Header{"X-Ratelimit-Type": {"QPS"}, "X-Ratelimit-Remaining": {"0"}}}
	Daily       = Fault{Name: "daily", Status: 429, Body: `{"code":429,"message":"` + dailyText(100) + `"}`, Header: http.Header{"X-Ratelimit-Category": {"Light"}}}
	Held        = Fault{Name: "held", Hold: true}                    // before it is carried out
	HeldAfter   = Fault{Name: "held-after", Hold: true, After: true} // carried out, no answer
)

// SlowBody sends half of the real answer and the rest later.
func SlowBody(d time.Duration) Fault {
	return Fault{Name: "slow", After: true, Slow: true, Delay: d}
}

// Delayed waits before the request is carried out.
func Delayed(d time.Duration) Fault { return Fault{Name: "delayed", Delay: d} }

// Refused answers with a REST error and carries nothing out.
func Refused(status, code int, message string) Fault {
	return Fault{Name: "refused", Status: status, Body: fmt.Sprintf(`{"code":%d,"message":%q}`, code, message)}
}

// NamedFault returns a fault by its name, as the control interface takes it.
func NamedFault(name string) (Fault, bool) {
	for _, f := range []Fault{
		ErrorBefore, ErrorAfter, ResetBefore, ResetAfter, Truncated, HTML, HTMLOK, XML, Unescaped, QPS, Daily, Held, HeldAfter,
		SlowBody(time.Second), Delayed(time.Second),
	} {
		if f.Name == name {
			return f, true
		}
	}
	return Fault{}, false
}

type planned struct {
	match string
	left  int
	fault Fault
}

// FailNext spoils the next n requests that a rule matches: a rule as the
// journal names it, such as "POST /users/{userId}/meetings", its beginning, such as
// "POST /oauth/token", or "*" for every REST call. Below zero it never ends.
// Only requests that would have been carried out count.
func (w *World) FailNext(match string, n int, f Fault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults = append(w.faults, &planned{match, n, f})
}

// LoseResponseAfterCommit carries the next such request out and resets the
// connection instead of answering.
func (w *World) LoseResponseAfterCommit(match string) { w.FailNext(match, 1, ResetAfter) }

// StopFailing forgets the faults that are still planned.
func (w *World) StopFailing() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults = nil
}

// Release lets go what a fault holds.
func (w *World) Release() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.held)
	w.held = make(chan struct{})
}

// take returns the fault of a request, if one is planned.
func (w *World) take(rule string) *Fault {
	for i, p := range w.faults {
		if p.match != rule && !strings.HasPrefix(rule, p.match+" ") && (p.match != "*" || strings.Contains(rule, "/oauth/")) {
			continue
		}
		if p.left--; p.left == 0 {
			w.faults = append(w.faults[:i:i], w.faults[i+1:]...)
		}
		f := p.fault
		f.released = w.held
		return &f
	}
	return nil
}

func (f *Fault) waits() bool { return f.Hold || f.Delay > 0 }

func (f *Fault) wait(ctx context.Context) {
	var late <-chan time.Time
	if !f.Hold {
		timer := time.NewTimer(f.Delay)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case <-ctx.Done():
	case <-f.released:
	case <-late:
	}
}

// apply carries the request out, or not, and spoils its answer.
func (f *Fault) apply(c *call) answer {
	if f == nil {
		return c.run(c)
	}
	if !f.After && (f.Status != 0 || f.Reset) {
		return f.spoil(answer{})
	}
	return f.spoil(c.run(c))
}

func (f *Fault) spoil(a answer) answer {
	if f.Cut {
		a.body = bytes.Clone(a.body[:len(a.body)/2])
	}
	if f.Status == 0 {
		return a
	}
	a = answer{status: f.Status, header: http.Header{"Content-Type": {"application/json;charset=UTF-8"}}, body: []byte(f.Body)}
	if f.Type != "" {
		a.header.Set("Content-Type", f.Type)
	}
	for k, v := range f.Header {
		a.header[k] = v
	}
	return a
}

// loses says whether the client cannot know what became of its request.
func (f *Fault) loses(c *call) bool {
	if c.ctx.Err() != nil {
		return true
	}
	return f != nil && (f.Reset || f.Cut || f.Status >= 500 || f.Status/100 == 2)
}
