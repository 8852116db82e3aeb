package caldav

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

// story is one calendar from its discovery to the end of its last entry.
type story struct {
	ctx  context.Context
	s    Server
	at   site
	c    kwadrans.Calendar
	have map[string]string
	bad  []string
}

func (y *story) check(ok bool, format string, args ...any) {
	if !ok {
		y.bad = append(y.bad, fmt.Sprintf(format, args...))
	}
}

// tell plays the story and returns what was not as it should be.
func (y *story) tell() []string {
	y.have, y.c = map[string]string{}, y.at.words()
	for _, name := range []string{"else.ics", "0190-a+b@kwadrans.ics"} { // of a story before
		y.at.raw("DELETE", y.at.calendar+name, "", nil)
	}
	y.discover()
	y.read("an empty mark", nil, nil)
	uid, other := "0190-a+b@kwadrans", "0190-other@kwadrans"

	href, etag, err := y.s.Put(y.ctx, y.c, y.at.secret, uid, page(uid, "first"), "")
	y.check(err == nil && etag != "" && strings.HasPrefix(href, y.at.calendar), "publish: %q %q %v", href, etag, err)
	listed := y.read("publish", []string{"first"}, nil)
	y.read("nothing", nil, nil)
	y.check(y.have[listed] == etag, "the etag of the list is %q, of the answer %q", y.have[listed], etag)
	y.conflict("publish again", y.put(uid, page(uid, "again"), ""))

	_, moved, err := y.s.Put(y.ctx, y.c, y.at.secret, uid, page(uid, "moved"), etag)
	y.check(err == nil && moved != "" && moved != etag, "move: %q %v", moved, err)
	y.read("move", []string{"moved"}, nil)

	code, _ := y.at.raw("PUT", listed, string(page(uid, "by hand")), nil)
	y.check(code < 300, "by hand: %d", code)
	y.conflict("move after a hand", y.put(uid, page(uid, "again"), moved))
	y.conflict("cancel after a hand", y.s.Delete(y.ctx, y.c, y.at.secret, href, moved))
	body, now, err := y.s.Get(y.ctx, y.c, y.at.secret, href)
	y.check(err == nil && strings.Contains(string(body), "by hand") && now != "" && now != moved, "get: %q %v", now, err)
	y.read("a hand", []string{"by hand"}, nil)

	code, _ = y.at.raw("PUT", y.at.calendar+"else.ics", string(page(other, "elsewhere")), nil)
	y.check(code < 300, "elsewhere: %d", code)
	y.conflict("the same UID under another name", y.put(other, page(other, "twin"), ""))
	y.read("elsewhere", []string{"elsewhere"}, nil)

	y.check(y.s.Delete(y.ctx, y.c, y.at.secret, href, now) == nil, "cancel")
	y.check(y.s.Delete(y.ctx, y.c, y.at.secret, href, now) == nil, "cancel what is gone")
	_, _, err = y.s.Get(y.ctx, y.c, y.at.secret, href)
	y.check(kwadrans.CodeOf(err) == kwadrans.CodeNotFound, "get what is gone: %v", err)
	y.read("cancel", nil, []string{listed})
	y.again()
	return y.bad
}

// discover begins at each address that a person may have.
func (y *story) discover() {
	for _, path := range []string{"", "/", y.at.principal, y.at.home, y.at.calendar, strings.TrimSuffix(y.at.calendar, "/")} {
		list, err := y.s.Discover(y.ctx, y.at.at(path), y.at.login, y.at.secret, false)
		i := slices.IndexFunc(list, func(c Collection) bool {
			return strings.TrimSuffix(c.Address, "/") == strings.TrimSuffix(y.c.Address, "/")
		})
		if y.check(err == nil && i >= 0, "discover from %q: %v %v", path, list, err); i >= 0 {
			y.check(list[i].Writable && list[i].Name != "", "discovered: %+v", list[i])
		}
	}
}

// read looks and keeps what it saw, as the program does; changed are the summaries.
func (y *story) read(after string, changed, gone []string) (href string) {
	change, err := y.s.Read(y.ctx, y.c, y.at.secret, y.have)
	y.check(err == nil, "read after %s: %v", after, err)
	var summaries []string
	for _, o := range change.Changed {
		_, rest, _ := strings.Cut(string(o.Body), "SUMMARY:")
		summaries = append(summaries, strings.TrimSpace(strings.SplitN(rest, "\n", 2)[0]))
		y.have[o.Href], href = o.ETag, o.Href
	}
	for _, name := range change.Gone {
		delete(y.have, name)
	}
	y.check(slices.Equal(summaries, changed) && slices.Equal(change.Gone, gone), "after %s: changed %q, gone %q", after, summaries, change.Gone)
	y.check(change.Mark != kwadrans.SourceMark{}, "after %s: no mark", after)
	y.check(change.Same == (len(changed)+len(gone) == 0 && !change.Whole), "after %s: same is %v", after, change.Same)
	y.c.Reading.Mark = change.Mark
	return href
}

