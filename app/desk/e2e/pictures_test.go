//go:build e2e

package e2e

import (
	"flag"
	"path/filepath"
	"testing"

	"kwadrans/internal/kwadrans"
)

var pictures = flag.String("pictures", "", "directory to write pictures of every screen to; empty leaves it out")

// TestScreenshots writes a picture of every screen, in both languages and both
// themes. make screenshots runs it.
func TestScreenshots(t *testing.T) {
	if *pictures == "" {
		t.Skip("pictures, not a check: run make screenshots")
	}
	for _, l := range []kwadrans.Lang{kwadrans.Polish, kwadrans.English} {
		s := &screens{t: t, lang: l, look: func(w *window, name string) {
			for _, theme := range []string{"light", "dark"} {
				w.theme(theme)
				w.settled()
				if err := save(filepath.Join(*pictures, name+"."+string(l)+"."+theme+".png")); err != nil {
					t.Fatal(err)
				}
			}
			w.theme("light")
		}}
		s.visit()
	}
}
