package ical

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// line is one property with the component that it stands in.
type line struct {
	in string // VCALENDAR, or VCALENDAR/VEVENT[n]
	prop
}

// parse takes a page apart as strictly as RFC 5545 §3.1 allows and owes nothing
// to the library that wrote it.
func parse(page []byte) ([]line, error) {
	if err := wellFolded(page); err != nil {
		return nil, err
	}
	var list []line
	var in, names []string
	events := 0
	for i, raw := range strings.Split(strings.TrimSuffix(string(unfold(page)), "\r\n"), "\r\n") {
		p, err := parseLine(raw)
		if err != nil {
			return nil, fmt.Errorf("ical: property %d: %w", i+1, err)
		}
		switch {
		case i > 0 && len(in) == 0:
			return nil, errors.New("ical: something stands behind the calendar")
		case p.name == "BEGIN":
			if in, names, err = enter(in, names, p.value, &events); err != nil {
				return nil, err
			}
		case len(in) == 0:
			return nil, errors.New("ical: something stands before the calendar")
		case p.name == "END":
			if p.value != names[len(names)-1] {
				return nil, errors.New("ical: another component ends than began")
			}
			in, names = in[:len(in)-1], names[:len(names)-1]
		default:
			list = append(list, line{in: strings.Join(in, "/"), prop: p})
		}
	}
	if len(in) != 0 {
		return nil, errors.New("ical: the calendar does not end")
	}
	return list, nil
}

// enter goes into a component: events in a calendar, nothing else.
func enter(in, names []string, name string, events *int) (path, nested []string, err error) {
	switch {
	case name == "VCALENDAR" && len(in) == 0:
		return []string{name}, []string{name}, nil
	case name == "VEVENT" && len(in) == 1:
		*events++
		return append(in, fmt.Sprintf("%s[%d]", name, *events-1)), append(names, name), nil
	}
	return nil, nil, errors.New("ical: a component where none may be")
}

// wellFolded checks the lines as they are sent.
func wellFolded(page []byte) error {
	body, ok := bytes.CutSuffix(page, []byte("\r\n"))
	if !ok {
		return errors.New("ical: the last line does not end")
	}
	for i, l := range bytes.Split(body, []byte("\r\n")) {
		bad := bytes.ContainsFunc(l, func(r rune) bool { return r < ' ' || r == 0x7F })
		switch {
		case len(l) == 0, len(l) > width, i == 0 && l[0] == ' ':
			return fmt.Errorf("ical: line %d has a wrong length", i+1)
		case bad, !utf8.Valid(l):
			return fmt.Errorf("ical: line %d holds a character that it may not", i+1)
		}
	}
	return nil
}

// parseLine reads NAME *(;PARAM=VALUE) :VALUE.
func parseLine(s string) (p prop, err error) {
	n := strings.IndexAny(s, ";:")
	if n < 0 || !token(s[:n]) {
		return p, errors.New("no name")
	}
	p.name, s = s[:n], s[n:]
	for s[0] == ';' {
		var q param
		if q, s, err = parseParam(s[1:]); err != nil {
			return p, err
		}
		p.params = append(p.params, q)
	}
	p.value = s[1:]
	if textual[p.name] {
		p.value, err = unescape(p.value)
	}
	return p, err
}

// parseParam reads PARAM=VALUE *(,VALUE) and returns the rest, which begins with ; or :.
func parseParam(s string) (q param, rest string, err error) {
	name, s, ok := strings.Cut(s, "=")
	if !ok || !token(name) {
		return q, "", errors.New("a parameter without a name")
	}
	q.name = name
	for {
		var value string
		if value, s, err = parseValue(s); err != nil {
			return q, "", err
		}
		q.values = append(q.values, value)
		switch {
		case strings.HasPrefix(s, ","):
			s = s[1:]
		case strings.HasPrefix(s, ";"), strings.HasPrefix(s, ":"):
			return q, s, nil
		default:
			return q, "", errors.New("a parameter that does not end")
		}
	}
}

// parseValue reads one value of a parameter, quoted or not.
func parseValue(s string) (value, rest string, err error) {
	if s, ok := strings.CutPrefix(s, `"`); ok {
		value, rest, ok := strings.Cut(s, `"`)
		if !ok {
			return "", "", errors.New("a quotation that does not end")
		}
		return value, rest, nil
	}
	n := strings.IndexAny(s, `";:,`)
	if n < 0 || s[n] == '"' {
		return "", "", errors.New("a parameter with a loose quotation mark or no end")
	}
	return s[:n], s[n:], nil
}

// token says whether s is an iana-token or an x-name, in capitals as we write them.
func token(s string) bool {
	return s != "" && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == ""
}

// unescape reads one TEXT (RFC 5545 §3.3.11); a loose comma would make a list of it.
func unescape(s string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ',' || c == ';':
			return "", errors.New("a text with a loose separator")
		case c != '\\':
			b.WriteByte(c)
		case i+1 < len(s) && strings.IndexByte(`\,;`, s[i+1]) >= 0:
			i++
			b.WriteByte(s[i])
		case i+1 < len(s) && (s[i+1] == 'n' || s[i+1] == 'N'):
			i++
			b.WriteByte('\n')
		default:
			return "", errors.New("a text with an unknown escape")
		}
	}
	return b.String(), nil
}
