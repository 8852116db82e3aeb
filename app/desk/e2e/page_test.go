//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// A visitor's booking stands in the open window within two seconds, whoever serves the
// page: "kwadrans serve" beside the window, or the window itself, which is turned on and
// says how far it reaches.
func TestAVisitorsBookingComesIntoTheWindow(t *testing.T) {
	o := newPlainOffice(t, kwadrans.English)
	o.welcome("kwadrans-pytan")
	w := open(t, opts{home: o.home})
	w.says("Zdzisława Śmigły-Rydz")

	beside := serveBeside(t, w.env)
	from := book(t, beside, "Bogumiła Żółkiewska-Brzęczyszczykiewicz")
	w.says("Bogumiła Żółkiewska-Brzęczyszczykiewicz")
	w.within(from, 2*time.Second)

	port := freePort(t)
	w.button("Integrations").click()
	w.button("Page").click()
	w.says("Served by another program")
	w.find(`[data-test=page-port]`).fill(fmt.Sprint(port))
	w.find(`[role=switch]`).click()
	w.says("This computer only")
	w.find(`[data-test=page-url]`)
	w.button("Bookings").click()
	from = book(t, fmt.Sprintf("http://127.0.0.1:%d", port), "Ñandú Åström")
	w.says("Ñandú Åström")
	w.within(from, 2*time.Second)
}

// within checks that no more time than most has passed since from.
func (w *window) within(from time.Time, most time.Duration) {
	w.t.Helper()
	if took := time.Since(from); took > most {
		w.t.Errorf("it took %v, more than %v", took, most)
	}
}

// welcome lets visitors book a topic at once.
func (o *office) welcome(slug string) {
	o.t.Helper()
	o.openWith(map[string]string{})
	defer o.close()
	topic, err := o.h.Store.Topic(o.t.Context(), slug)
	o.must(err)
	topic.Confirm, topic.Listed = kwadrans.ConfirmNever, true
	o.must(o.h.Store.SaveTopic(o.t.Context(), topic))
}

// serveBeside runs "kwadrans serve" until the test ends, and returns where.
func serveBeside(t *testing.T, env []string) string {
	t.Helper()
	serve := exec.Command(stage.binary, "serve", "--addr", "127.0.0.1:0", "--json")
	serve.Env, serve.Stderr = env, os.Stderr
	out, err := serve.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = serve.Process.Signal(os.Interrupt)
		_ = serve.Wait()
	})
	var at struct{ URL string }
	if err := json.NewDecoder(out).Decode(&at); err != nil {
		t.Fatal(err)
	}
	return at.URL
}

var (
	topicLink = regexp.MustCompile(`href="(/t/[^"]+)"`)
	startLink = regexp.MustCompile(`class="start" href="([^"]+)"`)
	action    = regexp.MustCompile(`method="post" action="([^"]+)"`)
	hidden    = regexp.MustCompile(`type="hidden" name="([^"]+)" value="([^"]*)"`)
)

// book makes a booking as a visitor does, and returns when the visitor was told so.
func book(t *testing.T, base, name string) (told time.Time) {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar, Timeout: patience}
	take := func(r *http.Response, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		b, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s %v\n%s", r.Request.URL, r.Status, err, b)
		}
		return string(b)
	}
	link := func(in string, of *regexp.Regexp) string {
		t.Helper()
		all := of.FindAllStringSubmatch(in, -1)
		if all == nil {
			t.Fatalf("there is no %v in %s", of, in)
		}
		return base + html.UnescapeString(all[len(all)-1][1])
	}
	day := take(c.Get(link(take(c.Get(base+"/")), topicLink)))
	form := take(c.Get(link(day, startLink)))
	fields := url.Values{"name": {name}, "email": {"visitor@example.com"}}
	for _, m := range hidden.FindAllStringSubmatch(form, -1) {
		fields.Set(m[1], html.UnescapeString(m[2]))
	}
	r, err := http.NewRequest(http.MethodPost, link(form, action), strings.NewReader(fields.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if done := take(c.Do(r)); !strings.Contains(done, "booking.ics") {
		t.Fatalf("no booking was made:\n%s", done)
	}
	return time.Now()
}
