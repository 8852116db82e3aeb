package caldav

import (
	"net/url"
	"strings"
	"testing"
)

// Whatever a server sends, reading it ends, without a panic, and within the bounds.
func FuzzAnswer(f *testing.F) {
	f.Add(xmlOf(responded("/cal/", `<D:resourcetype><D:collection/><C:calendar/></D:resourcetype><D:displayname>x</D:displayname>`), `<D:sync-token>t</D:sync-token>`))
	f.Add(xmlOf(responded("%zz", `<D:getetag>W/"1"</D:getetag>`)))
	f.Add(`<D:error xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><C:no-uid-conflict><D:href>//h:x/</D:href></C:no-uid-conflict></D:error>`)
	f.Add(`<a xmlns:a="b" xmlns="c"><a:a/></a>`)
	base := &url.URL{Scheme: "https", Host: "example.com", Path: "/cal/"}
	f.Fuzz(func(t *testing.T, text string) {
		var ms multistatus
		var c condition
		_ = decode([]byte(text), &c)
		if decode([]byte(text), &ms) != nil {
			return
		}
		self(ms, base)
		for _, one := range collections(ms, base) {
			if u, err := url.Parse(one.Address); err != nil || u.Scheme != "https" || u.Host != "example.com" || len([]rune(one.Name)) > 101 {
				t.Errorf("%+v, %v", one, err)
			}
		}
		for _, r := range ms.Responses {
			r.failed()
			if path, ok := pathOf(base, r.Href); ok && !strings.HasPrefix(same(path), "/") {
				t.Errorf("%q is the path %q", r.Href, path)
			}
		}
	})
}
