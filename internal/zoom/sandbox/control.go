package sandbox

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
)

func isControl(path string) bool { return strings.HasPrefix(path, "/control/") }

// Control opens or shuts /control/…, which steers a world that runs as a
// process of its own. Only this machine may use it.
func (w *World) Control(on bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.control = on
}

// steer answers /control/…. Pages in a browser cannot reach it: their requests
// carry an Origin, or are not called JSON.
func (w *World) steer(rw http.ResponseWriter, c *call) {
	w.mu.Lock()
	open := w.control
	w.mu.Unlock()
	if !open || !here(c.remote) || !here(c.host) || c.header.Get("Origin") != "" {
		http.Error(rw, "404 page not found", http.StatusNotFound)
		return
	}
	name := strings.TrimPrefix(c.path, "/control/")
	var v any
	err := errUnknown
	switch act, look := acts[name], looks[name]; {
	case c.method == http.MethodGet && look != nil:
		v, err = look(w, c)
	case c.method == http.MethodPost && len(c.body) > 0 && c.mediaType() != "application/json":
		err = errors.New("the body must be called application/json")
	case c.method == http.MethodPost && act != nil:
		v, err = act(w, c)
	}
	status := http.StatusOK
	if err != nil {
		status, v = http.StatusBadRequest, map[string]string{"error": err.Error()}
		if errors.Is(err, errUnknown) {
			status = http.StatusNotFound
		}
	}
	if v == nil {
		v = map[string]bool{"ok": true}
	}
	w.send(rw, (&http.Request{}).WithContext(c.ctx), jsonAnswer(status, v), nil)
}

var errUnknown = errors.New("sandbox: there is no such control")

// here says whether an address is this machine's.
func here(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// body reads the JSON of a control request; a field that nobody knows is an error.
func body[T any](c *call) (T, error) {
	var v T
	if len(c.body) == 0 {
		return v, nil
	}
	d := json.NewDecoder(strings.NewReader(string(c.body)))
	d.DisallowUnknownFields()
	return v, d.Decode(&v)
}

// looks are the controls that change nothing.
var looks = map[string]func(*World, *call) (any, error){
	"broken": func(w *World, _ *call) (any, error) { return append([]string{}, w.Broken()...), nil },
	"knobs":  func(w *World, _ *call) (any, error) { return w.Knobs(), nil },
	"now":    func(w *World, _ *call) (any, error) { return map[string]any{"now": w.Now()}, nil },
	"user":   func(w *World, _ *call) (any, error) { return w.User(), nil },
	"meetings": func(w *World, c *call) (any, error) {
		if c.query.Get("all") != "" {
			return w.AllMeetings(), nil
		}
		return w.Meetings(), nil
	},
	"journal": func(w *World, c *call) (any, error) {
		since, _ := strconv.ParseInt(c.query.Get("since"), 10, 64)
		list := []Entry{}
		for _, e := range w.Journal() {
			if e.Seq > since {
				list = append(list, e)
			}
		}
		return list, nil
	},
	"marketplace-add": func(w *World, _ *call) (any, error) {
		return map[string]string{"location": w.MarketplaceAdd()}, nil
	},
}
