package busy

import (
	"context"
	"path/filepath"
	"regexp"
	"strings"

	"net/url"

	"kwadrans/internal/kwadrans"
)

// Add looks at a calendar and adds it, so that what is wrong with it is said
// before anything is kept. Without a name it gets the one it has itself. The id
// and the time are set here. It fails as its edge does, with CodeInvalid for what
// cannot be kept, with CodeExists for an address that is there, and when the data
// file cannot be read or written.
func (k *Keeper) Add(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret) (kwadrans.Calendar, error) {
	c, err := clean(c)
	if err != nil {
		return c, err
	}
	c.ID, c.Added, c.Reading = k.NewID(), k.Now(), kwadrans.Reading{}
	f, err := k.first(ctx, c, secret)
	if err != nil {
		return c, err
	}
	if c.Name == "" {
		c.Name = nameOf(c, f.name)
	}
	if err := k.Store.AddCalendar(ctx, c, secret); err != nil {
		return c, err
	}
	if err := k.keepFinding(ctx, c, f); err != nil {
		return c, err
	}
	if c.Publish {
		if err := k.Store.WriteBookings(ctx, c.ID, k.Now()); err != nil {
			return c, err
		}
	}
	return k.Store.Calendar(ctx, c.ID)
}

// first looks at a calendar of which nothing is kept.
func (k *Keeper) first(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret) (finding, error) {
	ctx, cancel := context.WithTimeout(ctx, k.deadline())
	defer cancel()
	c.Reading = kwadrans.Reading{}
	f, said, err := k.find(ctx, c, secret, nil)
	if err == nil {
		err = said
	}
	if err == nil && !f.change.Whole {
		err = kwadrans.Errorf(kwadrans.CodeInternal, "busy: a first look must read the whole calendar")
	}
	return f, err
}

// Change changes a calendar: name, colour, all-day events, publishing; address,
// login, the own network and, unless it is nil, the secret. With one of the last
// four it is looked at first, as in Add. An address that is empty, or that is
// only what may be shown of it, stays. It fails as Add does, and with CodeNotFound.
func (k *Keeper) Change(ctx context.Context, c kwadrans.Calendar, secret *kwadrans.Secret) (kwadrans.Calendar, error) {
	old, shown, err := k.known(ctx, c.ID)
	if err != nil {
		return c, err
	}
	c.ID, c.Added, c.Reading, c.Kind = old.ID, old.Added, old.Reading, old.Kind
	if c.Name == "" {
		c.Name = old.Name
	}
	if c.Address == "" || c.Address == shown {
		c.Address = old.Address
	}
	if c, err = clean(c); err != nil {
		return c, err
	}
	if secret != nil || c.Address != old.Address || c.Login != old.Login || c.Near != old.Near {
		err = k.lead(ctx, c, secret)
	} else if err = k.Store.ChangeCalendar(ctx, c); err == nil && c.AllDay != old.AllDay {
		err = k.renew(ctx, c, true)
	}
	if err == nil && c.Publish && !old.Publish {
		err = k.Store.WriteBookings(ctx, c.ID, k.Now())
	}
	if err != nil {
		return c, err
	}
	return k.Store.Calendar(ctx, c.ID)
}

// known returns a calendar as it is, and what may be shown of its address.
func (k *Keeper) known(ctx context.Context, id string) (c kwadrans.Calendar, shown string, err error) {
	if c, err = k.Store.Calendar(ctx, id); err != nil {
		return c, "", err
	}
	list, err := k.Store.Calendars(ctx)
	for _, other := range list {
		if other.ID == c.ID {
			shown = other.Address
		}
	}
	return c, shown, err
}

// lead lets a calendar be read from elsewhere, or by another login.
func (k *Keeper) lead(ctx context.Context, c kwadrans.Calendar, secret *kwadrans.Secret) error {
	known, _, err := k.Store.CalendarSecret(ctx, c.ID)
	switch {
	case secret != nil:
		known = *secret
	case kwadrans.CodeOf(err) == kwadrans.CodeKeyChanged && c.Login == "": // all there was to forget is the address
	case err != nil:
		return err
	}
	f, err := k.first(ctx, c, known)
	if err != nil {
		return err
	}
	// The marks of the old place must not be asked with at the new one, should this end here.
	void := c.Reading
	void.Mark = kwadrans.SourceMark{}
	if _, err := k.Store.KeepLook(ctx, c.ID, kwadrans.Look{Reading: void}); err != nil {
		return err
	}
	if err := k.Store.ChangeCalendar(ctx, c); err != nil {
		return err
	}
	if secret != nil {
		if err := k.Store.ChangeCalendarSecret(ctx, c.ID, *secret); err != nil {
			return err
		}
	}
	return k.keepFinding(ctx, c, f)
}

// Remove forgets a calendar with all that is kept of it; nothing of it counts any
// more. It fails with CodeNotFound and CodeAmbiguous for the prefix of an id.
func (k *Keeper) Remove(ctx context.Context, idPrefix string) (kwadrans.Calendar, error) {
	c, err := k.Store.Calendar(ctx, idPrefix)
	if err != nil {
		return c, err
	}
	err = k.Store.RemoveCalendar(ctx, c.ID)
	k.forget(c.ID)
	return c, err
}

var colour = regexp.MustCompile(`^(#[0-9a-fA-F]{6})?$`)

// longest is how many characters a name may have.
const longest = 120

func clean(c kwadrans.Calendar) (kwadrans.Calendar, error) {
	c.Name, c.Address = kwadrans.CleanLine(c.Name), strings.TrimSpace(c.Address)
	c.Login = strings.TrimSpace(c.Login)
	bad := func(format string, args ...any) error {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "busy: "+format, args...)
	}
	switch {
	case c.Address == "":
		return c, bad("the calendar has no address")
	case len([]rune(c.Name)) > longest:
		return c, bad("the calendar's name is longer than 120 characters")
	case !colour.MatchString(c.Colour):
		return c, bad("the calendar's colour is not written as #rrggbb")
	case c.Publish && c.Kind != kwadrans.CalendarServer:
		return c, bad("bookings can be written only into a CalDAV calendar")
	}
	return c, nil
}

// nameOf names a calendar that nobody named: as it calls itself, else as its file
// or its server is called. The rest of an address may be a secret.
func nameOf(c kwadrans.Calendar, own string) string {
	name := kwadrans.CleanLine(own)
	if name == "" && c.Kind == kwadrans.CalendarFile {
		name = strings.TrimSuffix(filepath.Base(c.Address), filepath.Ext(c.Address))
	}
	if u, err := url.Parse(c.Address); name == "" && err == nil {
		name = u.Hostname()
	}
	if r := []rune(name); len(r) > longest {
		name = string(r[:longest])
	}
	return kwadrans.CleanLine(name)
}
