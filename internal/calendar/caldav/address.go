package caldav

import (
	"errors"
	"net/url"
	"strings"

	"kwadrans/internal/kwadrans"
)

const (
	adviceAddress = "write it as https://host or as the whole address of the calendar"
	adviceNear    = "allow the own network for this calendar if the server stands there"
)

var errHref = errors.New("an address that cannot be read")

// parse reads an address as people give it: with its scheme or without.
func parse(address string) (*url.URL, error) {
	address = strings.TrimSpace(address)
	u, err := url.Parse(withScheme(address))
	if err != nil || u.Hostname() == "" || u.Opaque != "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "caldav: this is not the address of a calendar server").WithHint(adviceAddress)
	}
	if _, has := u.User.Password(); has {
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "caldav: a password stands in the address").
			WithHint("give the address without it, and the password by itself")
	}
	u.User, u.Fragment, u.RawFragment, u.RawQuery, u.ForceQuery = nil, "", "", "", false
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

func withScheme(address string) string {
	scheme, rest, has := strings.Cut(address, "://")
	switch {
	case has && strings.EqualFold(scheme, "caldavs"):
		return "https://" + rest
	case has && !strings.EqualFold(scheme, "caldav"):
		return address
	case !has:
		rest = address
	}
	if u, err := url.Parse("http://" + rest); err == nil && isHere(u.Hostname()) {
		return "http://" + rest
	}
	return "https://" + rest
}

// candidates are where discovery begins, in order (RFC 6764 §5).
func candidates(u *url.URL) []*url.URL {
	at := func(path string) *url.URL { return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: path} }
	wellKnown, root := at("/.well-known/caldav"), at("/")
	if u.Path == "/" {
		return []*url.URL{wellKnown, root}
	}
	return []*url.URL{u, wellKnown, root}
}

// resolve reads an href or a Location against where it was said. A server behind
// a proxy often says http of itself: with the name that we asked, that is ours.
func resolve(base *url.URL, href string) (*url.URL, error) {
	u, err := base.Parse(strings.TrimSpace(href))
	if err != nil || len(href) > longHref {
		return nil, errors.Join(err, errHref)
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	if base.Scheme == "https" && u.Scheme == "http" && strings.EqualFold(u.Hostname(), base.Hostname()) {
		u.Scheme, u.Host = base.Scheme, base.Host
	}
	return u, nil
}

// pathOf returns the path of an href as it was written.
func pathOf(base *url.URL, href string) (string, bool) {
	u, err := resolve(base, href)
	if err != nil || u.Path == "" {
		return "", false
	}
	return u.EscapedPath(), true
}

// same is a path in the one spelling that paths are compared in: servers quote
// "@" and its like in one answer and not in the next.
func same(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if plain, err := url.PathUnescape(p); err == nil {
			parts[i] = url.PathEscape(plain)
		}
	}
	return strings.Join(parts, "/")
}
