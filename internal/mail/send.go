package mail

import (
	"context"
	"crypto/x509"
	"log/slog"
	"time"

	"kwadrans/internal/kwadrans"
)

// DefaultTimeout is how long one stage of a conversation with a mail server may
// take. All of it stays below the lease of the outbox.
const DefaultTimeout = 15 * time.Second

// Post sends finished letters over SMTP (RFC 5321), one conversation and one
// recipient for each. The zero value is ready to use.
type Post struct {
	Timeout time.Duration    // for each stage; zero: DefaultTimeout. The whole may take 10/3 of it
	Roots   *x509.CertPool   // who may sign certificates; nil: the system's
	Now     func() time.Time // nil: time.Now
	Log     *slog.Logger     // nil: silent
}

// Send hands the bytes of a letter, unchanged, to the account's server for one
// recipient. nil means that the server took the letter over (RFC 5321 §4.5.5).
//
// Every failure is a *kwadrans.Fault. Its outcome is MaybeExecuted only when the
// final dot was sent and no reply came; sending the same bytes again is right
// then, since mail programs show one Message-ID once. Codes: CodeOffline,
// CodeMailTLS, CodeMailAuth, CodeMailRefused, CodeMailLater; CodeInvalid for an
// address and CodeInternal for bytes that may not go out.
func (p *Post) Send(ctx context.Context, a kwadrans.MailAccount, e kwadrans.Envelope) error {
	w, err := wireOf(e)
	if err != nil {
		return err
	}
	w.own = kwadrans.SameEmail(e.From, a.From)
	ctx, cancel := context.WithTimeout(ctx, p.whole())
	defer cancel()
	t, err := p.open(ctx, a)
	if err != nil {
		return err
	}
	defer t.close()
	if err := t.deliver(ctx, w); err != nil {
		return err
	}
	t.quit()
	if p.Log != nil {
		p.Log.Debug("mail: sent", "server", a.Host, "message_id", e.MessageID)
	}
	return nil
}

func (p *Post) timeout() time.Duration {
	if p.Timeout > 0 {
		return p.Timeout
	}
	return DefaultTimeout
}

// whole is 50 seconds by default: what the lease of the outbox leaves.
func (p *Post) whole() time.Duration { return p.timeout() * 10 / 3 }

func (p *Post) now() time.Time {
	if p.Now != nil {
		return p.Now()
	}
	return time.Now()
}
