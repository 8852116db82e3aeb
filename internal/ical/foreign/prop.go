package foreign

import (
	"bytes"
	"strings"
)

// prop is a property as it is handed on: its name and the names of its
// parameters in capitals, every value free of controls.
type prop struct {
	name   string
	params []param
	value  string
}

type param struct{ name, value string }

// wanted are the properties that matter here, and whether an event is in doubt
// when one of them cannot be read.
var wanted = map[string]bool{
	"DTSTART": true, "DTEND": true, "DURATION": true, "RRULE": true, "RDATE": true, "EXDATE": true, "EXRULE": true, "RECURRENCE-ID": true,
	"FREEBUSY": true, "UID": true, "SUMMARY": false, "STATUS": false, "TRANSP": false, "SEQUENCE": false, "DTSTAMP": false, "ATTENDEE": false, "COMMENT": false,
	"X-MICROSOFT-CDO-BUSYSTATUS": false, "X-MICROSOFT-CDO-ALLDAYEVENT": false,
	"METHOD": false, "NAME": false, "X-WR-CALNAME": false, "X-WR-TIMEZONE": false, "REFRESH-INTERVAL": false, "X-PUBLISHED-TTL": false,
	"TZID": true, "TZOFFSETFROM": true, "TZOFFSETTO": true,
}

// kept are the parameters that matter here.
var kept = map[string]bool{"TZID": true, "VALUE": true, "PARTSTAT": true, "RANGE": true, "FBTYPE": true, "EMAIL": true}

// cutName takes the name off a line. ok is false when there is none.
func cutName(line []byte) (name string, rest []byte, ok bool) {
	end := bytes.IndexAny(line, ":;")
	if end < 0 {
		end = len(line)
	}
	raw := bytes.TrimSpace(line[:end])
	if len(raw) == 0 || len(raw) > 64 {
		return "", nil, false
	}
	for _, c := range raw {
		if c != '-' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return "", nil, false
		}
	}
	return strings.ToUpper(string(raw)), line[end:], true
}

// parseRest reads the parameters and the value behind a name. It forgives what
// is common: parameters without "=", text behind a closing quote, and a zone's
// display name with its colon and commas bare.
func parseRest(name string, rest []byte) (p prop, ok bool) {
	p.name = name
	for len(rest) > 0 && rest[0] == ';' {
		var q param
		if q, rest, ok = cutParam(rest[1:], timed[name]); !ok {
			return p, false
		}
		if kept[q.name] {
			p.params = append(p.params, q)
		}
	}
	if len(rest) == 0 {
		return p, false
	}
	p.value = tidy(rest[1:])
	return p, true
}

// timed are the properties whose value starts with a digit.
var timed = map[string]bool{"DTSTART": true, "DTEND": true, "RECURRENCE-ID": true, "EXDATE": true, "RDATE": true}

// cutParam takes a parameter off; rest starts with what ended it.
func cutParam(b []byte, timed bool) (q param, rest []byte, ok bool) {
	end := bytes.IndexAny(b, "=;:")
	if end < 0 {
		return q, nil, false
	}
	if b[end] != '=' {
		return q, b[end:], true
	}
	q.name = strings.ToUpper(tidy(b[:end]))
	bare := timed && q.name == "TZID"
	value, quoted := []byte(nil), false
	for i := end + 1; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"':
			quoted = !quoted
		case !quoted && c == ';', !quoted && c == ':' && (!bare || valueFollows(b[i+1:])):
			// The library takes quadratic time for a value; none that matters is as long.
			q.value = clip(tidy(value), 256)
			return q, b[i:], len(value) <= maxParam
		default:
			value = append(value, c)
		}
	}
	return q, nil, false
}

// valueFollows says whether b is times and nothing else, so that the colon
// before it ends the parameters and does not belong to "(UTC+01:00) Warsaw".
func valueFollows(b []byte) bool {
	b = bytes.TrimSpace(b)
	return len(b) >= 8 && bytes.IndexByte(b, ':') < 0 && bytes.IndexByte(b, ')') < 0 || extended(b)
}

// extended says whether b is a time as ISO 8601 writes it for people.
func extended(b []byte) bool {
	return len(b) >= 10 && b[4] == '-' && b[7] == '-' && bytes.IndexByte(b, ')') < 0
}

// tidy turns controls into blanks, so that nothing can become a line of its own.
func tidy(b []byte) string {
	for _, c := range b {
		if c < ' ' || c == 0x7F {
			return strings.TrimSpace(strings.Map(func(r rune) rune {
				if r < ' ' || r == 0x7F {
					return ' '
				}
				return r
			}, string(b)))
		}
	}
	return string(bytes.TrimSpace(b))
}

// write hands the property on in the one form that the library reads safely.
func (p prop) write(w *bytes.Buffer) {
	w.WriteString(p.name)
	for _, q := range p.params {
		w.WriteByte(';')
		w.WriteString(q.name)
		w.WriteString(`="`)
		w.WriteString(q.value)
		w.WriteByte('"')
	}
	w.WriteByte(':')
	w.WriteString(p.value)
	w.WriteString("\r\n")
}
