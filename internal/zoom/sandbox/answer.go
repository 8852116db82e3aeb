package sandbox

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
)

// answer is what goes back, before anything is broken on its way.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// jsonAnswer writes a value as Zoom does; 204 has neither body nor type.
func jsonAnswer(status int, v any) answer {
	a := answer{status: status, header: http.Header{}}
	if status == http.StatusNoContent {
		return a
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // maps and slices of plain values
	a.body = bytes.TrimRight(b.Bytes(), "\n")
	a.header.Set("Content-Type", "application/json;charset=UTF-8")
	return a
}

func page(status int, html string) answer {
	return answer{status: status, header: http.Header{"Content-Type": {"text/html;charset=utf-8"}}, body: []byte(html)}
}

// wrong names a field that is not as Zoom wants it.
type wrong struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// refuse is a REST error (§5).
func refuse(status, code int, message string) answer {
	return jsonAnswer(status, map[string]any{"code": code, "message": message})
}

func invalid(fields ...wrong) answer {
	v := map[string]any{"code": 300, "message": "Validation Failed."}
	if len(fields) > 0 {
		v["errors"] = fields
	}
	return jsonAnswer(http.StatusBadRequest, v)
}

// send writes the answer, or what a fault leaves of it.
func (w *World) send(rw http.ResponseWriter, r *http.Request, a answer, f *Fault) {
	if f != nil && f.waits() && f.After && !f.Slow {
		f.wait(r.Context())
	}
	if f != nil && f.Reset {
		reset(rw)
		return
	}
	for k, v := range a.header {
		rw.Header()[k] = v
	}
	if a.status != http.StatusNoContent {
		rw.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	rw.WriteHeader(a.status)
	if f == nil || !f.Slow {
		_, _ = rw.Write(a.body)
		return
	}
	half := len(a.body) / 2
	_, _ = rw.Write(a.body[:half])
	_ = http.NewResponseController(rw).Flush()
	f.wait(r.Context())
	_, _ = rw.Write(a.body[half:])
}

// reset ends the connection the hard way, without an answer.
func reset(rw http.ResponseWriter) {
	conn, _, err := http.NewResponseController(rw).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(interface{ SetLinger(int) error }); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
