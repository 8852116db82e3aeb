package mail

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/mail/catcher"
)

// exim is a real mail server (Debian: exim4-daemon-light). Each connection gets a
// process of its own, as from inetd, that delivers before it says goodbye.
type exim struct {
	peer
	box string // a maildir
}

const eximConfig = `
primary_hostname = exim.example
spool_directory = DIR/spool
log_file_path = DIR/log-%slog
exim_user = USER
exim_group = GROUP
never_users =
host_lookup =
rfc1413_query_timeout = 0s
keep_environment =
smtp_accept_queue_per_connection = 0
message_size_limit = 100K
tls_advertise_hosts = *
tls_certificate = DIR/cert.pem
tls_privatekey = DIR/key.pem
acl_smtp_rcpt = to
begin acl
to:
  deny  message = 5.1.1 No such user here
        local_parts = nobody
  defer message = 4.7.1 Greylisted, please come back
        local_parts = later
  accept authenticated = *
  deny  message = 5.7.1 Relay not permitted
begin routers
all:
  driver = accept
  transport = box
begin transports
box:
  driver = appendfile
  directory = DIR/box
  maildir_format
  create_directory
  user = USER
  group = GROUP
  initgroups = false
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_advertise_condition = ${if def:tls_in_cipher}
  server_condition = ${if and{{eq{$auth2}{me@example.com}}{eq{$auth3}{PASSWORD}}}}
  server_set_id = $auth2
`

func startExim(t *testing.T, flags ...string) exim {
	t.Helper()
	program, err := exec.LookPath("exim4")
	if err != nil {
		if program, err = exec.LookPath("/usr/sbin/exim4"); err != nil {
			t.Skip("exim4 is not installed (exim4-daemon-light)")
		}
	}
	dir, conf, roots := eximFiles(t)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	running.Go(func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			running.Go(func() {
				defer c.Close()
				f, err := c.(*net.TCPConn).File()
				if err != nil {
					return
				}
				defer f.Close()
				cmd := exec.Command(program, append([]string{"-C", conf, "-bs", "-odi"}, flags...)...)
				cmd.Stdin, cmd.Stdout = f, f
				_ = cmd.Run()
			})
		}
	})
	t.Cleanup(func() {
		_ = ln.Close()
		running.Wait()
		if t.Failed() {
			for _, name := range []string{"log-mainlog", "log-rejectlog", "log-paniclog"} {
				b, _ := os.ReadFile(filepath.Join(dir, name))
				t.Logf("%s: %s", name, b)
			}
		}
	})
	return exim{peer{port: ln.Addr().(*net.TCPAddr).Port, roots: roots}, filepath.Join(dir, "box")}
}

// eximFiles writes the configuration into a directory that exim's user can enter:
// root delivers as somebody else.
func eximFiles(t *testing.T) (dir, conf string, roots *x509.CertPool) {
	t.Helper()
	dir, err := os.MkdirTemp("", "exim")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	u := eximUser(t)
	g, err := user.LookupGroupId(u.Gid)
	if err != nil {
		t.Skip(err)
	}
	cert, roots, err := catcher.SelfSigned(time.Now().AddDate(0, 1, 0), "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	key, err := x509.MarshalECPrivateKey(cert.PrivateKey.(*ecdsa.PrivateKey))
	if err != nil {
		t.Fatal(err)
	}
	conf = filepath.Join(dir, "exim.conf")
	text := strings.NewReplacer("DIR", dir, "USER", u.Username, "GROUP", g.Name, "PASSWORD", sendPassword).Replace(eximConfig)
	for name, b := range map[string][]byte{
		conf:                           []byte(text),
		filepath.Join(dir, "cert.pem"): pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Certificate[0]}),
		filepath.Join(dir, "key.pem"):  pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: key}),
	} {
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	eximOwns(t, dir, u)
	return dir, conf, roots
}

func eximUser(t *testing.T) *user.User {
	t.Helper()
	u, err := user.Current()
	if err == nil && u.Uid == "0" {
		u, err = user.Lookup("Debian-exim")
	}
	if err != nil {
		t.Skip(err)
	}
	return u
}

func eximOwns(t *testing.T, dir string, u *user.User) {
	t.Helper()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() != 0 {
		return
	}
	var uid, gid int
	if _, err := fmt.Sscan(u.Uid+" "+u.Gid, &uid, &gid); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(dir, uid, gid); err != nil {
		t.Fatal(err)
	}
}

func (x exim) letters(t *testing.T) [][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(x.box, "new", "*"))
	if err != nil {
		t.Fatal(err)
	}
	var list [][]byte
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, b)
	}
	return list
}

// The letter arrives through a server that shares no line with ours; a maildir
// has LF and headers of the server on top.
func TestSendToExim(t *testing.T) {
	for mode, flags := range map[kwadrans.MailTLS][]string{kwadrans.TLSStart: nil, kwadrans.TLSImplicit: {"-tls-on-connect"}} {
		t.Run(string(mode), func(t *testing.T) {
			x := startExim(t, flags...)
			post, a := sendPost(x.peer), sendAccount(x.peer, mode)
			post.Timeout = 10 * time.Second
			r, err := post.Check(t.Context(), a)
			if err != nil || r.Server != "exim.example" || !strings.HasPrefix(r.TLS, "TLS 1.") || r.Login != "PLAIN" {
				t.Fatalf("%+v %v", r, err)
			}
			if err := post.Send(t.Context(), a, sendLetter()); err != nil {
				t.Fatal(err)
			}
			list := x.letters(t)
			if len(list) != 1 || !bytes.HasSuffix(list[0], bytes.ReplaceAll(sendBody, []byte("\r\n"), []byte("\n"))) {
				t.Fatalf("came: %q", list)
			}
			if got := list[0]; !bytes.Contains(got, []byte("(envelope-from <me@example.com>)")) || !bytes.Contains(got, []byte("for anna@example.com")) {
				t.Errorf("%q", got)
			}
			for to, want := range map[string]outcome{
				"nobody@example.com": {code: kwadrans.CodeMailRefused, permanent: true, words: "550 5.1.1 No such user here", key: "no-mailbox"},
				"later@example.com":  {code: kwadrans.CodeMailLater, words: "451 4.7.1 Greylisted", key: "greylist"},
			} {
				e := sendLetter()
				e.To = to
				want.check(t, post.Send(t.Context(), a, e), x.peer)
			}
			eximRefusals(t, post, a, x)
		})
	}
}

func eximRefusals(t *testing.T, post *Post, a kwadrans.MailAccount, x exim) {
	big := sendLetter()
	big.Bytes = append(bytes.Clone(sendBody), bytes.Repeat([]byte(strings.Repeat("a", 70)+"\r\n"), 3000)...)
	outcome{code: kwadrans.CodeMailRefused, permanent: true, words: "552 ", key: "too-big"}.check(t, post.Send(t.Context(), a, big), x.peer)
	open := a
	open.User = ""
	outcome{code: kwadrans.CodeMailRefused, permanent: true, words: "550 5.7.1 Relay", key: "relay"}.check(t, post.Send(t.Context(), open, sendLetter()), x.peer)
	wrong := a
	wrong.Password = "another"
	outcome{code: kwadrans.CodeMailAuth, pause: never, words: "535 ", key: "password"}.check(t, post.Send(t.Context(), wrong, sendLetter()), x.peer)
	post.Roots = x509.NewCertPool()
	outcome{code: kwadrans.CodeMailTLS, pause: pauseTLS, words: saidCertificate, key: "certificate"}.check(t, post.Send(t.Context(), a, sendLetter()), x.peer)
}
