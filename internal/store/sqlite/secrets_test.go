package sqlite

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/store/storetest"
)

// No secret stands anywhere in what is written, nor in a backup.
func TestSecretsAreSealed(t *testing.T) {
	dir := t.TempDir()
	s := fill(t, dir)
	must(t, s.Backup(ctx, filepath.Join(dir, "b.backup"), false))
	looked := 0
	look := func() {
		files, err := os.ReadDir(dir)
		must(t, err)
		for _, f := range files {
			b, err := os.ReadFile(filepath.Join(dir, f.Name()))
			must(t, err)
			looked++
			if bytes.Contains(b, []byte("canary")) {
				t.Errorf("%s has a secret", f.Name())
			}
		}
	}
	must(t, s.Close())
	look()
	if looked < 3 {
		t.Errorf("only %d files", looked)
	}
	s = open(t, dir) // the control: what is not sealed is found
	must(t, s.SetMeta(ctx, "note", "canary"))
	must(t, s.Close())
	if b, err := os.ReadFile(s.Path); err != nil || !bytes.Contains(b, []byte("canary")) {
		t.Error("the control is not found", err)
	}
}

// A sealed value that was changed, moved to another row, or set back to an
// older generation does not open.
func TestSealedValuesAreBoundToTheirRow(t *testing.T) {
	for name, query := range map[string]string{
		"password changed":    `UPDATE mail_account SET password = CAST(substr(password, 1, length(password) - 1) || X'00' AS BLOB)`,
		"password cut":        `UPDATE mail_account SET password = X'00'`,
		"token as a password": `UPDATE mail_account SET password = (SELECT sealed FROM credential)`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := filled(t)
			alter(t, filepath.Join(dir, FileName), query)
			a, ok, err := open(t, dir).MailAccountWithPassword(ctx)
			code(t, err, kwadrans.CodeKeyChanged)
			if !ok || a.Password != "" {
				t.Error(ok, a.Password.Reveal())
			}
		})
	}
	for name, query := range map[string]string{
		"token changed":             `UPDATE credential SET sealed = CAST(substr(sealed, 1, length(sealed) - 1) || X'00' AS BLOB)`,
		"token of another kind":     `UPDATE credential SET kind = 'team'`,
		"token of another time":     `UPDATE credential SET gen = 2`,
		"password taken as a token": `UPDATE credential SET sealed = (SELECT password FROM mail_account)`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := filled(t)
			alter(t, filepath.Join(dir, FileName), query)
			kind := kwadrans.Personal
			if name == "token of another kind" {
				kind = kwadrans.Team
			}
			_, err := open(t, dir).Tokens(ctx, kind)
			code(t, err, kwadrans.CodeKeyChanged)
		})
	}
}

// The same of what is sealed of calendars.
func TestSealedValuesOfCalendarsAreBoundToTheirRow(t *testing.T) {
	feed, server := storetest.Feed(1).ID, storetest.Feed(2).ID
	for name, query := range map[string]string{
		"of another calendar":     `UPDATE calendar SET secret = (SELECT secret FROM calendar WHERE id = '` + server + `') WHERE id = '` + feed + `'`,
		"address taken as secret": `UPDATE calendar SET secret = sealed WHERE id = '` + feed + `'`,
		"secret taken as address": `UPDATE calendar SET sealed = secret WHERE id = '` + feed + `'`,
		"mail password":           `UPDATE calendar SET secret = (SELECT password FROM mail_account) WHERE id = '` + feed + `'`,
		"address cut":             `UPDATE calendar SET sealed = X'00' WHERE id = '` + feed + `'`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := filled(t)
			alter(t, filepath.Join(dir, FileName), query)
			s := open(t, dir)
			secret, _, err := s.CalendarSecret(ctx, feed)
			code(t, err, kwadrans.CodeKeyChanged)
			if secret != "" {
				t.Error(secret.Reveal())
			}
			if _, _, err := s.CalendarSecret(ctx, server); err != nil { // the control
				t.Error(err)
			}
		})
	}
}

// With another key a calendar is still listed, and can be removed.
func TestCalendarsWithAnotherKey(t *testing.T) {
	dir := filled(t)
	s, err := Open(ctx, dir, storetest.Sealer("another key"))
	must(t, err)
	defer func() { _ = s.Close() }()
	feed, err := s.Calendar(ctx, storetest.Feed(1).ID)
	must(t, err)
	if feed.Address != "https://calendar.example.com/…" || feed.Reading.Good != now {
		t.Error(feed.Address, feed.Reading)
	}
	_, _, err = s.CalendarSecret(ctx, feed.ID)
	code(t, err, kwadrans.CodeKeyChanged)
	feed.Name = "Inny"
	must(t, s.ChangeCalendar(ctx, feed)) // and its sealed address stays
	must(t, s.Close())
	s = open(t, dir)
	if c, err := s.Calendar(ctx, feed.ID); err != nil || c.Address != "https://calendar.example.com/private-canary/basic.ics" || c.Name != "Inny" {
		t.Error(c.Address, c.Name, err)
	}
	must(t, s.RemoveCalendar(ctx, feed.ID))
}

// With another key nothing opens, and everything that is no secret can be read.
func TestAnotherKey(t *testing.T) {
	dir := filled(t)
	s, err := Open(ctx, dir, storetest.Sealer("another key"))
	must(t, err)
	defer func() { _ = s.Close() }()
	_, err = s.Tokens(ctx, kwadrans.Personal)
	code(t, err, kwadrans.CodeKeyChanged)
	_, _, err = s.MailAccountWithPassword(ctx)
	code(t, err, kwadrans.CodeKeyChanged)
	if a, ok, err := s.MailAccount(ctx); !ok || err != nil || a.User != "a" {
		t.Error(a, ok, err)
	}
	must(t, s.ForgetSecrets(ctx, now))
	if _, _, err := s.MailAccountWithPassword(ctx); err != nil {
		t.Error(err)
	}
}
