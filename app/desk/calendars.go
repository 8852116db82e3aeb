package desk

import (
	"context"
	"strings"
	"sync"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// Calendars is the screen Integrations → Calendars: all that tells when the host is taken.
type Calendars struct {
	desk *Desk

	mu   sync.Mutex
	stop context.CancelFunc // of what the form has begun
	gone map[string]goneCalendar
}

// List tells how every source stands, without asking any.
func (c *Calendars) List() (Sources, error) { return call(c.desk, c.list) }

func (c *Calendars) list(ctx context.Context, h *house.House) (Sources, error) {
	return sourcesOf(ctx, h, c.desk.language(ctx, h))
}

// sourceZoom is what the page calls the host's Zoom meetings.
const sourceZoom = "zoom"

// Look reads a source now: a calendar by its id, "zoom", or all of them when it is empty.
// That one cannot be read is no failure: the list says it.
func (c *Calendars) Look(source string) (Sources, error) {
	return call(c.desk, func(ctx context.Context, h *house.House) (Sources, error) {
		var which []string
		switch source {
		case "":
		case sourceZoom:
			which = []string{kwadrans.SourceZoom(kwadrans.Me)}
		default:
			which = []string{source}
		}
		if _, err := h.Keeper.Refresh(ctx, which...); err != nil {
			return Sources{}, err
		}
		return c.list(ctx, h)
	})
}

// Choose asks for a calendar file and returns where it is; empty when the user cancelled.
func (c *Calendars) Choose() (string, error) {
	l := c.desk.tongue()
	title := lang.T(l, "win.calendars.file.title")
	kinds := []FileKind{{lang.T(l, "win.calendars.file.kind"), "*.ics"}, {lang.T(l, "win.file.any"), "*"}}
	return c.desk.choose(func() (string, error) { return c.desk.Dialogs.OpenFile(title, kinds...) })
}

// Find looks for the calendars of an account on a CalDAV server.
func (c *Calendars) Find(f CalendarForm) (Found, error) {
	return call(c.desk, func(ctx context.Context, h *house.House) (Found, error) {
		if err := stays(h, kwadrans.CalendarServer); err != nil {
			return Found{}, err
		}
		kept, err := h.Store.Calendars(ctx)
		if err != nil {
			return Found{}, err
		}
		ctx, done := c.begin(ctx)
		defer done()
		list, err := h.Collections(ctx, f.Address, strings.TrimSpace(f.Login), kwadrans.Secret(f.Password), f.Near)
		if away := house.Elsewhere(err); away != "" {
			return Found{Collections: []Collection{}, Elsewhere: away}, nil
		}
		found := Found{Collections: []Collection{}}
		for _, one := range list {
			v := Collection{Address: one.Address, Name: one.Name, Colour: one.Colour, Writable: one.Writable}
			for _, k := range kept {
				v.Known = v.Known || k.Address == one.Address
			}
			found.Collections = append(found.Collections, v)
		}
		return found, calledOff(ctx, err)
	})
}

// Add reads a calendar and keeps it; what is wrong with it is said before that.
func (c *Calendars) Add(f CalendarForm) (Calendar, error) {
	return c.keep(f, func(ctx context.Context, h *house.House, w kwadrans.Calendar) (kwadrans.Calendar, error) {
		return h.Keeper.Add(ctx, w, kwadrans.Secret(f.Password))
	})
}

// Change keeps another name, colour or choice, or lets the calendar be read from elsewhere
// or with another password, after it was. An empty password stays as it is.
func (c *Calendars) Change(f CalendarForm) (Calendar, error) {
	return c.keep(f, func(ctx context.Context, h *house.House, w kwadrans.Calendar) (kwadrans.Calendar, error) {
		old, err := h.Store.Calendar(ctx, w.ID)
		if err != nil {
			return old, err
		}
		w.Publish = old.Publish
		if f.Password == "" {
			return h.Keeper.Change(ctx, w, nil)
		}
		secret := kwadrans.Secret(f.Password)
		return h.Keeper.Change(ctx, w, &secret)
	})
}

func (c *Calendars) keep(f CalendarForm, keep func(context.Context, *house.House, kwadrans.Calendar) (kwadrans.Calendar, error)) (Calendar, error) {
	return change(c.desk, func(ctx context.Context, h *house.House) (Calendar, error) {
		if err := stays(h, kwadrans.CalendarKind(f.Kind)); err != nil {
			return Calendar{}, err
		}
		ctx, done := c.begin(ctx)
		defer done()
		w, err := keep(ctx, h, kwadrans.Calendar{
			ID: f.ID, Kind: kwadrans.CalendarKind(f.Kind), Name: f.Name, Address: f.Address, Login: f.Login, Colour: f.Colour, AllDay: f.AllDay, Near: f.Near,
		})
		if err != nil {
			return Calendar{}, calledOff(ctx, err)
		}
		all, err := c.list(context.WithoutCancel(ctx), h)
		for _, v := range all.Calendars {
			if v.ID == w.ID {
				return v, err
			}
		}
		return Calendar{ID: w.ID, Name: w.Name}, err
	})
}

// stays refuses what would leave this computer in the sandbox.
func stays(h *house.House, kind kwadrans.CalendarKind) error {
	if h.Sandbox && kind != kwadrans.CalendarFile {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "desk: the sandbox reads only calendar files").WithHint("leave the sandbox first")
	}
	return nil
}

// Stop gives up what Find, Add or Change is at; nothing of it is kept.
func (c *Calendars) Stop() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stop != nil {
		c.stop()
	}
	return nil
}

// begin lets Stop end what is begun now, and the end of the data file as well: a server
// that does not answer must not keep the window open.
func (c *Calendars) begin(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	c.mu.Lock()
	c.stop = cancel
	c.mu.Unlock()
	c.desk.mu.RLock()
	defer c.desk.mu.RUnlock()
	if c.desk.now == nil {
		cancel()
		return ctx, cancel
	}
	unhook := context.AfterFunc(c.desk.now.ctx, cancel)
	return ctx, func() { unhook(); cancel() }
}

// calledOff says so of what failed because it was stopped.
func calledOff(ctx context.Context, err error) error {
	if err != nil && context.Cause(ctx) == context.Canceled {
		return kwadrans.Errorf(kwadrans.CodeDeclined, "desk: it was called off").Because(err)
	}
	return err
}

// Publish lets bookings be written into a calendar, and into no other; none when it is empty.
func (c *Calendars) Publish(id string) error {
	return alter(c.desk, func(ctx context.Context, h *house.House) error {
		list, err := h.Store.Calendars(ctx)
		if err != nil {
			return err
		}
		for _, old := range list {
			if !old.Publish || old.ID == id {
				continue
			}
			old.Publish = false
			if _, err := h.Keeper.Change(ctx, old, nil); err != nil {
				return err
			}
			old.Publish = true
			err := publish(ctx, h, id)
			if err != nil { // as it was
				_, _ = h.Keeper.Change(context.WithoutCancel(ctx), old, nil)
			}
			return err
		}
		return publish(ctx, h, id)
	})
}

func publish(ctx context.Context, h *house.House, id string) error {
	if id == "" {
		return nil
	}
	w, err := h.Store.Calendar(ctx, id)
	if err == nil {
		w.Publish = true
		_, err = h.Keeper.Change(ctx, w, nil)
	}
	return err
}
