package ical

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/idna"

	"kwadrans/internal/kwadrans"
)

// cleanParam makes the value of a parameter, which has no escapes that all
// readers know (RFC 5545 §3.2; RFC 6868 is read by some): one line, and in place
// of quotation mark, circumflex and backslash characters that look like them.
func cleanParam(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '"':
			return '\''
		case '^':
			return '\u02C6'
		case '\\':
			return '/'
		}
		return r
	}, kwadrans.CleanLine(s))
}

// mailto writes a checked address as a URI (RFC 6068 §2), its domain in ASCII,
// which is how servers and mail programs know it.
func mailto(email string) string {
	local, domain := email, ""
	if i := strings.LastIndexByte(email, '@'); i >= 0 {
		local, domain = email[:i], email[i+1:]
	}
	if ascii, err := idna.Lookup.ToASCII(domain); err == nil {
		domain = ascii
	}
	return "mailto:" + percent(local, "%?#/&") + "@" + percent(domain, "%")
}

// percent encodes what may not stand in a URI, and the characters of more (RFC 3986 §2).
func percent(s, more string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7F || strings.IndexByte("\"<>\\^`{|}"+more, c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// linkOf returns the link of a booking's place, empty where the place has none,
// Zoom has not answered or the meeting is off, when the link leads nowhere. A link that starts the meeting as its host is a
// credential (Zoom API: start_url) and never leaves.
func linkOf(b kwadrans.Booking, status string) (string, error) {
	var link string
	switch {
	case b.Place.Kind == kwadrans.PlaceLink:
		link = b.Place.Detail
	case b.Place.Kind == kwadrans.PlaceZoom && b.Zoom != nil:
		link = b.Zoom.JoinURL
	}
	if link == "" || status == cancelled {
		return "", nil
	}
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || link != kwadrans.CleanLine(link) {
		return "", kwadrans.Errorf(kwadrans.CodeInvalid, "ical: the link of the meeting cannot be used").WithHint("it must be an https address")
	}
	if u.Query().Has("zak") || strings.Contains(u.RawQuery, "zak=") || strings.Contains(u.Fragment, "zak=") {
		return "", kwadrans.Errorf(kwadrans.CodeInvalid, "ical: the link signs in as the host and may not be given away").
			WithHint("use the link for joining")
	}
	return percent(link, ""), nil
}
