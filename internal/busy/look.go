package busy

import (
	"context"
	"errors"
	"time"

	"kwadrans/internal/kwadrans"
)

// finding is what a look at a calendar found, ready to be kept.
type finding struct {
	began   time.Time
	change  kwadrans.CalendarChange
	base    int64 // the generation that the change was laid upon; -1 when it stands alone
	copy    kwadrans.Copy
	doubt   int
	refresh time.Duration
	name    string
}

// lookCalendar looks at a calendar and writes down what came of it.
func (k *Keeper) lookCalendar(ctx context.Context, id string) (said, err error) {
	c, err := k.Store.Calendar(ctx, id)
	if err != nil {
		return nil, err
	}
	secret, _, err := k.Store.CalendarSecret(ctx, id)
	if lockedOut(err) {
		return err, k.keepLocked(ctx, c, err)
	}
	if err != nil {
		return nil, err
	}
	have, err := k.Store.Tags(ctx, id)
	if err != nil {
		return nil, err
	}
	f, said, err := k.find(ctx, c, secret, have)
	if err != nil {
		return nil, err
	}
	if now, err := k.Store.Calendar(context.WithoutCancel(ctx), id); err != nil || now.Address != c.Address || now.Login != c.Login {
		return nil, err // it was led elsewhere, and read there, meanwhile
	}
	if said != nil {
		return said, k.keepFailure(ctx, id, c.Kind, c.Reading, said)
	}
	return nil, k.keepFinding(ctx, c, f)
}

func lockedOut(err error) bool {
	switch kwadrans.CodeOf(err) {
	case kwadrans.CodeKeyLocked, kwadrans.CodeKeyAbsent, kwadrans.CodeKeyChanged:
		return true
	}
	return false
}

// keepLocked writes down that a calendar could not be looked at for want of the
// key. The calendar is not to blame: it need not rest once the key is there.
func (k *Keeper) keepLocked(ctx context.Context, c kwadrans.Calendar, said error) error {
	r := c.Reading
	if r.Code == kwadrans.CodeOf(said) {
		return nil
	}
	r.Tried, r.Next, r.Code, r.Words = k.Now(), time.Time{}, kwadrans.CodeOf(said), kwadrans.WordsOf(said)
	_, err := k.Store.KeepLook(ctx, c.ID, kwadrans.Look{Reading: r})
	return err
}

// find reads a calendar and works out when its events are. What cannot be worked
// out is a failure of the calendar like any other, so that the copy stays.
func (k *Keeper) find(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret, have map[string]string) (f finding, said, err error) {
	host, err := k.Rules(ctx)
	if err != nil {
		return f, nil, err
	}
	f.began, f.base = k.Now(), -1
	if f.change, said = k.ask(ctx, c, secret, have); said != nil || f.change.Same {
		return f, said, nil
	}
	objects := f.change.Changed
	if !f.change.Whole {
		kept, gen, err := k.Store.Objects(ctx, c.ID)
		if err != nil {
			return f, nil, err
		}
		objects, f.base = laid(kept, f.change), gen
	}
	copied, x, err := k.work(ctx, c.ID, objects, k.wanted(), under(host, c))
	switch {
	case err != nil && (ctx.Err() != nil || kwadrans.CodeOf(err) == kwadrans.CodeCalendarUnreadable):
		return f, bounded(ctx, err), nil
	case err != nil:
		return f, nil, err
	}
	f.copy, f.doubt, f.refresh, f.name = copied, x.Doubt, x.Refresh, x.Name
	if f.change.Refresh > 0 {
		f.refresh = f.change.Refresh
	}
	return f, nil, nil
}

// ask reads a calendar through its edge, and gives up when ctx ends even if the
// edge does not: a drive that hangs cannot be called off.
func (k *Keeper) ask(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret, have map[string]string) (kwadrans.CalendarChange, error) {
	edge := k.Edges[c.Kind]
	if edge == nil {
		return kwadrans.CalendarChange{}, kwadrans.Errorf(kwadrans.CodeInvalid, "busy: there is no such kind of calendar").WithHint("add a file, a feed or a CalDAV calendar")
	}
	type answer struct {
		change kwadrans.CalendarChange
		err    error
	}
	came := make(chan answer, 1)
	go func() {
		change, err := edge.Read(ctx, c, secret, have)
		came <- answer{change, err}
	}()
	select {
	case a := <-came:
		return a.change, bounded(ctx, a.err)
	case <-ctx.Done():
		return kwadrans.CalendarChange{}, bounded(ctx, ctx.Err())
	}
}

// bounded says in words that the time of a look was over.
func bounded(ctx context.Context, err error) error {
	if errors.Is(err, context.DeadlineExceeded) && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return kwadrans.Errorf(kwadrans.CodeTimeout, "busy: it took too long to read").WithHint("refresh it later, or remove it").Because(err)
	}
	return err
}

// laid lays a change upon the objects that are kept.
func laid(kept []kwadrans.CalendarObject, change kwadrans.CalendarChange) []kwadrans.CalendarObject {
	gone := map[string]bool{}
	for _, href := range change.Gone {
		gone[href] = true
	}
	for _, o := range change.Changed {
		gone[o.Href] = true
	}
	var list []kwadrans.CalendarObject
	for _, o := range kept {
		if !gone[o.Href] {
			list = append(list, o)
		}
	}
	return append(list, change.Changed...)
}

// keepFinding writes down a look that succeeded.
func (k *Keeper) keepFinding(ctx context.Context, c kwadrans.Calendar, f finding) error {
	doubt := f.doubt
	if f.change.Same {
		doubt = c.Reading.Doubt
	}
	look := kwadrans.Look{Reading: good(f.began, k.interval(c.Kind, k.hint(c.ID, f.refresh, c.Reading)), doubt, f.change.Mark)}
	if !f.change.Same {
		look.Change, look.Copy = &f.change, &f.copy
	}
	gen, err := k.Store.KeepLook(context.WithoutCancel(ctx), c.ID, look)
	if err != nil {
		return err
	}
	k.Log.Info("busy: calendar read", "calendar", c.ID, "kind", c.Kind, "same", f.change.Same, "instances", len(f.copy.Instances), "doubt", doubt)
	if !f.change.Same && (f.base < 0 || gen == f.base+1) {
		k.remember(c.ID, hold(f.copy, gen))
		return nil
	}
	c.Reading = look.Reading
	return k.renew(ctx, c, !f.change.Same)
}

// renew works the copy out anew where it no longer goes far enough, or whatever it
// is when another look came between.
func (k *Keeper) renew(ctx context.Context, c kwadrans.Calendar, always bool) error {
	host, err := k.Rules(ctx)
	if err != nil {
		return err
	}
	if always {
		_, _, err = k.rework(ctx, c, k.wanted(), host)
	} else {
		_, err = k.copyOf(ctx, c, enough(k.Now()), host)
	}
	if kwadrans.CodeOf(err) == kwadrans.CodeCalendarUnreadable { // whoever asks is told
		return nil
	}
	return err
}

// keepFailure writes down why a source could not be read; what is kept of it
// stays. That somebody called the look off is no failure of the source.
func (k *Keeper) keepFailure(ctx context.Context, source string, kind kwadrans.CalendarKind, r kwadrans.Reading, said error) error {
	if errors.Is(said, context.Canceled) {
		return said
	}
	r = failed(r, kind, k.Now(), said)
	k.Log.Warn("busy: source not read", "source", source, "kind", kind, "code", r.Code, "fails", r.Fails, "next", r.Next)
	_, err := k.Store.KeepLook(context.WithoutCancel(ctx), source, kwadrans.Look{Reading: r})
	return err
}
