package setup_test

import (
	"testing"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// Without the passphrase of the key file, saving the account with an empty password
// (which keeps the old one) dropped the password without a word.
func TestBugAnEmptyPasswordWipedTheKeptOneWhileTheKeyWasLocked(t *testing.T) {
	dir := t.TempDir()
	with := func(passphrase string, f func(h *house.House) error) {
		t.Helper()
		env := map[string]string{"KWADRANS_SECRETS": "file", "KWADRANS_PASSPHRASE": passphrase}
		h, err := house.Open(t.Context(), house.Config{Dir: dir, Env: func(k string) string { return env[k] }})
		if err == nil {
			defer func() { _ = h.Close() }()
			err = f(h)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	password := func(h *house.House) (string, error) {
		a, _, err := h.Store.MailAccountWithPassword(t.Context())
		return a.Password.Reveal(), err
	}
	account := kwadrans.MailAccount{From: "ola@example.com", Host: "smtp.example.com", Port: 587, TLS: kwadrans.TLSStart, User: "ola", Password: "precious"}
	with("correct horse", func(h *house.House) error { return h.Setup.SetMail(t.Context(), account) })
	account.Password, account.From = "", "biuro@example.com"
	with("", func(h *house.House) error {
		if _, err := password(h); kwadrans.CodeOf(err) != kwadrans.CodeKeyLocked {
			t.Errorf("the key is not locked: %v", err)
		}
		return h.Setup.SetMail(t.Context(), account)
	})
	with("correct horse", func(h *house.House) error {
		p, err := password(h)
		if a, _, _ := h.Store.MailAccount(t.Context()); p != "precious" || a.From != account.From {
			t.Errorf("the password is %q, letters come from %s", p, a.From)
		}
		return err
	})
	account.Host = "smtp.example.org"
	with("", func(h *house.House) error {
		err := h.Setup.SetMail(t.Context(), account)
		if kept, _ := h.Store.HasMailPassword(t.Context()); kept {
			t.Error("another server would be given the password")
		}
		return err
	})
}
