package mail

import (
	"bytes"
	"maps"
	"mime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"kwadrans/internal/kwadrans"
)

// payloads are texts that would like to become something else in a letter.
var payloads = []string{
	"x\r\nBcc: victim@example.com", "x\nBcc: victim@example.com", "x\rBcc: victim@example.com", "x\r\n\r\n<h1>body</h1>",
	"x\r\n Bcc: v@example.com", "x\u2028Bcc: v@example.com", "x\u0085Bcc: v@example.com", "x\x00y", "x\x0bBcc: v", "x\x1b[31mred",
	"=?utf-8?q?x=0D=0ABcc:_v@example.com?=", "=?utf-8?b?PGI+eA==?=", "a =?x", "?= x", "\"quoted\", other@example.com", "a, b <c@example.com>",
	"x <evil@example.com>", "\\\" <evil@example.com>", "(comment) x", "--=_kwadrans_4707453975bf430e02406673", "\r\n--=_kwadrans_4707453975bf430e02406673--\r\n",
	"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><img src=x>", "'><svg onload=alert(1)>", "</h1></td></tr></table><h1>",
	"</style><script>x</script>", "</title><script>x</script>", "<!--", "-->", "<![CDATA[<b>x</b>]]>", "<!--[if mso]><a href=x><![endif]-->",
	"<a href=\"https://evil.example\">Zoom</a>", "javascript:alert(1)", "{{.Subject}}", "{topic} {host} {date}", "&lt;b&gt;&#60;b&#62;", "\u202egnp.exe", "\u200f\u2066x",
	"<iframe src=//evil.example>", "<base href=//evil.example>", "<meta http-equiv=refresh content=0>", "<form action=x><input>", "\ufeff<b>x</b>", "<b", "\xff\xfe<b>",
	strings.Repeat("ąę", 400), strings.Repeat("x", 3000), strings.Repeat("<p>", 200), "%0d%0aBcc:v@example.com", "😀\r\n😀",
}

// fields are the places where texts from outside enter a letter.
var fields = map[string]func(*kwadrans.Letter, string){
	"topic":    func(l *kwadrans.Letter, s string) { l.Booking.TopicName = s },
	"host":     func(l *kwadrans.Letter, s string) { l.Booking.Host.Name = s },
	"org":      func(l *kwadrans.Letter, s string) { l.Org = s },
	"to":       func(l *kwadrans.Letter, s string) { l.To.Name = s },
	"note":     func(l *kwadrans.Letter, s string) { l.Booking.Note = s },
	"reason":   func(l *kwadrans.Letter, s string) { l.Booking.Reason = s },
	"place":    func(l *kwadrans.Letter, s string) { *l = at(*l, kwadrans.PlacePhone, s) },
	"passcode": func(l *kwadrans.Letter, s string) { l.Booking.Zoom.Passcode = s },
	"login":    func(l *kwadrans.Letter, s string) { l.Booking.Zoom.HostMail = s },
	"attendee": func(l *kwadrans.Letter, s string) { l.Booking.Attendees[0].Name = s },
	"address":  func(l *kwadrans.Letter, s string) { l.Booking.Attendees[0].Email = s },
	"zone":     func(l *kwadrans.Letter, s string) { l.Booking.Attendees[0].Zone = s },
	"own zone": func(l *kwadrans.Letter, s string) { l.To.Zone = s },
	"short":    func(l *kwadrans.Letter, s string) { l.Short = s },
	"language": func(l *kwadrans.Letter, s string) { l.To.Lang = kwadrans.Lang(s) },
}

// elements counts the elements of a page, line breaks aside, which a text of
// several lines may add, and its attributes that lead somewhere or do something.
func elements(t *testing.T, page []byte) map[string]int {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for n := range root.Descendants() {
		if n.Type == html.CommentNode {
			count["comment "+n.Data]++
		}
		if n.Type != html.ElementNode || n.Data == "br" {
			continue
		}
		count[n.Data]++
		for _, a := range n.Attr {
			if a.Key == "href" || a.Key == "src" || strings.HasPrefix(a.Key, "on") {
				count[n.Data+" "+a.Key+"="+a.Val]++
			}
		}
	}
	return count
}

func TestNothingTypedBecomesPartOfTheLetter(t *testing.T) {
	if len(payloads) < 40 {
		t.Fatal("too few payloads")
	}
	everywhere := slices.Sorted(maps.Keys(fields))
	for kind, c := range map[string]struct {
		letter func(kwadrans.Lang) kwadrans.Letter
		fields []string
	}{
		"invitation": {story, everywhere}, "host": {storyHost, everywhere},
		"moved": {storyMoved, []string{"topic", "host", "reason"}}, "cancelled": {storyCancelled, []string{"topic", "host", "reason"}},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			for _, field := range c.fields {
				harmless := c.letter(kwadrans.Polish)
				fields[field](&harmless, "x")
				want := finished(t, harmless)
				for _, p := range payloads {
					l := c.letter(kwadrans.Polish)
					fields[field](&l, p)
					compare(t, field, p, finished(t, l), want)
				}
			}
		})
	}
}

