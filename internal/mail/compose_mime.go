package mail

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/emersion/go-message"
)

// part is one node of a letter's tree: a body with its encoding, or more parts.
type part struct {
	kind     string // media type
	params   map[string]string
	file     string // of an attachment; empty for what is shown in place
	encoding string
	body     []byte
	parts    []part
}

// letterBody is the tree of a letter with a calendar part. For an attendee the
// invitation stands last among the alternatives, bare of a disposition and a
// name, with which some programs do not see it; the attached file is for
// programs that know no invitations (RFC 6047 §2.4). Both are the same bytes.
func letterBody(s sheet, method string, ics []byte, toHost bool) (part, error) {
	if toHost {
		return fileBody(s, ics, "booking.ics")
	}
	twins, err := alternatives(s)
	if err != nil {
		return part{}, err
	}
	twins.parts = append(twins.parts, calendarPart(method, ics))
	file := part{kind: "application/ics", params: map[string]string{"name": "invite.ics"}, file: "invite.ics", encoding: "base64", body: ics}
	return part{kind: "multipart/mixed", parts: []part{twins, file}}, nil
}

// fileBody is the tree of a letter with a calendar file that invites nobody.
func fileBody(s sheet, ics []byte, name string) (part, error) {
	twins, err := alternatives(s)
	if err != nil {
		return part{}, err
	}
	file := calendarPart(publish, ics)
	file.file, file.params["name"] = name, name
	return part{kind: "multipart/mixed", parts: []part{twins, file}}, nil
}

// alternatives are the letter's two twins, the plainer first (RFC 2046 §5.1.4).
func alternatives(s sheet) (part, error) {
	page, err := s.html()
	if err != nil {
		return part{}, err
	}
	utf8 := func() map[string]string { return map[string]string{"charset": "UTF-8"} }
	return part{kind: "multipart/alternative", parts: []part{
		{kind: "text/plain", params: utf8(), encoding: "quoted-printable", body: []byte(s.text())},
		{kind: "text/html", params: utf8(), encoding: "quoted-printable", body: page},
	}}, nil
}

// calendarPart writes the method in capitals as RFC 6047 §2.4 has it: Tuta knows no other.
func calendarPart(method string, ics []byte) part {
	return part{kind: "text/calendar", params: map[string]string{"charset": "UTF-8", "method": method}, encoding: "base64", body: ics}
}

// write sets the letter as bytes; seed makes the boundaries, so that they are
// the same each time.
func write(h headers, p part, seed string) ([]byte, error) {
	h.add("MIME-Version", "1.0")
	head := p.header(seed)
	for i := len(h) - 1; i >= 0; i-- { // go-message writes first what was added last
		head.AddRaw(folded(h[i][0], h[i][1]))
	}
	var b bytes.Buffer
	w, err := message.CreateWriter(&b, head)
	if err != nil {
		return nil, fmt.Errorf("mail: write letter: %w", err)
	}
	if err := p.write(w, seed); err != nil {
		return nil, fmt.Errorf("mail: write letter: %w", err)
	}
	return b.Bytes(), nil
}

func (p part) write(w *message.Writer, seed string) error {
	if p.parts == nil {
		if _, err := w.Write(p.body); err != nil {
			return err
		}
		return w.Close()
	}
	for i, child := range p.parts {
		seed := fmt.Sprintf("%s/%d", seed, i)
		cw, err := w.CreatePart(child.header(seed))
		if err != nil {
			return err
		}
		if err := child.write(cw, seed); err != nil {
			return err
		}
	}
	return w.Close()
}

func (p part) header(seed string) message.Header {
	var h message.Header
	if p.encoding != "" {
		h.Set("Content-Transfer-Encoding", p.encoding)
	}
	if p.file != "" {
		h.SetContentDisposition("attachment", map[string]string{"filename": p.file})
	}
	params := p.params
	if p.parts != nil {
		params = map[string]string{"boundary": boundary(seed)}
	}
	h.SetContentType(p.kind, params)
	return h
}

// boundary contains "=_", which neither encoding in use ever writes (RFC 2045 §6.7),
// so that no text of a person can end a part.
func boundary(seed string) string {
	sum := sha256.New()
	_, _ = io.WriteString(sum, seed) // a hash never fails to write
	return fmt.Sprintf("=_kwadrans_%x", sum.Sum(nil)[:12])
}
