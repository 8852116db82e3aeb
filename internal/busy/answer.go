package busy

import (
	"context"
	"strconv"
	"time"

	"kwadrans/internal/kwadrans"
)

const (
	zoomName = "zoom" // the source's name in a report

	saidNeverRead = "it was not read yet"
	saidTooOld    = "it was read too long ago"
	saidTooFar    = "it was not read that far ahead"
)

// calendars adds what the calendars say about the span. A calendar that cannot be
// read any more, or never could, is unknown for all of it; what its old copy
// holds counts besides.
func (k *Keeper) calendars(ctx context.Context, span kwadrans.Span, rep *Report) error {
	list, err := k.Store.Calendars(ctx)
	if err != nil || len(list) == 0 {
		return err
	}
	host, err := k.Rules(ctx)
	if err != nil {
		return err
	}
	k.asked(span)
	for i := range list {
		if err := k.calendar(ctx, &list[i], span, host, rep); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) calendar(ctx context.Context, c *kwadrans.Calendar, span kwadrans.Span, host Rules, rep *Report) error {
	h, err := k.copyOf(ctx, *c, span, host)
	if kwadrans.CodeOf(err) == kwadrans.CodeCalendarUnreadable {
		c.Reading.Code, c.Reading.Words = kwadrans.CodeCalendarUnreadable, kwadrans.WordsOf(err)
	} else if err != nil {
		return err
	}
	if h == nil || c.Reading.Freshness(k.Now(), k.keep()) == kwadrans.Unreadable {
		rep.Unknown = append(rep.Unknown, unread(span, c.Name, c.Reading))
	}
	if h == nil {
		return nil
	}
	h.each(span, func(in *kwadrans.Instance) { rep.Busy = append(rep.Busy, busyOf(in, c)) })
	for i := range h.Unknown {
		if u := &h.Unknown[i]; u.Overlaps(span) {
			rep.Busy = append(rep.Busy, kwadrans.Busy{
				Span: u.Span, Kind: kwadrans.FromCalendar, Item: u.Words, Source: c.Name, CheckedAt: c.Reading.Good, Assumed: true,
			})
		}
	}
	return nil
}

func busyOf(in *kwadrans.Instance, c *kwadrans.Calendar) kwadrans.Busy {
	return kwadrans.Busy{
		Span: in.Span, Kind: kwadrans.FromCalendar, ID: in.UID, Item: in.Summary, Source: c.Name, CheckedAt: c.Reading.Good, AllDay: in.AllDay, Assumed: in.Doubt,
	}
}

// unread is the answer of a source without a copy that counts.
func unread(span kwadrans.Span, name string, r kwadrans.Reading) kwadrans.Unknown {
	u := kwadrans.Unknown{Span: span, Source: name, CheckedAt: r.Tried, Code: r.Code, Words: r.Words}
	if u.Code != "" {
		return u
	}
	u.Code, u.Words = kwadrans.CodeSourceUnknown, saidTooOld
	if r.Good.IsZero() {
		u.Words = saidNeverRead
	}
	return u
}

// meetings answers for Zoom.
func (k *Keeper) meetings(ctx context.Context, ask Ask) ([]kwadrans.Busy, []kwadrans.Unknown, error) {
	k.asked(ask.Span)
	user, known, err := k.user(ctx, ask.Host)
	if err != nil {
		return nil, nil, err
	}
	if !known {
		not := kwadrans.Reading{Code: kwadrans.CodeNotConnected, Words: string(kwadrans.CodeNotConnected), Tried: k.Now()}
		return nil, []kwadrans.Unknown{unread(ask.Span, zoomName, not)}, nil
	}
	if ask.Fresh {
		return k.anew(ctx, user, ask.Span)
	}
	r, h, err := k.zoomCopy(ctx, user)
	if err != nil {
		return nil, nil, err
	}
	list, unknown := zoomSays(h, r, ask.Span)
	// A meeting that was made in Zoom meanwhile would be run over: no old copy counts.
	if h == nil || r.Freshness(k.Now(), k.keep()) != kwadrans.Fresh {
		unknown = append(unknown, unread(ask.Span, zoomName, r))
		return list, unknown, nil
	}
	for _, s := range beyond(ask.Span, h.Span) {
		unknown = append(unknown, kwadrans.Unknown{Span: s, Source: zoomName, CheckedAt: r.Good, Code: kwadrans.CodeSourceUnknown, Words: saidTooFar})
	}
	return list, unknown, nil
}

// zoomCopy returns the copy of a host's meetings and what was said of it; both are
// empty when they are those of another account.
func (k *Keeper) zoomCopy(ctx context.Context, u ZoomUser) (kwadrans.Reading, *held, error) {
	source := kwadrans.SourceZoom(u.Host)
	r, err := k.Store.Reading(ctx, source)
	if err != nil {
		return r, nil, err
	}
	if r.Mark.Token != u.Account {
		return kwadrans.Reading{}, nil, nil
	}
	h, err := k.load(ctx, source, u.Account)
	return r, h, err
}

func zoomSays(h *held, r kwadrans.Reading, span kwadrans.Span) (list []kwadrans.Busy, unknown []kwadrans.Unknown) {
	if h == nil {
		return nil, nil
	}
	h.each(span, func(in *kwadrans.Instance) { list = append(list, meetingOf(in, r.Good)) })
	for _, u := range h.Unknown {
		if u.Overlaps(span) {
			u.CheckedAt = r.Good
			unknown = append(unknown, u)
		}
	}
	return list, unknown
}

func meetingOf(in *kwadrans.Instance, read time.Time) kwadrans.Busy {
	return kwadrans.Busy{
		Span: in.Span, Kind: kwadrans.FromZoom, ID: in.UID, Item: in.Summary, Source: zoomName, CheckedAt: read, Assumed: in.Doubt, Zoom: true,
	}
}

func meetingID(b kwadrans.Busy) int64 {
	id, err := strconv.ParseInt(b.ID, 10, 64)
	if err != nil {
		return 0
	}
	return id
}
