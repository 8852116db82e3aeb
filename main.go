// Command kwadrans is a local-first scheduler with Zoom at its heart: a window,
// a command line and, later, a page, over one file on your own computer.
package main

import (
	"os"

	"kwadrans/app"
)

func main() { os.Exit(app.Main(os.Args[1:])) }
