package page

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// faults says what is wrong with a page as it is written.
func faults(g got) (list []string) {
	fault := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	ids, named, heads, mains := map[string]int{}, map[string]bool{}, 0, 0
	g.walk(func(n *html.Node) {
		if id := attr(n, "id"); id != "" {
			ids[id]++
		}
		if n.Data == "label" {
			named[attr(n, "for")] = true
		}
	})
	g.walk(func(n *html.Node) {
		for _, a := range n.Attr {
			switch {
			case a.Key == "style", strings.HasPrefix(a.Key, "on"):
				fault("%s has %s", n.Data, a.Key)
			case a.Key == "for", a.Key == "aria-labelledby", a.Key == "aria-describedby":
				for id := range strings.FieldsSeq(a.Val) {
					if ids[id] == 0 {
						fault("%s leads to %q, which is not there", a.Key, id)
					}
				}
			case a.Key == "src", n.Data == "link" && a.Key == "href", a.Key == "action", n.Data == "a" && a.Key == "href":
				if !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "https://zoom.sandbox.invalid/") {
					fault("%s leads elsewhere: %q", n.Data, a.Val)
				}
			}
		}
		switch n.Data {
		case "h1":
			heads++
		case "main":
			mains++
		case "html":
			if attr(n, "lang") == "" {
				fault("no language")
			}
		case "title":
			if n.FirstChild == nil || strings.TrimSpace(n.FirstChild.Data) == "" {
				fault("no title")
			}
		case "style":
			fault("an inline style sheet")
		case "script":
			if attr(n, "src") == "" || n.FirstChild != nil {
				fault("an inline script")
			}
		case "input", "textarea", "select":
			if t := attr(n, "type"); t != "hidden" && t != "radio" && !named[attr(n, "id")] {
				fault("%s %q has no label", n.Data, attr(n, "name"))
			}
		case "a":
			if attr(n, "href") == "" || words(n) == "" && attr(n, "aria-label") == "" {
				fault("a link says nothing, or leads nowhere")
			}
		case "svg":
			if attr(n, "aria-hidden") != "true" {
				fault("a picture without words")
			}
		}
	})
	for id, n := range ids {
		if n > 1 {
			fault("the id %q is there %d times", id, n)
		}
	}
	if heads != 1 || mains != 1 {
		fault("%d first headings, %d mains", heads, mains)
	}
	if key := regexp.MustCompile(`page\.[a-z]+[a-z.]*`).FindString(g.text()); key != "" {
		fault("a text is missing: %s", key)
	}
	return append(list, balance(g.body)...)
}

// balance says which elements are not closed where they were opened: the parser mends
// what we would not notice.
func balance(body string) (list []string) {
	var stack []string
	z := html.NewTokenizer(strings.NewReader(body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(stack) > 0 {
				list = append(list, "not closed: "+strings.Join(stack, " "))
			}
			return list
		case html.StartTagToken:
			name, _ := z.TagName()
			switch string(name) {
			case "meta", "link", "input", "br":
			default:
				stack = append(stack, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(stack) == 0 || stack[len(stack)-1] != string(name) {
				return append(list, fmt.Sprintf("%s is closed in %v", name, stack))
			}
			stack = stack[:len(stack)-1]
		}
	}
}

func words(n *html.Node) string {
	var b strings.Builder
	var down func(*html.Node)
	down = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			down(c)
		}
	}
	down(n)
	return strings.TrimSpace(b.String())
}

// Every page, in both languages, is what a browser and a screen reader expect.
func TestMarkup(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	for i, l := range []string{"pl", "en"} {
		at := s.day(5+i, 10, 0)
		l := "lang=" + l
		pages := map[string]got{
			"profile": b.get("/?" + l), "pick": b.get("/t/rozmowa?zone=America/New_York&" + l), "later": b.get("/t/rozmowa?from=2035-01-01&" + l), "details": b.get("/t/rozmowa/book?at=" + formAt(at) + "&" + l),
			"privacy": b.get("/privacy?" + l), "missing": b.get("/no?" + l),
		}
		action, form := pages["details"].form()
		pages["faults"] = b.post(action, form)
		form.Set("name", "Anna")
		form.Set("email", fmt.Sprintf("anna%d@example.com", i))
		pages["wait"] = b.post(action, form)
		link := s.link(form.Get("email"), "c")
		pages["confirm"] = b.get(link + "?" + l)
		pages["taken"] = b.get("/t/rozmowa/book?at=" + formAt(at) + "&" + l)
		action, form = pages["confirm"].form()
		pages["booking"] = b.post(action, form)
		self := pages["booking"].url.Path
		pages["move"] = b.get(self + "/move?" + l)
		pages["sure"] = b.get(self + "/move?at=" + formAt(s.day(9, 11, 15)) + "&" + l)
		pages["cancel"] = b.get(self + "/cancel?" + l)
		action, form = pages["cancel"].form()
		pages["off"] = b.post(action, form)
		for name, g := range pages {
			if g.doc == nil {
				t.Errorf("%s %s: no page (%d)", name, l, g.status)
				continue
			}
			for _, f := range faults(g) {
				t.Errorf("%s %s: %s", name, l, f)
			}
		}
		if n := strings.Count(pages["taken"].body, `type="radio"`); n != 3 {
			t.Errorf("%d starts beside one that is taken", n)
		}
	}
}

