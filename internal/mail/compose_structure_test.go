package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"testing"
)

// node is a part as the standard library reads it, which is not what wrote it.
type node struct {
	kind   string
	params map[string]string
	header textproto.MIMEHeader
	body   []byte
	parts  []*node
}

func read(t *testing.T, raw []byte) *node {
	t.Helper()
	n, err := parse(raw)
	if err != nil {
		t.Fatalf("the letter cannot be read: %v\n%s", err, raw)
	}
	return n
}

func parse(raw []byte) (*node, error) {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	return parsePart(textproto.MIMEHeader(m.Header), m.Body)
}

func parsePart(h textproto.MIMEHeader, r io.Reader) (*node, error) {
	n := &node{header: h}
	var err error
	if n.kind, n.params, err = mime.ParseMediaType(h.Get("Content-Type")); err != nil {
		return nil, err
	}
	if !strings.HasPrefix(n.kind, "multipart/") {
		n.body, err = decoded(h.Get("Content-Transfer-Encoding"), r)
		return n, err
	}
	mr := multipart.NewReader(r, n.params["boundary"])
	for {
		p, err := mr.NextRawPart()
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return nil, err
		}
		child, err := parsePart(p.Header, p)
		if err != nil {
			return nil, err
		}
		n.parts = append(n.parts, child)
	}
}

func decoded(encoding string, r io.Reader) ([]byte, error) {
	switch encoding {
	case "quoted-printable":
		return io.ReadAll(quotedprintable.NewReader(r))
	case "base64":
		return io.ReadAll(base64.NewDecoder(base64.StdEncoding, r))
	}
	return nil, fmt.Errorf("encoding %q", encoding)
}

// one returns the only leaf of a kind that is no attachment.
func (n *node) one(t *testing.T, kind string) *node {
	t.Helper()
	var list []*node
	n.walk(func(c *node) {
		if c.kind == kind && c.header.Get("Content-Disposition") == "" {
			list = append(list, c)
		}
	})
	if len(list) != 1 {
		t.Fatalf("%d parts %s", len(list), kind)
	}
	return list[0]
}

func (n *node) walk(f func(*node)) {
	f(n)
	for _, c := range n.parts {
		c.walk(f)
	}
}

// tree writes the kinds of a letter's parts with what counts in their headers.
func (n *node) tree() string {
	s := n.kind
	for _, k := range []string{"method", "charset", "name"} {
		if v, ok := n.params[k]; ok {
			s += ";" + k + "=" + v
		}
	}
	if d := n.header.Get("Content-Disposition"); d != "" {
		s += "[" + d + "]"
	}
	if n.parts == nil {
		return s
	}
	var list []string
	for _, c := range n.parts {
		list = append(list, c.tree())
	}
	return s + "{" + strings.Join(list, " ") + "}"
}

const (
	twins       = "text/plain;charset=UTF-8 text/html;charset=UTF-8"
	invitation  = "multipart/mixed{multipart/alternative{" + twins + " text/calendar;method=%s;charset=UTF-8} application/ics;name=invite.ics[attachment; filename=invite.ics]}"
	publication = "multipart/mixed{multipart/alternative{" + twins + "} text/calendar;method=PUBLISH;charset=UTF-8;name=%[1]s[attachment; filename=%[1]s]}"
)

// shape says which tree a letter of that name must have.
func shape(name string) string {
	name, _, _ = strings.Cut(name, ".")
	switch {
	case strings.HasPrefix(name, "10-"):
		return "multipart/alternative{" + twins + "}"
	case strings.HasSuffix(name, "-host"):
		return fmt.Sprintf(publication, "booking.ics")
	case strings.HasPrefix(name, "draft"):
		return fmt.Sprintf(publication, "invite.ics")
	case strings.HasSuffix(name, "cancelled"):
		return fmt.Sprintf(invitation, "CANCEL")
	}
	return fmt.Sprintf(invitation, "REQUEST")
}

