package ical

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// lint says what is wrong with a page. It shares nothing with the parser of the
// package: bytes and patterns only.
func lint(page []byte) (found []string) {
	say := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	if !bytes.HasSuffix(page, []byte("\r\n")) {
		say("the last line does not end")
	}
	for i, l := range strings.Split(strings.TrimSuffix(string(page), "\r\n"), "\r\n") {
		switch {
		case strings.ContainsAny(l, "\r\n"):
			say("line %d: a loose CR or LF", i)
		case len(l) > 75:
			say("line %d: %d octets", i, len(l))
		case !utf8.ValidString(l):
			say("line %d: not UTF-8, or folded inside a character", i)
		case regexp.MustCompile(`[\x00-\x1f\x7f\x{80}-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]`).MatchString(l):
			say("line %d: a control character", i)
		}
	}
	text := strings.ReplaceAll(string(page), "\r\n ", "")
	head, events := split(text)
	method := lintHead(say, head)
	if method != "PUBLISH" && len(events) != 1 {
		say("%d events in one letter", len(events))
	}
	for _, ev := range events {
		lintEvent(say, method, ev)
	}
	if regexp.MustCompile(`https://\S*zak=`).MatchString(text) {
		say("a link that signs in as the host")
	}
	return found
}

// split parts a page into the calendar's own lines and the lines of each event.
func split(text string) (head []string, events [][]string) {
	in := false
	for _, l := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		switch {
		case l == "BEGIN:VEVENT":
			in, events = true, append(events, nil)
		case l == "END:VEVENT":
			in = false
		case in:
			events[len(events)-1] = append(events[len(events)-1], l)
		default:
			head = append(head, l)
		}
	}
	return head, events
}

type complain func(format string, args ...any)

// lintHead wants exactly the six lines of a calendar.
func lintHead(say complain, head []string) (method string) {
	want := []string{
		`BEGIN:VCALENDAR`, `CALSCALE:GREGORIAN`, `METHOD:(REQUEST|CANCEL|PUBLISH)`, `PRODID:-//Kwadrans//Kwadrans [0-9.]+//EN`,
		`VERSION:2\.0`, `END:VCALENDAR`,
	}
	if len(head) != len(want) {
		say("the calendar has %d lines of its own", len(head))
		return ""
	}
	for i, w := range want {
		if !regexp.MustCompile(`^` + w + `$`).MatchString(head[i]) {
			say("the calendar says %q", head[i])
		}
		if v, ok := strings.CutPrefix(head[i], "METHOD:"); ok {
			method = v
		}
	}
	return method
}

// forms is what each property may look like, and how often it stands in an event.
var forms = map[string]struct {
	least, most int
	form        string
}{
	"UID":                        {1, 1, `:[^ ]+@kwadrans`},
	"DTSTAMP":                    {1, 1, `:\d{8}T\d{6}Z`},
	"DTSTART":                    {1, 1, `:\d{8}T\d{6}Z`},
	"DTEND":                      {1, 1, `:\d{8}T\d{6}Z`},
	"CREATED":                    {0, 1, `:\d{8}T\d{6}Z`},
	"LAST-MODIFIED":              {0, 1, `:\d{8}T\d{6}Z`},
	"SEQUENCE":                   {1, 1, `:\d+`},
	"SUMMARY":                    {1, 1, `:` + escaped},
	"DESCRIPTION":                {1, 1, `:` + escaped},
	"LOCATION":                   {0, 1, `:` + escaped},
	"URL":                        {0, 1, `:https://[!-~]+`},
	"CONFERENCE":                 {0, 1, `;FEATURE=AUDIO,VIDEO;LABEL=[^";:,]+;VALUE=URI:https://[!-~]+`},
	"STATUS":                     {1, 1, `:(CONFIRMED|TENTATIVE|CANCELLED)`},
	"CLASS":                      {1, 1, `:PUBLIC`},
	"TRANSP":                     {1, 1, `:(OPAQUE|TRANSPARENT)`},
	"X-MICROSOFT-CDO-BUSYSTATUS": {1, 1, `:(BUSY|TENTATIVE|FREE)`},
	"ORGANIZER":                  {0, 1, `;CN=` + quoted + `:mailto:[!-~]+@[!-~]+`},
	"ATTENDEE":                   {0, 1, `;CN=` + quoted + `;CUTYPE=INDIVIDUAL(;PARTSTAT=[A-Z-]+)?;ROLE=REQ-PARTICIPANT(;RSVP=TRUE)?:mailto:[!-~]+@[!-~]+`},
}

