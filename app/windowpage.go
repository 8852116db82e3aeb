//go:build production || dev || bindings

package app

import (
	"html"
	"io/fs"
	"net/http"
	"os"

	"github.com/wailsapp/wails/v2/pkg/options/assetserver"

	"kwadrans/frontend"
	"kwadrans/internal/desktop"
	"kwadrans/internal/lang"
)

// page serves the files of the window's page. A program that was built without them
// shows a page that says so.
func page(theme string) *assetserver.Options {
	assets, err := frontend.Assets()
	if developing { // Wails wants files, and asks Vite
		return &assetserver.Options{Assets: assets}
	}
	if err != nil {
		return &assetserver.Options{Handler: first([]byte(missing()))(http.NotFoundHandler())}
	}
	index, err := fs.ReadFile(assets, "index.html")
	if err != nil {
		return &assetserver.Options{Assets: assets}
	}
	return &assetserver.Options{Assets: assets, Middleware: first(desktop.Themed(index, theme))}
}

// first answers with index where the page begins.
func first(index []byte) assetserver.Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodGet || r.URL.Path != "/" && r.URL.Path != "/index.html" {
				next.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write(index)
		})
	}
}

func missing() string {
	l := lang.OfSystem(os.Getenv)
	return `<!doctype html><html lang="` + string(l) + `"><head><meta charset="utf-8"><title>Kwadrans</title>` +
		`<style>:root{color-scheme:light dark}body{font:15px/1.5 sans-serif;max-width:34em;margin:20vh auto}</style></head>` +
		`<body><p>` + html.EscapeString(lang.T(l, "win.frame.missing")) + `</p></body></html>`
}
