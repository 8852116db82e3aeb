package busy

import (
	"context"
	"slices"
	"time"

	"kwadrans/internal/kwadrans"
)

// piece is how many months of meetings Zoom is asked for at once (Zoom API: list
// meetings).
const piece = 6

// pieces cuts a stretch.
func pieces(s kwadrans.Span) (list []kwadrans.Span) {
	for start := s.Start; start.Before(s.End); {
		end := start.AddDate(0, piece, 0)
		if end.After(s.End) {
			end = s.End
		}
		list = append(list, kwadrans.Span{Start: start, End: end})
		start = end
	}
	return list
}

// read asks Zoom for a stretch, all of it or nothing.
func (k *Keeper) read(ctx context.Context, u ZoomUser, span kwadrans.Span) (kwadrans.Copy, error) {
	c := kwadrans.Copy{Span: span, Rules: u.Account}
	type key struct {
		id    string
		start time.Time
	}
	seen := map[key]bool{} // what meets two pieces comes twice
	for _, p := range pieces(span) {
		meetings, unknown, err := k.Zoom.Busy(ctx, u.Host, p)
		if err != nil {
			return c, err
		}
		for _, m := range meetings {
			at := key{m.ID, m.Start.UTC()}
			if !seen[at] {
				seen[at] = true
				c.Instances = append(c.Instances, kwadrans.Instance{UID: m.ID, Span: utc(m.Span), Summary: m.Item, Doubt: m.Assumed})
			}
		}
		c.Unknown = append(c.Unknown, unknown...)
	}
	slices.SortStableFunc(c.Instances, func(a, b kwadrans.Instance) int { return a.Start.Compare(b.Start) })
	return c, nil
}

func utc(s kwadrans.Span) kwadrans.Span { return kwadrans.Span{Start: s.Start.UTC(), End: s.End.UTC()} }

// lookZoom reads a host's meetings and writes down what came of it. Whoever waits for it
// may have begun to wait after another account was connected, so that one is read then.
func (k *Keeper) lookZoom(ctx context.Context, u ZoomUser) (said, err error) {
	for range tries {
		if said, err = k.lookZoomAs(ctx, u); err != nil {
			return said, err
		}
		now, known, err := k.user(context.WithoutCancel(ctx), u.Host)
		if err != nil || !known || now.Account == u.Account {
			return said, err
		}
		u = now
	}
	return said, nil
}

func (k *Keeper) lookZoomAs(ctx context.Context, u ZoomUser) (said, err error) {
	source := kwadrans.SourceZoom(u.Host)
	r, err := k.Store.Reading(ctx, source)
	if err != nil {
		return nil, err
	}
	if r.Mark.Token != u.Account {
		if r, err = k.otherAccount(ctx, u); err != nil {
			return nil, err
		}
	}
	began := k.Now()
	c, said := k.read(ctx, u, k.wanted())
	if said = bounded(ctx, said); said != nil {
		return said, k.keepFailure(ctx, source, kindZoom, r, said)
	}
	gen, err := k.Store.KeepLook(ctx, source, kwadrans.Look{Reading: good(began, everyZoom, 0, kwadrans.SourceMark{Token: u.Account}), Copy: &c})
	if err != nil {
		return nil, err
	}
	k.remember(source, hold(c, gen))
	return nil, nil
}

// otherAccount voids what is kept of the account that was connected before.
func (k *Keeper) otherAccount(ctx context.Context, u ZoomUser) (kwadrans.Reading, error) {
	r := kwadrans.Reading{Mark: kwadrans.SourceMark{Token: u.Account}}
	source := kwadrans.SourceZoom(u.Host)
	k.forget(source)
	_, err := k.Store.KeepLook(ctx, source, kwadrans.Look{Reading: r, Copy: &kwadrans.Copy{Rules: u.Account}})
	return r, err
}

// anew asks Zoom about a stretch and puts the answer into the copy as well, so
// that the next question is answered alike. When Zoom cannot be asked, the whole
// stretch is unknown, and what is remembered counts besides.
func (k *Keeper) anew(ctx context.Context, u ZoomUser, span kwadrans.Span) ([]kwadrans.Busy, []kwadrans.Unknown, error) {
	r, h, err := k.zoomCopy(ctx, u)
	if err != nil {
		return nil, nil, err
	}
	bound, cancel := context.WithTimeout(ctx, k.deadline())
	defer cancel()
	now := k.Now()
	c, said := k.read(bound, u, span)
	if said != nil {
		list, unknown := zoomSays(h, r, span)
		return list, append(unknown, unreadZoom(span, now, bounded(bound, said))), nil
	}
	if err := k.patch(ctx, kwadrans.SourceZoom(u.Host), h, c); err != nil {
		return nil, nil, err
	}
	list, unknown := zoomSays(hold(c, 0), kwadrans.Reading{Good: now}, span)
	return list, unknown, nil
}

// patch puts a stretch that was read anew into the copy of a source.
func (k *Keeper) patch(ctx context.Context, source string, h *held, c kwadrans.Copy) error {
	if h == nil || !h.Contains(c.Span) {
		return nil
	}
	whole := kwadrans.Copy{Span: h.Span, Rules: h.Rules, Instances: slices.Clone(c.Instances), Unknown: slices.Clone(c.Unknown)}
	for _, in := range h.Instances {
		if !in.Overlaps(c.Span) {
			whole.Instances = append(whole.Instances, in)
		}
	}
	for _, u := range h.Unknown {
		for _, s := range beyond(u.Span, c.Span) {
			u.Span = s
			whole.Unknown = append(whole.Unknown, u)
		}
	}
	slices.SortStableFunc(whole.Instances, func(a, b kwadrans.Instance) int { return a.Start.Compare(b.Start) })
	kept, err := k.Store.KeepCopy(ctx, source, h.gen, whole)
	if err == nil && kept {
		k.remember(source, hold(whole, h.gen))
	}
	return err
}
