//go:build e2e

package e2e

import (
	"bufio"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// browser stands where the system's browser would: the program hands it an
// address with xdg-open, and the test is the person before it.
type browser struct {
	t    testing.TB
	dir  string // to be first in PATH
	urls chan string
}

// newBrowser makes an xdg-open that writes addresses into a pipe.
func newBrowser(t testing.TB, home string) *browser {
	t.Helper()
	b := &browser{t: t, dir: filepath.Join(home, "bin"), urls: make(chan string, 16)}
	pipe := filepath.Join(home, "browser.pipe")
	if err := os.MkdirAll(b.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(pipe)
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\nprintf '%s\\n' \"$1\" >'" + pipe + "'\n"
	if err := os.WriteFile(filepath.Join(b.dir, "xdg-open"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(pipe, os.O_RDWR, 0) // both ends, so that the pipe never ends
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	go func() {
		lines := bufio.NewScanner(f)
		for lines.Scan() {
			b.urls <- lines.Text()
		}
	}()
	return b
}

// opened waits for the address that the program opens.
func (b *browser) opened() string {
	b.t.Helper()
	select {
	case u := <-b.urls:
		return u
	case <-time.After(patience):
		b.t.Fatal("no address was opened")
		return ""
	}
}

var requestField = regexp.MustCompile(`name="request" value="([^"]+)"`)

// decide answers the sign-in page that the program opened with "allow" or
// "decline", follows the redirects, and returns the page's address.
func (b *browser) decide(answer string) string {
	b.t.Helper()
	address := b.opened()
	jar, _ := cookiejar.New(nil)
	client := &http.Client{Jar: jar, Timeout: patience}
	res, err := client.Get(address)
	if err != nil {
		b.t.Fatal(err)
	}
	page := read(b.t, res)
	m := requestField.FindStringSubmatch(page)
	if m == nil {
		b.t.Fatalf("the page at %s asks for nothing: %s", address, page)
	}
	base, err := url.Parse(address)
	if err != nil {
		b.t.Fatal(err)
	}
	action := base.ResolveReference(&url.URL{Path: "/oauth/authorize/decision"})
	if res, err = client.Post(action.String(), "application/x-www-form-urlencoded",
		strings.NewReader(url.Values{"request": {m[1]}, "answer": {answer}}.Encode())); err != nil {
		b.t.Fatal(err)
	}
	read(b.t, res)
	return address
}

func read(t testing.TB, res *http.Response) string {
	t.Helper()
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
