package caldav

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// refused classifies an answer that is not 2xx.
func (s *session) refused(r request, a answer) *trouble {
	var c condition
	_ = decode(a.body, &c) // most have none
	return s.classed(r, a, c, "")
}

// classed says what a status means. What a server refuses it has not done, unless
// it failed itself.
func (s *session) classed(r request, a answer, c condition, sentence string) *trouble {
	t := s.class(r, a, c, sentence)
	if t.said.Err == nil {
		t = t.because(fmt.Errorf("caldav: %s: status %d", r.method, a.status))
	}
	t.status, t.condition = a.status, c
	return t
}

func (s *session) class(r request, a answer, c condition, sentence string) *trouble {
	away := origin(r.at) != s.mine
	switch {
	case a.status == http.StatusUnauthorized && away && s.key != "":
		return elsewhere(r.at)
	case a.status == http.StatusUnauthorized:
		return s.unauthorised(a)
	case r.writes() && c.Conflict != nil:
		return tell(kwadrans.CodeCalendarChanged, saidTwin).forGood()
	case a.status == http.StatusPreconditionFailed:
		return tell(kwadrans.CodeCalendarChanged, saidChanged).forGood()
	case a.status == http.StatusTooManyRequests:
		t := tell(kwadrans.CodeOffline, saidWait)
		t.pause, t.until = true, retryAfter(a.header, s.now())
		return t
	case a.status == http.StatusInsufficientStorage, a.status == http.StatusLocked:
		return tell(kwadrans.CodeCalendarRefused, saidAnswered+"%s", s.words(a, c, sentence))
	case a.status >= 500 && a.status != http.StatusNotImplemented, a.status == http.StatusRequestTimeout:
		t := tell(kwadrans.CodeOffline, saidAnswered+"%s", s.words(a, c, sentence))
		t.outcome, t.until = r.unknown(), retryAfter(a.header, s.now())
		return t
	case a.status == http.StatusNotFound, a.status == http.StatusGone, r.writes() && a.status == http.StatusConflict:
		return tell(kwadrans.CodeCalendarRefused, saidGone).forGood() // RFC 4918 §9.7.1: a PUT into nothing is a conflict
	}
	return tell(kwadrans.CodeCalendarRefused, saidAnswered+"%s", s.words(a, c, sentence)).forGood()
}

// unauthorised is a refused login: everything of the account waits for a person.
func (s *session) unauthorised(a answer) *trouble {
	t := tell(kwadrans.CodeCalendarAuth, saidLogin)
	offers := a.header.Values("WWW-Authenticate")
	switch {
	case s.login == "" && s.key == "":
		t = tell(kwadrans.CodeCalendarAuth, saidLoginNeeded)
	case s.login != "" && len(offers) > 0 && !offered(offers, "basic"):
		t = tell(kwadrans.CodeCalendarAuth, saidOtherLogin+"%s", scheme(offers[0]))
	}
	t.pause, t.until = true, kwadrans.Forever
	return t
}

func offered(offers []string, name string) bool {
	for _, o := range offers {
		if strings.Contains(strings.ToLower(o), name) {
			return true
		}
	}
	return false
}

// scheme is the first word of an offer (RFC 9110 §11.6.1).
func scheme(offer string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(offer), " ")
	word = kwadrans.CleanLine(word)
	return word[:min(len(word), 20)]
}

// retryAfter reads seconds or an HTTP date, at most a day ahead; zero for none.
func retryAfter(h http.Header, now time.Time) time.Time {
	v := strings.TrimSpace(h.Get("Retry-After"))
	t, err := http.ParseTime(v)
	if n, notSeconds := strconv.ParseUint(v, 10, 31); notSeconds == nil {
		t, err = now.Add(time.Duration(n)*time.Second), nil
	}
	if err != nil || t.Before(now) {
		return time.Time{}
	}
	if latest := now.Add(24 * time.Hour); t.After(latest) {
		return latest
	}
	return t
}

// statusOf returns the status that a failure came with; 0 without one.
func statusOf(err error) int {
	var t *trouble
	if errors.As(err, &t) {
		return t.status
	}
	return 0
}
