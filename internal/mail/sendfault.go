package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strings"
	"syscall"
	"time"

	"kwadrans/internal/kwadrans"
)

// How long all letters wait after a failure that is about the server, not about
// one letter.
const (
	pauseOffline = 30 * time.Second // a laptop is often offline: look again soon
	pauseLater   = 5 * time.Minute
	pauseLogin   = 15 * time.Minute // too many logins; a server may lock who goes on
	pauseTLS     = 10 * time.Minute // the network of a hotel: it heals where one leaves it
	pauseLimit   = time.Hour        // the day's number of letters
)

// fault says what is known after a stage failed.
func (t *talk) fault(ctx context.Context, s stage, err error) error {
	f := &kwadrans.Fault{Err: fmt.Errorf("mail: %s: %s", s, t.safe(err.Error()))}
	var reply *textproto.Error
	if errors.As(err, &reply) && reply.Code >= 200 && reply.Code <= 599 {
		f.Words = t.words(reply)
		t.refused(f, s, reply)
		t.polite = s >= stageFrom && reply.Code != 421 // 421 hangs up itself (RFC 5321 §3.8)
		return f
	}
	f.Words = t.safe(said(s, err))
	stopped := errors.Is(ctx.Err(), context.Canceled) // by us: it says nothing of the server
	switch {
	case s == stageDot:
		f.Outcome, f.Code = kwadrans.MaybeExecuted, kwadrans.CodeOffline
	case s == stageTLS && !broken(err), insecure(err), f.Words == saidTLSInstead:
		t.pause(f, kwadrans.CodeMailTLS, pauseTLS)
	case s == stageAuth && !broken(err):
		f.Code, f.PauseLane, f.Until = kwadrans.CodeMailAuth, true, kwadrans.Forever
	case s < stageFrom && !stopped:
		t.pause(f, kwadrans.CodeOffline, pauseOffline)
	default:
		f.Code = kwadrans.CodeOffline
	}
	return f
}

func (t *talk) pause(f *kwadrans.Fault, code kwadrans.Code, d time.Duration) {
	f.Code, f.PauseLane, f.Until = code, true, t.post.now().Add(d)
}

// refused classifies a reply that is not the hoped-for one (RFC 5321 §4.2.1,
// RFC 3463). A reply after the dot is clear too: the letter was not taken.
func (t *talk) refused(f *kwadrans.Fault, s stage, r *textproto.Error) {
	enhanced, _ := split(r.Msg)
	switch {
	case aboutTLS(s, r):
		t.pause(f, kwadrans.CodeMailTLS, pauseTLS)
	case aboutLogin(s, r):
		f.Code, f.PauseLane, f.Until = kwadrans.CodeMailAuth, true, kwadrans.Forever
	case aboutLimit(enhanced, r):
		t.pause(f, kwadrans.CodeMailLater, pauseLimit)
	case s == stageAuth:
		t.pause(f, kwadrans.CodeMailLater, pauseLogin)
	case r.Code/100 == 4 && aboutServer(s, enhanced, r):
		t.pause(f, kwadrans.CodeMailLater, pauseLater)
	case r.Code/100 == 4:
		f.Code = kwadrans.CodeMailLater
	case s < stageFrom: // 554 instead of a greeting: this network is not welcome
		t.pause(f, kwadrans.CodeMailRefused, pauseLimit)
	case t.own && aboutSender(s, enhanced, r): // every letter would fail: wait for the person
		f.Code, f.PauseLane, f.Until = kwadrans.CodeMailRefused, true, kwadrans.Forever
	default:
		f.Code, f.Permanent = kwadrans.CodeMailRefused, true
	}
}

func aboutTLS(s stage, r *textproto.Error) bool {
	if s == stageTLS || r.Code == 523 || r.Code == 538 { // RFC 3207 §4, RFC 4954 §6
		return true
	}
	msg := strings.ToUpper(r.Msg)
	return (r.Code == 530 || r.Code == 550) && (strings.Contains(msg, "STARTTLS") || strings.Contains(msg, "TLS IS REQUIRED"))
}

// aboutLogin follows RFC 4954 §6. 432 asks for a new password.
func aboutLogin(s stage, r *textproto.Error) bool {
	switch r.Code {
	case 432, 530, 534, 535:
		return true
	}
	return s == stageAuth && r.Code/100 == 5
}

// aboutLimit knows that a 550 may mean "enough for today" (Gmail: 5.4.5).
func aboutLimit(enhanced string, r *textproto.Error) bool {
	msg := strings.ToLower(r.Msg)
	return enhanced == "5.4.5" || enhanced == "4.4.5" || strings.Contains(msg, "sending limit") || strings.Contains(msg, "sending quota")
}

// aboutServer tells "not now" of the server from that of one mailbox (RFC 3463
// X.1, X.2) and from greylisting, which is about one recipient as well.
func aboutServer(s stage, enhanced string, r *textproto.Error) bool {
	if r.Code == 421 || s < stageTo {
		return true
	}
	if strings.HasPrefix(enhanced, "4.1.") || strings.HasPrefix(enhanced, "4.2.") || greylisted(r.Msg) {
		return false
	}
	return r.Code == 450 || r.Code == 452
}

func greylisted(msg string) bool {
	msg = strings.ToLower(msg)
	return strings.Contains(msg, "greylist") || strings.Contains(msg, "graylist") || strings.Contains(msg, "grey list")
}

func aboutSender(s stage, enhanced string, r *textproto.Error) bool {
	return s == stageFrom || enhanced == "5.7.60" || strings.Contains(r.Msg, "SendAsDenied")
}

// broken says whether an error is the connection's: it tells nothing of the server's mind.
func broken(err error) bool {
	var n net.Error
	var garbage textproto.ProtocolError
	return errors.As(err, &n) && !insecure(err) || cut(err) || errors.As(err, &garbage) || errors.Is(err, errTalkative)
}

func insecure(err error) bool {
	var record tls.RecordHeaderError
	var untrusted *tls.CertificateVerificationError
	var alert tls.AlertError
	return errors.As(err, &record) || errors.As(err, &untrusted) || errors.As(err, &alert)
}

func certificate(err error) string {
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &name):
		return saidCertificateName
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return saidCertificateDate
	}
	return saidCertificate
}

// Windows has numbers of its own (WSAECONNREFUSED, WSAECONNABORTED, WSAECONNRESET).
const (
	winRefused = syscall.Errno(10061)
	winAborted = syscall.Errno(10053)
	winReset   = syscall.Errno(10054)
)

func refusedDial(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, winRefused)
}

// cut says whether the connection ended, from either side.
func cut(err error) bool {
	for _, end := range []error{io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, syscall.ECONNRESET, syscall.EPIPE, winAborted, winReset} {
		if errors.Is(err, end) {
			return true
		}
	}
	return false
}
