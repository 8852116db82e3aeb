package mail

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"strings"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // letters of others are in every charset
	"github.com/emersion/go-message/mail"

	"kwadrans/internal/kwadrans"
)

// MaxAnswer is how large a letter or file with an answer may be, in bytes.
const MaxAnswer = 20 << 20

// bounds of a letter that somebody else wrote.
const (
	maxParts = 200
	maxDeep  = 10
	maxPages = 20
)

// Answer is what a letter of an attendee carries for calendars.
type Answer struct {
	From  string   // who sent the letter, as it says itself; empty for a bare calendar file
	Pages [][]byte // calendar parts, each once
}

// ReadAnswer reads a letter (RFC 5322, 2046) or a bare calendar file (RFC 5545). CodeInvalid
// when there is no calendar part in it.
func ReadAnswer(b []byte) (a Answer, err error) {
	if len(b) > MaxAnswer {
		return a, kwadrans.Errorf(kwadrans.CodeInvalid, "mail: the letter is larger than %d MB", MaxAnswer>>20)
	}
	trimmed := bytes.TrimSpace(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF")))
	if len(trimmed) >= 15 && strings.EqualFold(string(trimmed[:15]), "BEGIN:VCALENDAR") {
		return Answer{Pages: [][]byte{trimmed}}, nil
	}
	e, err := message.Read(bytes.NewReader(b))
	if err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
		return a, noAnswer().Because(err)
	}
	h := mail.Header{Header: e.Header}
	if list, err := h.AddressList("From"); err == nil && len(list) == 1 {
		a.From = list[0].Address
	}
	parts := 0
	a.walk(e, 0, &parts)
	if len(a.Pages) == 0 {
		return a, noAnswer()
	}
	return a, nil
}

// walk keeps the calendar parts of an entity and of all in it. What cannot be read is passed over.
func (a *Answer) walk(e *message.Entity, deep int, parts *int) {
	if *parts++; *parts > maxParts || deep > maxDeep {
		return
	}
	if m := e.MultipartReader(); m != nil {
		for {
			part, err := m.NextPart()
			if part == nil || errors.Is(err, io.EOF) || *parts > maxParts {
				return
			}
			a.walk(part, deep+1, parts)
		}
	}
	kind, _, _ := e.Header.ContentType()
	switch {
	case kind == "message/rfc822":
		if inner, err := message.Read(e.Body); inner != nil && (err == nil || message.IsUnknownCharset(err)) {
			a.walk(inner, deep+1, parts)
		}
	case kind == "text/calendar", kind == "application/ics", strings.HasSuffix(strings.ToLower(fileNameOf(e.Header)), ".ics"):
		if page, err := io.ReadAll(io.LimitReader(e.Body, MaxAnswer)); err == nil {
			a.add(page)
		}
	}
}

// add keeps a page once: programs send the same as a part and as a file.
func (a *Answer) add(page []byte) {
	page = bytes.TrimSpace(page)
	for _, known := range a.Pages {
		if bytes.Equal(known, page) {
			return
		}
	}
	if len(page) > 0 && len(a.Pages) < maxPages {
		a.Pages = append(a.Pages, page)
	}
}

func fileNameOf(h message.Header) string {
	_, disposition, _ := h.ContentDisposition()
	_, kind, _ := h.ContentType()
	name := disposition["filename"]
	if name == "" {
		name = kind["name"]
	}
	decoded, err := new(mime.WordDecoder).DecodeHeader(name)
	if err != nil {
		return name
	}
	return decoded
}

func noAnswer() *kwadrans.Error {
	return kwadrans.Errorf(kwadrans.CodeInvalid, "mail: there is no calendar part in this letter").
		WithHint("save the attendee's letter whole, as .eml, or its calendar file, as .ics")
}
