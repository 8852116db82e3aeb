package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"kwadrans/internal/kwadrans"
)

//go:embed html/*.html
var sources embed.FS

//go:embed static
var files embed.FS

// What a page is made of is read when the first one is shown: most starts of the program show none.
var templates = sync.OnceValue(func() *template.Template { return template.Must(template.New("").ParseFS(sources, "html/*.html")) })

// assets is the path of the embedded files. It changes with their content, so that
// browsers may keep them.
var assets = sync.OnceValue(func() string {
	sum := sha256.New()
	_ = fs.WalkDir(files, "static", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			b, _ := files.ReadFile(name)
			sum.Write(b)
		}
		return err
	})
	return fmt.Sprintf("/static/%x/", sum.Sum(nil)[:6])
})

// static answers with an embedded file.
func static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	b, err := files.ReadFile("static/" + name)
	if err != nil {
		http.Error(w, "404", http.StatusNotFound)
		return
	}
	kind := mime.TypeByExtension(path.Ext(name))
	if strings.HasSuffix(name, ".woff2") {
		kind = "font/woff2"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(b)
}

// view is what every page shows around its own part.
type view struct {
	v      *visitor
	Title  string
	Detect bool // the script may find out the zone
	Refuse bool // search engines leave the page out
	still  bool // the same for everybody who asks: no switch, which would tell the address
	Body   any
}

// T is a text in the visitor's language.
func (v view) T(key string, args ...any) string { return v.v.t(key, args...) }

// Lang is the language of the page.
func (v view) Lang() string { return string(v.v.lang) }

// Assets is the path of style sheet and script.
func (v view) Assets() string { return assets() }

// Brand is who receives here.
func (v view) Brand() string {
	if v.v.host.Org != "" {
		return v.v.host.Org
	}
	return v.v.host.Name
}

// Host is the name of the host.
func (v view) Host() string { return v.v.host.Name }

// Initials are at most two letters for the host.
func (v view) Initials() string {
	out := ""
	for word := range strings.FieldsSeq(v.v.host.Name) {
		if r := []rune(word); len([]rune(out)) < 2 {
			out += strings.ToUpper(string(r[0]))
		}
	}
	return out
}

// Languages are the sides of the switch.
func (v view) Languages() []language {
	if v.still {
		return nil
	}
	return v.v.languages()
}

// Home is the address of the profile.
func (v view) Home() string { return v.v.link("/") }

// Privacy is the address of what is said about privacy.
func (v view) Privacy() string { return v.v.link("/privacy") }

// Zone is the visitor's zone.
func (v view) Zone() string { return v.v.zone }

// show writes a page.
func (p *Page) show(w http.ResponseWriter, status int, name string, v view) {
	var b bytes.Buffer
	if err := templates().ExecuteTemplate(&b, name+".html", v); err != nil {
		p.House.Log.Error("page: a page could not be written", "page", name, "error", err.Error())
		status = http.StatusInternalServerError
		b.Reset()
		b.WriteString("<!doctype html><html lang=en><title>Kwadrans</title><h1>Kwadrans</h1>")
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}

// message is a page with one thing to say.
type message struct {
	Title, Text string
	Link, Press string
	Good        bool
}

// say shows a page that says one thing: key.title, key.text, and where to go on.
func (p *Page) say(w http.ResponseWriter, v *visitor, status int, key string) {
	m := message{Title: v.t(key + ".title"), Text: v.t(key + ".text"), Link: v.link("/"), Press: v.t("page.home")}
	p.show(w, status, "message", view{v: v, Title: m.Title, Refuse: true, still: true, Body: m})
}

// missing is the one answer to every address that leads nowhere, whatever the reason.
func (p *Page) missing(w http.ResponseWriter, v *visitor) {
	p.say(w, v, http.StatusNotFound, "page.missing")
}

// failed answers a failure. Nothing of what went wrong is told.
func (p *Page) failed(w http.ResponseWriter, v *visitor, err error) {
	code := kwadrans.CodeOf(err)
	if code == kwadrans.CodeNotFound {
		p.missing(w, v)
		return
	}
	p.House.Log.Warn("page: no answer", "page", v.r.Pattern, "code", code)
	w.Header().Set("Retry-After", "120")
	p.say(w, v, http.StatusServiceUnavailable, "page.later")
}

func (p *Page) now() time.Time { return p.House.Now() }
