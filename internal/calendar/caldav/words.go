package caldav

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"

	"kwadrans/internal/kwadrans"
)

// What is said of a failure.
const (
	saidLogin       = "the calendar's server refused the login"
	saidLoginNeeded = "the calendar's server wants a login"
	saidOtherLogin  = "the server offers no login with a password, only: "
	saidAnswered    = "the calendar's server answered "
	saidGone        = "the calendar is not at its address any more"
	saidNoObject    = "the entry is not in the calendar any more"
	saidNotInside   = "the entry's address is not one in the calendar"
	saidNoEvent     = "there is no calendar entry to write"
	saidNoETag      = "the state of the entry in the calendar is not known"
	saidNotCalDAV   = "no CalDAV server answers at this address"
	saidNoCalendar  = "there is no calendar at this address of the server"
	saidUnreadable  = "the calendar's server gave an answer that cannot be read"
	saidTooLong     = "the calendar is larger than the program reads"
	saidChanged     = "the entry was changed in the calendar meanwhile"
	saidTwin        = "the calendar has this entry under another name"
	saidElsewhere   = "the calendars lie at another address: "
	saidRound       = "the calendar's server sends from one address to the next"
	saidWait        = "the calendar's server asks to wait"
	saidPlain       = "the calendar's address is not encrypted"
	saidNear        = "the calendar's address leads into the own network"
	saidNever       = "the calendar's address leads to no server"
	saidUnreachable = "the calendar's server cannot be reached"

	saidNoServer        = "no server has this name"
	saidRefused         = "nothing listens on this port"
	saidNoAnswer        = "the server does not answer"
	saidCut             = "the connection was cut"
	saidNotTLS          = "the server does not speak TLS on this port"
	saidCertificate     = "the server's certificate is not trusted"
	saidCertificateName = "the server's certificate is for another name"
	saidCertificateDate = "the server's certificate is out of date"
)

const longest = 160 // of what a server says, in runes

// words are what a server answered, for people: its status, and its own sentence
// where it has one.
func (s *session) words(a answer, c condition, sentence string) string {
	status := strings.TrimSpace(fmt.Sprintf("%d %s", a.status, http.StatusText(a.status)))
	if sentence == "" {
		sentence = c.Message
	}
	if kind, _, _ := mime.ParseMediaType(a.header.Get("Content-Type")); sentence == "" && kind == "text/plain" {
		sentence = string(bytes.ToValidUTF8(a.body[:min(len(a.body), 1024)], nil))
	}
	sentence = kwadrans.CleanLine(s.safe(sentence))
	if r := []rune(sentence); len(r) > longest {
		sentence = string(r[:longest]) + "…"
	}
	if sentence == "" {
		return status
	}
	return status + " (" + sentence + ")"
}

// safe takes the login's secret out of what a server gives back.
func (s *session) safe(text string) string {
	if s.key == "" {
		return text
	}
	basic := base64.StdEncoding.EncodeToString([]byte(s.login + ":" + s.key.Reveal()))
	return strings.NewReplacer(basic, s.key.String(), s.key.Reveal(), s.key.String()).Replace(text)
}

func insecure(err error) bool {
	var record tls.RecordHeaderError
	var untrusted *tls.CertificateVerificationError
	return errors.As(err, &record) || errors.As(err, &untrusted) || errors.Is(err, http.ErrSchemeMismatch)
}

func uncertain(err error) *trouble {
	var record tls.RecordHeaderError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return tell(kwadrans.CodeOffline, saidNotTLS)
	case errors.As(err, &name):
		return tell(kwadrans.CodeOffline, saidCertificateName)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return tell(kwadrans.CodeOffline, saidCertificateDate)
	}
	return tell(kwadrans.CodeOffline, saidCertificate)
}