func finished(t *testing.T, l kwadrans.Letter) *node {
	t.Helper()
	e, err := composer().Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, e.Bytes)
}

func compare(t *testing.T, where, payload string, got, want *node) {
	t.Helper()
	if g, w := slices.Sorted(maps.Keys(got.header)), slices.Sorted(maps.Keys(want.header)); !slices.Equal(g, w) {
		t.Errorf("%s %q: the fields are %v", where, payload, g)
	}
	var dec mime.WordDecoder
	for k, v := range got.header {
		if s, err := dec.DecodeHeader(v[0]); len(v) != 1 || err != nil || strings.ContainsAny(s, "\r\n") {
			t.Errorf("%s %q: %s is %q", where, payload, k, v)
		}
	}
	if got.tree() != want.tree() {
		t.Errorf("%s %q: the tree is %s", where, payload, got.tree())
	}
	g, w := elements(t, got.one(t, "text/html").body), elements(t, want.one(t, "text/html").body)
	for k := range g {
		// a second zone or no row for an empty text may change how often, never what
		if w[k] == 0 {
			t.Errorf("%s %q: a new element %s", where, payload, k)
		}
	}
	if g["a"] != w["a"] || g["h1"] != 1 || g["script"]+g["img"]+g["style"]+g["title"] != 2 {
		t.Errorf("%s %q: the elements are %v", where, payload, g)
	}
	if strings.ContainsFunc(string(got.one(t, "text/plain").body), func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' }) {
		t.Errorf("%s %q: the text has controls", where, payload)
	}
}

// The control: what a template without escaping would do is seen.
func TestElementsSeesMutants(t *testing.T) {
	page := read(t, letters(t)["01-invitation.pl"].Bytes).one(t, "text/html").body
	want := elements(t, page)
	for _, p := range []string{"<img src=x onerror=alert(1)>", "<script>x</script>", "<a href=x>x</a>", "<!-- x -->", "<b>x</b>"} {
		if maps.Equal(elements(t, bytes.Replace(page, []byte("Porada prawna</h1>"), []byte(p+"</h1>"), 1)), want) {
			t.Errorf("%q is not seen", p)
		}
	}
}

func TestTheTitleIsWhatWasTyped(t *testing.T) {
	for _, p := range payloads {
		l := story(kwadrans.English)
		l.Booking.TopicName = p
		root, err := html.Parse(bytes.NewReader(finished(t, l).one(t, "text/html").body))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type != html.ElementNode || n.Data != "h1" {
				continue
			}
			got := ""
			if n.FirstChild != nil {
				got = n.FirstChild.Data
			}
			if want := kwadrans.CleanLine(p); got != want {
				t.Errorf("the title is %q, want %q", got, want)
			}
		}
	}
}

func TestHostileAddressesMakeNoLetter(t *testing.T) {
	for _, s := range []string{
		"", "x", "a@b.example\r\nBcc: c@example.com", "a@b.example,c@example.com", "g: a@b.example;", "<a@b.example>", "a b@c.example",
		"a@[127.0.0.1]", strings.Repeat("a", 70000) + "@b.example", "\"a\"@b.example", "a@b..example", "a\x00@b.example",
	} {
		for field, set := range map[string]func(*kwadrans.Letter){
			"to":   func(l *kwadrans.Letter) { l.To.Email = s },
			"from": func(l *kwadrans.Letter) { l.From = s },
			"host": func(l *kwadrans.Letter) { l.Booking.Host.Email = s },
		} {
			l := story(kwadrans.Polish)
			set(&l)
			if e, err := composer().Compose(l); err == nil || e.Bytes != nil {
				t.Errorf("%s %.40q made a letter", field, s)
			}
		}
	}
	for _, id := range []string{"", "x", "a@b>\r\nBcc: c", "a b@c", "<a@b>", "@", "a@", "a@b@c"} {
		l := story(kwadrans.Polish)
		l.MessageID = id
		if _, err := composer().Compose(l); kwadrans.CodeOf(err) != kwadrans.CodeInternal {
			t.Errorf("the id %q made a letter", id)
		}
		l = storyMoved(kwadrans.Polish)
		l.InReplyTo = id
		if _, err := composer().Compose(l); (err == nil) != (id == "") {
			t.Errorf("the answered id %q: %v", id, err)
		}
	}
}
