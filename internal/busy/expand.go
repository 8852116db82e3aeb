package busy

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"kwadrans/internal/kwadrans"
)

// TooMuch is the item of a stretch that counts as busy although no event is known
// there: a part of a calendar passes the bounds or cannot be understood. Doors
// put it into the reader's language.
const TooMuch = saidTooMuch

const saidTooMuch = "a part of the calendar cannot be worked out, so it counts as busy"

// under returns what decides about the events of a calendar.
func under(r Rules, c kwadrans.Calendar) Rules {
	r.AllDay = c.AllDay
	return r
}

// fingerprint is a text that changes whenever the rules do.
func fingerprint(r Rules) string {
	zone := "UTC"
	if r.Zone != nil {
		zone = r.Zone.String()
	}
	self := make([]string, len(r.Self))
	for i, s := range r.Self {
		self[i] = strings.ToLower(strings.TrimSpace(s))
	}
	slices.Sort(self)
	return fmt.Sprintf("%s %q %v", zone, self, r.AllDay)
}

// work expands objects over a stretch. It fails when no page can be read, when
// ctx ends, since what was worked out until then is not the whole, and when the
// data file does not tell which bookings are ours.
func (k *Keeper) work(ctx context.Context, id string, objects []kwadrans.CalendarObject, span kwadrans.Span, r Rules) (kwadrans.Copy, Expansion, error) {
	ours, err := k.Store.OwnUIDs(ctx)
	if err != nil {
		return kwadrans.Copy{}, Expansion{}, err
	}
	r.Except = func(uid string) bool { return ours[uid] }
	pages := make([][]byte, len(objects))
	for i, o := range objects {
		pages[i] = o.Body
	}
	x := k.Expand(ctx, pages, span, r)
	if err := cmp.Or(ctx.Err(), x.Err); err != nil {
		return kwadrans.Copy{}, x, err
	}
	c := kwadrans.Copy{Span: span, Rules: fingerprint(r), Instances: x.Instances}
	for _, s := range x.Unknown {
		c.Unknown = append(c.Unknown, kwadrans.Unknown{Span: s, Source: id, Code: kwadrans.CodeCalendarUnreadable, Words: TooMuch})
	}
	return c, x, nil
}

// copyOf returns the copy of a calendar that covers the stretch under the rules of
// now, and works it out anew from the objects where the kept one does not. It
// returns nil when there is nothing to work it out from.
func (k *Keeper) copyOf(ctx context.Context, c kwadrans.Calendar, span kwadrans.Span, host Rules) (*held, error) {
	h, err := k.load(ctx, c.ID, fingerprint(under(host, c)))
	if err != nil || h != nil && h.Contains(span) {
		return h, err
	}
	for range tries {
		h, ok, err := k.rework(ctx, c, span, host)
		if err != nil || ok {
			return h, err
		}
	}
	return nil, kwadrans.Errorf(kwadrans.CodeBusyFile, "busy: the calendar changes all the time").WithHint("try again in a minute")
}

// tries is how often a copy is worked out anew when looks are faster than that.
const tries = 5

// load returns the copy that the data file has, as long as it can from memory. One
// that was worked out by other rules is none: whoever changes the rules has the
// copies worked out anew, but may have been stopped in between.
func (k *Keeper) load(ctx context.Context, source, rules string) (*held, error) {
	gen, err := k.Store.Generation(ctx, source)
	if err != nil {
		return nil, err
	}
	if h := k.holding(source, gen); h != nil && h.Rules == rules {
		return h, nil
	}
	kept, gen, found, err := k.Store.Copy(ctx, source)
	if err != nil || !found || kept.Rules != rules {
		return nil, err
	}
	h := hold(kept, gen)
	k.remember(source, h)
	return h, nil
}

// rework expands the kept objects and keeps that; it says no when a look was
// faster, and so the objects were no longer the newest.
func (k *Keeper) rework(ctx context.Context, c kwadrans.Calendar, span kwadrans.Span, host Rules) (h *held, ok bool, err error) {
	objects, gen, err := k.Store.Objects(ctx, c.ID)
	if err != nil || len(objects) == 0 && c.Reading.Good.IsZero() {
		return nil, true, err
	}
	lasting := within(k.Now(), span)
	if lasting {
		span = both(k.wanted(), span)
	}
	kept, _, err := k.work(ctx, c.ID, objects, span, under(host, c))
	if err != nil {
		return nil, true, err
	}
	h = hold(kept, gen)
	if !lasting {
		return h, true, nil
	}
	if ok, err = k.Store.KeepCopy(ctx, c.ID, gen, kept); err != nil || !ok {
		return nil, false, err
	}
	k.remember(c.ID, h)
	return h, true, nil
}

// Rework expands all calendars anew from what is kept of them. Whoever changes
// the zone or an address of the host calls it. It fails when the data file does.
func (k *Keeper) Rework(ctx context.Context) error {
	list, err := k.Store.Calendars(ctx)
	if err != nil {
		return err
	}
	host, err := k.Rules(ctx)
	if err != nil {
		return err
	}
	for _, c := range list {
		_, _, err := k.rework(ctx, c, k.wanted(), host)
		if err != nil && kwadrans.CodeOf(err) != kwadrans.CodeCalendarUnreadable { // that one is unknown when it is asked for
			return err
		}
	}
	return nil
}
