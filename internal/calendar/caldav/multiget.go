package caldav

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"kwadrans/internal/kwadrans"
)

const (
	multigetHead = `<?xml version="1.0" encoding="utf-8"?>
<C:calendar-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/><C:calendar-data/></D:prop>`
	multigetTail = `</C:calendar-multiget>`
)

// multiget gets objects by one REPORT (RFC 4791 §7.9). What is missing in the
// result is gone. An answer that is too long, or spoilt by what is in one object,
// is asked for again in halves, and in the end object by object.
func (r *reading) multiget(ctx context.Context, keys []string, names map[string]kept) (map[string]kwadrans.CalendarObject, error) {
	ms, base, err := r.ask(ctx, "REPORT", r.at, "1", multigetBody(keys, names))
	if kwadrans.CodeOf(err) == kwadrans.CodeCalendarUnreadable {
		return r.halves(ctx, keys, names)
	}
	if err != nil {
		return nil, err
	}
	given := map[string]response{}
	for _, one := range ms.Responses {
		if path, ok := pathOf(base, one.Href); ok {
			given[same(path)] = one
		}
	}
	objects := map[string]kwadrans.CalendarObject{}
	for _, key := range keys {
		one := given[key]
		p, ok := one.found()
		if !ok || p.Data == nil {
			if err := r.single(ctx, key, names, objects); err != nil {
				return nil, err
			}
			continue
		}
		objects[key] = kwadrans.CalendarObject{Href: names[key].href, ETag: either(tag(p.ETag), names[key].etag), Body: p.Data.Text}
		if err := r.count(p.Data.Text); err != nil {
			return nil, err
		}
	}
	return objects, nil
}

func multigetBody(keys []string, names map[string]kept) string {
	var b strings.Builder
	b.WriteString(multigetHead)
	for _, key := range keys {
		b.WriteString("<D:href>" + escaped(names[key].href) + "</D:href>")
	}
	b.WriteString(multigetTail)
	return b.String()
}

func (r *reading) halves(ctx context.Context, keys []string, names map[string]kept) (map[string]kwadrans.CalendarObject, error) {
	objects := map[string]kwadrans.CalendarObject{}
	if len(keys) == 1 {
		return objects, r.single(ctx, keys[0], names, objects)
	}
	for _, half := range [][]string{keys[:len(keys)/2], keys[len(keys)/2:]} {
		part, err := r.multiget(ctx, half, names)
		if err != nil {
			return nil, err
		}
		for key, o := range part {
			objects[key] = o
		}
	}
	return objects, nil
}

// single gets one object into objects; nothing when it is gone.
func (r *reading) single(ctx context.Context, key string, names map[string]kept, objects map[string]kwadrans.CalendarObject) error {
	at, err := resolve(r.at, names[key].href)
	if err != nil {
		return tell(kwadrans.CodeCalendarUnreadable, saidUnreadable)
	}
	body, etag, err := r.get(ctx, at)
	if missing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	objects[key] = kwadrans.CalendarObject{Href: names[key].href, ETag: either(etag, names[key].etag), Body: body}
	return r.count(body)
}

// count keeps the sum of all bodies bounded.
func (r *reading) count(body []byte) error {
	if r.bytes += len(body); r.bytes > maxBodies {
		return tell(kwadrans.CodeCalendarUnreadable, saidTooLong)
	}
	return nil
}

func either(first, second string) string {
	if first != "" {
		return first
	}
	return second
}

// get fetches one object. A web page in its place is of somebody in between.
func (s *session) get(ctx context.Context, at *url.URL) ([]byte, string, error) {
	a, err := s.do(ctx, request{method: http.MethodGet, at: at})
	if err != nil {
		return nil, "", err
	}
	if kind, _, _ := mime.ParseMediaType(a.header.Get("Content-Type")); a.status != http.StatusOK || kind == "text/html" {
		return nil, "", tell(kwadrans.CodeCalendarUnreadable, saidUnreadable)
	}
	return a.body, tag(a.header.Get("ETag")), nil
}

func missing(err error) bool {
	var t *trouble
	return errors.As(err, &t) && (t.status == http.StatusNotFound || t.status == http.StatusGone)
}
