package zoom

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// Zoom's own numbers that decide something (Zoom API: errors).
const (
	zoomTokenInvalid   = 124
	zoomScopeOther     = 104
	zoomScopeClassic   = 4700
	zoomScopeGranular  = 4711
	zoomMeetingMissing = 3001
)

// refusal is an error answer of Zoom.
type refusal struct {
	Status  int
	Code    int
	Message string
}

func (r *refusal) Error() string {
	return fmt.Sprintf("zoom: status %d, code %d", r.Status, r.Code)
}

// Gone says whether the error means that the meeting does not exist (404/3001).
func (c *Client) Gone(err error) bool {
	var r *refusal
	return errors.As(err, &r) && r.Status == http.StatusNotFound && r.Code == zoomMeetingMissing
}

// broken is a call without an answer. It was certainly not carried out when
// nothing of it was written.
func (k call) broken(err error, wrote bool) error {
	var f *kwadrans.Fault
	if errors.As(err, &f) {
		return f
	}
	fault := &kwadrans.Fault{Code: kwadrans.CodeOffline, Err: fmt.Errorf("zoom: %s: %w", k.name(), cause(err))}
	if wrote && k.writes() {
		fault.Outcome = kwadrans.MaybeExecuted
	}
	return fault
}

// cause drops the address from an HTTP error: it may carry names and paging tokens.
func cause(err error) error {
	var u interface{ Unwrap() error }
	if errors.As(err, &u) {
		return u.Unwrap()
	}
	return err
}

// unreadable is a 2xx answer that is cut or not what Zoom promises.
func (k call) unreadable(err error) error {
	f := &kwadrans.Fault{Code: kwadrans.CodeOffline, Words: "Zoom's answer could not be read", Err: fmt.Errorf("zoom: %s: %w", k.name(), err)}
	if k.writes() {
		f.Outcome = kwadrans.MaybeExecuted
	}
	return f
}

// refused classifies an answer that is not 2xx. Numbers decide, never messages;
// the one exception is the daily limit, which Zoom tells by its text alone.
func (k call) refused(status int, h http.Header, body []byte, now time.Time) *kwadrans.Fault {
	r := parseRefusal(status, body)
	f := &kwadrans.Fault{Code: kwadrans.CodeZoomRefused, Words: r.words(), Err: r}
	switch {
	case status == http.StatusTooManyRequests:
		k.limited(f, r, h, now)
	case r.Code == zoomScopeGranular, r.Code == zoomScopeClassic, r.Code == zoomScopeOther:
		f.Code, f.PauseLane, f.Until = kwadrans.CodeMissingPermissions, true, kwadrans.Forever
	case status == http.StatusUnauthorized, r.Code == zoomTokenInvalid:
		f.Code = kwadrans.CodeReconnect // the authorising transport has refreshed already
	case status >= 500, status == http.StatusRequestTimeout:
		f.Code = kwadrans.CodeOffline
		if k.writes() {
			f.Outcome = kwadrans.MaybeExecuted
		}
	case status < 400: // nobody follows where this leads
		f.Code = kwadrans.CodeOffline
	default: // without Zoom's number it may be of somebody in between
		f.Permanent = r.Code != 0
	}
	return f
}

// limited reads a 429. The limits of a day end at 00:00 UTC; that of creates and
// updates per user never ends earlier, whatever a header says (Zoom API: rate limits).
func (k call) limited(f *kwadrans.Fault, r *refusal, h http.Header, now time.Time) {
	f.Code, f.Until = kwadrans.CodeZoomLimit, retryAfter(h, now)
	text := strings.Contains(strings.ToLower(r.Message), "daily rate limit")
	if !text && !strings.EqualFold(h.Get("X-RateLimit-Type"), "Daily-limit") {
		return
	}
	f.PauseLane = true
	if text && k.counted || f.Until.Before(now.Add(time.Minute)) {
		f.Until = now.UTC().Truncate(24*time.Hour).AddDate(0, 0, 1).Add(5 * time.Second)
	}
}

// retryAfter reads an ISO date, an HTTP date or seconds; zero for none. Zoom
// sends the first. No limit of Zoom holds longer than a day.
func retryAfter(h http.Header, now time.Time) time.Time {
	v := strings.TrimSpace(h.Get("Retry-After"))
	t, err := time.Parse(time.RFC3339, v)
	if err != nil {
		t, err = http.ParseTime(v)
	}
	if n, notSeconds := strconv.ParseUint(v, 10, 32); notSeconds == nil {
		t, err = now.Add(time.Duration(n)*time.Second), nil
	}
	if err != nil {
		return time.Time{}
	}
	if latest := now.Add(25 * time.Hour); t.After(latest) {
		return latest
	}
	return t
}

var (
	looseCode    = regexp.MustCompile(`"(?:code|errorCode)"\s*:\s*"?(\d{1,9})`)
	looseMessage = regexp.MustCompile(`"(?:message|errorMessage)"\s*:\s*"(.{1,500})`)
)

// parseRefusal reads an error body. Zoom also sends JSON with unescaped quotes,
// XML and HTML, so a body that is not JSON is searched for the code alone.
func parseRefusal(status int, body []byte) *refusal {
	r := &refusal{Status: status}
	var v struct {
		Code    number `json:"code"`
		Other   number `json:"errorCode"`
		Message string `json:"message"`
		Text    string `json:"errorMessage"`
		Errors  []struct{ Field, Message string }
	}
	if err := json.Unmarshal(body, &v); err == nil {
		r.Code, r.Message = int(or(v.Code, v.Other)), or(v.Message, v.Text)
		if len(v.Errors) > 0 { // "Validation Failed." alone helps nobody
			r.Message += " " + v.Errors[0].Field + ": " + v.Errors[0].Message
		}
		return r
	}
	if m := looseCode.FindSubmatch(body); m != nil {
		r.Code, _ = strconv.Atoi(string(m[1]))
	}
	if m := looseMessage.FindSubmatch(body); m != nil {
		r.Message = strings.TrimRight(string(m[1]), "\"} \r\n")
	}
	return r
}

// saidAnswered begins what is said in place of a refusal without a sentence.
const saidAnswered = "Zoom answered "

// words are what a person is shown: Zoom's own sentence, cleaned and short.
func (r *refusal) words() string {
	m := kwadrans.CleanLine(r.Message)
	if m == "" {
		return strings.TrimSpace(saidAnswered + fmt.Sprintf("%d %s", r.Status, http.StatusText(r.Status)))
	}
	if runes := []rune(m); len(runes) > 200 {
		m = string(runes[:200]) + "…"
	}
	if r.Code != 0 {
		m += fmt.Sprintf(" (%d)", r.Code)
	}
	return m
}
