package mail

import (
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"os"
	"regexp"
	"strconv"
	"strings"

	"kwadrans/internal/kwadrans"
)

// What is said in place of a server that said nothing, or nothing of use. Explain
// knows these words again.
const (
	saidUnprotected     = "without encryption only a server on this computer is used"
	saidNoStartTLS      = "the server does not offer STARTTLS"
	saidNotTLS          = "the server does not speak TLS on this port"
	saidTLSInstead      = "the server speaks TLS on this port from the start"
	saidCertificate     = "the server's certificate is not trusted"
	saidCertificateName = "the server's certificate is for another name"
	saidCertificateDate = "the server's certificate is out of date"
	saidNoLogin         = "the server offers no login"
	saidOtherLogin      = "the server offers no login with a password, only: "
	saidNoUTF8          = "the server does not take addresses beyond ASCII (SMTPUTF8)"
	saidNoServer        = "no server has this name"
	saidRefused         = "nothing listens on this port"
	saidNoAnswer        = "the server does not answer"
	saidNoGreeting      = "the server does not greet"
	saidNotMail         = "not a mail server: "
	saidCut             = "the connection was cut"
	saidNoReply         = "no reply after the letter was sent: "
)

// most is how long Words may be, in bytes.
const most = 300

// said puts an error that is no reply into words.
func said(s stage, err error) string {
	words := plain(s, err)
	if s == stageDot {
		return saidNoReply + words
	}
	return words
}

func plain(s stage, err error) string {
	var record tls.RecordHeaderError
	var untrusted *tls.CertificateVerificationError
	var garbage textproto.ProtocolError
	var dns *net.DNSError
	var n net.Error
	switch {
	case errors.As(err, &record):
		return saidNotTLS
	case errors.As(err, &untrusted):
		return certificate(err)
	case errors.As(err, &garbage):
		return notMail(string(garbage))
	case errors.As(err, &dns) && dns.IsNotFound:
		return saidNoServer
	case refusedDial(err):
		return saidRefused
	case errors.As(err, &n) && n.Timeout(), errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, net.ErrClosed):
		if s == stageGreet {
			return saidNoGreeting
		}
		return saidNoAnswer
	case cut(err):
		return saidCut
	}
	return err.Error()
}

// notMail quotes what came instead of a reply. A TLS record (RFC 8446 §5.1)
// is a server that waits for TLS.
func notMail(what string) string {
	for _, prefix := range []string{"short response: ", "invalid response code: "} {
		what = strings.TrimPrefix(what, prefix)
	}
	if line, err := strconv.Unquote(what); err == nil {
		what = line
	}
	if strings.HasPrefix(what, "\x15\x03") || strings.HasPrefix(what, "\x16\x03") {
		return saidTLSInstead
	}
	return saidNotMail + what
}

var enhancedCode = regexp.MustCompile(`^([245]\.\d{1,3}\.\d{1,3})(?:[ \t]+|$)`)

// split takes the enhanced status code (RFC 2034 §4, RFC 3463) off a reply, which
// repeats it in each line, and joins the lines.
func split(msg string) (enhanced, text string) {
	var lines []string
	for line := range strings.SplitSeq(msg, "\n") {
		line = strings.TrimSpace(line)
		if m := enhancedCode.FindStringSubmatch(line); m != nil {
			if enhanced == "" {
				enhanced = m[1]
			}
			line = line[len(m[0]):]
		}
		lines = append(lines, line)
	}
	return enhanced, kwadrans.CleanLine(strings.Join(lines, " "))
}

// words are the server's own: code, enhanced code and text.
func (t *talk) words(r *textproto.Error) string {
	enhanced, text := split(r.Msg)
	return t.safe(strings.TrimSpace(fmt.Sprintf("%d %s", r.Code, strings.TrimSpace(enhanced+" "+text))))
}

// safe makes a text from outside fit to be kept: one short line without the
// password, plain or as the login sends it, should a server throw it back.
func (t *talk) safe(s string) string {
	password := t.account.Password.Reveal()
	if password != "" {
		secrets := []string{"\x00" + t.account.User + "\x00" + password, password}
		for _, secret := range secrets {
			for _, form := range []string{secret, base64.StdEncoding.EncodeToString([]byte(secret)), base64.RawStdEncoding.EncodeToString([]byte(secret))} {
				s = strings.ReplaceAll(s, form, "•••")
			}
		}
	}
	s = kwadrans.CleanLine(s)
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}
