package sandbox

import (
	"net/http"
	"net/url"
	"time"
)

// Entry is one request as it came and was answered; secrets stand in it as they
// were sent, so that tests can look for leaks.
type Entry struct {
	Seq    int64       `json:"seq"`
	At     time.Time   `json:"at"`
	Method string      `json:"method"`
	Path   string      `json:"path"` // still escaped
	Query  url.Values  `json:"query,omitempty"`
	Header http.Header `json:"header"`
	Body   string      `json:"body,omitempty"`
	Rule   string      `json:"rule"` // what it was, such as "GET /users/{userId}"
	Status int         `json:"status"`
	Answer string      `json:"answer,omitempty"`
	Fault  string      `json:"fault,omitempty"` // what went wrong on purpose
}

// bytesKept bounds what the journal holds of bodies and answers.
const bytesKept = 64 << 20

// journal is a ring: the oldest entries go first, by number and by size.
type journal struct {
	seq   int64
	most  int
	size  int
	list  []Entry
	start int // index of the oldest in list
}

func newJournal(most int) journal {
	if most <= 0 {
		most = 20_000
	}
	return journal{most: most}
}

func (j *journal) next() int64 {
	j.seq++
	return j.seq
}

func (e Entry) size() int { return len(e.Body) + len(e.Answer) + 2048 }

func (j *journal) add(c *call, a answer, f *Fault) {
	e := Entry{
		Seq: c.seq, At: c.now, Method: c.method, Path: c.path, Query: c.query, Header: c.header, Body: string(c.body),
		Rule: c.rule, Status: a.status, Answer: string(a.body),
	}
	if f != nil {
		e.Fault = f.Name
	}
	j.list = append(j.list, e)
	j.size += e.size()
	for len(j.list)-j.start > j.most || j.size > bytesKept && len(j.list)-j.start > 1 {
		j.size -= j.list[j.start].size()
		j.list[j.start] = Entry{}
		j.start++
	}
	if j.start > j.most { // moves each entry once at most per ring
		j.list = append([]Entry(nil), j.list[j.start:]...)
		j.start = 0
	}
}

// Journal returns the requests, oldest first: the last 20,000, or as many as Options say.
func (w *World) Journal() []Entry {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]Entry(nil), w.journal.list[w.journal.start:]...)
}

// ClearJournal forgets the requests so far; the rules of §12.7 do not.
func (w *World) ClearJournal() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.journal.list, w.journal.start, w.journal.size = nil, 0, 0
}
