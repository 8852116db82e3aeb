package mail

import (
	"bytes"
	"mime"
	"net/mail"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"kwadrans/internal/ical"
	"kwadrans/internal/kwadrans"
)

func TestComposeIsDeterministic(t *testing.T) {
	l := storyHost(kwadrans.Polish)
	for i, zone := range []string{"Asia/Tokyo", "Asia/Dubai", "America/Chicago", "Europe/London", "Asia/Seoul", "America/New_York"} {
		l.Booking.Attendees = append(l.Booking.Attendees, kwadrans.Attendee{Name: string(rune('A' + i)), Email: "a@b.example", Zone: zone})
	}
	want, err := composer().Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			if e, err := composer().Compose(l); err != nil || !bytes.Equal(e.Bytes, want.Bytes) {
				t.Errorf("the same letter has become other bytes, %v", err)
			}
		})
	}
	wg.Wait()
}

func TestComposeLeavesTheLetterAlone(t *testing.T) {
	l := storyHost(kwadrans.Polish)
	l.Booking.Attendees[0].Name, l.Booking.Zoom.Passcode = " a\r\nb ", " 1\n2 "
	if _, err := composer().Compose(l); err != nil {
		t.Fatal(err)
	}
	if l.Booking.Attendees[0].Name != " a\r\nb " || l.Booking.Zoom.Passcode != " 1\n2 " {
		t.Error("composing has changed the letter of the caller")
	}
}

// The real calendar page: the link is the same, to the character, in the text,
// the HTML and the calendar, and a draft's page invites nobody.
func TestLinkIsExactEverywhere(t *testing.T) {
	c := &Composer{Page: ical.Page}
	for name, l := range map[string]kwadrans.Letter{
		"zoom": story(kwadrans.Polish), "moved": storyMoved(kwadrans.English),
		"link": at(story(kwadrans.Polish), kwadrans.PlaceLink, "https://meet.example/a,b;c?x=1&y=%20z#f+1!*"),
	} {
		url := storyLink
		if l.Booking.Place.Kind == kwadrans.PlaceLink {
			url = l.Booking.Place.Detail
		}
		e, err := c.Compose(l)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		n := read(t, e.Bytes)
		if !strings.Contains(string(n.one(t, "text/plain").body), "\n"+url+"\r\n") {
			t.Errorf("%s: the text has no line with the link", name)
		}
		if el := elements(t, n.one(t, "text/html").body); el["a href="+url] != 1 || el["a"] != 1 {
			t.Errorf("%s: the links of the HTML are %v", name, el)
		}
		page := strings.ReplaceAll(string(n.one(t, "text/calendar").body), "\r\n ", "")
		if !strings.Contains(page, "\r\nURL:"+url+"\r\n") {
			t.Errorf("%s: the calendar has another link:\n%s", name, page)
		}
		draft, err := c.Draft(l)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, w := range checkCalendar(read(t, draft.Bytes)) {
			t.Errorf("%s: draft: %s", name, w)
		}
	}
}

// A draft for one attendee says nothing about the other.
func TestDraftNamesNoOtherAttendee(t *testing.T) {
	e, err := (&Composer{Page: ical.Page}).Draft(story(kwadrans.Polish))
	if err != nil {
		t.Fatal(err)
	}
	read(t, e.Bytes).walk(func(n *node) {
		if bytes.Contains(n.body, []byte("Chrząszczewski")) || bytes.Contains(n.body, []byte("szczekociny")) {
			t.Errorf("%s names the other attendee", n.kind)
		}
	})
}

