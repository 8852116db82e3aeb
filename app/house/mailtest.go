package house

import (
	"context"
	"errors"
	"strconv"

	"kwadrans/internal/ical"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
	"kwadrans/internal/mail"
)

// Preset returns the mail account that an address's provider wants, where it is
// known, without the password, and the key of a sentence about what to do there first.
func Preset(email string) (a kwadrans.MailAccount, note string, ok bool) {
	p, ok := mail.Preset(email)
	return p.Account(email), p.Note, ok
}

// MailReport is what a test letter found out.
type MailReport struct {
	mail.Report
	To string `json:"to"`
}

// TestMail connects, logs in and sends the test letter to an address; empty is
// the host's own. Failures are what the mail server said: a *kwadrans.Error
// whose hint explains it.
func (h *House) TestMail(ctx context.Context, to string) (MailReport, error) {
	p, err := h.Setup.Profile(ctx)
	if err != nil {
		return MailReport{}, err
	}
	if to, err = kwadrans.CleanEmail(first(to, p.Email)); err != nil {
		return MailReport{}, err
	}
	a, ok, err := h.Store.MailAccountWithPassword(ctx)
	if err != nil {
		return MailReport{}, err
	}
	if !ok {
		return MailReport{}, kwadrans.Errorf(kwadrans.CodeMailNotSet, "house: no mail account is set up").WithHint("set it with: kwadrans mail set --from E")
	}
	rep, err := h.Post.Check(ctx, a)
	if err != nil {
		return MailReport{}, explained(err, p.Lang)
	}
	e, err := h.Letters.Trial(mail.Trial{From: a.From, To: to, Server: a.Host, Port: a.Port, TLS: a.TLS, Lang: p.Lang, Zone: p.Zone, At: h.Now()})
	if err == nil {
		err = h.Post.Send(ctx, a, e)
	}
	if err != nil {
		return MailReport{}, explained(err, p.Lang)
	}
	return MailReport{rep, to}, nil
}

// explained turns what a mail server said into an error with plain words.
func explained(err error, l kwadrans.Lang) error {
	var f *kwadrans.Fault
	if !errors.As(err, &f) {
		return err
	}
	e := &kwadrans.Error{Code: f.Code, Message: f.Words, Err: err}
	if key := mail.Explain(f.Code, f.Words); key != "" {
		e.Hint = lang.T(l, key)
	}
	return e
}

// Calendar writes bookings as a file for people's own calendars.
func (h *House) Calendar(ctx context.Context, list []kwadrans.Booking) ([]byte, error) {
	p, err := h.Setup.Profile(ctx)
	if err != nil {
		return nil, err
	}
	return ical.Export(list, p, h.Now())
}

func itoa(n int) string { return strconv.Itoa(n) }
