package mail

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/emersion/go-message/mail"

	"kwadrans/internal/kwadrans"
)

// Shown is a letter as a person reads it before it leaves.
type Shown struct {
	From, To, ReplyTo, Subject string
	Text                       string // the part in plain words
	Calendar                   string // the invitation, its lines as they are; empty for none
}

// Show reads a letter that Compose or Draft wrote. CodeInvalid for anything that is none.
func Show(letter []byte) (s Shown, err error) {
	r, err := mail.CreateReader(bytes.NewReader(letter))
	if err != nil {
		return s, unreadable(err)
	}
	defer func() { _ = r.Close() }()
	for field, to := range map[string]*string{"From": &s.From, "To": &s.To, "Reply-To": &s.ReplyTo} {
		*to = addressesOf(r.Header, field)
	}
	if s.Subject, err = r.Header.Subject(); err != nil {
		return s, unreadable(err)
	}
	for {
		part, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return s, unreadable(err)
		}
		if err := s.take(part); err != nil {
			return s, unreadable(err)
		}
	}
}

// take keeps the first part of each kind.
func (s *Shown) take(part *mail.Part) error {
	var to *string
	switch kind := part.Header.Get("Content-Type"); {
	case strings.HasPrefix(kind, "text/plain"):
		to = &s.Text
	case strings.HasPrefix(kind, "text/calendar"):
		to = &s.Calendar
	}
	if to == nil || *to != "" {
		return nil
	}
	b, err := io.ReadAll(part.Body)
	*to = strings.ReplaceAll(string(b), "\r\n", "\n")
	return err
}

// addressesOf writes the addresses of a field as people do, without marks of encoding.
func addressesOf(h mail.Header, field string) string {
	list, err := h.AddressList(field)
	if err != nil {
		return ""
	}
	var out []string
	for _, a := range list {
		if a.Name == "" {
			out = append(out, a.Address)
		} else {
			out = append(out, a.Name+" <"+a.Address+">")
		}
	}
	return strings.Join(out, ", ")
}

func unreadable(err error) error {
	return kwadrans.Errorf(kwadrans.CodeInvalid, "mail: this is no letter").Because(err)
}
