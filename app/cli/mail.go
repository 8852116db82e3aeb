package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

func (r *run) mailCmd() *cobra.Command {
	show := &cobra.Command{Use: "show", Short: "Show the mail account, without its password", Args: exactly(),
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			a, ok, err := h.Store.MailAccount(ctx)
			if err == nil && !ok {
				err = kwadrans.Errorf(kwadrans.CodeMailNotSet, "no mail account is set up").WithHint("set it with: kwadrans mail set --from E")
			}
			if err != nil {
				return err
			}
			return r.show(a, func() { r.printMail(a) })
		})}
	return group("mail", "The mail account that letters are sent from", r.mailSet(), r.mailTest(), show)
}

func (r *run) mailSet() *cobra.Command {
	var in kwadrans.MailAccount
	var mode string
	c := &cobra.Command{Use: "set", Short: "Set the mail account", Args: exactly(),
		Long: "Set the mail account. For the big providers --from is enough; what is left out is filled in. The\n" +
			"password comes from KWADRANS_SMTP_PASSWORD or is asked for; it is sealed in the data file.\n" +
			"--tls none is for a server on this computer only.",
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			if in.From == "" {
				return usage("--from is missing")
			}
			in.TLS = kwadrans.MailTLS(mode)
			a, note := filled(in)
			if a.User != "" {
				a.Password = kwadrans.Secret(r.Env("KWADRANS_SMTP_PASSWORD"))
				if _, terminal := r.terminal(); a.Password == "" && terminal {
					p, err := r.askSecret(r.t("cli.mail.password", "user", a.User), "KWADRANS_SMTP_PASSWORD")
					if err != nil {
						return err
					}
					a.Password = p
				}
			}
			if err := h.Setup.SetMail(ctx, a); err != nil {
				return err
			}
			return r.show(a, func() {
				r.printMail(a)
				if note != "" {
					r.line("  " + r.t(note))
				}
				r.line(r.t("cli.mail.next"))
			})
		})}
	f := c.Flags()
	f.StringVar(&in.From, "from", "", "address that letters come from")
	f.StringVar(&in.Host, "host", "", "mail server")
	f.IntVar(&in.Port, "port", 0, "port; 587 for starttls, 465 for implicit")
	f.StringVar(&mode, "tls", "", "starttls, implicit or none")
	f.StringVar(&in.User, "user", "", "user name; empty when the server asks for none")
	return c
}

// filled adds what the address's provider is known to want. A server that was
// named is taken as it is.
func filled(a kwadrans.MailAccount) (kwadrans.MailAccount, string) {
	note := ""
	if a.Host == "" {
		if p, n, ok := house.Preset(a.From); ok {
			note = n
			if a.User == "" {
				a.User = p.User
			}
			a.Host = p.Host
			if a.Port == 0 && a.TLS == "" {
				a.Port, a.TLS = p.Port, p.TLS
			}
		}
	}
	switch {
	case a.TLS == "" && a.Port == 465:
		a.TLS = kwadrans.TLSImplicit
	case a.TLS == "":
		a.TLS = kwadrans.TLSStart
	}
	switch {
	case a.Port == 0 && a.TLS == kwadrans.TLSImplicit:
		a.Port = 465
	case a.Port == 0 && a.TLS == kwadrans.TLSStart:
		a.Port = 587
	case a.Port == 0:
		a.Port = 25
	}
	return a, note
}

func (r *run) mailTest() *cobra.Command {
	var to string
	c := &cobra.Command{Use: "test", Short: "Send a test letter, and explain what the server says", Args: exactly(),
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			rep, err := h.TestMail(ctx, to)
			if err != nil {
				return err
			}
			return r.show(rep, func() {
				r.line(r.t("cli.mail.sent", "to", rep.To, "server", rep.Server))
				if rep.TLS != "" {
					r.line("  " + rep.TLS + " · " + rep.Certificate)
				}
				r.line(r.t("cli.mail.look"))
			})
		})}
	c.Flags().StringVar(&to, "to", "", "address to send it to; the host's own when left out")
	return c
}

func (r *run) printMail(a kwadrans.MailAccount) {
	r.line(a.From)
	text := "  " + a.Host + ":" + strconv.Itoa(a.Port) + " · " + string(a.TLS)
	if a.User != "" {
		text += " · " + a.User
	}
	r.line(text)
}