const (
	escaped = `([^\\,;]|\\[\\,;nN])+`
	quoted  = `("[^"^\\]+"|[^";:,^\\]+)`
)

func lintEvent(say complain, method string, lines []string) {
	got := map[string][]string{}
	for _, l := range lines {
		n := strings.IndexAny(l, ";:")
		if n < 0 {
			say("%q is no property", l)
			continue
		}
		name := l[:n]
		f, ok := forms[name]
		if !ok || !regexp.MustCompile(`^`+f.form+`$`).MatchString(l[n:]) {
			say("%q has a wrong name or form", l)
		}
		got[name] = append(got[name], l[n:])
	}
	for name, f := range forms {
		if n := len(got[name]); n < f.least || n > f.most {
			say("%d times %s", n, name)
		}
	}
	lintMethod(say, method, got)
	lintLink(say, got)
}

// lintMethod holds what RFC 5546 §3.2 and our rules ask of each method.
func lintMethod(say complain, method string, got map[string][]string) {
	people := len(got["ORGANIZER"]) + len(got["ATTENDEE"])
	off := slices.Contains(got["STATUS"], ":CANCELLED")
	if method == "PUBLISH" != (people == 0) || method != "PUBLISH" && people != 2 {
		say("%s with %d people", method, people)
	}
	if method == "CANCEL" && !off || method == "REQUEST" && off {
		say("%s with another STATUS", method)
	}
	if method == "REQUEST" && !strings.Contains(strings.Join(got["ATTENDEE"], ""), ";RSVP=TRUE") {
		say("nobody is asked")
	}
	if off != slices.Contains(got["TRANSP"], ":TRANSPARENT") || off && len(got["URL"])+len(got["CONFERENCE"]) > 0 {
		say("a meeting that is off blocks time or carries a link")
	}
}

// lintLink wants the link exactly, in all places or in none.
func lintLink(say complain, got map[string][]string) {
	if len(got["URL"]) != 1 {
		if len(got["CONFERENCE"]) > 0 {
			say("a conference without a link")
		}
		return
	}
	link := strings.TrimPrefix(got["URL"][0], ":")
	escaped := strings.NewReplacer(",", `\,`, ";", `\;`).Replace(link)
	for name, want := range map[string]string{"LOCATION": "^:%s$", "DESCRIPTION": `^:%s(\\n.*)?$`} {
		if len(got[name]) != 1 || !regexp.MustCompile(fmt.Sprintf(want, regexp.QuoteMeta(escaped))).MatchString(got[name][0]) {
			say("%s has not the link", name)
		}
	}
	for _, c := range got["CONFERENCE"] {
		if !strings.HasSuffix(c, ";VALUE=URI:"+link) {
			say("CONFERENCE has not the link")
		}
	}
}

func TestPagesPassTheLint(t *testing.T) {
	for name, page := range pages(t) {
		for _, complaint := range lint(page) {
			t.Errorf("%s: %s", name, complaint)
		}
	}
}

