// Package frontend carries the built page of the window.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Assets returns the files of the built page. Where the page was not built before
// the program, the error is fs.ErrNotExist and the files lack an index.html.
func Assets() (fs.FS, error) {
	page, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, err
	}
	_, err = fs.Stat(page, "index.html")
	return page, err
}
