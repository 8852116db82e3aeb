package mail

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/mail/catcher"
)

// T13: what an address may not hold never reaches a server.
func TestSendRefusesAddresses(t *testing.T) {
	p := faulty(catcher.Plain)(t)
	for _, bad := range []string{
		"", "anna", "a@example.com\r\nRCPT TO:<eve@example.com>", "a@example.com\n", "a@example.com> SIZE=1", "<a@example.com>",
		"x: a@example.com;", "a@[127.0.0.1]", "a@example.com,b@example.com", " a@example.com", "a@example.com ", `"a b"@example.com`,
		"a\x00@example.com", "a@exam\u202eple.com", "a@\u200b.com", strings.Repeat("a", 65) + "@example.com",
	} {
		for _, e := range []kwadrans.Envelope{{From: "me@example.com", To: bad, Bytes: sendBody}, {From: bad, To: "anna@example.com", Bytes: sendBody}} {
			err := sendPost(p).Send(t.Context(), sendAccount(p, kwadrans.TLSNone), e)
			outcome{code: kwadrans.CodeInvalid, permanent: true}.check(t, err, p)
		}
	}
	if p.catcher.Logins() != 0 {
		t.Error("the server was asked")
	}
}

// A letter that would be changed on the way is a defect of ours.
func TestSendRefusesBytes(t *testing.T) {
	p := faulty(catcher.Plain)(t)
	for name, b := range map[string]string{
		"empty": "", "no end": "Subject: x\r\n\r\nhello", "lone LF": "Subject: x\r\n\r\na\nb\r\n", "lone CR": "Subject: x\r\n\r\na\rb\r\n",
		"LF last": "Subject: x\r\n\r\na\n", "CR CR LF": "Subject: x\r\n\r\na\r\r\n", "smuggled dot": "Subject: x\r\n\r\na\n.\r\nMAIL FROM:<a@example.com>\r\n",
		"zero": "Subject: x\r\n\r\n\x00\r\n", "long line": "Subject: x\r\n\r\n" + strings.Repeat("a", 999) + "\r\n",
	} {
		e := sendLetter()
		e.Bytes = []byte(b)
		t.Run(name, func(t *testing.T) {
			err := sendPost(p).Send(t.Context(), sendAccount(p, kwadrans.TLSNone), e)
			outcome{code: kwadrans.CodeInternal, permanent: true}.check(t, err, p)
		})
	}
}

// Whatever may be sent arrives as it is.
func TestSendKeepsBytes(t *testing.T) {
	p := faulty(catcher.Plain)(t)
	line := rapid.StringOfN(rapid.SampledFrom([]rune(". aąZ=~\t-")), 0, 60, 900)
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(line, 0, 300).Draw(t, "lines")
		e := sendLetter()
		e.Bytes = []byte("Subject: x\r\n\r\n" + strings.Join(append(lines, ""), "\r\n"))
		p.catcher.Forget()
		if err := sendPost(p).Send(t.Context(), sendAccount(p, kwadrans.TLSNone), e); err != nil {
			t.Fatal(err)
		}
		if got := p.catcher.Letters(); len(got) != 1 || !bytes.Equal(got[0].Bytes, e.Bytes) {
			t.Fatalf("%q came as %q", e.Bytes, got[0].Bytes)
		}
	})
}

