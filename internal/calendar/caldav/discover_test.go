package caldav

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

// A password goes to the origin that a person gave, and to no other.
func TestPasswordStaysAtHome(t *testing.T) {
	for name, spoil := range map[string]func(other *lookalike) func(http.ResponseWriter, *http.Request, string) bool{
		"redirect of the host": func(other *lookalike) func(http.ResponseWriter, *http.Request, string) bool {
			return func(w http.ResponseWriter, r *http.Request, _ string) bool {
				http.Redirect(w, r, other.at(r.URL.Path), http.StatusMovedPermanently)
				return true
			}
		},
		"principal elsewhere": func(other *lookalike) func(http.ResponseWriter, *http.Request, string) bool {
			return at("/", `<D:current-user-principal><D:href>`+other.at("/me/")+`</D:href></D:current-user-principal>`)
		},
		"home elsewhere": func(other *lookalike) func(http.ResponseWriter, *http.Request, string) bool {
			return at("/me/", `<C:calendar-home-set><D:href>`+other.at("/home/")+`</D:href></C:calendar-home-set>`)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, l, other := new(Server), look4(t, 1), look4(t, 1)
			other.set(func() {
				other.spoil = func(w http.ResponseWriter, r *http.Request, _ string) bool {
					if r.Header.Get("Authorization") == "" {
						w.WriteHeader(401)
					}
					return r.Header.Get("Authorization") == ""
				}
			})
			l.set(func() { l.spoil = spoil(other) })
			_, err := s.Discover(t.Context(), l.root, login, secret, false)
			var away *Elsewhere
			if !errors.As(err, &away) || !strings.HasPrefix(away.Address, other.root) || kwadrans.CodeOf(err) != kwadrans.CodeCalendarRefused {
				t.Fatalf("%v", err)
			}
			if slices.ContainsFunc(other.auths, func(a string) bool { return a != "" }) || !slices.Contains(l.auths, "Basic YW5uYTpUYWpuZS1oYXPFgm8tNyE=") {
				t.Errorf("the password went to %q and %q", other.auths, l.auths)
			}
			if list, err := s.Discover(t.Context(), away.Address, login, secret, false); err != nil || len(list) != 1 {
				t.Errorf("the address that is told leads to %v, %v", list, err)
			}
		})
	}
}

// at answers one path with properties.
func at(path, props string) func(http.ResponseWriter, *http.Request, string) bool {
	return func(w http.ResponseWriter, r *http.Request, _ string) bool {
		if r.URL.Path == path {
			multi(w, responded(path, props))
		}
		return r.URL.Path == path
	}
}

// Each kind of redirect gets the question itself, not a GET.
func TestRedirectsKeepTheQuestion(t *testing.T) {
	for _, code := range []int{301, 302, 307, 308} {
		s, l := new(Server), look4(t, 1)
		l.set(func() {
			l.spoil = func(w http.ResponseWriter, r *http.Request, _ string) bool {
				to := map[string]string{"/.well-known/caldav": "/dav", "/dav": "//" + r.Host + "/"}[r.URL.Path]
				if to != "" {
					http.Redirect(w, r, to, code)
				}
				return to != ""
			}
		})
		var list []Collection
		var err error
		calls := l.during(func() { list, err = s.Discover(t.Context(), l.root, login, secret, false) })
		if err != nil || len(list) != 1 || list[0].Address != l.at("/cal/") || slices.ContainsFunc(calls, func(c string) bool { return c != "PROPFIND" }) {
			t.Errorf("%d: %v %v %v", code, list, err, calls)
		}
	}
	for code, to := range map[int]string{303: "/", 300: "/", 304: "/", 302: "", 307: "gopher://x/"} {
		s, l := new(Server), look4(t, 1)
		l.set(func() {
			l.spoil = func(w http.ResponseWriter, _ *http.Request, _ string) bool {
				w.Header().Set("Location", to)
				w.WriteHeader(code)
				return true
			}
		})
		if _, err := s.Discover(t.Context(), l.root, login, secret, false); kwadrans.CodeOf(err) != kwadrans.CodeCalendarRefused {
			t.Errorf("%d to %q: %v", code, to, err)
		}
	}
}

func TestLogins(t *testing.T) {
	for name, row := range map[string]struct {
		login  string
		secret kwadrans.Secret
		sent   string
	}{
		"password": {"me", "pass", "Basic bWU6cGFzcw=="},
		"token":    {"", "abc", "Bearer abc"},
		"nobody":   {"", "", ""},
		"empty":    {"me", "", "Basic bWU6"},
	} {
		s, l := new(Server), look4(t, 1)
		c := l.words()
		c.Login = row.login
		if _, err := s.Read(t.Context(), c, row.secret, nil); err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(l.auths, func(a string) bool { return a != row.sent }) {
			t.Errorf("%s: %q", name, l.auths)
		}
	}
}

