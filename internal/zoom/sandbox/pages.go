package sandbox

import (
	"net/url"
	"time"
)

// reading is a list that is read page by page: a token stands for one page of
// one query.
//
// assumed(page-snapshot): later pages show what was there when the first was read
type reading struct {
	rows    []row
	at      int
	query   string
	host    *user
	grant   *grant
	expires time.Time
	began   int64 // sequence number of the request for its first page
}

// resume finds the page that a token stands for: it lives 15 minutes and for
// the same query only (§12.4). Without a token it is nil, a first page.
func (w *World) resume(c *call) (*reading, bool) {
	token := c.query.Get("next_page_token")
	if token == "" {
		return nil, true
	}
	r := w.meetings.pages[token]
	if r == nil || r.host != c.target || r.query != sameQuery(c.query) || !c.now.Before(r.expires) {
		return nil, false
	}
	w.rules.followed(token) // assumed(page-again): a page may be fetched again while its token lives
	next := *r
	return &next, true
}

// more returns the token of the page that begins at a row; empty at the end.
func (w *World) more(c *call, r *reading, at int) string {
	if r.began == 0 {
		r.began = c.seq
	}
	if at >= len(r.rows) {
		c.complete = r
		return ""
	}
	token := w.text(32)
	w.meetings.dropPages(c.now)
	w.meetings.tokens = append(w.meetings.tokens, token)
	w.meetings.pages[token] = &reading{
		rows: r.rows, at: at, query: sameQuery(c.query), host: c.target, grant: c.grant,
		expires: c.now.Add(w.knobs.PageTokenLife), began: r.began,
	}
	c.opened = token
	return token
}

// pagesKept bounds how many pages wait to be fetched; who comes later than that
// gets the answer of an expired token.
const pagesKept = 2000

// dropPages forgets the oldest pages.
func (s *shelf) dropPages(now time.Time) {
	for len(s.tokens) > 0 {
		oldest := s.pages[s.tokens[0]]
		if len(s.tokens) < pagesKept && now.Before(oldest.expires) {
			return
		}
		delete(s.pages, s.tokens[0])
		s.tokens = s.tokens[1:]
	}
}

// sameQuery is a query without its token.
func sameQuery(q url.Values) string {
	rest := url.Values{}
	for k, v := range q {
		if k != "next_page_token" {
			rest[k] = v
		}
	}
	return rest.Encode()
}
