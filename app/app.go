// Package app decides between the doors: the window or the command line.
package app

import (
	"context"
	"io"
	"os"
	"time"

	"github.com/pkg/browser"

	"kwadrans/app/cli"
)

// Main runs the program with the arguments of its command line and returns the
// exit code.
func Main(args []string) int {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	p := cli.Program{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.Getenv, Browser: browser.OpenURL, Now: time.Now, Window: window,
	}
	return p.Run(context.Background(), args)
}
