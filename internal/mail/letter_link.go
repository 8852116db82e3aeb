package mail

import (
	"net/url"
	"strings"

	"kwadrans/internal/kwadrans"
)

// zoomHosts are where a join link may lead, and everything below them.
var zoomHosts = []string{"zoom.us", "zoom.com", "zoomgov.com"}

// link returns the address that the letter may show and link to: the one href
// of a letter beside the page's own. A cancelled meeting has none.
func (c *Composer) link(l kwadrans.Letter) (string, error) {
	b := l.Booking
	switch {
	case l.Kind == kwadrans.LetterCancelled, l.Kind == kwadrans.LetterConfirm:
		return "", nil
	case b.Place.Kind == kwadrans.PlaceZoom:
		if b.Zoom == nil || b.Zoom.JoinURL == "" {
			return "", kwadrans.Errorf(kwadrans.CodeWaiting, "mail: the Zoom link is not there yet")
		}
		return c.zoomLink(b.Zoom.JoinURL)
	case b.Place.Kind == kwadrans.PlaceLink:
		if u := plainHTTPS(b.Place.Detail); u == nil {
			return "", kwadrans.Errorf(kwadrans.CodeInvalid, "mail: the place of the meeting is not an https address")
		}
		return b.Place.Detail, nil
	case b.Place.Kind == kwadrans.PlacePhone, b.Place.Kind == kwadrans.PlaceAddress:
		return "", nil
	}
	return "", kwadrans.Errorf(kwadrans.CodeInvalid, "mail: %q is not a place", b.Place.Kind)
}

func (c *Composer) zoomLink(s string) (string, error) {
	if u := plainHTTPS(s); u != nil && (c.AnyHost || isZoom(u)) {
		return s, nil
	}
	return "", kwadrans.Errorf(kwadrans.CodeInvalid, "mail: the join link does not lead to Zoom").
		WithHint("nothing was sent; look at the meeting in Zoom")
}

func isZoom(u *url.URL) bool {
	if p := u.Port(); p != "" && p != "443" {
		return false
	}
	name := strings.ToLower(u.Hostname())
	for _, h := range zoomHosts {
		if name == h || strings.HasSuffix(name, "."+h) {
			return true
		}
	}
	return false
}

// plainHTTPS reads an address that may stand in HTML, text and a calendar as it
// is: https, the characters of RFC 3986 §2, and no user before the host, which
// could hide where a link leads. (In an href html/template writes parentheses as
// %28 and %29; Zoom's links have none.)
func plainHTTPS(s string) *url.URL {
	if len(s) > 2000 || strings.ContainsFunc(s, func(r rune) bool { return !inURL(r) }) {
		return nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.Opaque != "" || u.User != nil || u.Hostname() == "" {
		return nil
	}
	return u
}

func inURL(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._~:/?#[]@!$&()*+,;=%", r)
}
