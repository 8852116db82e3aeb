package desktop

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

func TestAllowed(t *testing.T) {
	for _, address := range []string{
		"https://zoom.us/oauth/authorize?client_id=a~b&state=x", "https://example.com", "https://us02web.zoom.us/j/123?pwd=a.b-c_d~e!",
		"zoommtg://zoom.us/join?confno=123&pwd=x", "http://127.0.0.1:4711/oauth/authorize?x=1", "http://localhost/", "http://[::1]:80/", "http://127.8.8.8/",
	} {
		if !allowed(address) {
			t.Errorf("%s is refused", address)
		}
	}
	for _, address := range []string{
		"", "zoom.us", "//zoom.us", "http://zoom.us/j/1", "http://127.0.0.1.example.com/", "http://localhost.example.com", "http://0.0.0.0/", "ftp://zoom.us",
		"file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "kwadrans://connect/zoom", "mailto:a@example.com", "https:zoom.us", "https:///x",
		"https://user@zoom.us/", "https://zoom.us:x/", "https://zoom.us/a b", "https://zoom.us/\x00", "https://zoom.us/\n", "https://zoom.us/\"x", "https://zoom.us\\@a",
		"https://zoom.us/ż", "-https://zoom.us", "--help", "zoomus://zoom.us/x", "ms-settings://x", "https://zoom.us/`id`",
	} {
		if allowed(address) {
			t.Errorf("%s is opened", address)
		}
	}
}

func TestOpen(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only the browser of Linux can be replaced by a script")
	}
	shown := filepath.Join(t.TempDir(), "shown")
	t.Setenv("SHOWN", shown)
	script(t, "xdg-open", `printf '%s|' "$@" >"$SHOWN"`)
	const address = "https://zoom.us/j/1?pwd=$(id)&x=a~b;c*d"
	if err := Open(address); err != nil {
		t.Fatal(err)
	}
	if got := read(t, shown); got != address+"|" {
		t.Errorf("shown %s", got)
	}
	if err := Open("file:///etc/passwd"); kwadrans.CodeOf(err) != kwadrans.CodeInvalid || read(t, shown) != address+"|" {
		t.Errorf("%v, shown %s", err, read(t, shown))
	}
	if err := Reveal(filepath.Join("/srv", "a b", "kwadrans.db")); err != nil || read(t, shown) != "/srv/a b|" {
		t.Errorf("%v, shown %s", err, read(t, shown))
	}
	if err := Reveal("kwadrans.db"); kwadrans.CodeOf(err) != kwadrans.CodeInvalid {
		t.Errorf("%v", err)
	}
}

func TestOpenTellsWhatWentWrong(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only the browser of Linux can be replaced by a script")
	}
	script(t, "xdg-open", "exit 3")
	if err := Open("https://zoom.us/"); kwadrans.CodeOf(err) != kwadrans.CodeInternal {
		t.Errorf("%v", err)
	}
	t.Setenv("PATH", t.TempDir())
	if err := Open("https://zoom.us/"); kwadrans.CodeOf(err) != kwadrans.CodeInternal {
		t.Errorf("no browser at all: %v", err)
	}
}

// A failure told the whole address, with the credential of a host's start link, to
// the log and to the page.
func TestBugTheAddressStoodInTheFailure(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only the browser of Linux can be replaced by a script")
	}
	script(t, "xdg-open", "exit 3")
	for _, address := range []string{"https://us02web.zoom.us/s/123?zak=canary", "zoommtg://us02web.zoom.us/start?confno=123&zak=canary", "https://us02web.zoom.us/canary#canary"} {
		err := Open(address)
		e, ok := kwadrans.AsError(err)
		if !ok || !strings.HasSuffix(e.Message, "://us02web.zoom.us") {
			t.Errorf("%v", err)
		}
		for _, told := range []string{fmt.Sprintf("%v %+v", err, e), e.Message, e.Hint, fmt.Sprint(e.Err)} {
			if strings.Contains(told, "canary") {
				t.Errorf("told: %s", told)
			}
		}
	}
}

// A browser that was not running stays in the foreground of xdg-open.
func TestOpenDoesNotWaitForTheBrowserToEnd(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only the browser of Linux can be replaced by a script")
	}
	pipe := filepath.Join(t.TempDir(), "pipe")
	t.Setenv("PIPE", pipe)
	script(t, "xdg-open", `mkfifo "$PIPE"; read -r _ <"$PIPE"`)
	begun := time.Now()
	if err := start("https://zoom.us/", "", 50*time.Millisecond); err != nil {
		t.Error(err)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("waited %v", took)
	}
	f, err := os.OpenFile(pipe, os.O_RDWR, 0) // lets it end
	for err != nil && time.Since(begun) < 10*time.Second {
		f, err = os.OpenFile(pipe, os.O_RDWR, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if _, err := f.WriteString("\n"); err != nil {
		t.Error(err)
	}
}

// The browser gets the environment of the user, not what our own WebKit needs.
func TestABrowserIsNotGivenTheVariablesOfTheWindow(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only there the window is a WebKit that needs variables")
	}
	shown := filepath.Join(t.TempDir(), "environment")
	t.Setenv("SHOWN", shown)
	t.Setenv("JSC_useJIT", "")
	t.Setenv("DISPLAY", "")
	t.Setenv("GDK_BACKEND", "")
	t.Setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "")
	if err := Prepare(os.Getenv, os.Setenv); err != nil || os.Getenv("JSC_useJIT") != "0" || os.Getenv("GDK_BACKEND") != "wayland" {
		t.Fatalf("prepared: %v", err)
	}
	script(t, "xdg-open", `/usr/bin/env >"$SHOWN"`)
	if err := Open("https://example.com"); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(shown)
	if err != nil || !strings.Contains(string(b), "SHOWN=") {
		t.Fatalf("%s %v", b, err)
	}
	for _, name := range []string{"JSC_useJIT", "GDK_BACKEND", "WEBKIT_DISABLE_DMABUF_RENDERER"} {
		if strings.Contains(string(b), name+"=") {
			t.Errorf("it is given %s", name)
		}
	}
}
