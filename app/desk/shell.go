package desk

import (
	"context"
	"sync"

	"kwadrans/app/house"
	"kwadrans/internal/connect"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// shell is what waits for the page.
type shell struct {
	mu        sync.Mutex
	ready     bool
	pending   *Link
	questions []*question
	unsaved   bool // something in the page is not kept
	asked     bool // it was asked what becomes of that, and did not say that it heard
}

// Show brings what a kwadrans:// address asks for on the screen: now, or once the
// page listens. An empty address only brings the window to the front; one that
// asks for anything else is left alone.
func (d *Desk) Show(address string) {
	if address != "" {
		l, err := connect.ParseLink(address)
		if err != nil {
			return
		}
		link := Link{Connect: l.Connect, Booking: l.Booking}
		d.shell.mu.Lock()
		ready := d.shell.ready
		if !ready {
			d.shell.pending = &link
		}
		d.shell.mu.Unlock()
		if ready {
			d.Emit(EventLink, link)
		}
	}
	if !d.Raise() {
		d.Notify("Kwadrans", lang.T(d.tongue(), "win.waiting.notice"))
	}
}

// Shell is the frame around the screens.
type Shell struct{ desk *Desk }

// Begin tells what the window needs first. From then on the page listens to events.
func (s *Shell) Begin() (Start, error) {
	m := &s.desk.shell
	m.mu.Lock()
	m.ready = true
	link, questions := m.pending, m.questions
	m.pending = nil
	m.mu.Unlock()
	for _, q := range questions { // that were asked before anybody listened
		s.desk.Emit(EventPassphrase, q.confirm)
	}
	st, err := s.desk.begin()
	st.Link = link
	return st, err
}

// Again tells the same once more, after something changed.
func (s *Shell) Again() (Start, error) { return s.desk.begin() }

// Reopen tries once more to open a data file that could not be opened.
func (s *Shell) Reopen() (Start, error) {
	d := s.desk
	_ = d.inTurn(func() error {
		d.mu.RLock()
		open := d.now != nil
		d.mu.RUnlock()
		if open || d.over {
			return nil
		}
		return inTime(d.open)
	})
	return d.begin() // which tells why it failed again
}

// begin tells what the window needs, or why no data file could be opened.
func (d *Desk) begin() (Start, error) {
	st, err := call(d, d.start)
	d.mu.RLock()
	failed := d.failed
	d.mu.RUnlock()
	if err == nil || failed == nil {
		return st, err
	}
	f := d.fault(context.Background(), nil, failed)
	return Start{Version: house.Version, Lang: string(d.language(context.Background(), nil)), Theme: themeSystem, DataFile: d.Dir, Fault: &f}, nil
}

// start collects what the frame shows.
func (d *Desk) start(ctx context.Context, h *house.House) (Start, error) {
	st := Start{
		Version: house.Version, Lang: string(d.language(ctx, h)), Sandbox: h.Sandbox, ReadOnly: h.Store.ReadOnly, DataFile: h.Store.Path,
	}
	p, known, err := h.Store.Profile(ctx)
	if err != nil {
		return st, err
	}
	if known {
		v := profileOf(p)
		st.Profile, st.Zone, st.Clocks = &v, p.Zone, clocks(p.Zone, h.Now())
	}
	if st.Theme, err = theme(ctx, h); err != nil {
		return st, err
	}
	c, err := h.Connect.Status(ctx, kwadrans.Personal)
	if err != nil {
		return st, err
	}
	st.Zoom = string(c.Connection.State)
	if _, st.Mail, err = h.Store.MailAccount(ctx); err != nil {
		return st, err
	}
	topics, err := h.Store.Topics(ctx)
	if err != nil {
		return st, err
	}
	st.Topics = len(topics)
	counts, err := h.Store.CountBookings(ctx, h.Now())
	if err != nil {
		return st, err
	}
	st.Upcoming, st.Attention = counts.Upcoming, counts.Attention
	st.Unread, err = unread(ctx, h)
	return st, err
}

// Visit shows one of the pages outside that the window links to, by its name.
func (s *Shell) Visit(page string) error {
	return act(s.desk, func(_ context.Context, h *house.House) error {
		address, ok := pages[page]
		if !ok {
			return kwadrans.Errorf(kwadrans.CodeInvalid, "desk: the window does not link to %q", page)
		}
		return s.desk.Browser(address)
	})
}

// pages are all addresses of others that the window links to.
var pages = map[string]string{
	"zoom-added-apps": "https://marketplace.zoom.us/user/installed",
	"zoom-build-app":  "https://marketplace.zoom.us/develop/create",
	"zoom-signup":     "https://zoom.us/signup",
}

// Copy puts a text into the clipboard.
func (s *Shell) Copy(text string) error {
	return act(s.desk, func(context.Context, *house.House) error { return s.desk.Clipboard(text) })
}

// tongue is the language of the moment. It waits for nothing.
func (d *Desk) tongue() kwadrans.Lang {
	l, _, _ := d.look(false)
	if l == nil {
		return d.language(context.Background(), nil)
	}
	defer l.uses.Done()
	return d.language(context.Background(), l.House)
}

// language is the one of the owner; before there is one, the window's choice or
// the system's.
func (d *Desk) language(ctx context.Context, h *house.House) kwadrans.Lang {
	if h != nil {
		if p, ok, err := h.Store.Profile(ctx); err == nil && ok {
			return p.Lang
		}
		if text, err := h.Store.Meta(ctx, metaLang); err == nil && text != "" {
			if l, err := kwadrans.ParseLang(text); err == nil {
				return l
			}
		}
	}
	return lang.OfSystem(d.Env)
}
