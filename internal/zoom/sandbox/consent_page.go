package sandbox

import (
	"bytes"
	"html/template"
	"net/http"
	"strings"
)

// pageWords are the sentences of the consent page.
type pageWords struct{ Lang, Title, Lead, User, Allow, Decline string }

var (
	polishWords = pageWords{
		Lang: "pl", Title: "Piaskownica: prośba o dostęp", Lead: "To wbudowana piaskownica, a nie Zoom. O dostęp prosi:",
		User: "Zalogowany użytkownik:", Allow: "Zezwól", Decline: "Odmów",
	}
	englishWords = pageWords{
		Lang: "en", Title: "Sandbox: a request for access", Lead: "This is the built-in sandbox, not Zoom. Access is asked for by:",
		User: "Signed in as", Allow: "Allow", Decline: "Decline",
	}
)

var consentHTML = template.Must(template.New("consent").Parse(`<!doctype html>
<html lang="{{.Words.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{.Words.Title}}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1.5rem;margin-right:1rem}</style></head>
<body><main><h1>{{.Words.Title}}</h1>
<p>{{.Words.Lead}} <strong>{{.App}}</strong></p>
<p>{{.Words.User}} {{.User}} ({{.Email}})</p>
<ul>{{range .Scopes}}<li><code>{{.}}</code></li>{{end}}</ul>
<form method="post" action="` + decisionPath + `"><input type="hidden" name="request" value="{{.Request}}">
<button name="answer" value="allow">{{.Words.Allow}}</button><button name="answer" value="decline">{{.Words.Decline}}</button></form></main></body></html>
`))

// askPage shows a person what is asked for, with two buttons; what the app sent
// is kept here meanwhile and never passes through the page.
func (w *World) askPage(s *asking) answer {
	id := w.text(24)
	w.oauth.asked[id] = s
	words := englishWords
	if s.polish {
		words = polishWords
	}
	var b bytes.Buffer
	_ = consentHTML.Execute(&b, map[string]any{
		"Words": words, "App": s.app.name, "User": w.signed.name(), "Email": w.signed.email, "Scopes": s.app.scopes, "Request": id,
	})
	return page(http.StatusOK, b.String())
}

// prefersPolish reads the first choice of the browser's languages.
func prefersPolish(c *call) bool {
	first := strings.ToLower(strings.TrimSpace(c.header.Get("Accept-Language")))
	return first == "pl" || strings.HasPrefix(first, "pl-") || strings.HasPrefix(first, "pl,") || strings.HasPrefix(first, "pl;")
}