func TestWrongPassword(t *testing.T) {
	s, r := new(Server), radicale(t)
	for _, wrong := range []kwadrans.Secret{"", "Tajne", secret + "x"} {
		c := r.words()
		_, read := s.Read(t.Context(), c, wrong, map[string]string{"/a": "b"})
		_, find := s.Discover(t.Context(), r.root, login, wrong, false)
		_, _, put := s.Put(t.Context(), c, wrong, "uid", page("uid", "x"), "")
		for name, err := range map[string]error{"read": read, "discover": find, "put": put} {
			if e, ok := kwadrans.AsError(err); !ok || kwadrans.CodeOf(err) != kwadrans.CodeCalendarAuth || e.Hint == "" {
				t.Errorf("%s with %q: %v", name, wrong.Reveal(), err)
			}
			if len(wrong) > 0 && strings.Contains(fmt.Sprintf("%+v", err), wrong.Reveal()) {
				t.Errorf("%s tells the password: %v", name, err)
			}
		}
		if outcomeOf(t, put) != noLogin {
			t.Errorf("put: %+v", outcomeOf(t, put))
		}
	}
	if _, err := s.Discover(t.Context(), r.root, "", "", false); kwadrans.CodeOf(err) != kwadrans.CodeCalendarAuth || !strings.Contains(err.Error(), saidLoginNeeded) {
		t.Errorf("nobody: %v", err)
	}
	if _, err := s.Discover(t.Context(), r.root, login, secret, false); err != nil {
		t.Errorf("the control: %v", err)
	}
}

// What a server tells of its calendars, and what only looks like one.
func TestCollections(t *testing.T) {
	const rights = `<D:current-user-privilege-set>%s</D:current-user-privilege-set>`
	may := func(names ...string) (s string) {
		for _, n := range names {
			s += "<D:privilege><D:" + n + "/></D:privilege>"
		}
		return fmt.Sprintf(rights, s)
	}
	calendar := `<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>`
	s, l := new(Server), look4(t, 0)
	l.set(func() {
		l.spoil = func(w http.ResponseWriter, r *http.Request, _ string) bool {
			if r.URL.Path != "/home/" {
				return false
			}
			w.WriteHeader(207)
			_, _ = io.WriteString(w, strings.Replace(xmlOf(
				responded("/home/", `<D:resourcetype><D:collection/></D:resourcetype>`),
				responded("/home/a%40b/", calendar+`<D:displayname>  Dom
 i ogród</D:displayname><A:calendar-color>#aBcDeF80</A:calendar-color>`+may("read", "write")),
				responded("http://inside.invalid/home/read/", calendar+may("read")+`<C:supported-calendar-component-set><C:comp name="VEVENT"/><C:comp name="VTODO"/></C:supported-calendar-component-set>`),
				responded("half/", calendar+may("read", "write-content")+`<A:calendar-color>red</A:calendar-color>`),
				responded("/home/both/", calendar+may("read", "write-content", "bind")),
				responded("/home/all/", calendar+may("all")),
				responded("/home/tasks/", calendar+`<C:supported-calendar-component-set><C:comp name="VTODO"/></C:supported-calendar-component-set>`),
				responded("/home/inbox/", `<D:resourcetype><D:collection/><C:schedule-inbox/></D:resourcetype>`),
				responded("/home/bin/", `<D:resourcetype><D:collection/><C:calendar/><N:deleted-calendar xmlns:N="http://nextcloud.com/ns"/></D:resourcetype>`),
				`<D:response><D:href>/home/shut/</D:href><D:status>HTTP/1.1 403 Forbidden</D:status></D:response>`,
				responded("/home/cards/", `<D:resourcetype><D:collection/><K:addressbook xmlns:K="urn:ietf:params:xml:ns:carddav"/></D:resourcetype>`),
			), `xmlns:D="DAV:"`, `xmlns:D="DAV:" xmlns:A="http://apple.com/ns/ical/"`, 1))
			return true
		}
	})
	list, err := s.Discover(t.Context(), l.root, login, secret, false)
	want := []Collection{
		{Address: l.at("/home/a%40b/"), Name: "Dom i ogród", Colour: "#abcdef", Writable: true},
		{Address: l.at("/home/read/"), Name: "read", Components: []string{"VEVENT", "VTODO"}},
		{Address: l.at("/home/half/"), Name: "half"},
		{Address: l.at("/home/both/"), Name: "both", Writable: true},
		{Address: l.at("/home/all/"), Name: "all", Writable: true},
	}
	if err != nil || fmt.Sprintf("%+v", list) != fmt.Sprintf("%+v", want) {
		t.Errorf("%v\n%+v\n%+v", err, list, want)
	}
}

// Hosts that have no CalDAV say so in one word, whatever else they have.
func TestNoCalDAVHere(t *testing.T) {
	for name, answer := range map[string]func(http.ResponseWriter, *http.Request){
		"nothing":    status(404),
		"a web site": webPage,
		"no method":  status(405),
		"stranger": func(w http.ResponseWriter, r *http.Request) {
			multi(w, responded(r.URL.Path, "<D:displayname>files</D:displayname>"))
		},
		"nobody": func(w http.ResponseWriter, _ *http.Request) { multi(w) },
	} {
		s, l := new(Server), look4(t, 0)
		l.set(func() {
			l.spoil = func(w http.ResponseWriter, r *http.Request, _ string) bool { answer(w, r); return true }
		})
		for _, path := range []string{"", "/some/page"} {
			_, err := s.Discover(t.Context(), l.at(path), login, secret, false)
			e, ok := kwadrans.AsError(err)
			if !ok || e.Code != kwadrans.CodeCalendarUnreadable || e.Message != "caldav: "+saidNotCalDAV || e.Hint == "" {
				t.Errorf("%s at %q: %v", name, path, err)
			}
		}
	}
	s, l := new(Server), look4(t, 0)
	l.set(func() {
		l.spoil = at("/", `<D:current-user-principal><D:unauthenticated/></D:current-user-principal>`)
	})
	if _, err := s.Discover(t.Context(), l.root, "", "", false); kwadrans.CodeOf(err) != kwadrans.CodeCalendarAuth {
		t.Errorf("unauthenticated: %v", err)
	}
}
