//go:build e2e

package page

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// chrome is a real Chromium, spoken to through two pipes (Chrome DevTools Protocol,
// --remote-debugging-pipe: messages end in a zero byte).
type chrome struct {
	*testing.T
	to      io.WriteCloser
	session string
	mute    bool // no script of a page runs

	mu    sync.Mutex
	id    int
	waits map[int]chan reply
	loads chan struct{}
	asked []string // every address that was asked for
}

type reply struct {
	ID        int             `json:"id"`
	Method    string          `json:"method"`
	SessionID string          `json:"sessionId"`
	Result    json.RawMessage `json:"result"`
	Params    struct {
		Request struct {
			URL string `json:"url"`
		} `json:"request"`
	} `json:"params"`
	Error *struct {
		Message string `json:"message"`
	} `json:"error"`
}

// startChrome opens an empty page.
func startChrome(t *testing.T) *chrome {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("Chromium is missing: build/deps.sh")
	}
	in, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	from, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "kwadrans-chromium-")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
		"--disable-background-networking", "--remote-debugging-pipe", "--user-data-dir="+dir, "about:blank")
	cmd.ExtraFiles = []*os.File{in, out}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_, _ = in.Close(), out.Close()
	c := &chrome{T: t, to: to, waits: map[int]chan reply{}, loads: make(chan struct{}, 100)}
	go c.listen(from)
	t.Cleanup(func() {
		_ = to.Close()
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		for range 50 { // its children end a moment later, and still write
			if os.RemoveAll(dir) == nil {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
	})
	var target struct{ TargetID string }
	c.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	c.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	c.session = attached.SessionID
	for _, domain := range []string{"Page.enable", "Runtime.enable", "Network.enable"} {
		c.call(domain, nil, nil)
	}
	return c
}

func (c *chrome) listen(from io.Reader) {
	r := bufio.NewReaderSize(from, 1<<20)
	for {
		raw, err := r.ReadBytes(0)
		if err != nil {
			return
		}
		var m reply
		if json.Unmarshal(raw[:len(raw)-1], &m) != nil {
			continue
		}
		c.mu.Lock()
		switch {
		case m.ID != 0:
			if w := c.waits[m.ID]; w != nil {
				w <- m
				delete(c.waits, m.ID)
			}
		case m.Method == "Network.requestWillBeSent":
			c.asked = append(c.asked, m.Params.Request.URL)
		case m.Method == "Page.loadEventFired":
			c.loads <- struct{}{}
		}
		c.mu.Unlock()
	}
}

// call asks for something and waits for the answer.
func (c *chrome) call(method string, params map[string]any, into any) {
	c.Helper()
	c.mu.Lock()
	c.id++
	id, w := c.id, make(chan reply, 1)
	c.waits[id] = w
	c.mu.Unlock()
	m := map[string]any{"id": id, "method": method, "params": params}
	if params == nil {
		m["params"] = map[string]any{}
	}
	if c.session != "" {
		m["sessionId"] = c.session
	}
	raw, _ := json.Marshal(m)
	if _, err := c.to.Write(append(raw, 0)); err != nil {
		c.Fatal(err)
	}
	select {
	case r := <-w:
		if r.Error != nil {
			c.Fatalf("%s: %s", method, r.Error.Message)
		}
		if into != nil {
			if err := json.Unmarshal(r.Result, into); err != nil {
				c.Fatal(err)
			}
		}
	case <-time.After(60 * time.Second):
		c.Fatalf("%s: no answer", method)
	}
}

// loaded does something that loads a page, and waits until it is there.
func (c *chrome) loaded(f func()) {
	c.Helper()
	for len(c.loads) > 0 {
		<-c.loads
	}
	f()
	select {
	case <-c.loads:
	case <-time.After(30 * time.Second):
		c.Fatalf("nothing loads at %s", c.eval("location.href"))
	}
}

func (c *chrome) open(url string) {
	c.Helper()
	c.loaded(func() { c.call("Page.navigate", map[string]any{"url": url}, nil) })
}

// eval is the value of a script, as text.
func (c *chrome) eval(script string) string {
	c.Helper()
	var out struct {
		Result           struct{ Value any }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	c.call("Runtime.evaluate", map[string]any{"expression": script, "awaitPromise": true, "returnByValue": true}, &out)
	if out.ExceptionDetails != nil {
		c.Fatalf("%.200s: %s %s", script, out.ExceptionDetails.Text, out.ExceptionDetails.Exception.Description)
	}
	return fmt.Sprint(out.Result.Value)
}

// press follows a link or presses a button, and waits for the page behind it.
func (c *chrome) press(selector string) {
	c.Helper()
	c.loaded(func() {
		if got := c.eval(fmt.Sprintf("(() => { const e = document.querySelector(%q); if (!e) return 'none'; e.click(); return ''; })()", selector)); got != "" {
			c.Fatalf("there is no %s at %s:\n%s", selector, c.eval("location.href"), c.text())
		}
	})
}

func (c *chrome) typeIn(id, text string) {
	c.Helper()
	c.eval(fmt.Sprintf("document.getElementById(%q).value = %q", id, text))
}

func (c *chrome) text() string { c.Helper(); return c.eval("document.body.innerText") }

func (c *chrome) says(words ...string) {
	c.Helper()
	text := c.text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			c.Fatalf("%s does not say %q:\n%s", c.eval("location.pathname"), w, text)
		}
	}
}