// The control: each kind of fault is seen.
func TestMarkupFaultsAreSeen(t *testing.T) {
	for _, bad := range []string{
		`<p style="x">`, `<p onclick="x">`, `<script>x</script>`, `<style>x</style>`, `<img src="https://x.example/">`, `<input name="x">`, `<a href="">x</a>`, `<svg></svg>`,
		`<p id="a"></p><p id="a"></p>`, `<label for="no">x</label>`, `<h1>x</h1>`, `<b><i></b></i>`, `page.no.words`,
	} {
		g := got{body: `<html lang="pl"><head><title>x</title></head><body><main><h1>x</h1>` + bad + `</main></body></html>`}
		g.doc, _ = html.Parse(strings.NewReader(g.body))
		if len(faults(g)) == 0 {
			t.Errorf("%s passes", bad)
		}
	}
}

// What visitors type stays text, wherever it is shown.
func TestTypedTextStaysText(t *testing.T) {
	s := open(t)
	b := s.browser("198.51.100.1")
	for i, nasty := range []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onfocus='alert(1)`, `{{.Host}}`, `javascript:alert(1)`, `</textarea><svg onload=alert(1)>`, "a\x00b\u202e", `&lt;b&gt;`,
	} {
		plain := elements(b.get("/t/rozmowa/book?at=" + formAt(s.day(5, 10, 0))))
		action, form := b.fill("rozmowa", s.day(5, 10, 0), nasty, nasty)
		form.Set("q0", nasty)
		form.Set("guests", nasty)
		g := b.post(action, form).want(422)
		if n := elements(g); n["script"] != plain["script"] || n["img"] != 0 || n["svg"] > plain["svg"]+8 {
			t.Errorf("%d: %q makes elements: %v", i, nasty, n)
		}
		for _, f := range faults(g) {
			t.Errorf("%q: %s", nasty, f)
		}
		b.get("/t/rozmowa?day=" + urlText(nasty) + "&zone=" + urlText(nasty) + "&lang=" + urlText(nasty) + "&from=" + urlText(nasty)).want(200)
	}
}

func elements(g got) map[string]int {
	n := map[string]int{}
	g.walk(func(e *html.Node) { n[e.Data]++ })
	return n
}

func urlText(s string) string {
	return strings.NewReplacer("%", "%25", " ", "%20", "&", "%26", "#", "%23", "\x00", "%00").Replace(s)
}

// Both catalogues have every text of the page, and the page says every one.
func TestWords(t *testing.T) {
	said := regexp.MustCompile(`"(page\.[a-z.]+[a-z])"`)
	var source strings.Builder
	for _, dir := range []string{".", "html"} {
		list, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range list {
			if strings.HasSuffix(f.Name(), ".html") || strings.HasSuffix(f.Name(), ".go") && !strings.HasSuffix(f.Name(), "_test.go") {
				b, err := os.ReadFile(dir + "/" + f.Name())
				if err != nil {
					t.Fatal(err)
				}
				source.Write(b)
			}
		}
	}
	found := said.FindAllStringSubmatch(source.String(), -1)
	if len(found) < 60 {
		t.Fatalf("%d texts", len(found))
	}
	for _, m := range found {
		if !lang.Has(m[1]) && !lang.Has(m[1]+".title") {
			t.Errorf("nobody wrote %s", m[1])
		}
	}
}

// Every zone that can be chosen is one.
func TestZones(t *testing.T) {
	for _, z := range zones {
		if _, err := kwadrans.Zone(z); err != nil {
			t.Error(err)
		}
	}
}

// The colours are those of the window.
func TestColours(t *testing.T) {
	ours, err := os.ReadFile("static/page.css")
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile("../../frontend/src/styles/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	pair := regexp.MustCompile(`--([\w-]+): var\(--day, ([^)]+)\) var\(--night, ([^)]+)\)`)
	day, night, ok := strings.Cut(string(ours), "prefers-color-scheme: dark")
	if !ok {
		t.Fatal("no dark colours")
	}
	compared := 0
	for _, m := range pair.FindAllStringSubmatch(string(theirs), -1) {
		for i, part := range []string{day, night} {
			own := regexp.MustCompile(`--` + m[1] + `: ([^;]+);`).FindStringSubmatch(part)
			if own == nil {
				continue
			}
			compared++
			if own[1] != m[2+i] {
				t.Errorf("--%s is %s, in the window %s", m[1], own[1], m[2+i])
			}
		}
	}
	if compared < 60 {
		t.Errorf("%d colours were compared", compared)
	}
}

// The language that the browser prefers.
func TestAccepted(t *testing.T) {
	for header, want := range map[string]string{
		"pl": "pl", "en-GB,en;q=0.9,pl;q=0.8": "en", "de,pl;q=0.7,en;q=0.3": "pl", "de, fr": "", "": "", "en;q=0.1, pl-PL;q=0.9": "pl", "*": "", "pl;q=x": "", ",,;;": "",
	} {
		if got, _ := accepted(header); string(got) != want {
			t.Errorf("%q: %q", header, got)
		}
	}
}