// SMTPUTF8 is asked for only where an address or a header needs it.
func TestSendBeyondASCII(t *testing.T) {
	for _, row := range []struct {
		to, wire string
		bytes    string
		utf8     bool
	}{
		{"anna@żółw.example", "anna@xn--w-uga1v8h.example", "", false},
		{"zażółć@example.com", "zażółć@example.com", "", true},
		{"anna@example.com", "anna@example.com", "To: zażółć\r\n\r\n\r\n", true},
		{"anna@example.com", "anna@example.com", "Subject: x\r\n\r\nzażółć\r\n", false},
	} {
		able, unable := faulty(catcher.Plain)(t), caught(catcher.Options{NoUTF8: true})(t)
		e := sendLetter()
		e.To = row.to
		if row.bytes != "" {
			e.Bytes = []byte(row.bytes)
		}
		outcome{kept: 1}.check(t, sendPost(able).Send(t.Context(), sendAccount(able, kwadrans.TLSNone), e), able)
		if l := able.catcher.Letters()[0]; l.UTF8 != row.utf8 || l.To[0] != row.wire {
			t.Errorf("%s went as %+v", row.to, l)
		}
		want := outcome{kept: 1}
		if row.utf8 {
			want = outcome{code: kwadrans.CodeMailRefused, permanent: true, words: "SMTPUTF8", key: "ascii"}
		}
		want.check(t, sendPost(unable).Send(t.Context(), sendAccount(unable, kwadrans.TLSNone), e), unable)
	}
}

// The wire of one letter: one RCPT, no parameter that nobody needs, a goodbye.
func TestSendWire(t *testing.T) {
	var wire bytes.Buffer
	p := caught(catcher.Options{TLS: catcher.Implicit, Wire: &wire})(t)
	outcome{kept: 1}.check(t, sendPost(p).Send(t.Context(), sendAccount(p, kwadrans.TLSImplicit), sendLetter()), p)
	_ = p.catcher.Close()
	said := wire.String()
	for _, part := range []string{"EHLO [127.0.0.1]\r\n", "MAIL FROM:<me@example.com> BODY=8BITMIME\r\n", "RCPT TO:<anna@example.com>\r\n", "\r\n..\r\n...\r\n..hidden\r\n", "QUIT\r\n"} {
		if strings.Count(said, part) != 1 {
			t.Errorf("%q is not said once in %q", part, said)
		}
	}
	if strings.Count(said, "RCPT TO") != 1 {
		t.Error("more than one RCPT")
	}
}

// A refused letter ends with a goodbye too; one that is half out must not, since
// the client would end it with a dot first.
func TestSendSaysGoodbye(t *testing.T) {
	var wire bytes.Buffer
	p := caught(catcher.Options{Wire: &wire, Faults: []catcher.Fault{{At: catcher.AtRcpt, Code: 550, Text: "no"}}})(t)
	outcome{code: kwadrans.CodeMailRefused, permanent: true}.check(t, sendPost(p).Send(t.Context(), sendAccount(p, kwadrans.TLSNone), sendLetter()), p)
	_ = p.catcher.Close()
	if said := wire.String(); strings.Count(said, "QUIT\r\n") != 1 || strings.Contains(said, "DATA") {
		t.Errorf("said: %q", said)
	}
}

// scripted answers each line that starts with a key; after holds the reply to the
// dot back.
func scripted(after time.Duration) func(*testing.T) peer {
	return spoken(func(c net.Conn) {
		in := bufio.NewScanner(c)
		_, _ = io.WriteString(c, "220 x\r\n")
		for in.Scan() {
			switch verb, _, _ := strings.Cut(in.Text(), " "); verb {
			case "EHLO", "MAIL", "RCPT":
				_, _ = io.WriteString(c, "250 x\r\n")
			case "DATA":
				_, _ = io.WriteString(c, "354 x\r\n")
			case ".":
				<-time.After(after)
				_, _ = io.WriteString(c, "250 x\r\n")
			}
		}
	})
}

// The reply to a letter may take longer than a stage (RFC 5321 §4.5.3.2.6).
func TestSendIsPatientAfterTheDot(t *testing.T) {
	p := scripted(1200 * time.Millisecond)(t)
	post, a := sendPost(p), sendAccount(p, kwadrans.TLSNone)
	post.Timeout, a.User = time.Second, ""
	if err := post.Send(t.Context(), a, sendLetter()); err != nil {
		t.Error(err)
	}
}

