package caldav

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"kwadrans/internal/kwadrans"
)

// Put writes page as the event uid of the calendar c, to "<uid>.ics". An empty
// etag says that it must be new; otherwise it replaces the one with that etag
// and no other. It returns the event's href and the etag the server gives it now.
//
// Errors are *kwadrans.Fault. Not executed: CodeCalendarChanged (another etag, or
// the event is there already; when it stands under another name, which the server
// told, that is the returned href), CodeCalendarAuth, CodeCalendarRefused,
// CodeInvalid, and CodeOffline or CodeTimeout while nothing was sent. Maybe executed:
// CodeOffline, CodeTimeout or CodeCalendarUnreadable after something was; also when the
// event was taken, but its etag could not be asked for.
func (s *Server) Put(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret, uid string, page []byte, etag string) (href, newETag string, err error) {
	t, err := s.open(c.Address, c.Login, secret, c.Near)
	if err != nil {
		return "", "", fault(err)
	}
	defer t.close()
	if uid == "" || len(page) == 0 {
		return "", "", fault(tell(kwadrans.CodeInternal, saidNoEvent).forGood())
	}
	href = t.folder() + url.PathEscape(uid) + ".ics"
	newETag, twin, err := t.put(ctx, href, page, etag)
	if twin != "" {
		href = twin
	}
	return href, newETag, fault(err)
}

func (s *session) put(ctx context.Context, href string, page []byte, etag string) (newETag, twin string, err error) {
	at, err := s.object(href)
	if err != nil {
		return "", "", err
	}
	r := request{method: http.MethodPut, at: at, body: page, calling: "text/calendar; charset=utf-8", only: etag}
	if etag == "" {
		r.unless = "*"
	}
	a, err := s.write(ctx, r)
	if err != nil {
		return "", s.twin(at, err), err
	}
	if newETag = tag(a.header.Get("ETag")); newETag != "" {
		return newETag, "", nil
	}
	_, newETag, err = s.get(ctx, at) // it keeps the page in words of its own (RFC 4791 §5.3.4)
	if err != nil || newETag == "" {
		t := tell(kwadrans.CodeCalendarUnreadable, saidUnreadable).because(err)
		t.outcome = kwadrans.MaybeExecuted
		return "", "", t
	}
	return newETag, "", nil
}

// Get returns the event at href of the calendar c, as it is now, with its etag.
// Errors are *kwadrans.Fault as those of Put, none of them maybe executed;
// CodeNotFound when there is no such event.
func (s *Server) Get(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret, href string) (page []byte, etag string, err error) {
	t, err := s.open(c.Address, c.Login, secret, c.Near)
	if err != nil {
		return nil, "", fault(err)
	}
	defer t.close()
	at, err := t.object(href)
	if err != nil {
		return nil, "", fault(err)
	}
	page, etag, err = t.get(ctx, at)
	if missing(err) {
		err = tell(kwadrans.CodeNotFound, saidNoObject).because(err).forGood()
	}
	return page, etag, fault(err)
}

// Delete removes the event at href with that etag, and no other. One that is gone
// already counts as removed. Errors are *kwadrans.Fault as those of Put; an empty
// etag is CodeInvalid.
func (s *Server) Delete(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret, href, etag string) error {
	t, err := s.open(c.Address, c.Login, secret, c.Near)
	if err != nil {
		return fault(err)
	}
	defer t.close()
	at, err := t.object(href)
	if err != nil {
		return fault(err)
	}
	if etag == "" { // it would remove whatever somebody else put there
		return fault(tell(kwadrans.CodeInvalid, saidNoETag).forGood())
	}
	_, err = t.write(ctx, request{method: http.MethodDelete, at: at, only: etag})
	if missing(err) {
		return nil
	}
	return fault(err)
}

// folder is the path of the calendar, with a slash at its end.
func (s *session) folder() string { return strings.TrimSuffix(s.start.EscapedPath(), "/") + "/" }

// object is the address of an event in the calendar: never that of the calendar
// itself, which the same calls would replace and remove.
func (s *session) object(href string) (*url.URL, error) {
	at, err := resolve(s.start, href)
	if err != nil || origin(at) != s.mine {
		return nil, tell(kwadrans.CodeInvalid, saidNotInside).forGood()
	}
	name, inside := strings.CutPrefix(same(at.EscapedPath()), same(s.folder()))
	if !inside || name == "" || name == "." || name == ".." || strings.Contains(name, "/") {
		return nil, tell(kwadrans.CodeInvalid, saidNotInside).forGood()
	}
	return at, nil
}

// write makes a call that changes something. A 207 says inside what came of it
// (RFC 4918 §13): Xandikos puts a refusal there.
func (s *session) write(ctx context.Context, r request) (answer, error) {
	a, err := s.do(ctx, r)
	if err != nil || a.status != http.StatusMultiStatus {
		return a, err
	}
	var ms multistatus
	if err := decode(a.body, &ms); err != nil || len(ms.Responses) == 0 {
		t := tell(kwadrans.CodeCalendarUnreadable, saidUnreadable).because(err)
		t.outcome = kwadrans.MaybeExecuted
		return a, t
	}
	for _, one := range ms.Responses {
		if a.status = one.failed(); a.status != 0 {
			return a, s.classed(r, a, one.Error, one.Words)
		}
	}
	return a, nil
}

// twin is where the server says that the same event stands (RFC 4791 §5.3.2.1).
func (s *session) twin(at *url.URL, err error) string {
	var t *trouble
	if !errors.As(err, &t) || t.condition.Conflict == nil || len(t.condition.Conflict.List) == 0 {
		return ""
	}
	href, _ := pathOf(at, t.condition.Conflict.List[0])
	return href
}
