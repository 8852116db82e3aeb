package mail

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
)

//go:embed letters/letter.html
var letterHTML string

// page is the one template of every letter. All styles are inline; the style
// element only adds what a program may drop: dark colours and the narrow screen.
var page = template.Must(template.New("letter").Funcs(template.FuncMap{
	"font":   func() template.CSS { return font },
	"mso":    func(name string) template.HTML { return mso[name] },
	"filler": func() template.HTML { return filler },
	"last":   func(i int, rows []row) bool { return i == len(rows)-1 },
	"next":   func(i int) int { return i + 1 },
	"shades": func() []shade { return shades },
}).Parse(letterHTML))

const font template.CSS = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

// filler keeps a mailbox list from showing the letter's first words after the
// preheader: blanks without width, as mail programs collapse common ones.
var filler = template.HTML(strings.Repeat("&#8199;&#65279;&#847; ", 24))

// mso holds the comments that only Outlook for Windows reads; html/template
// drops comments from a template. It knows no max-width and no font lists.
var mso = map[string]template.HTML{
	"head":  "<!--[if mso]><style>table{border-collapse:collapse}td,p,a,h1,h2{font-family:'Segoe UI',Arial,sans-serif !important}</style><![endif]-->",
	"open":  `<!--[if mso]><table role="presentation" width="576" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->`,
	"close": "<!--[if mso]></td></tr></table><![endif]-->",
}

// shade is a class with its dark value: b- ground, t- text, l- line.
type shade struct{ Class, Property, Value template.CSS }

var shades = []shade{
	{"b-canvas", "background-color", "#0d1311"},
	{"b-card", "background-color", "#131b18"},
	{"b-tint", "background-color", "#163228"},
	{"b-bad", "background-color", "#431f1e"},
	{"b-brand", "background-color", "#64cda8"},
	{"t-ink", "color", "#ecf0ee"},
	{"t-ink2", "color", "#b5bfba"},
	{"t-ink3", "color", "#949e9a"},
	{"t-link", "color", "#6dd5b0"},
	{"t-onb", "color", "#001c12"},
	{"t-bad", "color", "#fa9b95"},
	{"l-line", "border-color", "#252e2b"},
	{"l-brand", "border-color", "#64cda8"},
	{"l-bad", "border-color", "#fa9b95"},
}

// html sets the letter as HTML.
func (s sheet) html() ([]byte, error) {
	var b bytes.Buffer
	if err := page.Execute(&b, s); err != nil {
		return nil, fmt.Errorf("mail: write the html: %w", err)
	}
	return b.Bytes(), nil
}
