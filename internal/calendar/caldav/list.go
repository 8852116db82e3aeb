package caldav

import (
	"context"
	"encoding/xml"
	"strings"

	"kwadrans/internal/kwadrans"
)

const (
	syncBody = `<?xml version="1.0" encoding="utf-8"?>
<D:sync-collection xmlns:D="DAV:"><D:sync-token>%</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>`
	listBody = `<?xml version="1.0" encoding="utf-8"?>
<D:propfind xmlns:D="DAV:"><D:prop><D:getetag/><D:resourcetype/></D:prop></D:propfind>`
)

// sync asks for what changed since token, or for everything when it is empty
// (RFC 6578 §3.2). A server may cut its answer and go on from the next token.
func (r *reading) sync(ctx context.Context, token string) (listing, error) {
	l := listing{whole: token == "", there: map[string]kept{}, gone: map[string]bool{}}
	for range maxPages {
		ms, base, err := r.ask(ctx, "REPORT", r.at, "", strings.Replace(syncBody, "%", escaped(token), 1))
		if err != nil {
			return l, err
		}
		next := strings.TrimSpace(ms.Token)
		if next == "" || len(next) > longMark { // without it this is no answer to our question
			return l, tell(kwadrans.CodeCalendarUnreadable, saidUnreadable)
		}
		more := false
		for _, one := range ms.Responses {
			path, ok := pathOf(base, one.Href)
			switch {
			case !ok:
				return l, tell(kwadrans.CodeCalendarUnreadable, saidUnreadable)
			case one.status() == 507:
				more = true
			case trimmed(path) == trimmed(base.EscapedPath()), strings.HasSuffix(path, "/"): // the calendar itself, or one in it
			case one.status() == 404 || one.status() == 410:
				l.drop(path)
			default:
				if err := l.add(path, one); err != nil {
					return l, err
				}
			}
		}
		l.mark.Token = next
		if !more {
			return l, nil
		}
		if next == token {
			break
		}
		token = next
	}
	return l, tell(kwadrans.CodeCalendarUnreadable, saidTooLong)
}

// list asks for the etags of everything, for servers that know no tokens.
func (r *reading) list(ctx context.Context) (listing, error) {
	l := listing{whole: true, there: map[string]kept{}, gone: map[string]bool{}}
	ms, base, err := r.ask(ctx, "PROPFIND", r.at, "1", listBody)
	if err != nil {
		return l, err
	}
	itself := false
	for _, one := range ms.Responses {
		path, ok := pathOf(base, one.Href)
		p, _ := one.found()
		switch {
		case !ok:
			return l, tell(kwadrans.CodeCalendarUnreadable, saidUnreadable)
		case trimmed(path) == trimmed(base.EscapedPath()):
			itself = true
		case p.Type.has(nsDAV, "collection"), strings.HasSuffix(path, "/"):
		default:
			if err := l.add(path, one); err != nil {
				return l, err
			}
		}
	}
	if !itself { // every list of a collection begins with it (RFC 4918 §9.1)
		return l, tell(kwadrans.CodeCalendarUnreadable, saidUnreadable)
	}
	return l, nil
}

// add notes an object. One whose etag the server does not tell is there all the same.
func (l listing) add(path string, one response) error {
	if len(l.there) == maxObjects {
		return tell(kwadrans.CodeCalendarUnreadable, saidTooLong)
	}
	p, _ := one.found()
	key := same(path)
	delete(l.gone, key)
	l.there[key] = kept{path, tag(p.ETag)}
	return nil
}

func (l listing) drop(path string) {
	key := same(path)
	delete(l.there, key)
	l.gone[key] = true
}

// tag is an etag as it is compared. A proxy that packs answers makes it weak
// ("W/"), and then If-Match would fail for ever (RFC 9110 §13.1.1).
func tag(etag string) string {
	return short(strings.TrimPrefix(strings.TrimSpace(etag), "W/"))
}

// short drops a mark that nobody would want to keep; it is asked for again each time.
func short(mark string) string {
	if len(mark) > longMark {
		return ""
	}
	return mark
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}
