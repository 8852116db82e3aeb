package setup

import (
	"context"
	"net"
	"strings"

	"kwadrans/internal/kwadrans"
)

// SetMail keeps the account that letters are sent from and lets waiting letters
// go. An empty password leaves the kept one as it is when server and user are the
// same, also while the key cannot be had; for another server or user there is none.
// Errors: CodeInvalid, and the key's codes when a password cannot be sealed.
func (s *Service) SetMail(ctx context.Context, a kwadrans.MailAccount) error {
	var err error
	if a.From, err = kwadrans.CleanEmail(a.From); err != nil {
		return err
	}
	if err := checkServer(a); err != nil {
		return err
	}
	if a.Password == "" {
		kept, err := s.Store.ChangeMailAccount(ctx, a)
		if err != nil {
			return err
		}
		if kept {
			return s.rework(ctx)
		}
	}
	if err := s.Store.SaveMailAccount(ctx, a); err != nil {
		return err
	}
	return s.rework(ctx)
}

// rework has the busy sources read again for another zone or address of the host.
func (s *Service) rework(ctx context.Context) error {
	if s.Sources == nil {
		return nil
	}
	return s.Sources.Rework(ctx)
}

func checkServer(a kwadrans.MailAccount) error {
	bad := func(format string, args ...any) *kwadrans.Error {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "mail: "+format, args...)
	}
	if a.Host == "" || len(a.Host) > 253 || strings.ContainsAny(a.Host, " /@\r\n\t:") && net.ParseIP(a.Host) == nil {
		return bad("%q is not a mail server", a.Host).WithHint("name it as smtp.example.com")
	}
	if a.Port < 1 || a.Port > 65535 {
		return bad("%d is not a port", a.Port).WithHint("587 for starttls, 465 for implicit")
	}
	if strings.ContainsAny(a.User, "\r\n\x00") {
		return bad("the user name must be one line")
	}
	switch a.TLS {
	case kwadrans.TLSStart, kwadrans.TLSImplicit:
		return nil
	case kwadrans.TLSNone:
		if ip := net.ParseIP(a.Host); a.Host == "localhost" || ip != nil && ip.IsLoopback() {
			return nil
		}
		return bad("without encryption only a server on this computer may be used").WithHint("use --tls starttls or --tls implicit")
	}
	return bad("%q is not a kind of encryption", a.TLS).WithHint("use starttls, implicit or none")
}