func (y *story) put(uid string, page []byte, etag string) error {
	_, _, err := y.s.Put(y.ctx, y.c, y.at.secret, uid, page, etag)
	return err
}

func (y *story) conflict(what string, err error) {
	var f *kwadrans.Fault
	ok := errors.As(err, &f) && f.Code == kwadrans.CodeCalendarChanged && f.Outcome == kwadrans.NotExecuted && f.Permanent
	y.check(ok, "%s: %v", what, err)
}

// again reads with a mark that the server never gave, then without anything.
func (y *story) again() {
	y.c.Reading.Mark = kwadrans.SourceMark{Token: "http://example.com/never/given"}
	change, err := y.s.Read(y.ctx, y.c, y.at.secret, y.have)
	y.check(err == nil && change.Same && change.Mark.Token != "" && change.Mark != y.c.Reading.Mark, "a lost mark: %+v %v", change, err)
	change, err = y.s.Read(y.ctx, y.c, y.at.secret, map[string]string{})
	y.check(err == nil && change.Whole && len(change.Changed) == len(y.have), "from nothing: %+v %v", change, err)
}

func TestRadicale(t *testing.T) {
	if bad := (&story{ctx: t.Context(), at: radicale(t)}).tell(); len(bad) > 0 {
		t.Error(strings.Join(bad, "\n"))
	}
	list, err := new(Server).Discover(t.Context(), radicale(t).root, login, secret, false)
	if err != nil || len(list) != 1 || list[0].Name != "Praca & dom" || list[0].Colour != "#ff8800" || list[0].Mark.Token == "" || list[0].Mark.CTag == "" {
		t.Errorf("discovered: %+v %v", list, err)
	}
}

func TestXandikos(t *testing.T) {
	if bad := (&story{ctx: t.Context(), at: xandikos(t)}).tell(); len(bad) > 0 {
		t.Error(strings.Join(bad, "\n"))
	}
}

// The controls: a server without conditions loses what was done by hand, and one
// that knows nobody is not read at all.
func TestStoryFindsMutants(t *testing.T) {
	for name, m := range map[string]struct {
		spoil func(*http.Request)
		want  string
	}{
		"no conditions": {func(r *http.Request) { r.Header.Del("If-Match"); r.Header.Del("If-None-Match") }, "cancel after a hand"},
		"no names":      {func(r *http.Request) { r.SetBasicAuth("anna", "?") }, "discover from"},
		"no redirect": {func(r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/.well-known") || r.URL.Path == "/" {
				r.URL.Path = "/nowhere"
			}
		}, `discover from ""`},
		"moves are lost": {func(r *http.Request) {
			if r.Method == "PUT" && r.Header.Get("If-Match") != "" {
				r.Method, r.Body, r.ContentLength = "GET", nil, 0
				r.Header.Del("Content-Length")
			}
		}, "after move"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := strings.Join((&story{ctx: t.Context(), at: radicale(t).through(t, m.spoil)}).tell(), "\n")
			if !strings.Contains(bad, m.want) {
				t.Errorf("%q is not among:\n%s", m.want, bad)
			}
		})
	}
}

// A server that dies and comes back knows the marks it gave; what we have stays as it is.
func TestRadicaleAwayAndBack(t *testing.T) {
	if _, err := exec.LookPath("radicale"); err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	at, err := startRadicale(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { at.stop() }()
	y := &story{ctx: t.Context(), at: at, c: at.words(), have: map[string]string{}}
	_, etag, err := y.s.Put(y.ctx, y.c, secret, "uid", page("uid", "first"), "")
	y.check(err == nil, "publish: %v", err)
	y.read("publish", []string{"first"}, nil)

	at.stop()
	_, err = y.s.Read(y.ctx, y.c, secret, y.have)
	y.check(kwadrans.CodeOf(err) == kwadrans.CodeOffline, "read when it is away: %v", err)
	got := outcomeOf(t, y.put("uid", page("uid", "moved"), etag))
	y.check(got == outcome{code: kwadrans.CodeOffline}, "move when it is away: %+v", got)

	if at, err = startRadicale(dir); err != nil {
		t.Fatal(err)
	}
	y.at, y.c.Address = at, at.at(at.calendar)
	y.read("nothing", nil, nil)
	y.check(y.put("uid", page("uid", "moved"), etag) == nil, "move when it is back")
	y.read("move", []string{"moved"}, nil)
	for _, bad := range y.bad {
		t.Error(bad)
	}
}
