//go:build production || dev || bindings

package app

import (
	"context"
	"os"
	goruntime "runtime"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"kwadrans/app/desk"
	"kwadrans/internal/desktop"
	"kwadrans/internal/kwadrans"
)

// wails returns what the calls of the runtime ask for, once the window is there.
func (f *frame) wails() (ctx context.Context, shown bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.ctx, f.ctx != nil && f.shown
}

func (f *frame) emit(event string, data any) {
	if ctx, _ := f.wails(); ctx != nil {
		runtime.EventsEmit(ctx, event, data)
	}
}

// raise brings the window to the front. One that is not shown yet comes by itself.
// Wayland lets no program do it: false.
func (f *frame) raise() bool {
	ctx, shown := f.wails()
	if !shown {
		return true
	}
	runtime.WindowShow(ctx)
	// GTK presents the window so; elsewhere it would undo "maximised" as well.
	if goruntime.GOOS == "linux" || runtime.WindowIsMinimised(ctx) {
		runtime.WindowUnminimise(ctx)
	}
	if desktop.OnWayland(os.Getenv) {
		return false
	}
	runtime.WindowSetAlwaysOnTop(ctx, true) // a desktop that lets no window push forward lets this one
	runtime.WindowSetAlwaysOnTop(ctx, false)
	return true
}

// notify shows a notification of the desktop; its bus may take long to answer.
func (f *frame) notify(title, body string) {
	ctx, _ := f.wails()
	if ctx == nil {
		return
	}
	go func() {
		defer f.recovered()
		err := f.bus(ctx)
		if err == nil {
			err = runtime.SendNotification(ctx, runtime.NotificationOptions{ID: "kwadrans", Title: title, Body: body})
		}
		if err != nil {
			f.log.Warn("app: a notification was not shown", "error", err)
		}
	}()
}

// bus reaches the desktop's notifications, once.
func (f *frame) bus(ctx context.Context) error {
	f.notifies.Do(func() {
		if f.mute = runtime.InitializeNotifications(ctx); f.mute == nil {
			runtime.OnNotificationResponse(ctx, func(runtime.NotificationResult) { f.raise() })
		}
	})
	return f.mute
}

// quit closes the window, as its button does.
func (f *frame) quit() {
	if ctx, _ := f.wails(); ctx != nil {
		runtime.Quit(ctx)
	}
}

func (f *frame) copy(text string) error {
	ctx, _ := f.wails()
	if ctx == nil {
		return notYet()
	}
	return runtime.ClipboardSetText(ctx, text)
}

// Save asks where to keep a file; "" when it was cancelled.
func (f *frame) Save(title, name string) (string, error) {
	return f.choose(func(ctx context.Context) (string, error) {
		return runtime.SaveFileDialog(ctx, runtime.SaveDialogOptions{Title: title, DefaultFilename: name, CanCreateDirectories: true})
	})
}

// OpenFile asks for a file; "" when it was cancelled.
func (f *frame) OpenFile(title string, kinds ...desk.FileKind) (string, error) {
	var filters []runtime.FileFilter
	for _, k := range kinds {
		filters = append(filters, runtime.FileFilter{DisplayName: k.Name, Pattern: k.Pattern})
	}
	return f.choose(func(ctx context.Context) (string, error) {
		return runtime.OpenFileDialog(ctx, runtime.OpenDialogOptions{Title: title, Filters: filters})
	})
}

// choose shows one file dialog. A second one beside it, from a double click, counts
// as cancelled: Wails would mix up their answers.
func (f *frame) choose(dialog func(context.Context) (string, error)) (string, error) {
	ctx, _ := f.wails()
	if ctx == nil {
		return "", notYet()
	}
	if !f.choosing.TryLock() {
		return "", nil
	}
	defer f.choosing.Unlock()
	return dialog(ctx)
}

func notYet() error {
	return kwadrans.Errorf(kwadrans.CodeInternal, "app: the window is not there yet")
}
