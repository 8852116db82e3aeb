//go:build unix

package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"kwadrans/app/house"
)

// The page is served until the program is asked to end, and says where it is.
func TestServe(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	sb, err := house.StartSandbox(t.Context(), dir, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sb.Close() })
	env := func(name string) string { return sb.Env()[name] }
	run := func(out io.Writer, args ...string) int {
		p := Program{In: strings.NewReader(""), Out: out, Err: os.Stderr, Env: env, Browser: visit, Now: time.Now, Tune: quick}
		return p.Run(context.Background(), args)
	}
	for _, args := range [][]string{
		{"profile", "set", "--name", "Hanna Ćwik", "--email", "hanna@example.com", "--zone", "Europe/Warsaw", "--lang", "pl"},
		{"topic", "add", "--name", "Rozmowa", "--duration", "30m", "--place", "phone", "--place-detail", "+48 600 000 000"},
	} {
		if code := run(io.Discard, args...); code != 0 {
			t.Fatalf("%v ends with %d", args, code)
		}
	}
	for code, args := range map[int][]string{3: {"serve", "--addr", "0.0.0.0:0"}, 2: {"serve", "now"}} {
		if got := run(io.Discard, args...); got != code {
			t.Errorf("%v ends with %d", args, got)
		}
	}
	if code := run(io.Discard, "serve", "--public-url", "http://meet.example"); code != 3 {
		t.Errorf("a public address without encryption ends with %d", code)
	}
	r, w := io.Pipe()
	ended := make(chan int, 1)
	go func() { ended <- run(w, "serve", "--addr", "127.0.0.1:0", "--json") }()
	var shape pageShape
	if err := json.NewDecoder(bufio.NewReader(r)).Decode(&shape); err != nil {
		t.Fatal(err)
	}
	if shape.Public || len(shape.Topics) != 1 || !strings.HasPrefix(shape.URL, "http://127.0.0.1:") {
		t.Errorf("%+v", shape)
	}
	resp, err := http.Get(shape.Topics[0].URL)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if resp.StatusCode != 200 || !strings.Contains(string(body), "Rozmowa") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	if code := run(io.Discard, "topic", "off", "rozmowa"); code != 0 { // another process on the same file
		t.Errorf("beside the page: %d", code)
	}
	if err := syscall.Kill(syscall.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case code := <-ended:
		if code != 0 {
			t.Errorf("it ends with %d", code)
		}
	case <-time.After(15 * time.Second):
		t.Fatal("it does not end")
	}
	if _, err := http.Get(shape.URL); err == nil {
		t.Error("the page is still there")
	}
}

// A public address that leads nowhere is said to do so (RFC 2606 keeps .invalid for tests).
func TestServeTriesItsPublicAddress(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	env := func(name string) string {
		return map[string]string{"KWADRANS_DATA": dir, "KWADRANS_SECRETS": "file", "KWADRANS_PASSPHRASE": "correct horse"}[name]
	}
	run := func(ctx context.Context, out, err io.Writer, args ...string) int {
		p := Program{In: strings.NewReader(""), Out: out, Err: err, Env: env, Browser: visit, Now: time.Now, Tune: quick}
		return p.Run(ctx, args)
	}
	if code := run(t.Context(), io.Discard, os.Stderr, "profile", "set", "--name", "Hanna", "--email", "hanna@example.com", "--zone", "Europe/Warsaw", "--lang", "en"); code != 0 {
		t.Fatal(code)
	}
	ctx, stop := context.WithCancel(t.Context())
	r, w := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, io.Discard, w, "serve", "--addr", "127.0.0.1:0", "--public-url", "https://meet.invalid")
		_ = w.Close()
	}()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil || !strings.Contains(line, "Something else answers at https://meet.invalid") {
		t.Errorf("%q %v", line, err)
	}
	go func() { _, _ = io.Copy(io.Discard, r) }()
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("it ends with %d", code)
	}
}
