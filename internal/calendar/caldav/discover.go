package caldav

import (
	"context"
	"errors"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"kwadrans/internal/kwadrans"
)

const propfind = `<?xml version="1.0" encoding="utf-8"?>
<D:propfind xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/" xmlns:A="http://apple.com/ns/ical/"><D:prop>` +
	`<D:resourcetype/><D:displayname/><D:current-user-principal/><D:current-user-privilege-set/><D:sync-token/><D:supported-report-set/>` +
	`<C:calendar-home-set/><C:supported-calendar-component-set/><S:getctag/><A:calendar-color/></D:prop></D:propfind>`

// Discover finds the calendars of an account that may hold events, in the order
// the server lists them. address is a host, or the URL of a principal, of a home
// or of one calendar (RFC 6764, RFC 4791 §6.2.1, RFC 5397). near allows an
// address in the own network. An account without calendars is an empty list.
//
// Errors are *kwadrans.Error: CodeInvalid (the address), CodeCalendarAuth,
// CodeCalendarRefused (with *Elsewhere in its chain when another origin has the
// calendars), CodeCalendarUnreadable, CodeOffline, CodeTimeout.
func (s *Server) Discover(ctx context.Context, address, login string, secret kwadrans.Secret, near bool) ([]Collection, error) {
	ctx, cancel := context.WithTimeout(ctx, longestLook)
	defer cancel()
	t, err := s.open(address, login, secret, near)
	if err != nil {
		return nil, err
	}
	defer t.close()
	list, err := t.discover(ctx)
	return list, look(err)
}

// discover begins at the given address, then where RFC 6764 has servers begin.
func (s *session) discover(ctx context.Context) ([]Collection, error) {
	var first error
	for _, at := range candidates(s.start) {
		list, err := s.from(ctx, at)
		if err == nil || hopeless(err) {
			return list, err
		}
		if first == nil || statusOf(first) == 404 {
			first = err
		}
	}
	if statusOf(first) == 404 || statusOf(first) == 405 {
		return nil, tell(kwadrans.CodeCalendarUnreadable, saidNotCalDAV).because(first)
	}
	return nil, first
}

// hopeless says whether another address of the same server would fail as well.
func hopeless(err error) bool {
	var away *Elsewhere
	switch kwadrans.CodeOf(err) {
	case kwadrans.CodeCalendarRefused, kwadrans.CodeCalendarUnreadable:
		return errors.As(err, &away)
	}
	return statusOf(err) < 500
}

// from looks at one address: is it a calendar, a home, a principal, or does it
// know who we are?
func (s *session) from(ctx context.Context, at *url.URL) ([]Collection, error) {
	ms, base, err := s.ask(ctx, "PROPFIND", at, "0", propfind)
	if err != nil {
		return nil, err
	}
	p := self(ms, base)
	if p.calendar() {
		return events([]Collection{collection(base, p)}), nil
	}
	if len(p.Homes.List) > 0 {
		return s.homes(ctx, base, p.Homes)
	}
	if base.Path != "/" && p.Type.has(nsDAV, "collection") {
		if list, err := s.home(ctx, base); err == nil && len(list) > 0 {
			return list, nil
		}
	}
	return s.principal(ctx, base, p.Principal)
}

func (s *session) principal(ctx context.Context, base *url.URL, who hrefs) ([]Collection, error) {
	if len(who.List) == 0 {
		if who.Anon != nil {
			return nil, tell(kwadrans.CodeCalendarAuth, saidLoginNeeded)
		}
		return nil, tell(kwadrans.CodeCalendarUnreadable, saidNotCalDAV)
	}
	at, err := s.follow(base, who.List[0])
	if err != nil {
		return nil, err
	}
	ms, base, err := s.ask(ctx, "PROPFIND", at, "0", propfind)
	if err != nil {
		return nil, err
	}
	p := self(ms, base)
	if len(p.Homes.List) == 0 {
		return nil, tell(kwadrans.CodeCalendarUnreadable, saidNotCalDAV)
	}
	return s.homes(ctx, base, p.Homes)
}