// check says what is wrong with a finished letter.
func check(name string, raw []byte) (wrong []string) {
	bad := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	n, err := parse(raw)
	if err != nil {
		return []string{err.Error()}
	}
	if got := n.tree(); got != shape(name) {
		bad("the tree is %s", got)
	}
	for _, line := range bytes.SplitAfter(raw, []byte("\n")) {
		if len(line) > 78 && !bytes.Contains(line, []byte(": <01a2084a-")) || len(line) > 0 && !bytes.HasSuffix(line, []byte("\r\n")) {
			bad("a line of %d octets: %q", len(line), line)
		}
	}
	if i := bytes.IndexFunc(raw, func(r rune) bool { return r > 126 || r < 32 && r != '\r' && r != '\n' }); i >= 0 {
		bad("octet %d is not plain ASCII", i)
	}
	wrong = append(wrong, checkCalendar(n)...)
	return append(wrong, checkHeader(name, n.header)...)
}

// checkCalendar holds the calendar parts to each other and to their method.
func checkCalendar(n *node) (wrong []string) {
	var pages []*node
	n.walk(func(c *node) {
		if c.kind == "text/calendar" || c.kind == "application/ics" {
			pages = append(pages, c)
		}
	})
	for _, p := range pages {
		if !bytes.Equal(p.body, pages[0].body) {
			wrong = append(wrong, "the calendar parts differ")
		}
		if m, ok := p.params["method"]; ok && !bytes.Contains(p.body, []byte("\r\nMETHOD:"+m+"\r\n")) {
			wrong = append(wrong, "METHOD is not "+m)
		}
		if p.params["method"] == publish && bytes.Contains(p.body, []byte("ATTENDEE")) {
			wrong = append(wrong, "a published page invites")
		}
		if p.header.Get("Content-Disposition") == "" && (p.header.Get("Content-Id") != "" || p.params["name"] != "") {
			wrong = append(wrong, "the invitation has a name")
		}
	}
	return wrong
}

func TestStructure(t *testing.T) {
	for name, e := range letters(t) {
		for _, w := range check(name, e.Bytes) {
			t.Errorf("%s: %s", name, w)
		}
	}
}

// The control: each kind of defect is seen.
func TestCheckFindsMutants(t *testing.T) {
	list := letters(t)
	for name, m := range map[string][3]string{
		"method":       {"01-invitation.pl", "method=REQUEST", "method=CANCEL"},
		"lower case":   {"01-invitation.pl", "method=REQUEST", "method=request"},
		"no charset":   {"01-invitation.pl", "text/calendar; charset=UTF-8;", "text/calendar;"},
		"latin":        {"01-invitation.pl", "text/plain; charset=UTF-8", "text/plain; charset=ISO-8859-2"},
		"wrong kind":   {"01-invitation.pl", "application/ics", "application/octet-stream"},
		"inline":       {"02-invitation-host.pl", "attachment;", "inline;"},
		"order":        {"01-invitation.pl", "text/plain;", "text/x-plain;"},
		"new field":    {"01-invitation.pl", "MIME-Version: 1.0\r\n", "MIME-Version: 1.0\r\nBcc: x@example.com\r\n"},
		"two subjects": {"01-invitation.pl", "MIME-Version: 1.0\r\n", "MIME-Version: 1.0\r\nSubject: x\r\n"},
		"two people":   {"01-invitation.pl", "raghunathan-books.example>", "raghunathan-books.example>, x@example.com"},
		"disposition":  {"01-invitation.pl", "method=REQUEST\r\n", "method=REQUEST\r\nContent-Disposition: inline\r\n"},
		"bare LF":      {"01-invitation.pl", "1.0\r\n", "1.0\n"},
		"8 bit":        {"01-invitation.pl", "MIME-Version: 1.0", "X-A: ą\r\nMIME-Version: 1.0"},
		"draft sent":   {"draft.pl", "X-Unsent: 1\r\n", "X-Unsent: 1\r\nFrom: a@example.com\r\n"},
		"other ics":    {"01-invitation.pl", base64.StdEncoding.EncodeToString([]byte("BEGIN:VCALENDAR")), base64.StdEncoding.EncodeToString([]byte("BEGIN:VCALENDAX"))},
	} {
		raw := list[m[0]].Bytes
		mutant := bytes.Replace(raw, []byte(m[1]), []byte(m[2]), 1)
		if bytes.Equal(raw, mutant) {
			t.Errorf("%s: nothing was changed", name)
		}
		if len(check(m[0], mutant)) == 0 {
			t.Errorf("a wrong %s is not seen", name)
		}
	}
}
