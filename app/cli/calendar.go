package cli

import (
	"cmp"
	"context"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

type calendarShape struct {
	ID      string             `json:"id"`
	Kind    string             `json:"kind"`
	Name    string             `json:"name"`
	Address string             `json:"address"`
	Login   string             `json:"login,omitempty"`
	AllDay  bool               `json:"all_day"`
	Publish bool               `json:"publish"`
	Near    bool               `json:"local_network"`
	State   kwadrans.Freshness `json:"state"`
	Read    string             `json:"read_at,omitempty"`    // last time it was read whole
	Tried   string             `json:"checked_at,omitempty"` // last time that was tried
	Next    string             `json:"next_at,omitempty"`
	Doubt   int                `json:"not_understood"` // events that count as busy to be safe
	Error   *stepErrorShape    `json:"error"`
}

type calendarFlags struct {
	file, feed, server string
	c                  kwadrans.Calendar
	pick               []string
}

// sources is how many of file, feed and server are named.
func (in calendarFlags) sources() int {
	n := 0
	for _, named := range []string{in.file, in.feed, in.server} {
		if named != "" {
			n++
		}
	}
	return n
}

func (r *run) calendarCmd() *cobra.Command {
	return group("calendar", "Other calendars whose events make the host busy",
		r.calendarAdd(), r.calendarList(), r.calendarChange(), r.calendarRefresh(), r.calendarRemove())
}

func (r *run) calendarAdd() *cobra.Command {
	var in calendarFlags
	c := &cobra.Command{Use: "add", Short: "Add a calendar: a file, the address of an .ics feed, or those of a CalDAV server", Args: exactly(),
		Long: "Add a calendar. It is read at once, so that what is wrong is said before it is kept. Of a CalDAV\n" +
			"server every calendar is added that can hold events, or those named with --pick. The password or\n" +
			"token comes from KWADRANS_CALDAV_PASSWORD or is asked for; it is sealed in the data file. An\n" +
			"address in the own network, or on this computer, needs --local-network.",
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			if in.sources() != 1 {
				return usage("name a file, a feed or a server").WithHint("kwadrans calendar add --file F, --feed URL or --caldav URL --user U")
			}
			in.c.Near = in.c.Near || loopback(in.feed)
			list, err := r.wanted(ctx, h, in)
			if err != nil {
				return err
			}
			added := []kwadrans.Calendar{}
			for _, w := range list {
				c, err := h.Keeper.Add(ctx, w.c, w.secret)
				if kwadrans.CodeOf(err) == kwadrans.CodeExists && len(list) > 1 {
					continue
				}
				if err != nil {
					return err
				}
				added = append(added, c)
			}
			if in.server == "" {
				return r.show(r.calendarShapeOf(h, added[0]), func() { r.printCalendar(h, added[0]) })
			}
			return r.showCalendars(h, added)
		})}
	f := c.Flags()
	f.StringVar(&in.file, "file", "", "an .ics file on this computer; it is read again when it changes")
	f.StringVar(&in.feed, "feed", "", "address of an .ics feed: https:// or webcal://")
	f.StringVar(&in.server, "caldav", "", "address of a CalDAV server, of an account on it, or of one calendar")
	f.StringVar(&in.c.Login, "user", "", "user name; empty when nobody signs in, or with a token")
	f.StringVar(&in.c.Name, "name", "", "name to show; the calendar's own when left out")
	f.StringArrayVar(&in.pick, "pick", nil, "with --caldav: name or address of a calendar; may be given several times")
	f.BoolVar(&in.c.AllDay, "all-day", true, "all-day events make the host busy as well")
	f.BoolVar(&in.c.Publish, "publish", false, "with --caldav and one calendar: write the bookings into it")
	f.BoolVar(&in.c.Near, "local-network", false, "allow an address in the own network")
	return c
}

// loopback says whether an address names this computer by its number: whoever types that
// means it.
func loopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return err == nil && ip.IsLoopback() && !ip.Is4In6()
}

type wantedCalendar struct {
	c      kwadrans.Calendar
	secret kwadrans.Secret
}

// wanted are the calendars that the flags name.
func (r *run) wanted(ctx context.Context, h *house.House, in calendarFlags) ([]wantedCalendar, error) {
	c := in.c
	if in.file != "" {
		path, err := filepath.Abs(in.file)
		if err != nil {
			return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "%q is not a path", in.file).Because(err)
		}
		c.Kind, c.Address = kwadrans.CalendarFile, path
		return []wantedCalendar{{c, ""}}, nil
	}
	secret, err := r.calendarSecret(c.Login, in.server != "")
	if err != nil {
		return nil, err
	}
	if in.feed != "" {
		c.Kind, c.Address = kwadrans.CalendarFeed, in.feed
		return []wantedCalendar{{c, secret}}, nil
	}
	return collections(ctx, h, in, secret)
}

// collections are the calendars of a CalDAV server, or those that were picked.
func collections(ctx context.Context, h *house.House, in calendarFlags, secret kwadrans.Secret) (list []wantedCalendar, err error) {
	found, err := h.Collections(ctx, in.server, in.c.Login, secret, in.c.Near)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, one := range found {
		if len(one.Components) > 0 && !slices.Contains(one.Components, "VEVENT") {
			continue
		}
		names = append(names, one.Name)
		if len(in.pick) > 0 && !slices.Contains(in.pick, one.Name) && !slices.Contains(in.pick, one.Address) {
			continue
		}
		c := in.c
		c.Kind, c.Address, c.Colour = kwadrans.CalendarServer, one.Address, one.Colour
		if c.Name == "" || len(found) > 1 {
			c.Name = one.Name
		}
		list = append(list, wantedCalendar{c, secret})
	}
	switch {
	case len(list) == 0:
		return nil, kwadrans.Errorf(kwadrans.CodeNotFound, "there is no such calendar on the server").WithHint("these are there: %s", listed(names))
	case in.c.Publish && len(list) > 1:
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "bookings are written into one calendar").WithHint("name it with --pick; these are there: %s", listed(names))
	}
	return list, nil
}

