package calendar

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// refused puts an answer without a calendar into words.
func refused(resp *http.Response, signed bool, now time.Time) error {
	e := wordsOf(resp.StatusCode, signed)
	f := &kwadrans.Fault{Code: e.Code, Until: retryAfter(resp.Header, now), Err: fmt.Errorf("status %d", resp.StatusCode)}
	return e.Because(f)
}

func wordsOf(status int, signed bool) *kwadrans.Error {
	switch {
	case status == http.StatusUnauthorized && signed:
		return kwadrans.Errorf(kwadrans.CodeCalendarAuth, "calendar: the server refuses the login").WithHint("enter the login and the password of the calendar once more")
	case status == http.StatusUnauthorized:
		return kwadrans.Errorf(kwadrans.CodeCalendarAuth, "calendar: the server asks for a login").WithHint("enter the login and the password of the calendar")
	case status == http.StatusForbidden:
		return kwadrans.Errorf(kwadrans.CodeCalendarRefused, "calendar: the server does not let us read this calendar").
			WithHint("share the calendar by its private address, and enter that")
	case status == http.StatusNotFound:
		return kwadrans.Errorf(kwadrans.CodeNotFound, "calendar: there is no calendar at this address").WithHint(hintCopy)
	case status == http.StatusGone:
		return kwadrans.Errorf(kwadrans.CodeNotFound, "calendar: the calendar was removed from this address").
			WithHint("enter its new address, or remove the calendar here")
	case status == http.StatusTooManyRequests:
		return kwadrans.Errorf(kwadrans.CodeCalendarRefused, "calendar: the server asks to come less often").WithHint(hintLater)
	case status >= 500:
		return kwadrans.Errorf(kwadrans.CodeCalendarRefused, "calendar: the server has trouble of its own, %s", strconv.Itoa(status)).WithHint(hintLater)
	}
	return kwadrans.Errorf(kwadrans.CodeCalendarRefused, "calendar: the server answered %s", strconv.Itoa(status)).WithHint(hintCopy)
}

// retryAfter reads seconds or a date (RFC 9110 §10.2.3), at most a day ahead;
// zero for none.
func retryAfter(h http.Header, now time.Time) time.Time {
	v := strings.TrimSpace(h.Get("Retry-After"))
	t, err := http.ParseTime(v)
	if n, notSeconds := strconv.ParseUint(v, 10, 31); notSeconds == nil {
		t, err = now.Add(time.Duration(n)*time.Second), nil
	}
	if err != nil || !t.After(now) {
		return time.Time{}
	}
	if latest := now.Add(24 * time.Hour); t.After(latest) {
		return latest
	}
	return t
}

// broken puts a failed exchange into words. The texts of net/http hold the
// address, or where a server sends us, so only what is known to hold neither
// becomes the cause.
func broken(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	if e, ok := kwadrans.AsError(err); ok {
		return e
	}
	var dns *net.DNSError
	var slow interface{ Timeout() bool }
	offline := func(format string, args ...any) *kwadrans.Error {
		return kwadrans.Errorf(kwadrans.CodeOffline, "calendar: "+format, args...)
	}
	const hint = "check the network, then refresh the calendar"
	switch {
	case ctx.Err() != nil, errors.As(err, &slow) && slow.Timeout():
		return kwadrans.Errorf(kwadrans.CodeTimeout, "calendar: the server does not answer in time").WithHint(hintLater)
	case errors.As(err, &dns) && dns.IsNotFound:
		return offline("no server has this name").WithHint("check the network, and the calendar's address")
	case uncertain(err):
		return kwadrans.Errorf(kwadrans.CodeCalendarRefused, "calendar: the server's certificate is not trusted").
			WithHint("check the date of this computer; if it is right, ask whoever runs the server").Because(harmless(err))
	case errors.Is(err, io.ErrUnexpectedEOF):
		return cut()
	}
	return offline("the server cannot be reached").WithHint(hint).Because(harmless(err))
}

func uncertain(err error) bool {
	var name x509.HostnameError
	var authority x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	return errors.As(err, &name) || errors.As(err, &authority) || errors.As(err, &invalid) || errors.As(err, &verify)
}

// harmless returns the part of an error that can stand in a log: what the network
// said of a connection, or else its kind alone.
func harmless(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op
	}
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(inner) {
		err = inner
	}
	return fmt.Errorf("%T", err)
}