// T23: a server that throws the login back does not get it into our words or logs.
func TestSendNeverShowsThePassword(t *testing.T) {
	var seen bytes.Buffer
	p := spoken(func(c net.Conn) {
		in := bufio.NewScanner(c)
		_, _ = io.WriteString(c, "220 x\r\n")
		for in.Scan() {
			switch verb, rest, _ := strings.Cut(in.Text(), " "); verb {
			case "EHLO":
				_, _ = io.WriteString(c, "250-x\r\n250 AUTH PLAIN\r\n")
			case "AUTH":
				raw, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
				pass := base64.StdEncoding.EncodeToString([]byte(sendPassword))
				fmt.Fprintf(c, "535 5.7.8 no: %s | %s | %s | %s\r\n", rest, raw, pass, strings.TrimRight(pass, "="))
			default:
				_, _ = io.WriteString(c, "500 no\r\n")
			}
		}
	})(t)
	log := slog.New(slog.NewJSONHandler(&seen, &slog.HandlerOptions{Level: slog.LevelDebug}))
	post := sendPost(p)
	post.Log = log
	a := sendAccount(p, kwadrans.TLSNone)
	err := post.Send(t.Context(), a, sendLetter())
	outcome{code: kwadrans.CodeMailAuth, pause: never, words: "535 5.7.8 no"}.check(t, err, p)
	log.Error("mail", "err", err, "account", a)
	fmt.Fprintf(&seen, "%v %+v %#v %s", err, err, a, kwadrans.CodeOf(err))
	if seen.Len() < 50 || !strings.Contains(seen.String(), "•••") {
		t.Fatal("nothing was looked at")
	}
	for _, canary := range []string{sendPassword, "c4nary", base64.RawStdEncoding.EncodeToString([]byte(sendPassword)), base64.StdEncoding.EncodeToString([]byte("\x00me@example.com\x00" + sendPassword))} {
		if strings.Contains(seen.String(), canary) {
			t.Errorf("%q was shown: %s", canary, seen.String())
		}
	}
}

func TestSendAtTheSameTime(t *testing.T) {
	p := faulty(catcher.StartTLS)(t)
	post, a := sendPost(p), sendAccount(p, kwadrans.TLSStart)
	post.Timeout = 0
	var wg sync.WaitGroup
	for i := range 24 {
		wg.Go(func() {
			e := sendLetter()
			e.To = fmt.Sprintf("a%d@example.com", i)
			if err := post.Send(t.Context(), a, e); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if _, err := p.catcher.Wait(t.Context(), 24); err != nil {
		t.Error(err)
	}
}

func TestPreset(t *testing.T) {
	for email, want := range map[string]string{
		"a@gmail.com": "smtp.gmail.com", "A@GoogleMail.com": "smtp.gmail.com", "a@hotmail.com": "smtp-mail.outlook.com", "a@wp.pl": "smtp.wp.pl",
		"a@op.pl": "smtp.poczta.onet.pl", "a@interia.pl": "poczta.interia.pl", "a@proton.me": "127.0.0.1", "a@example.com": "", "a": "", "": "",
	} {
		if p, ok := Preset(email); p.Host != want || ok != (want != "") {
			t.Errorf("%s: %+v", email, p)
		}
	}
	p, _ := Preset("anna@wp.pl")
	if a := p.Account("anna@wp.pl"); a.User != "anna" || a.From != "anna@wp.pl" || a.Port != 465 || a.TLS != kwadrans.TLSImplicit {
		t.Errorf("%+v", a)
	}
	seen := map[string]bool{}
	for _, p := range Providers() {
		if p.TLS == kwadrans.TLSNone && p.Host != "127.0.0.1" || p.Host == "" || seen[p.Name] || (p.Port == 465) != (p.TLS == kwadrans.TLSImplicit) {
			t.Errorf("%+v", p)
		}
		seen[p.Name] = true
		for _, d := range p.Domains {
			if seen[d] {
				t.Errorf("%s has two providers", d)
			}
			seen[d] = true
		}
	}
}
