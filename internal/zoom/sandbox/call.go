package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxBody bounds a request, in bytes.
const maxBody = 1 << 20

// call is one request on its way through the world.
type call struct {
	w      *World
	ctx    context.Context
	method string
	path   string // as it was sent, still escaped
	remote string
	host   string
	header http.Header
	query  url.Values
	body   []byte
	form   url.Values // of a form-encoded body
	seq    int64
	now    time.Time

	rule   string // what the request is, such as "POST /users/{userId}/meetings"
	op     *operation
	args   []string // the path's values
	run    func(*call) answer
	app    *app   // of a token call
	grant  *grant // of an API call
	target *user  // whom an API call is about
	limit  http.Header

	meeting  *meeting                   // that the path names, or that was made
	fields   map[string]json.RawMessage // of a JSON body
	search   search                     // of a list
	complete *reading                   // a list that was read to its end
	opened   string                     // a paging token that was given out
	pair     int                        // which pair of its grant the call used
}

func read(rw http.ResponseWriter, r *http.Request) (*call, error) {
	body, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, maxBody))
	c := &call{
		ctx: r.Context(), method: r.Method, path: r.URL.EscapedPath(), remote: r.RemoteAddr, host: r.Host,
		header: r.Header.Clone(), query: r.URL.Query(), body: body, form: url.Values{},
	}
	if c.mediaType() == "application/x-www-form-urlencoded" {
		c.form, _ = url.ParseQuery(string(body))
	}
	return c, err
}

func (c *call) mediaType() string {
	t, _, _ := mime.ParseMediaType(c.header.Get("Content-Type"))
	return t
}

// admit finds out what a request is and whether it may be carried out.
func (w *World) admit(c *call) (answer, bool) {
	if strings.HasPrefix(c.path, "/v2/") {
		a, ok := w.admitAPI(c)
		return a, ok
	}
	c.rule = c.method + " " + c.path
	switch c.rule {
	case "GET /oauth/authorize":
		c.run = w.authorize
	case "POST " + decisionPath:
		c.run = w.decide
	case "POST /oauth/token":
		c.rule += " " + c.form.Get("grant_type")
		c.run = w.token
	case "POST /oauth/revoke":
		c.run = w.revoke
	default:
		return page(http.StatusNotFound, "<!doctype html><title>404</title>This page is not there."), false
	}
	return answer{}, true
}

// admitAPI takes the steps of §12.3 before a REST call is carried out.
func (w *World) admitAPI(c *call) (answer, bool) {
	a, ok := w.gate(c)
	if a.header == nil {
		a.header = http.Header{}
	}
	run := c.run
	c.run = func(c *call) answer { return c.dress(run(c)) }
	if !ok {
		a = c.dress(a)
	}
	return a, ok
}

// dress adds the headers that every REST answer carries.
func (c *call) dress(a answer) answer {
	if a.header == nil {
		a.header = http.Header{}
	}
	a.header.Set("x-zm-trackingid", fmt.Sprintf("WEB_%08x", c.seq))
	for k, v := range c.limit {
		if a.header.Get(k) == "" {
			a.header[k] = v
		}
	}
	return a
}

func (w *World) gate(c *call) (answer, bool) {
	allowed := w.route(c)
	if c.op == nil {
		c.rule = c.method + " (unknown)"
		if allowed {
			// assumed(method-405): the body of a 405
			return refuse(http.StatusMethodNotAllowed, 300, "Request method '"+c.method+"' not supported."), false
		}
		// assumed(unknown-path): number and text for a path that is not there
		return refuse(http.StatusNotFound, 2300, "This API endpoint is not recognized."), false
	}
	c.rule, c.run = c.op.name(), func(c *call) answer { return c.op.run(w, c) }
	steps := []func(*call) (answer, bool){w.bearer, w.scoped, w.levelled, w.limited, w.readable}
	for _, step := range steps {
		if a, ok := step(c); !ok {
			return a, false
		}
	}
	return answer{}, true
}
