package caldav

import (
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/emersion/go-webdav"
	"github.com/emersion/go-webdav/caldav"
)

// found is what go-webdav sees of an account. It is no part of the program: it
// drops the host of a home (that of iCloud is another) and gives up a whole list for
// one calendar that is closed to us; its XML is internal to it.
func found(t *testing.T, s site) (*caldav.Client, []string) {
	t.Helper()
	var doer webdav.HTTPClient = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	if s.login != "" {
		doer = webdav.HTTPClientWithBasicAuth(doer, s.login, s.secret.Reveal())
	}
	c, err := caldav.NewClient(doer, s.root)
	if err != nil {
		t.Fatal(err)
	}
	who, err := c.FindCurrentUserPrincipal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	home, err := c.FindCalendarHomeSet(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	list, err := c.FindCalendars(t.Context(), home)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, one := range list {
		paths = append(paths, one.Path)
	}
	return c, paths
}

// Another client finds the calendars that we find, and reads what we publish.
func TestGoWebdavAgrees(t *testing.T) {
	for name, start := range map[string]func(*testing.T) site{"radicale": radicale, "xandikos": xandikos} {
		t.Run(name, func(t *testing.T) {
			s, at := new(Server), start(t)
			c, paths := found(t, at)
			list, err := s.Discover(t.Context(), at.root, at.login, at.secret, false)
			if err != nil || len(list) == 0 || len(list) != len(paths) {
				t.Fatalf("we find %v, it finds %v: %v", list, paths, err)
			}
			for _, one := range list {
				if u, err := url.Parse(one.Address); err != nil || !slices.Contains(paths, u.Path) {
					t.Errorf("it does not find %s in %v", one.Address, paths)
				}
			}
			uid := "0190-oracle@kwadrans"
			href, etag, err := s.Put(t.Context(), at.words(), at.secret, uid, page(uid, "published"), "")
			if err != nil {
				t.Fatal(err)
			}
			o, err := c.GetCalendarObject(t.Context(), href)
			if err != nil || `"`+o.ETag+`"` != etag || o.Data.Children[0].Props.Get("UID").Value != uid {
				t.Errorf("it reads %+v, %v", o, err)
			}
			if err := s.Delete(t.Context(), at.words(), at.secret, href, etag); err != nil {
				t.Error(err)
			}
			if _, err := c.GetCalendarObject(t.Context(), href); err == nil {
				t.Error("the control: it reads what is gone")
			}
		})
	}
}
