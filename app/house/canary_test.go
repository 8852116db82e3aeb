package house_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/mail/catcher"
	"kwadrans/internal/zoom/sandbox"
)

const password = "canary-of-the-mail-password"

// canaries must stand nowhere: every token, code and start link of the sandbox
// begins with its canary, and zak is the credential in a start link.
func canaries() []string { return []string{sandbox.Canary, password, "zak=", "start_url"} }

// hits names the files of a directory, and the texts, that hold a canary. The
// client id begins like one and is public.
func hits(t *testing.T, dir string, texts ...string) (found []string) {
	t.Helper()
	look := func(name string, b []byte) {
		b = bytes.ReplaceAll(b, []byte(sandbox.ClientID), nil)
		for _, c := range canaries() {
			if bytes.Contains(b, []byte(c)) {
				found = append(found, name+" holds "+c)
			}
		}
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		look(filepath.Base(path), b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		look("a text", []byte(text))
	}
	return found
}

// everywhere does all there is to do, the failures too, and returns what was said.
func (s *stage) everywhere(h *house.House) (said []string) {
	s.Helper()
	say := func(what any, err error) {
		said = append(said, fmt.Sprintf("%v %+v %#v %s", what, what, what, err))
		if err != nil {
			said = append(said, fmt.Sprintf("%#v %+v", err, err))
		}
	}
	server, err := catcher.Start(catcher.Options{User: "ola", Password: password})
	s.ok(err)
	s.Cleanup(func() { _ = server.Close() })
	account := kwadrans.MailAccount{From: host.Email, Host: "127.0.0.1", Port: server.Port(), TLS: kwadrans.TLSNone, User: "ola", Password: password + "-wrong"}
	say(account, h.Setup.SetMail(s.Context(), account))
	say(h.TestMail(s.Context(), ""))
	for i, f := range []sandbox.Fault{{}, sandbox.Unescaped, sandbox.HTML, sandbox.ErrorBefore, sandbox.Truncated, sandbox.ResetAfter, sandbox.HTMLOK} {
		if f.Name != "" {
			s.world.FailNext(ruleCreate, 1, f)
			s.world.FailNext("POST /oauth/token", 1, f)
			s.world.ExpireAccess()
		}
		start := time.Now().UTC().Truncate(24 * time.Hour).Add(48*time.Hour + time.Duration(i)*time.Hour)
		say(h.Booking.Book(s.Context(), booking.Request{Topic: "rozmowa", Start: start, Attendees: guests(2)})) // the source may be unknown
		say(h.Booking.Book(s.Context(), booking.Request{Topic: "rozmowa", Start: start.Add(30 * time.Minute), Attendees: guests(2), Over: "trzeba", OverZoom: true}))
		ctx, cancel := context.WithTimeout(s.Context(), 400*time.Millisecond)
		say(nil, h.Work(ctx))
		cancel()
	}
	account.Password = password
	say(account, h.Setup.SetMail(s.Context(), account))
	s.world.StopFailing()
	s.connect(h)
	s.drain(h)
	list, err := h.Store.Bookings(s.Context(), kwadrans.Span{Start: time.Unix(0, 0), End: time.Now().AddDate(1, 0, 0)}, 0, 0)
	s.ok(err)
	for _, b := range list {
		say(h.Store.History(s.Context(), b.ID))
		say(h.Store.Steps(s.Context(), b.ID))
		_, letters, err := h.Booking.Letters(s.Context(), b.ID)
		say(nil, err)
		for _, p := range letters {
			said = append(said, string(p.Bytes))
		}
	}
	say(h.Store.Tokens(s.Context(), kwadrans.Personal))
	say(h.Store.Connection(s.Context(), kwadrans.Personal))
	full, _, err := h.Store.MailAccountWithPassword(s.Context())
	say(full, err)
	_, err = h.Booking.Cancel(s.Context(), list[0].ID, "choroba", 0)
	say(nil, err)
	s.drain(h)
	for _, l := range append(server.Letters(), s.mail.Letters()...) {
		said = append(said, string(l.Bytes))
	}
	say(nil, h.Store.Backup(s.Context(), filepath.Join(s.sb.Dir, "copy.db"), false))
	s.world.AuthorizeElsewhere()
	_, err = h.Zoom.Me(s.Context())
	say(nil, err)
	say(h.Connect.Disable(s.Context(), kwadrans.Personal))
	return said
}

// No token, password or start link stands in the file, its WAL, a backup, the log,
// a letter or an error.
func TestCanaries(t *testing.T) {
	s := build(t)
	h := s.open()
	said := s.everywhere(h)
	if len(said) < 30 {
		t.Errorf("only %d texts", len(said))
	}
	for _, found := range hits(t, s.sb.Dir, said...) { // the file is open: the WAL is there
		t.Error(found)
	}
	s.ok(h.Close())
	for _, found := range hits(t, s.sb.Dir) {
		t.Error("closed: " + found)
	}
	if !strings.Contains(fmt.Sprint(s.world.Journal()), sandbox.Canary) {
		t.Error("the sandbox gave out no canary: nothing was looked for")
	}
}

// The control: one that is planted is found, wherever it lies.
func TestCanariesAreFound(t *testing.T) {
	s := build(t)
	h := s.open()
	defer func() { _ = h.Close() }()
	if found := hits(t, s.sb.Dir); len(found) > 0 {
		t.Fatalf("before: %q", found)
	}
	s.ok(h.Store.SetMeta(t.Context(), "planted", "https://sandbox.invalid/s/1?zak="+sandbox.Canary+"x"))
	h.Log.Warn("planted", "password", password)
	found := strings.Join(hits(t, s.sb.Dir, "start_url"), "\n")
	for _, want := range []string{"kwadrans.db-wal holds zak=", "kwadrans.log holds " + password, "a text holds start_url"} {
		if !strings.Contains(found, want) {
			t.Errorf("%q is not among %q", want, found)
		}
	}
}
