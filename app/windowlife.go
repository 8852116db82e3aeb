//go:build production || dev || bindings

package app

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"kwadrans/app/desk"
	"kwadrans/app/house"
	"kwadrans/internal/connect"
	"kwadrans/internal/desktop"
)

// frame is the window from its opening to its close.
type frame struct {
	dir   string
	first string // the link that it was started with
	seat  *desktop.Seat
	desk  *desk.Desk
	log   *slog.Logger
	end   context.CancelFunc // of what runs as long as the window

	choosing sync.Mutex // one file dialog at a time
	notifies sync.Once
	signals  chan os.Signal // those that end the program
	mute     error          // why the desktop shows no notifications

	mu    sync.Mutex
	ctx   context.Context // what Wails asks for; nil before the window is there
	shown bool
	state desktop.State
}

func newFrame(dir, link string, seat *desktop.Seat, log *slog.Logger) *frame {
	f := &frame{dir: dir, first: link, seat: seat, desk: desk.New(), log: log, end: func() {}, signals: make(chan os.Signal, 1), state: desktop.ReadState(dir)}
	config := house.Config{Dir: dir, Env: os.Getenv, Open: desktop.Open, Now: time.Now, Passphrase: f.desk.Passphrase}
	d := f.desk
	d.Dir, d.Env = dir, os.Getenv
	d.Open = func(ctx context.Context) (*house.House, error) { return house.Open(ctx, config) }
	d.Restore = func(ctx context.Context, backup string) (string, error) { return house.Restore(ctx, config, backup) }
	d.Browser, d.Reveal = desktop.Open, desktop.Reveal
	d.Emit, d.Raise, d.Quit, d.Notify, d.Clipboard, d.Dialogs = f.emit, f.raise, f.quit, f.notify, f.copy, f
	return f
}

// startup runs beside the first drawing of the window.
func (f *frame) startup(ctx context.Context) {
	living, end := context.WithCancel(ctx) // the one of Wails never ends
	f.mu.Lock()
	f.ctx, f.end = ctx, end
	f.mu.Unlock()
	signal.Notify(f.signals, os.Interrupt, syscall.SIGTERM)
	f.appear(ctx)
	runtime.EventsOn(ctx, "theme", f.themed)
	runtime.OnFileDrop(ctx, func(_, _ int, paths []string) { f.desk.Dropped(paths) })
	f.desk.Start(living)
	if f.first != "" {
		f.desk.Show(f.first)
	}
	if err := f.seat.Serve(f.accept); err != nil {
		f.log.Warn("app: a second start will open a second window", "error", err)
	}
	if !developing {
		go f.register(living)
	}
}

// accept shows a link that came from outside; "" only asks to come forward.
func (f *frame) accept(link string) error {
	if link != "" {
		if _, err := connect.ParseLink(link); err != nil {
			return err
		}
	}
	f.desk.Show(link)
	return nil
}

// restful is when the first drawing is over: what a desktop does to learn of the
// program (xdg-mime, a dozen processes) would hold it up.
const restful = 2 * time.Second

func (f *frame) register(ctx context.Context) {
	defer f.recovered()
	select {
	case <-ctx.Done():
		return
	case <-time.After(restful):
	}
	if err := desktop.Register(ctx, os.Getenv); err != nil && ctx.Err() == nil {
		f.log.Warn("app: kwadrans:// addresses will not open this program", "error", err)
	}
}

// recovered keeps a defect in background work from ending the program.
func (f *frame) recovered() {
	if r := recover(); r != nil {
		f.log.Error("app: a defect", "panic", r)
	}
}

// domReady is called each time that the page is there.
func (f *frame) domReady(ctx context.Context) {
	runtime.WindowExecJS(ctx, desktop.WatchTheme)
}

// appear shows the window in its place. It is empty then, in the colour of the page,
// so that the screen draws it while the page is read.
func (f *frame) appear(ctx context.Context) {
	f.mu.Lock()
	again := f.shown
	f.shown = true
	f.mu.Unlock()
	if again {
		return
	}
	f.place(ctx)
	runtime.WindowShow(ctx)
}

// beforeClose keeps how the window stands, and prevents the close while the user is
// asked what becomes of what is not kept. A signal that ends the program comes this
// way too and asks nobody: a desktop that is being left does not wait.
func (f *frame) beforeClose(ctx context.Context) bool {
	defer f.recovered()
	f.mu.Lock()
	shown := f.shown
	f.mu.Unlock()
	if !shown {
		return false
	}
	if err := f.standing(ctx).Write(f.dir); err != nil {
		f.log.Warn("app: the place of the window is not kept", "error", err)
	}
	return len(f.signals) == 0 && !f.desk.MayClose()
}

func (f *frame) shutdown(context.Context) {
	f.seat.Leave()
	f.mu.Lock()
	end := f.end
	f.mu.Unlock()
	end()
	if err := f.desk.Stop(); err != nil {
		f.log.Error("app: the data file was not closed well", "error", err)
	}
}
