package desk

import (
	"context"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// Mail is the screen Integrations → Mail.
type Mail struct{ desk *Desk }

// Account returns the mail account without its password.
func (m *Mail) Account() (MailAccount, error) {
	return call(m.desk, func(ctx context.Context, h *house.House) (MailAccount, error) {
		return keptMail(ctx, h)
	})
}

// keptMail is the kept account without its password, empty when there is none.
func keptMail(ctx context.Context, h *house.House) (MailAccount, error) {
	a, ok, err := h.Store.MailAccount(ctx)
	if err != nil || !ok {
		return MailAccount{}, err
	}
	v := mailOf(a)
	v.Set = true
	v.Secret, err = h.Store.HasMailPassword(ctx)
	return v, err
}

// Preset returns what the provider of an address is known to want.
func (m *Mail) Preset(email string) (MailPreset, error) {
	return call(m.desk, func(ctx context.Context, h *house.House) (MailPreset, error) {
		a, note, ok := house.Preset(email)
		v := MailPreset{Known: ok, Account: mailOf(a)}
		if note != "" {
			v.Note = lang.T(m.desk.language(ctx, h), note)
		}
		return v, nil
	})
}

// Save keeps the account and lets waiting letters go.
func (m *Mail) Save(a MailAccount) (MailAccount, error) {
	return change(m.desk, func(ctx context.Context, h *house.House) (MailAccount, error) {
		w := kwadrans.MailAccount{From: a.From, Host: a.Host, Port: a.Port, TLS: kwadrans.MailTLS(a.TLS), User: a.User, Password: kwadrans.Secret(a.Password)}
		if err := h.Setup.SetMail(ctx, w); err != nil {
			return MailAccount{}, err
		}
		return keptMail(ctx, h)
	})
}

// Test sends the test letter; an empty address is the host's own.
func (m *Mail) Test(to string) (MailReport, error) {
	return call(m.desk, func(ctx context.Context, h *house.House) (MailReport, error) {
		r, err := h.TestMail(ctx, to)
		return MailReport{To: r.To, Server: r.Server, TLS: r.TLS, Certificate: r.Certificate}, err
	})
}

func mailOf(a kwadrans.MailAccount) MailAccount {
	return MailAccount{From: a.From, Host: a.Host, Port: a.Port, TLS: string(a.TLS), User: a.User}
}
