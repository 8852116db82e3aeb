package calendar

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

const (
	patience = 20 * time.Second // of one reading, redirects and body included
	hops     = 3                // redirects that are followed
	longTag  = 1024             // of what a server gives to be sent back
)

// Feed reads calendars that have an address, as Transport allows it.
type Feed struct {
	Now func() time.Time // nil is the machine's clock

	way func(near bool) http.RoundTripper // nil is Transport
}

// Read fetches the calendar at c.Address: https://, or webcal:// which means the
// same; http:// where c.Near allows the own network. c.Login and secret sign in
// with a password, secret alone is a bearer token; neither goes to another
// server. While have says that a copy is there, it asks only for what is newer,
// and an unchanged calendar is Same. It fails with CodeCalendarAuth, CodeCalendarRefused, CodeNotFound,
// CodeCalendarUnreadable, CodeOffline, CodeTimeout, and CodeInvalid for an
// address that is not read; where the server said when to come back, a
// *kwadrans.Fault in the chain has that in Until. No error holds the address.
func (f Feed) Read(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret, have map[string]string) (kwadrans.CalendarChange, error) {
	var none kwadrans.CalendarChange
	bounded, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	req, err := request(bounded, c, secret)
	if err != nil {
		return none, err
	}
	asked := len(have) > 0 && condition(req.Header, c.Reading.Mark)
	way := Transport
	if f.way != nil {
		way = f.way
	}
	client := &http.Client{Transport: way(c.Near), CheckRedirect: redirected}
	defer client.CloseIdleConnections()
	resp, err := client.Do(req)
	if err != nil {
		return none, broken(bounded, err)
	}
	defer func() { _ = resp.Body.Close() }()
	switch {
	case resp.StatusCode == http.StatusNotModified && asked:
		return kwadrans.CalendarChange{Same: true, Mark: newer(c.Reading.Mark, markOf(resp.Header))}, nil
	case resp.StatusCode != http.StatusOK:
		return none, refused(resp, req.Header.Get("Authorization") != "", clock(f.Now))
	}
	body, err := unpacked(resp)
	if err == nil { // a server that we hang up on may end its answer as if it were whole
		err = bounded.Err()
	}
	if err != nil {
		return none, broken(bounded, err)
	}
	return one(body, markOf(resp.Header), have)
}

func request(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret) (*http.Request, error) {
	u, err := url.Parse(strings.TrimSpace(c.Address))
	if err != nil || u.Host == "" || u.Opaque != "" {
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "calendar: this is not the address of a calendar").
			WithHint("use an address that begins with https:// or webcal://")
	}
	if u.Scheme == "webcal" || u.Scheme == "webcals" {
		u.Scheme = "https"
	}
	user := u.User
	u.User = nil
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "calendar: this is not the address of a calendar").WithHint(hintCopy)
	}
	req.Header.Set("Accept", "text/calendar, */*;q=0.5")
	req.Header.Set("Accept-Encoding", "gzip")
	req.Header.Set("User-Agent", "Kwadrans")
	switch {
	case c.Login != "":
		req.SetBasicAuth(c.Login, secret.Reveal())
	case secret != "":
		req.Header.Set("Authorization", "Bearer "+secret.Reveal())
	case user != nil:
		password, _ := user.Password()
		req.SetBasicAuth(user.Username(), password)
	}
	return req, nil
}

// condition asks for what is newer than the last good reading, when there is
// something to tell that by (RFC 9110 §13.1).
func condition(h http.Header, m kwadrans.SourceMark) bool {
	if m.ETag != "" {
		h.Set("If-None-Match", m.ETag)
	}
	if m.Modified != "" {
		h.Set("If-Modified-Since", m.Modified)
	}
	return m.ETag != "" || m.Modified != ""
}

func markOf(h http.Header) kwadrans.SourceMark {
	short := func(v string) string {
		if len(v) > longTag {
			return ""
		}
		return v
	}
	return kwadrans.SourceMark{ETag: short(h.Get("ETag")), Modified: short(h.Get("Last-Modified"))}
}

// newer is what to ask with after an answer that may leave out what has not changed.
func newer(old, mark kwadrans.SourceMark) kwadrans.SourceMark {
	if mark.ETag != "" {
		old.ETag = mark.ETag
	}
	if mark.Modified != "" {
		old.Modified = mark.Modified
	}
	return old
}

// redirected lets the next server know neither the address that led to it, which
// is a secret, nor the login of another one.
func redirected(req *http.Request, via []*http.Request) error {
	if len(via) > hops {
		return kwadrans.Errorf(kwadrans.CodeCalendarRefused, "calendar: the address leads on and on").WithHint(hintCopy)
	}
	req.Header.Del("Referer")
	if first := via[0].URL; req.URL.Scheme != first.Scheme || req.URL.Host != first.Host {
		req.Header.Del("Authorization")
	}
	if req.URL.Scheme != "https" && via[len(via)-1].URL.Scheme == "https" {
		return unencrypted()
	}
	return nil
}

// unpacked reads the body, which neither packed nor unpacked may be larger than most.
func unpacked(resp *http.Response) ([]byte, error) {
	switch strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))) {
	case "", "identity":
		return all(resp.Body)
	case "gzip", "x-gzip":
	default:
		return nil, packed(nil)
	}
	r, err := gzip.NewReader(io.LimitReader(resp.Body, most))
	if err != nil {
		return nil, torn(err)
	}
	body, err := all(r)
	return body, torn(err)
}

// torn tells a packing that is wrong from a connection that broke.
func torn(err error) error {
	var flawed interface{ Timeout() bool }
	switch {
	case err == nil, errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &flawed):
		return err
	case errors.Is(err, io.EOF):
		return io.ErrUnexpectedEOF
	}
	if _, ok := kwadrans.AsError(err); ok {
		return err
	}
	return packed(err)
}

func packed(err error) error {
	return kwadrans.Errorf(kwadrans.CodeCalendarUnreadable, "calendar: it cannot be unpacked").WithHint(hintLater).Because(err)
}
