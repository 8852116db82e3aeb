//go:build production || dev || bindings

package app

import (
	"context"
	"log/slog"
	"os"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/mac"

	"kwadrans/app/desk"
	"kwadrans/internal/desktop"
	"kwadrans/internal/kwadrans"
)

// window opens the window over a data directory and returns when it is closed; where
// one is open already, that one gets the link and comes forward.
var window = func(dir, link string) error {
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	if generating {
		return show(newFrame(dir, "", &desktop.Seat{}, log))
	}
	if !desktop.HasScreen(os.Getenv) {
		return noScreen()
	}
	seat, err := desktop.Take(context.Background(), dir, link)
	if seat == nil {
		return err
	}
	defer seat.Free()
	if err := desktop.Prepare(os.Getenv, os.Setenv); err != nil {
		log.Warn("app: the environment cannot be prepared", "error", err)
	}
	return show(newFrame(dir, link, seat, log))
}

// noScreen is the answer where no window can be shown.
func noScreen() error {
	return kwadrans.Errorf(kwadrans.CodeNoDisplay, "app: there is no desktop session here to show a window in").
		WithHint("start Kwadrans in a desktop session, or use the command line: kwadrans --help; from its sources: go run . demo")
}

// show runs the window until it is closed.
func show(f *frame) (err error) {
	defer func() {
		// GTK was given a screen that does not answer, and Wails has no other word for it.
		if r := recover(); r != nil {
			if e, ok := r.(error); ok && e.Error() == "failed to init GTK" {
				err = noScreen()
				return
			}
			panic(r)
		}
	}()
	if err := wails.Run(f.options()); err != nil {
		return kwadrans.Errorf(kwadrans.CodeInternal, "app: the window could not be opened").Because(err)
	}
	return nil
}

// options describe the window. It shows itself when the page is drawn.
func (f *frame) options() *options.App {
	red, green, blue := desktop.Canvas(f.state.Theme, os.Getenv)
	return &options.App{
		Title: "Kwadrans", Width: f.state.Width, Height: f.state.Height, MinWidth: desktop.MinWidth, MinHeight: desktop.MinHeight,
		StartHidden: true, BackgroundColour: options.NewRGB(red, green, blue),
		AssetServer: page(f.state.Theme), DragAndDrop: &options.DragAndDrop{EnableFileDrop: true, DisableWebViewDrop: true},
		OnStartup: f.startup, OnDomReady: f.domReady, OnBeforeClose: f.beforeClose, OnShutdown: f.shutdown,
		Bind: f.desk.Bound(), ErrorFormatter: desk.FormatError,
		Linux: &linux.Options{ProgramName: "kwadrans", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
		Mac:   &mac.Options{OnUrlOpen: func(link string) { _ = f.accept(link) }},
	}
}