func listed(names []string) string { return cmp.Or(strings.Join(names, ", "), "—") }

// calendarSecret is the password or token: from the environment, or asked for.
func (r *run) calendarSecret(login string, must bool) (kwadrans.Secret, error) {
	const variable = "KWADRANS_CALDAV_PASSWORD"
	secret := kwadrans.Secret(r.Env(variable))
	if secret != "" || login == "" && !must {
		return secret, nil
	}
	if _, terminal := r.terminal(); !terminal {
		return "", nil
	}
	return r.askSecret(r.t("cli.calendar.password", "user", login), variable)
}

func (r *run) calendarList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: "List the calendars, and how each was read last", Args: exactly(),
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			list, err := h.Store.Calendars(ctx)
			if err != nil {
				return err
			}
			return r.showCalendars(h, list)
		})}
}

func (r *run) calendarChange() *cobra.Command {
	var name string
	var allDay, publish bool
	c := &cobra.Command{Use: "change ID", Short: "Change the name of a calendar, and what it is for", Args: exactly("ID")}
	c.RunE = r.with(func(ctx context.Context, h *house.House, args []string) error {
		w, err := h.Store.Calendar(ctx, args[0])
		if err != nil {
			return err
		}
		f := c.Flags()
		if f.Changed("name") {
			w.Name = name
		}
		if f.Changed("all-day") {
			w.AllDay = allDay
		}
		if f.Changed("publish") {
			w.Publish = publish
		}
		if w, err = h.Keeper.Change(ctx, w, nil); err != nil {
			return err
		}
		return r.show(r.calendarShapeOf(h, w), func() { r.printCalendar(h, w) })
	})
	c.Flags().StringVar(&name, "name", "", "name to show")
	c.Flags().BoolVar(&allDay, "all-day", true, "all-day events make the host busy as well")
	c.Flags().BoolVar(&publish, "publish", false, "write the bookings into this calendar; those to come are written too")
	return c
}

func (r *run) calendarRefresh() *cobra.Command {
	return &cobra.Command{Use: "refresh [ID…]", Short: "Read calendars now; all of them when none is named", Args: cobra.ArbitraryArgs,
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			looks, err := h.Keeper.Refresh(ctx, args...)
			if err != nil {
				return err
			}
			list, err := h.Store.Calendars(ctx)
			if err != nil {
				return err
			}
			if err := r.showCalendars(h, list); err != nil {
				return err
			}
			for _, l := range looks {
				if l.Err != nil {
					return l.Err
				}
			}
			return nil
		})}
}

func (r *run) calendarRemove() *cobra.Command {
	return &cobra.Command{Use: "remove ID", Short: "Remove a calendar; what was written into it stays there", Args: exactly("ID"),
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			c, err := h.Keeper.Remove(ctx, args[0])
			if err != nil {
				return err
			}
			return r.show(r.calendarShapeOf(h, c), func() { r.line(r.t("cli.calendar.removed", "name", c.Name)) })
		})}
}

func (r *run) showCalendars(h *house.House, list []kwadrans.Calendar) error {
	shapes := []calendarShape{}
	for _, c := range list {
		shapes = append(shapes, r.calendarShapeOf(h, c))
	}
	return r.show(shapes, func() {
		for _, c := range list {
			r.printCalendar(h, c)
		}
		if len(list) == 0 {
			r.line(r.t("cli.calendar.none"))
		}
	})
}

func (r *run) calendarShapeOf(h *house.House, c kwadrans.Calendar) calendarShape {
	v := calendarShape{
		ID: c.ID, Kind: string(c.Kind), Name: c.Name, Address: c.Address, Login: c.Login, AllDay: c.AllDay, Publish: c.Publish, Near: c.Near,
		State: h.Keeper.Freshness(c.Reading), Doubt: c.Reading.Doubt,
		Read: r.stampOf(c.Reading.Good), Tried: r.stampOf(c.Reading.Tried), Next: r.stampOf(c.Reading.Next),
	}
	if c.Reading.Code != "" {
		v.Error = &stepErrorShape{string(c.Reading.Code), c.Reading.Words}
	}
	return v
}

// stampOf writes an instant in the profile's zone; nothing for none.
func (r *run) stampOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return stamp(t, r.zone)
}

func (r *run) printCalendar(h *house.House, c kwadrans.Calendar) {
	text := short(c.ID) + "  " + c.Name + " · " + r.t("calendar.kind."+string(c.Kind)) + " · " + r.t("calendar.state."+string(h.Keeper.Freshness(c.Reading)))
	if c.Publish {
		text += " · " + r.t("calendar.publishes")
	}
	r.line(text)
	if !c.Reading.Good.IsZero() {
		r.line("  " + r.t("cli.calendar.read", "time", inZone(c.Reading.Good, r.zone).Format("2006-01-02 15:04")))
	}
	if c.Reading.Code != "" {
		r.line("  " + r.t("error."+string(c.Reading.Code)+".what"))
	}
	if c.Reading.Doubt > 0 {
		r.line("  " + lang.N(r.lang, "cli.calendar.doubt", c.Reading.Doubt))
	}
}
