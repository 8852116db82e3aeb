package caldav

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"kwadrans/internal/kwadrans"
)

// Read says what has changed in the calendar c since the objects in have (href
// to etag) and c.Reading.Mark were kept. It asks the server for the changes
// alone where it can tell them (RFC 6578), or else compares etags; a mark the
// server does not know any more makes it compare everything. Objects are passed
// on as they came, sound or not, those without events too. Without anything in
// have the change is Whole.
//
// Errors are *kwadrans.Error, and then nothing is known: CodeCalendarAuth,
// CodeCalendarRefused, CodeCalendarUnreadable (rubbish, no calendar, or past the
// bounds of this room), CodeOffline, CodeTimeout, CodeInvalid (the address). One
// object that the server lists and does not give fails the whole. Where the server
// said when to come back, a *kwadrans.Fault in the chain has that in Until.
func (s *Server) Read(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret, have map[string]string) (kwadrans.CalendarChange, error) {
	ctx, cancel := context.WithTimeout(ctx, longestLook)
	defer cancel()
	t, err := s.open(c.Address, c.Login, secret, c.Near)
	if err != nil {
		return kwadrans.CalendarChange{}, err
	}
	defer t.close()
	r := &reading{session: t, at: t.start, have: map[string]kept{}}
	for href, etag := range have {
		r.have[same(href)] = kept{href, etag}
	}
	change, err := r.read(ctx, c.Reading.Mark)
	return change, look(err)
}

// reading is one Read. Its maps have paths in the spelling of same as keys.
type reading struct {
	*session
	at    *url.URL
	have  map[string]kept
	bytes int // of the bodies so far
}

// kept is an object by name: as we have it, or as the server lists it.
type kept struct{ href, etag string }

// listing is what a server says that there is.
type listing struct {
	whole bool // what is not listed is gone
	there map[string]kept
	gone  map[string]bool
	mark  kwadrans.SourceMark
}

func (r *reading) read(ctx context.Context, mark kwadrans.SourceMark) (change kwadrans.CalendarChange, err error) {
	if mark.Token != "" && len(r.have) > 0 {
		news, err := r.sync(ctx, mark.Token)
		if err == nil {
			return r.fetch(ctx, news)
		}
		if !lost(err) {
			return change, err
		}
		r.log().Debug("caldav: the mark is lost, everything is compared")
	}
	p, err := r.describe(ctx)
	if err != nil {
		return change, err
	}
	ctag := short(strings.TrimSpace(p.CTag))
	if p.syncs() {
		all, err := r.sync(ctx, "")
		if err == nil {
			return r.fetch(ctx, all)
		}
		if !lost(err) {
			return change, err
		}
	}
	if ctag != "" && ctag == mark.CTag && len(r.have) > 0 {
		return kwadrans.CalendarChange{Same: true, Mark: kwadrans.SourceMark{CTag: ctag}}, nil
	}
	all, err := r.list(ctx)
	if err != nil {
		return change, err
	}
	all.mark.CTag = ctag // asked for before the list: what changes in between is seen next time
	return r.fetch(ctx, all)
}

// lost says whether a failed sync-collection is worth another way: the server does
// not know the token or the report, or has too much to say (RFC 6578 §3.2, §3.6).
// Some answer 500 to a token that they do not know.
func lost(err error) bool {
	switch status := statusOf(err); status {
	case 401, 404, 408, 410, 423, 429, 502, 503, 504:
		return false
	default:
		return status >= 400
	}
}

// describe makes sure that a calendar is there: what answers anything to anybody
// must not pass for an empty one.
func (r *reading) describe(ctx context.Context) (prop, error) {
	ms, base, err := r.ask(ctx, "PROPFIND", r.at, "0", propfind)
	if err != nil {
		return prop{}, err
	}
	p := self(ms, base)
	if !p.calendar() {
		return prop{}, tell(kwadrans.CodeCalendarUnreadable, saidNoCalendar)
	}
	r.at = base
	return p, nil
}

func (p prop) syncs() bool {
	for _, report := range p.Reports {
		if report.has(nsDAV, "sync-collection") {
			return true
		}
	}
	return strings.TrimSpace(p.Token) != ""
}

// fetch gets what is listed and not yet ours.
func (r *reading) fetch(ctx context.Context, l listing) (kwadrans.CalendarChange, error) {
	change := kwadrans.CalendarChange{Mark: l.mark, Whole: len(r.have) == 0}
	var want []string
	for _, key := range slices.Sorted(maps.Keys(l.there)) {
		old, has := r.have[key]
		if now := l.there[key]; !has || now.etag == "" || now != old {
			want = append(want, key)
		}
	}
	for batch := range slices.Chunk(want, batchSize) {
		objects, err := r.multiget(ctx, batch, l.there)
		if err != nil {
			return kwadrans.CalendarChange{}, err
		}
		for _, key := range batch {
			if o, got := objects[key]; got {
				change.Changed = append(change.Changed, o)
			} else { // it went between the list and now
				delete(l.there, key)
				l.gone[key] = true
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(r.have)) {
		now, listed := l.there[key]
		if old := r.have[key]; l.gone[key] || l.whole && !listed || listed && now.href != old.href {
			change.Gone = append(change.Gone, old.href)
		}
	}
	change.Same = !change.Whole && len(change.Changed) == 0 && len(change.Gone) == 0
	return change, nil
}