func (s *session) homes(ctx context.Context, base *url.URL, homes hrefs) (all []Collection, err error) {
	for _, href := range homes.List[:min(len(homes.List), 10)] {
		at, err := s.follow(base, href)
		if err != nil {
			return nil, err
		}
		list, err := s.home(ctx, at)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

func (s *session) home(ctx context.Context, at *url.URL) ([]Collection, error) {
	ms, base, err := s.ask(ctx, "PROPFIND", at, "1", propfind)
	if err != nil {
		return nil, err
	}
	if len(ms.Responses) == 0 {
		return nil, tell(kwadrans.CodeCalendarUnreadable, saidUnreadable)
	}
	return events(collections(ms, base)), nil
}

// follow resolves an href that the server gave. Where the login may not go there
// is no use in asking.
func (s *session) follow(base *url.URL, href string) (*url.URL, error) {
	u, err := resolve(base, href)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return nil, tell(kwadrans.CodeCalendarUnreadable, saidUnreadable)
	}
	if origin(u) != s.mine && origin(u) != origin(base) {
		return nil, elsewhere(u)
	}
	return u, nil
}

// events leaves out what cannot hold an event.
func events(list []Collection) []Collection {
	return slices.DeleteFunc(list, func(c Collection) bool {
		return len(c.Components) > 0 && !slices.ContainsFunc(c.Components, func(n string) bool { return strings.EqualFold(n, "VEVENT") })
	})
}

// self returns the properties of the resource that was asked for.
func self(ms multistatus, base *url.URL) (p prop) {
	for _, r := range ms.Responses {
		at, ok := pathOf(base, r.Href)
		if ok && trimmed(at) == trimmed(base.EscapedPath()) || len(ms.Responses) == 1 { // it may call itself by another name
			p, _ = r.found()
			return p
		}
	}
	return prop{}
}

func trimmed(p string) string { return strings.TrimSuffix(same(p), "/") }

func (p prop) calendar() bool {
	return p.Type.has(nsCalDAV, "calendar") && !p.Type.has("http://nextcloud.com/ns", "deleted-calendar")
}

func collections(ms multistatus, base *url.URL) (list []Collection) {
	for _, r := range ms.Responses {
		p, ok := r.found()
		at, err := resolve(base, r.Href)
		if !ok || err != nil || !p.calendar() {
			continue
		}
		u := *base // it lies where it was listed, whatever name a proxy gave it
		u.Path, u.RawPath = at.Path, at.RawPath
		list = append(list, collection(&u, p))
	}
	return list
}

func collection(u *url.URL, p prop) Collection {
	c := Collection{Address: u.String(), Name: kwadrans.CleanLine(p.Name), Colour: colour(p.Colour), Writable: p.writable(),
		Mark: kwadrans.SourceMark{Token: short(strings.TrimSpace(p.Token)), CTag: short(strings.TrimSpace(p.CTag))}}
	if c.Name == "" {
		c.Name = kwadrans.CleanLine(path.Base(u.Path))
	}
	if r := []rune(c.Name); len(r) > 100 {
		c.Name = string(r[:100]) + "…"
	}
	for _, one := range p.Components {
		c.Components = append(c.Components, one.Name)
	}
	return c
}

var sixDigits = regexp.MustCompile(`^#[0-9a-fA-F]{6}`)

// colour drops the transparency that Apple's property has.
func colour(s string) string { return strings.ToLower(sixDigits.FindString(strings.TrimSpace(s))) }

// writable reads the privileges (RFC 3744 §3); a server that does not say will
// refuse by itself.
func (p prop) writable() bool {
	if p.Privileges == nil {
		return true
	}
	has := func(local string) bool {
		return slices.ContainsFunc(p.Privileges.List, func(n names) bool { return n.has(nsDAV, local) })
	}
	return has("all") || has("write") || has("write-content") && has("bind")
}