// broken are pages that must never leave, each with one defect.
func broken(t *testing.T) map[string][]byte {
	ok := must(t, "page")(Page(letter(priya)))
	text := string(unfold(ok))
	swap := func(from, to string) []byte {
		t.Helper()
		if !strings.Contains(text, from) {
			t.Fatalf("the page has no %q to break", from)
		}
		return fold([]byte(strings.Replace(text, from, to, 1)))
	}
	return map[string][]byte{
		"LF only":             bytes.ReplaceAll(ok, []byte("\r\n"), []byte("\n")),
		"a loose LF":          bytes.Replace(ok, []byte("Priya"), []byte("Pri\nya"), 1),
		"no last end":         bytes.TrimSuffix(ok, []byte("\r\n")),
		"not folded":          unfold(ok),
		"fold in a letter":    bytes.Replace(ok, []byte("Ćw"), []byte("\xc4\r\n \x86w"), 1),
		"a control":           swap("Priya", "Pri\x07ya"),
		"no UTF-8":            swap("Priya", "Pri\xffya"),
		"an injection":        swap("Priya", "Pri\r\nX-INJECTED:1\r\nya"),
		"an attendee more":    swap("CLASS:PUBLIC\r\n", "CLASS:PUBLIC\r\nATTENDEE;CN=Eve;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT:mailto:eve@evil.example\r\n"),
		"a METHOD inside":     swap("SEQUENCE:0\r\n", "SEQUENCE:0\r\nMETHOD:REQUEST\r\n"),
		"no METHOD":           swap("METHOD:REQUEST\r\n", ""),
		"another METHOD":      swap("METHOD:REQUEST", "METHOD:CANCEL"),
		"two events":          swap("END:VEVENT\r\n", "END:VEVENT\r\n"+text[strings.Index(text, "BEGIN:VEVENT"):strings.Index(text, "END:VCALENDAR")]),
		"no event":            swap(text[strings.Index(text, "BEGIN:VEVENT"):strings.Index(text, "END:VCALENDAR")], ""),
		"no UID":              swap("UID:01a2084a-6f3b-7c11-9d2e-3b1f5a7c9e01@kwadrans\r\n", ""),
		"no DTSTAMP":          swap("DTSTAMP:20261123T083107Z\r\n", ""),
		"two DTSTAMP":         swap("DTSTAMP:20261123T083107Z\r\n", "DTSTAMP:20261123T083107Z\r\nDTSTAMP:20261123T083107Z\r\n"),
		"a floating time":     swap("DTSTART:20261127T141500Z", "DTSTART:20261127T141500"),
		"a zone":              swap("DTSTART:20261127T141500Z", "DTSTART;TZID=Europe/Warsaw:20261127T151500"),
		"an hour later":       swap("DTSTART:20261127T141500Z", "DTSTART:20261127T131500Z"),
		"a DURATION":          swap("DTEND:20261127T151500Z", "DURATION:PT1H"),
		"an empty property":   swap("SUMMARY:Porada prawna · Hanna Ćwik", "SUMMARY:"),
		"a loose comma":       swap(`jna\, aneks`, `jna, aneks`),
		"an unknown escape":   swap(`jna\, aneks`, `jna\x aneks`),
		"a loose quotation":   swap("CN=Priya", `CN=Pri"ya`),
		"an unquoted colon":   swap("CN=Priya", "CN=Pri:ya"),
		"an open quotation":   swap("CN=Priya", `CN="Priya`),
		"no CN":               swap("CN=Priya Raghunathan;", ""),
		"no VALUE=URI":        swap(";VALUE=URI", ""),
		"another link":        swap("\r\nURL:https://us06web", "\r\nURL:https://us07web"),
		"no link on line 1":   swap("DESCRIPTION:https", `DESCRIPTION:Hello\nhttps`),
		"a start link":        swap(`Passcode: 418207`, `Start: https://zoom.us/s/1?zak=x`),
		"an alarm":            swap("END:VEVENT", "BEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM\r\nEND:VEVENT"),
		"two calendars":       append(slices.Clone(ok), ok...),
		"no end":              swap("END:VCALENDAR\r\n", ""),
		"crossed ends":        swap("END:VEVENT\r\nEND:VCALENDAR", "END:VCALENDAR\r\nEND:VEVENT"),
		"small letters":       swap("SUMMARY:", "summary:"),
		"an empty line":       append(slices.Clone(ok), "\r\n"...),
		"nothing":             {},
		"CANCELLED in it":     swap("STATUS:CONFIRMED", "STATUS:CANCELLED"),
		"an attendee missing": swap(text[strings.Index(text, "ATTENDEE"):strings.Index(text, "CLASS:")], ""),
	}
}

// The control of both guards: every broken page is seen by the lint and by the
// check that each page passes before it leaves.
func TestBrokenPagesAreSeen(t *testing.T) {
	e, err := fromLetter(letter(priya))
	if err != nil {
		t.Fatal(err)
	}
	want := meant(header(request), [][]prop{e.props()})
	if err := check(must(t, "page")(Page(letter(priya))), want); err != nil {
		t.Fatalf("the whole page: %v", err)
	}
	for name, page := range broken(t) {
		if len(lint(page)) == 0 && name != "an hour later" { // a form cannot tell the hour
			t.Errorf("the lint does not see %s", name)
		}
		if check(page, want) == nil {
			t.Errorf("the check does not see %s", name)
		}
	}
}
