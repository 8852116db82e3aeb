package busy

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"kwadrans/internal/kwadrans"
)

// Looked is what a look at a source came to.
type Looked struct {
	Source string // a calendar's id, or kwadrans.SourceZoom
	Name   string // a calendar's name, or "zoom"
	Err    error  // why it could not be read; nil when it was
}

// Refresh looks at sources now: calendars by a prefix of their id, Zoom by
// kwadrans.SourceZoom; none means all. A look that is under way already is
// waited for instead. It fails with CodeNotFound and CodeAmbiguous for a prefix,
// when ctx ends, and when the data file cannot be read or written; a source that
// cannot be read is told in the list.
func (k *Keeper) Refresh(ctx context.Context, sources ...string) ([]Looked, error) {
	list, err := k.named(ctx, sources)
	if err != nil {
		return nil, err
	}
	return k.lookAll(ctx, list)
}

// RefreshDue looks at the sources whose time has come, and at those whose copy is
// older than age where they may be asked that often (feeds every 15 minutes);
// zero is no such wish. Sources that failed rest as long as they should. It fails
// as Refresh does.
func (k *Keeper) RefreshDue(ctx context.Context, age time.Duration) ([]Looked, error) {
	list, err := k.all(ctx)
	if err != nil {
		return nil, err
	}
	now := k.Now()
	list = slices.DeleteFunc(list, func(t target) bool { return !t.short && !due(t.reading, t.kind, now, age) })
	return k.lookAll(ctx, list)
}

// target is a source to be looked at.
type target struct {
	source, name string
	kind         kwadrans.CalendarKind
	reading      kwadrans.Reading
	user         ZoomUser
	short        bool // its copy does not go as far as it should
}

func (k *Keeper) all(ctx context.Context) (list []target, err error) {
	calendars, err := k.Store.Calendars(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range calendars {
		list = append(list, target{source: c.ID, name: c.Name, kind: c.Kind, reading: c.Reading})
	}
	users, err := k.users(ctx)
	if err != nil {
		return nil, err
	}
	for _, u := range users {
		t, err := k.zoomTarget(ctx, u)
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}

func (k *Keeper) zoomTarget(ctx context.Context, u ZoomUser) (target, error) {
	r, h, err := k.zoomCopy(ctx, u)
	t := target{source: kwadrans.SourceZoom(u.Host), name: zoomName, kind: kindZoom, reading: r, user: u}
	t.short = r.Code == "" && (h == nil || !h.Contains(clip(k.asking(), k.wanted())))
	return t, err
}

func (k *Keeper) named(ctx context.Context, sources []string) (list []target, err error) {
	if len(sources) == 0 {
		return k.all(ctx)
	}
	for _, s := range sources {
		t, err := k.one(ctx, s)
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}

func (k *Keeper) one(ctx context.Context, source string) (target, error) {
	host, isZoom := strings.CutPrefix(source, kwadrans.SourceZoom(""))
	if !isZoom {
		c, err := k.Store.Calendar(ctx, source)
		return target{source: c.ID, name: c.Name, kind: c.Kind, reading: c.Reading}, err
	}
	u, known, err := k.user(ctx, host)
	if err == nil && !known {
		err = kwadrans.Errorf(kwadrans.CodeNotConnected, "busy: zoom is not connected").WithHint("connect it with: kwadrans zoom connect")
	}
	return target{source: source, name: zoomName, kind: kindZoom, user: u}, err
}

func (k *Keeper) users(ctx context.Context) ([]ZoomUser, error) {
	if k.Zooms == nil {
		return nil, nil
	}
	return k.Zooms(ctx)
}

func (k *Keeper) user(ctx context.Context, host string) (ZoomUser, bool, error) {
	list, err := k.users(ctx)
	i := slices.IndexFunc(list, func(u ZoomUser) bool { return u.Host == host })
	if err != nil || i < 0 {
		return ZoomUser{Host: host}, false, err
	}
	return list[i], true, nil
}

// lookAll looks at several sources at a time.
func (k *Keeper) lookAll(ctx context.Context, list []target) ([]Looked, error) {
	said, errs := make([]Looked, len(list)), make([]error, len(list))
	room := make(chan struct{}, atOnce)
	var all sync.WaitGroup
	for i, t := range list {
		all.Go(func() {
			room <- struct{}{}
			defer func() { <-room }()
			said[i] = Looked{Source: t.source, Name: t.name}
			said[i].Err, errs[i] = k.once(ctx, t.source, func(ctx context.Context) (error, error) { return k.look(ctx, t) })
		})
	}
	all.Wait()
	return said, errors.Join(errs...)
}

func (k *Keeper) look(ctx context.Context, t target) (said, err error) {
	if t.kind == kindZoom {
		return k.lookZoom(ctx, t.user)
	}
	return k.lookCalendar(ctx, t.source)
}