// look sets width, theme, language, where the visitor comes from and whether scripts run.
func (c *chrome) look(width int, theme, language, from string, scripts bool) {
	c.Helper()
	c.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	c.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": theme}}}, nil)
	c.call("Network.setExtraHTTPHeaders", map[string]any{"headers": map[string]string{"Accept-Language": language, "X-Forwarded-For": from}}, nil)
	c.mute = !scripts
	c.scripts(scripts)
}

func (c *chrome) scripts(run bool) {
	c.Helper()
	c.call("Emulation.setScriptExecutionDisabled", map[string]any{"value": !run}, nil)
}

// shot keeps a picture where PAGE_SHOTS says.
func (c *chrome) shot(name string) {
	c.Helper()
	dir := os.Getenv("PAGE_SHOTS")
	if dir == "" {
		return
	}
	var out struct{ Data string }
	c.call("Page.captureScreenshot", map[string]any{"captureBeyondViewport": true}, &out)
	raw, _ := base64.StdEncoding.DecodeString(out.Data)
	if err := os.WriteFile(dir+"/"+name+".png", raw, 0o644); err != nil {
		c.Fatal(err)
	}
}

const axeFile = "../../frontend/node_modules/axe-core/axe.min.js"

// judge asks axe-core what keeps somebody out (WCAG 2.2 A and AA, and its best
// practices), and whether the page is wider than the screen.
func (c *chrome) judge(name string) {
	c.Helper()
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		c.Fatal("axe-core is missing: npm ci in frontend")
	}
	if c.mute { // the page has come without a script; who judges it needs one
		c.scripts(true)
		defer c.scripts(false)
	}
	found := c.eval(string(axe) + `; axe.run(document, { resultTypes: ['violations'] }).then((r) =>
		r.violations.flatMap((v) => v.nodes.map((n) => v.id + ' at ' + n.target.join(' ') + ': ' + (n.any[0] ?? n.all[0] ?? n.none[0])?.message)).join('\n'))`)
	if found != "" {
		c.Errorf("%s: %s", name, found)
	}
	if wide := c.eval("String(document.documentElement.scrollWidth - innerWidth)"); wide != "0" && !strings.HasPrefix(wide, "-") {
		c.Errorf("%s is %s px wider than the screen", name, wide)
	}
	c.shot(name)
}
