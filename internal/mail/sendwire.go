package mail

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"kwadrans/internal/kwadrans"
)

// wire is a letter as it goes over the wire.
type wire struct {
	from, to string // without angle brackets, domains in ASCII
	utf8     bool   // an address or a header needs SMTPUTF8 (RFC 6531)
	own      bool   // from is the address of the account
	body     []byte
}

// wireOf checks what the composer promised, so that nothing an address or a
// letter holds can speak to the server.
func wireOf(e kwadrans.Envelope) (wire, error) {
	w := wire{body: e.Bytes}
	var err error
	if w.from, err = wireAddress(e.From); err != nil {
		return w, err
	}
	if w.to, err = wireAddress(e.To); err != nil {
		return w, err
	}
	if what := badBytes(e.Bytes); what != "" {
		return w, &kwadrans.Fault{Permanent: true, Code: kwadrans.CodeInternal, Words: "the letter cannot be sent: " + what,
			Err: fmt.Errorf("mail: %s in %s", what, e.MessageID)}
	}
	header, _, _ := bytes.Cut(e.Bytes, []byte("\r\n\r\n"))
	w.utf8 = !ascii(w.from) || !ascii(w.to) || !ascii(string(header))
	return w, nil
}

// wireAddress takes one addr-spec as it is, or refuses it, and writes its domain
// in ASCII (RFC 5891), which every server understands.
func wireAddress(s string) (string, error) {
	clean, err := kwadrans.CleanEmail(s)
	if err != nil || len(clean) != len(s) {
		return "", &kwadrans.Fault{Permanent: true, Code: kwadrans.CodeInvalid, Words: "not a mail address", Err: err}
	}
	if ascii(clean) {
		return clean, nil
	}
	i := strings.LastIndex(clean, "@")
	domain, err := idna.Lookup.ToASCII(clean[i+1:])
	if err != nil {
		return "", &kwadrans.Fault{Permanent: true, Code: kwadrans.CodeInvalid, Words: "not a mail address", Err: err}
	}
	return clean[:i+1] + domain, nil
}

// badBytes says what keeps a letter from being sent as it is (RFC 5321 §2.3.8,
// §4.5.3.1.6): a line end that is not CRLF would be changed on the way or, at
// some servers, end the letter early.
func badBytes(b []byte) string {
	if len(b) == 0 {
		return "it is empty"
	}
	if !bytes.HasSuffix(b, []byte("\r\n")) {
		return "the last line does not end"
	}
	if bytes.IndexByte(b, 0) >= 0 {
		return "a zero byte"
	}
	for line := range bytes.SplitSeq(b[:len(b)-2], []byte("\r\n")) {
		if bytes.ContainsAny(line, "\r\n") {
			return "a line end that is not CRLF"
		}
		if len(line) > 998 {
			return "a line longer than 998 octets"
		}
	}
	return ""
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
