package house_test

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strconv"
	"strings"

	"encoding/base64"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/mail/catcher"
)

// paper is a letter taken apart.
type paper struct {
	booking, to string
	sequence    int
	text, html  string
	pages       []string // calendar objects, unfolded
}

func (p paper) method(name string) bool {
	for _, page := range p.pages {
		if !strings.Contains(page, "\r\nMETHOD:"+name+"\r\n") {
			return false
		}
	}
	return len(p.pages) > 0
}

// shows says whether each of its parts has the text.
func (p paper) shows(s string) bool {
	for _, part := range append([]string{p.text, p.html}, p.pages...) {
		if !strings.Contains(part, s) {
			return false
		}
	}
	return len(p.pages) > 0
}

// open takes a letter apart. Its Message-ID names booking, SEQUENCE and target.
func open(l catcher.Letter) (p paper, err error) {
	m, err := mail.ReadMessage(bytes.NewReader(l.Bytes))
	if err != nil {
		return p, err
	}
	words := strings.SplitN(l.MessageID, ".", 3)
	if len(words) != 3 || len(l.To) != 1 {
		return p, fmt.Errorf("message id %q to %q", l.MessageID, l.To)
	}
	p.booking, p.to = words[0], strings.ToLower(l.To[0])
	if p.sequence, err = strconv.Atoi(words[1]); err != nil {
		return p, err
	}
	return p, p.part(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
}

func (p *paper) part(kind, encoding string, r io.Reader) error {
	media, params, err := mime.ParseMediaType(kind)
	if err != nil {
		return err
	}
	if strings.HasPrefix(media, "multipart/") {
		parts := multipart.NewReader(r, params["boundary"])
		for {
			part, err := parts.NextPart() // it undoes quoted-printable itself
			if err == io.EOF {
				return nil
			}
			if err == nil {
				err = p.part(part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part)
			}
			if err != nil {
				return err
			}
		}
	}
	if strings.EqualFold(encoding, "base64") {
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	b, err := io.ReadAll(r)
	switch media {
	case "text/plain":
		p.text = string(b)
	case "text/html":
		p.html = html.UnescapeString(string(b))
	default:
		p.pages = append(p.pages, strings.ReplaceAll(string(b), "\r\n ", ""))
	}
	return err
}

// judgeLetters: by the highest SEQUENCE, not by arrival, everybody knows how it
// stands; a letter that came twice is the same letter.
func judgeLetters(list []kwadrans.Booking, caught []catcher.Letter) (wrong []string) {
	last, same := map[string]paper{}, map[string][]byte{}
	for _, l := range caught {
		p, err := open(l)
		if err != nil {
			return []string{"a letter cannot be read: " + err.Error()}
		}
		if first, ok := same[l.MessageID]; ok && !bytes.Equal(first, l.Bytes) {
			wrong = append(wrong, "two letters with one Message-ID: "+l.MessageID)
		}
		same[l.MessageID] = l.Bytes
		key := p.booking + " " + p.to
		if old, ok := last[key]; !ok || p.sequence > old.sequence {
			last[key] = p
		}
	}
	for _, b := range list {
		for _, a := range append([]kwadrans.Attendee{{Email: b.Host.Email}}, b.Attendees...) {
			p, ok := last[b.ID+" "+strings.ToLower(a.Email)]
			if words := judgeLetter(b, a.Email == b.Host.Email, p, ok); words != "" {
				wrong = append(wrong, fmt.Sprintf("%s: %s to %s", words, b.ID, a.Email))
			}
		}
	}
	return wrong
}

func judgeLetter(b kwadrans.Booking, toHost bool, p paper, ok bool) string {
	off := b.State == kwadrans.Cancelled
	switch {
	case !ok && off: // never invited, so told nothing
		return ""
	case !ok:
		return "no letter"
	case p.sequence != b.Sequence():
		return fmt.Sprintf("the last letter has SEQUENCE %d instead of %d", p.sequence, b.Sequence())
	case !off && !strings.Contains(p.pages[0], "DTSTART:"+b.Start.Format("20060102T150405Z")):
		return "the last letter has another start"
	case !off && (b.Zoom == nil || !p.shows(b.Zoom.JoinURL)):
		return "a letter without the link"
	case toHost && !p.method("PUBLISH"), !toHost && off && !p.method("CANCEL"), !toHost && !off && !p.method("REQUEST"):
		return "a letter of the wrong method"
	case off && !strings.Contains(p.pages[0], "STATUS:CANCELLED"):
		return "a cancellation that does not cancel"
	}
	return ""
}
