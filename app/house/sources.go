package house

import (
	"context"
	"path/filepath"
	"time"

	"kwadrans/internal/busy"
	"kwadrans/internal/calendar"
	"kwadrans/internal/calendar/caldav"
	"kwadrans/internal/ical"
	"kwadrans/internal/ical/foreign"
	"kwadrans/internal/kwadrans"
)

// keeper ties the busy sources together.
func (h *House) keeper() *busy.Keeper {
	return &busy.Keeper{
		Store: h.Store, Zoom: h.Zoom, Zooms: h.zoomUsers, Rules: h.hostRules, Expand: expand, NewID: newID, Now: h.Now, Log: h.Log,
		Edges: map[kwadrans.CalendarKind]busy.Edge{
			kwadrans.CalendarFile:   calendar.File{Now: h.Now},
			kwadrans.CalendarFeed:   calendar.Feed{Now: h.Now},
			kwadrans.CalendarServer: h.caldav(),
		},
	}
}

func (h *House) caldav() *caldav.Server { return &caldav.Server{Now: h.Now, Log: h.Log} }

// Collections finds the calendars of an account on a CalDAV server. Errors: those of
// caldav.Server.Discover.
func (h *House) Collections(ctx context.Context, address, login string, secret kwadrans.Secret, near bool) ([]caldav.Collection, error) {
	return h.caldav().Discover(ctx, address, login, secret, near)
}

// zoomUsers are the hosts whose Zoom meetings count: the owner, once Zoom was connected.
func (h *House) zoomUsers(ctx context.Context) ([]busy.ZoomUser, error) {
	c, err := h.Store.Connection(ctx, kwadrans.Personal)
	if err != nil || c.State == kwadrans.NotConnected {
		return nil, err
	}
	return []busy.ZoomUser{{Host: kwadrans.Me, Account: c.Account.Key()}}, nil
}

// hostRules are the zone of floating times, and the addresses that answered for the host.
func (h *House) hostRules(ctx context.Context) (busy.Rules, error) {
	p, _, err := h.Store.Profile(ctx)
	if err != nil {
		return busy.Rules{}, err
	}
	r := busy.Rules{Zone: time.UTC, Self: []string{p.Email}}
	if loc, err := kwadrans.Zone(p.Zone); err == nil {
		r.Zone = loc
	}
	m, ok, err := h.Store.MailAccount(ctx)
	if ok {
		r.Self = append(r.Self, m.From, m.User)
	}
	return r, err
}

func expand(ctx context.Context, pages [][]byte, in kwadrans.Span, r busy.Rules) busy.Expansion {
	x := foreign.Expand(ctx, pages, in, foreign.Rules{Zone: r.Zone, Self: r.Self, AllDay: r.AllDay, Except: r.Except})
	return busy.Expansion{Instances: x.Instances, Unknown: x.Unknown, Doubt: x.Doubt, Refresh: x.Refresh, Name: x.Name, Err: x.Err}
}

// Page is what a calendar file says of a stretch of time.
type Page struct {
	Name      string
	Instances []kwadrans.Instance
	Unknown   []kwadrans.Unknown // what cannot be worked out
}

// ReadPage reads a calendar file without keeping anything: all-day events count, and times
// without a zone are of zone. Errors: those of calendar.File, CodeCalendarUnreadable, CodeInvalid.
func ReadPage(ctx context.Context, file string, in kwadrans.Span, zone string) (Page, error) {
	loc, err := kwadrans.Zone(zone)
	if err != nil {
		return Page{}, err
	}
	path, err := filepath.Abs(file)
	if err != nil {
		return Page{}, kwadrans.Errorf(kwadrans.CodeInvalid, "house: %q is not a path", file).Because(err)
	}
	change, err := calendar.File{}.Read(ctx, kwadrans.Calendar{Kind: kwadrans.CalendarFile, Address: path}, "", nil)
	if err != nil {
		return Page{}, err
	}
	var pages [][]byte
	for _, o := range change.Changed {
		pages = append(pages, o.Body)
	}
	x := foreign.Expand(ctx, pages, in, foreign.Rules{Zone: loc, AllDay: true})
	if x.Err != nil {
		return Page{}, x.Err
	}
	p := Page{Name: filepath.Base(file), Instances: x.Instances}
	for _, s := range x.Unknown {
		p.Unknown = append(p.Unknown, kwadrans.Unknown{Span: s, Source: p.Name, Code: kwadrans.CodeCalendarUnreadable, Words: busy.TooMuch})
	}
	return p, nil
}

// entries writes bookings for the host's own calendar.
type entries struct{}

func (entries) Entry(b kwadrans.Booking, p kwadrans.Profile, found []byte) ([]byte, error) {
	return ical.Entry(b, p, found)
}

func (entries) EntryKey(page []byte) string { return ical.EntryKey(page) }

// Look looks at the busy sources before a command answers from them: at Zoom and at
// files now, at the others when their time has come. What cannot be read is told by the
// answer itself.
func (h *House) Look(ctx context.Context) error {
	if err := h.lookAt(ctx, func(s busy.Source) bool { return s.Calendar == nil }); err != nil {
		return err
	}
	return h.LookAside(ctx)
}

// LookAside does so, but leaves Zoom to the act that reserves time: that one asks anew.
func (h *House) LookAside(ctx context.Context) error {
	now := h.Now()
	return h.lookAt(ctx, func(s busy.Source) bool {
		return s.Calendar != nil && (s.Calendar.Kind == kwadrans.CalendarFile || !now.Before(s.Reading.Next))
	})
}

// Ready looks at the sources that nobody has looked at yet. The others are Watch's.
func (h *House) Ready(ctx context.Context) error {
	return h.lookAt(ctx, func(s busy.Source) bool { return s.Reading.Tried.IsZero() })
}

func (h *House) lookAt(ctx context.Context, which func(busy.Source) bool) error {
	sources, err := h.Keeper.Sources(ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, s := range sources {
		if which(s) {
			names = append(names, s.ID)
		}
	}
	if len(names) == 0 {
		return nil
	}
	_, err = h.Keeper.Refresh(ctx, names...)
	return err
}

const (
	lookEvery = 30 * time.Second // how often sources are looked at whose time has come
	lookAgain = time.Minute      // how old a copy may be while somebody chooses a start
)

// Watch looks at the busy sources when they are due, until ctx ends.
func (h *House) Watch(ctx context.Context) error {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for age := time.Duration(0); ; {
		if _, err := h.Keeper.RefreshDue(ctx, age); err != nil && ctx.Err() == nil {
			h.Log.Warn("house: the busy sources were not looked at", "code", kwadrans.CodeOf(err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			age = 0
		case <-h.nudged:
			age = lookAgain
		}
	}
}

// Nudge tells Watch that somebody chooses a start: what it knows should be of now.
func (h *House) Nudge() {
	select {
	case h.nudged <- struct{}{}:
	default:
	}
}