func TestLinks(t *testing.T) {
	for url, ok := range map[string]bool{
		storyLink: true, "https://zoom.us/j/1": true, "https://x.zoom.com/j/1": true, "https://a.zoomgov.com/j/1": true, "HTTPS://ZOOM.US/j/1": true, "https://zoom.us:443/j/1": true,
		"http://zoom.us/j/1": false, "https://zoom.us.evil.example/j/1": false, "https://evilzoom.us/j/1": false, "https://zoom.us@evil.example/": false,
		"https://u:p@zoom.us/j/1": false, "https://zoom.us:8443/j/1": false, "https://evil.example/?zoom.us": false, "https://evil.example#.zoom.us": false,
		"https://zoom.us\r\nx": false, "https://zoom.us/j/1 2": false, "https://zoom.us/\"><b>": false, "javascript:alert(1)//zoom.us": false, "//zoom.us/j/1": false,
		"https:zoom.us/j/1": false, "https:///j/1": false, "https://zооm.us/j/1": false, "https://zoom.us./j/1": false, "zoommtg://zoom.us/join": false, "https://zoom.us/" + strings.Repeat("a", 2000): false,
		"https://evil.example\\.zoom.us/": false, "https://zoom.us/%": false,
	} {
		l := story(kwadrans.Polish)
		l.Booking.Zoom.JoinURL = url
		e, err := composer().Compose(l)
		if (err == nil) != ok || err != nil && (kwadrans.CodeOf(err) != kwadrans.CodeInvalid || e.Bytes != nil) {
			t.Errorf("%.60q: %v", url, err)
		}
	}
	l := story(kwadrans.Polish)
	l.Booking.Zoom.JoinURL = "https://zoom.sandbox.invalid:8443/j/1"
	c := composer()
	if _, err := c.Compose(l); err == nil {
		t.Error("a sandbox link was sent")
	}
	c.AnyHost = true
	if _, err := c.Compose(l); err != nil {
		t.Errorf("the sandbox: %v", err)
	}
	l.Booking.Zoom.JoinURL = "http://zoom.sandbox.invalid/j/1"
	if _, err := c.Compose(l); err == nil {
		t.Error("an http link was sent")
	}
}

func TestNoLetterWithoutItsLink(t *testing.T) {
	l := story(kwadrans.Polish)
	l.Booking.Zoom = nil
	for _, f := range []func(kwadrans.Letter) (kwadrans.Envelope, error){composer().Compose, composer().Draft} {
		if e, err := f(l); kwadrans.CodeOf(err) != kwadrans.CodeWaiting || e.Bytes != nil {
			t.Errorf("got %v", err)
		}
	}
	l = storyCancelled(kwadrans.Polish)
	l.Booking.Zoom = nil
	if _, err := composer().Compose(l); err != nil {
		t.Errorf("a cancellation needs no link: %v", err)
	}
}

func TestWrongPageMakesNoLetter(t *testing.T) {
	c := &Composer{Page: func(l kwadrans.Letter) ([]byte, error) {
		l.Kind = kwadrans.LetterCancelled
		return fakePage(l)
	}}
	if _, err := c.Compose(story(kwadrans.Polish)); kwadrans.CodeOf(err) != kwadrans.CodeInternal {
		t.Errorf("got %v", err)
	}
}

func TestLongSubjects(t *testing.T) {
	for topic, encodedWords := range map[string]bool{
		strings.Repeat("😀", 120): true, strings.Repeat("x", 120): false, strings.Repeat("ż", 120): true, strings.Repeat("ab ", 40): false, "=?utf-8?q?x?=": true,
	} {
		l := story(kwadrans.English)
		l.Booking.TopicName = topic
		e, err := composer().Compose(l)
		if err != nil {
			t.Fatal(err)
		}
		h := read(t, e.Bytes).header
		got, err := (&mime.WordDecoder{}).DecodeHeader(h.Get("Subject"))
		if want := kwadrans.CleanLine(topic) + ", Friday 27 November, 9:15 (New York)"; got != want || err != nil {
			t.Errorf("the subject is %q, %v", got, err)
		}
		if strings.Contains(h.Get("Subject"), "=?") != encodedWords {
			t.Errorf("the subject is written as %q", h.Get("Subject"))
		}
		head, _, _ := bytes.Cut(e.Bytes, []byte("\r\n\r\n"))
		for _, line := range strings.Split(string(head), "\r\n") {
			if strings.Contains(line, "=?") && len(line) > 76 || len(line) > 998 {
				t.Errorf("a line of %d: %s", len(line), line)
			}
		}
	}
}

