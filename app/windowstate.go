//go:build production || dev || bindings

package app

import (
	"context"
	"os"
	goruntime "runtime"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"kwadrans/internal/desktop"
)

// place puts the window where it was left, while it is still hidden. A size larger
// than the screen was cut by GTK already; elsewhere it is cut here.
func (f *frame) place(ctx context.Context) {
	width, height := screen(ctx)
	left, top := f.origin(ctx, width, height)
	s := f.known().Within(left, top, width, height)
	if goruntime.GOOS != "linux" {
		runtime.WindowSetSize(ctx, s.Width, s.Height)
	}
	if s.Placed {
		runtime.WindowSetPosition(ctx, s.X-left, s.Y-top)
	}
	if s.Maximised {
		runtime.WindowMaximise(ctx)
	}
}

// origin is the corner of the screen that the window begins on. On Linux Wails tells
// the window's place among all screens but sets it on the present one, so the corner
// is worked out from the middle, where each window begins.
func (f *frame) origin(ctx context.Context, width, height int) (left, top int) {
	if goruntime.GOOS != "linux" || width == 0 {
		return 0, 0
	}
	x, y := runtime.WindowGetPosition(ctx)
	w, h := runtime.WindowGetSize(ctx)
	return x - (width-w)/2, y - (height-h)/2
}

// screen is the size of the screen that the window is on; zero when it is not known.
func screen(ctx context.Context) (width, height int) {
	list, err := runtime.ScreenGetAll(ctx)
	if err != nil {
		return 0, 0
	}
	for _, s := range list {
		if s.IsCurrent {
			return s.Size.Width, s.Size.Height
		}
	}
	return 0, 0
}

// standing is how the window stands now. Maximised, it keeps the size and place that
// it goes back to.
func (f *frame) standing(ctx context.Context) desktop.State {
	s := f.known()
	s.Maximised = runtime.WindowIsMaximised(ctx)
	if s.Maximised || runtime.WindowIsMinimised(ctx) || runtime.WindowIsFullscreen(ctx) {
		return s
	}
	s.Width, s.Height = runtime.WindowGetSize(ctx)
	s.Placed, s.X, s.Y = false, 0, 0
	if !desktop.OnWayland(os.Getenv) {
		s.X, s.Y = runtime.WindowGetPosition(ctx)
		s.Placed = true
	}
	return s
}

// themed remembers the theme of the page.
func (f *frame) themed(data ...any) {
	if len(data) == 0 {
		return
	}
	theme, ok := data[0].(string)
	if !ok {
		return
	}
	f.mu.Lock()
	f.state.Theme = theme
	ctx := f.ctx
	f.mu.Unlock()
	red, green, blue := desktop.Canvas(theme, os.Getenv)
	runtime.WindowSetBackgroundColour(ctx, red, green, blue, 255)
}

func (f *frame) known() desktop.State {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.state
}
