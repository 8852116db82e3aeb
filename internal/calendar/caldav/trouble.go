package caldav

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"

	"kwadrans/internal/kwadrans"
)

// trouble is a call that did not succeed, with what both of its readers need: a
// look reports the error, a write the fault.
type trouble struct {
	said *kwadrans.Error

	status    int       // of the answer; 0 without one
	condition condition // what the server says was not fulfilled
	outcome   kwadrans.Outcome
	permanent bool
	pause     bool
	until     time.Time
}

func (t *trouble) Error() string { return t.said.Error() }
func (t *trouble) Unwrap() error { return t.said }

// tell makes a trouble with the advice that fits its code.
func tell(code kwadrans.Code, format string, args ...any) *trouble {
	return &trouble{said: advised(kwadrans.Errorf(code, "caldav: "+format, args...))}
}

func advised(e *kwadrans.Error) *kwadrans.Error {
	switch e.Code {
	case kwadrans.CodeCalendarAuth:
		return e.WithHint("check the login and the password; many services want a password made for one program")
	case kwadrans.CodeCalendarRefused:
		return e.WithHint("look in the calendar's own program whether the calendar is there and is yours to use")
	case kwadrans.CodeCalendarUnreadable:
		return e.WithHint("check the address; it has to be that of a CalDAV server or of one of its calendars")
	case kwadrans.CodeCalendarChanged:
		return e.WithHint("look at the entry in the calendar and decide which of the two counts")
	case kwadrans.CodeInvalid:
		return e.WithHint(adviceAddress)
	}
	return e.WithHint("check the network; the program tries again by itself")
}

func (t *trouble) because(err error) *trouble {
	t.said = t.said.Because(err)
	return t
}

func (t *trouble) forGood() *trouble {
	t.permanent = true
	return t
}

// elsewhere is where the password may not follow.
func elsewhere(u *url.URL) *trouble {
	t := tell(kwadrans.CodeCalendarRefused, saidElsewhere+"%s", u).because(&Elsewhere{Address: u.String()}).forGood()
	t.said = t.said.WithHint("give that address if you trust it; the password was not sent there")
	return t
}

// look is how a failure leaves Read and Discover. Where the server said when to
// come back, a *kwadrans.Fault in the chain has that in Until.
func look(err error) error {
	var t *trouble
	if !errors.As(err, &t) {
		return err
	}
	if t.until.IsZero() || t.pause && t.until.Equal(kwadrans.Forever) {
		return t.said
	}
	return t.said.Because(&kwadrans.Fault{Code: t.said.Code, Until: t.until, Err: t.said.Err})
}

// fault is how a failure leaves Put, Get and Delete.
func fault(err error) error {
	var t *trouble
	if errors.As(err, &t) {
		return &kwadrans.Fault{
			Outcome: t.outcome, Permanent: t.permanent, PauseLane: t.pause, Until: t.until,
			Code: t.said.Code, Words: bare(t.said.Message), Err: t.said,
		}
	}
	if e, ok := kwadrans.AsError(err); ok { // nothing was sent
		return &kwadrans.Fault{Permanent: true, Code: e.Code, Words: bare(e.Message), Err: e}
	}
	return err
}

func bare(message string) string { return strings.TrimPrefix(message, "caldav: ") }

var errLong = errors.New("the answer is too long")

// broken is a call without an answer. It was certainly not carried out when
// nothing of it was written.
func (r request) broken(ctx context.Context, err error, wrote bool) *trouble {
	var u *url.Error
	if errors.As(err, &u) { // an address may carry names
		err = u.Err
	}
	t := unanswered(ctx, err).because(err)
	if wrote && r.writes() {
		t.outcome = kwadrans.MaybeExecuted
	}
	return t
}

// cutShort is an answer of which the end is missing.
func (r request) cutShort(ctx context.Context, a answer) *trouble {
	if errors.Is(a.err, errLong) {
		t := tell(kwadrans.CodeCalendarUnreadable, saidTooLong).because(errLong)
		t.outcome = r.unknown()
		return t
	}
	return r.broken(ctx, a.err, true)
}

// unknown is the outcome when an answer says nothing.
func (r request) unknown() kwadrans.Outcome {
	if r.writes() {
		return kwadrans.MaybeExecuted
	}
	return kwadrans.NotExecuted
}

func unanswered(ctx context.Context, err error) *trouble {
	var dns *net.DNSError
	var n net.Error
	switch {
	case errors.Is(err, errNear):
		t := tell(kwadrans.CodeCalendarNear, saidNear).forGood()
		t.said = t.said.WithHint(adviceNear)
		return t
	case errors.Is(err, errFar):
		return tell(kwadrans.CodeInvalid, saidPlain).forGood()
	case errors.Is(err, errNever):
		return tell(kwadrans.CodeInvalid, saidNever).forGood()
	case insecure(err):
		return uncertain(err)
	case errors.As(err, &dns) && dns.IsNotFound:
		return tell(kwadrans.CodeOffline, saidNoServer)
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, winRefused):
		return tell(kwadrans.CodeOffline, saidRefused)
	case ctx.Err() != nil, errors.As(err, &n) && n.Timeout(), errors.Is(err, os.ErrDeadlineExceeded):
		return tell(kwadrans.CodeTimeout, saidNoAnswer)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return tell(kwadrans.CodeOffline, saidCut)
	}
	return tell(kwadrans.CodeOffline, saidUnreachable)
}

const winRefused = syscall.Errno(10061) // WSAECONNREFUSED