func TestNamesInHeaders(t *testing.T) {
	for _, name := range []string{
		"Żółć Gęślą-Jaźń", "Konstantynopolitańczykowianeczka Brzęczyszczykiewicz-Chrząszczewoszycka de domo Łękołodzka", "O'Brien, \"Bob\" (x)",
		"=?utf-8?q?x?=", "", "Anna", "李小龍", "a@b.example", strings.Repeat("Ł", 110),
	} {
		l := story(kwadrans.Polish)
		l.To.Name, l.Booking.Host.Name = name, name
		h := finished(t, l).header
		for _, f := range []string{"From", "To"} {
			if a, err := mail.ParseAddress(h.Get(f)); err != nil || a.Name != name {
				t.Errorf("%s %q is read as %v, %v", f, name, a, err)
			}
		}
	}
}

func TestIDNIsWrittenInASCII(t *testing.T) {
	l := story(kwadrans.Polish)
	l.To.Email = "ola@żółw.example"
	e, err := composer().Compose(l)
	if want := "ola@xn--w-uga1v8h.example"; err != nil || e.To != want || !strings.Contains(string(e.Bytes), "<"+want+">") {
		t.Errorf("to %q, %v", e.To, err)
	}
}

// key is what lang returns for a text that nobody wrote.
var key = regexp.MustCompile(`letter\.[a-z]`)

func TestLettersKeepToTheRules(t *testing.T) {
	for name, e := range letters(t) {
		n := read(t, e.Bytes)
		text, page := string(unix(n.one(t, "text/plain").body)), string(n.one(t, "text/html").body)
		for line := range strings.SplitSeq(text, "\n") {
			if utf8.RuneCountInString(line) > measure && !strings.HasPrefix(line, "https://") {
				t.Errorf("%s: a long line: %s", name, line)
			}
			if strings.HasSuffix(line, " ") && line != "-- " {
				t.Errorf("%s: a blank at the end of %q", name, line)
			}
		}
		if key.MatchString(text) || strings.ContainsAny(text, "{}<>\x00") {
			t.Errorf("%s: leftovers in the text:\n%s", name, text)
		}
		if strings.Contains(page, "ZgotmplZ") || key.MatchString(page) || strings.Contains(page, "\x00") || len(page) > 20000 {
			t.Errorf("%s: the HTML of %d octets has leftovers", name, len(page))
		}
		el := elements(t, []byte(page))
		if el["img"]+el["script"]+el["link"]+el["form"]+el["iframe"] > 0 || el["a"] > 1 || strings.Contains(page, "url(") || strings.Contains(page, "start_url") {
			t.Errorf("%s: the HTML loads or links: %v", name, el)
		}
		if _, visible, _ := strings.Cut(page, "<body"); strings.Contains(visible, "mailto:") || strings.Contains(text, "!") {
			t.Errorf("%s: a mailto or an exclamation mark", name)
		}
	}
}

func TestTrial(t *testing.T) {
	tr := storyTrial(kwadrans.English)
	tr.TLS = kwadrans.TLSNone
	c := &Composer{Version: "0.1.0"}
	a, err := c.Trial(tr)
	if err != nil {
		t.Fatal(err)
	}
	b, err := c.Trial(tr)
	if err != nil || !bytes.Equal(a.Bytes, b.Bytes) {
		t.Error("the same trial has become other bytes")
	}
	text := string(read(t, a.Bytes).one(t, "text/plain").body)
	for _, want := range []string{"none; the server is on the same computer", "Program version: 0.1.0"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text does not say %q:\n%s", want, text)
		}
	}
	tr.At = tr.At.Add(time.Second)
	if b, err = c.Trial(tr); err != nil || a.MessageID == b.MessageID {
		t.Errorf("two trials have one id, %v", err)
	}
	for _, bad := range []Trial{{}, {From: tr.From, To: "x"}, {From: tr.From, To: tr.To, Zone: "Nowhere"}} {
		if _, err := c.Trial(bad); kwadrans.CodeOf(err) != kwadrans.CodeInvalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}
