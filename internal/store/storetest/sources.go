package storetest

import (
	"fmt"
	"time"

	"kwadrans/internal/kwadrans"
)

// busyAt is a copy of ninety days with an hour in each, and all kinds of things that
// a copy can hold; those of different numbers differ.
func busyAt(n int) kwadrans.Copy {
	at := func(hours int) time.Time { return start.Add(time.Duration(hours) * time.Hour) }
	c := kwadrans.Copy{Span: kwadrans.Span{Start: start.Add(-time.Nanosecond), End: at(90 * 24)}, Rules: fmt.Sprintf("Europe/Warsaw [\"ola@example.com\"] %d", n)}
	for day := range 90 {
		c.Instances = append(c.Instances, kwadrans.Instance{UID: "daily@example.com", Summary: "Stała „rozmowa”", Doubt: day == 3,
			Span: kwadrans.Span{Start: at(24*day + n), End: at(24*day + n + 1)}})
	}
	c.Instances = append(c.Instances, kwadrans.Instance{UID: "once", AllDay: true, Span: kwadrans.Span{Start: at(90*24 - 1), End: at(91 * 24)}})
	c.Unknown = []kwadrans.Unknown{{Span: kwadrans.Span{Start: at(500), End: at(501)}, Source: "x", CheckedAt: start, Code: kwadrans.CodeOffline, Words: "ćma"}, {Span: c.Span}}
	c.Unknown[1].Start = start
	return c
}

// page is an object of a calendar.
func page(href, tag string) kwadrans.CalendarObject {
	return kwadrans.CalendarObject{Href: href, ETag: tag, Body: []byte("BEGIN:VCALENDAR\r\n" + href + tag + "\x00\xff")}
}

// look keeps a good look that read a calendar whole.
func (a *asker) look(source string, c kwadrans.Copy, objects ...kwadrans.CalendarObject) (gen int64) {
	a.Helper()
	gen, err := a.s.KeepLook(a.ctx, source, kwadrans.Look{Reading: kwadrans.Reading{Good: a.now, Tried: a.now},
		Change: &kwadrans.CalendarChange{Whole: true, Changed: objects}, Copy: &c})
	a.ok(err)
	return gen
}

// copied expects the copy of a source; nil for none.
func (a *asker) copied(source string, gen int64, want *kwadrans.Copy) {
	a.Helper()
	got, is, found, err := a.s.Copy(a.ctx, source)
	a.ok(err)
	equal(a, "generation of the copy", is, gen)
	equal(a, "there is a copy", found, want != nil)
	if want != nil {
		equal(a, "copy", got, *want)
	}
	is, err = a.s.Generation(a.ctx, source)
	a.ok(err)
	equal(a, "generation", is, gen)
}

// objects expects the last good copy of a calendar.
func (a *asker) objects(calendar string, gen int64, want ...kwadrans.CalendarObject) {
	a.Helper()
	list, is, err := a.s.Objects(a.ctx, calendar)
	a.ok(err)
	equal(a, "objects", list, want)
	equal(a, "generation of the objects", is, gen)
	tags, err := a.s.Tags(a.ctx, calendar)
	a.ok(err)
	all := map[string]string{}
	for _, o := range want {
		all[o.Href] = o.ETag
	}
	equal(a, "tags", tags, all)
}

var sourceQuestions = []question{
	{"a source that was never looked at", func(a *asker) {
		c := a.add(Feed(1), "")
		for _, source := range []string{c.ID, kwadrans.SourceZoom(kwadrans.Me), "nobody"} {
			r, err := a.s.Reading(a.ctx, source)
			a.ok(err)
			equal(a, "reading", r, kwadrans.Reading{})
			a.copied(source, 0, nil)
			a.objects(source, 0)
			kept, err := a.s.KeepCopy(a.ctx, source, 0, busyAt(1))
			a.ok(err)
			equal(a, "kept", kept, false)
		}
	}},
	{"what a look says", func(a *asker) {
		c, other := a.add(Feed(1), ""), a.add(server(2), "")
		r := kwadrans.Reading{Good: a.now, Tried: a.now.Add(time.Second), Next: a.now.Add(time.Hour), Fails: 3, Code: kwadrans.CodeTimeout, Words: "za późno", Doubt: 7,
			Mark: kwadrans.SourceMark{ETag: `"ż"`, Modified: "Tue, 01 Dec", Token: "t", CTag: "c"}}
		for _, source := range []string{c.ID, kwadrans.SourceZoom(kwadrans.Me)} {
			gen, err := a.s.KeepLook(a.ctx, source, kwadrans.Look{Reading: r})
			a.ok(err)
			equal(a, "generation", gen, int64(0))
			got, err := a.s.Reading(a.ctx, source)
			a.ok(err)
			equal(a, "reading", got, r)
		}
		equal(a, "reading of the calendar", a.calendar(c.ID).Reading, r)
		list, err := a.s.Calendars(a.ctx)
		a.ok(err)
		equal(a, "readings in the list", []kwadrans.Reading{list[0].Reading, list[1].Reading}, []kwadrans.Reading{r, {}})
		equal(a, "reading of the other one", a.calendar(other.ID).Reading, kwadrans.Reading{})
		_, err = a.s.KeepLook(a.ctx, c.ID, kwadrans.Look{})
		a.ok(err)
		equal(a, "the newest look counts", a.calendar(c.ID).Reading, kwadrans.Reading{})
	}},
	{"a failed look leaves the copy", func(a *asker) {
		c, want := a.add(server(1), ""), busyAt(1)
		equal(a, "generation", a.look(c.ID, want, page("/a", "1"), page("/b", "1")), int64(1))
		for _, look := range []kwadrans.Look{
			{Reading: kwadrans.Reading{Tried: a.now, Code: kwadrans.CodeOffline}},
			{Reading: kwadrans.Reading{Good: a.now}, Change: &kwadrans.CalendarChange{Same: true, Whole: true}},
		} {
			gen, err := a.s.KeepLook(a.ctx, c.ID, look)
			a.ok(err)
			equal(a, "generation", gen, int64(1))
			a.copied(c.ID, 1, &want)
			a.objects(c.ID, 1, page("/a", "1"), page("/b", "1"))
		}
	}},
	{"changes of a calendar", func(a *asker) {
		c, other := a.add(server(1), ""), a.add(server(2), "")
		keep := func(change kwadrans.CalendarChange, gen int64) {
			a.Helper()
			is, err := a.s.KeepLook(a.ctx, c.ID, kwadrans.Look{Change: &change})
			a.ok(err)
			equal(a, "generation", is, gen)
			a.copied(c.ID, gen, nil)
		}
		a.look(other.ID, busyAt(1), page("/a", "9"))
		a.look(c.ID, busyAt(1), page("/b", "1"), page("/a", "1"), page("/c", "1"))
		keep(kwadrans.CalendarChange{Changed: []kwadrans.CalendarObject{page("/b", "2"), page("/d", "1")}, Gone: []string{"/a", "/nowhere"}}, 2)
		a.objects(c.ID, 2, page("/b", "2"), page("/c", "1"), page("/d", "1"))
		same := page("/c", "1")
		same.Body = []byte("of the same tag")
		keep(kwadrans.CalendarChange{Changed: []kwadrans.CalendarObject{same}}, 3)
		a.objects(c.ID, 3, page("/b", "2"), same, page("/d", "1"))
		keep(kwadrans.CalendarChange{Whole: true, Changed: []kwadrans.CalendarObject{page("", ""), page("/d", "1")}}, 4)
		a.objects(c.ID, 4, page("", ""), page("/d", "1"))
		keep(kwadrans.CalendarChange{Whole: true}, 5)
		a.objects(c.ID, 5)
		a.objects(other.ID, 1, page("/a", "9"))
	}},
	{"a copy without objects", func(a *asker) {
		zoom := kwadrans.SourceZoom(kwadrans.Me)
		for i, want := range []kwadrans.Copy{busyAt(1), {}, busyAt(3)} {
			gen, err := a.s.KeepLook(a.ctx, zoom, kwadrans.Look{Copy: &want})
			a.ok(err)
			equal(a, "generation", gen, int64(i+1))
			a.copied(zoom, gen, &want)
		}
		a.copied(kwadrans.SourceZoom("another"), 0, nil)
	}},
	{"a copy that was worked out anew", func(a *asker) {
		c, one, two, three := a.add(server(1), ""), busyAt(1), busyAt(2), busyAt(3)
		keep := func(gen int64, v kwadrans.Copy, want bool) {
			a.Helper()
			kept, err := a.s.KeepCopy(a.ctx, c.ID, gen, v)
			a.ok(err)
			equal(a, "kept", kept, want)
		}
		a.look(c.ID, one, page("/a", "1"))
		keep(1, two, true)
		a.copied(c.ID, 1, &two)
		_, err := a.s.KeepLook(a.ctx, c.ID, kwadrans.Look{Change: &kwadrans.CalendarChange{Gone: []string{"/b"}}})
		a.ok(err)
		keep(1, three, false) // it was begun before that look
		keep(3, three, false)
		a.copied(c.ID, 2, nil)
		keep(2, three, true)
		a.copied(c.ID, 2, &three)
	}},
	{"another address makes it another calendar", func(a *asker) {
		for _, c := range []kwadrans.Calendar{Feed(1), server(2)} {
			a.add(c, "")
			a.look(c.ID, busyAt(1), page("/a", "1"))
			c.Address += "/elsewhere"
			a.ok(a.s.ChangeCalendar(a.ctx, c))
			equal(a, "reading", a.calendar(c.ID).Reading, kwadrans.Reading{})
			a.objects(c.ID, 2)
			a.copied(c.ID, 2, nil)
			kept, err := a.s.KeepCopy(a.ctx, c.ID, 1, busyAt(1))
			a.ok(err)
			equal(a, "an expansion of the old one is kept", kept, false)
		}
	}},
	{"all-day events that count otherwise void the copy", func(a *asker) {
		c, want := a.add(Feed(1), ""), busyAt(1)
		a.look(c.ID, want, page("", "1"))
		c.Name = "Inny"
		a.ok(a.s.ChangeCalendar(a.ctx, c))
		a.copied(c.ID, 1, &want)
		c.AllDay = !c.AllDay
		a.ok(a.s.ChangeCalendar(a.ctx, c))
		a.copied(c.ID, 2, nil)
		a.objects(c.ID, 2, page("", "1"))
		equal(a, "last good look", a.calendar(c.ID).Reading.Good, a.now)
	}},
	{"another secret is tried at once", func(a *asker) {
		c := a.add(server(1), "wrong")
		r := kwadrans.Reading{Tried: a.now, Next: a.now.Add(time.Hour), Fails: 4, Code: kwadrans.CodeCalendarAuth}
		_, err := a.s.KeepLook(a.ctx, c.ID, kwadrans.Look{Reading: r})
		a.ok(err)
		a.ok(a.s.ChangeCalendarSecret(a.ctx, c.ID, "right"))
		r.Next = time.Time{}
		equal(a, "reading", a.calendar(c.ID).Reading, r)
	}},
	{"a removed calendar leaves nothing", func(a *asker) {
		c, other, want := a.add(server(1), "x"), a.add(server(2), ""), busyAt(2)
		a.look(c.ID, busyAt(1), page("/a", "1"))
		a.look(other.ID, want, page("/a", "1"))
		a.ok(a.s.RemoveCalendar(a.ctx, c.ID))
		_, err := a.s.KeepLook(a.ctx, c.ID, kwadrans.Look{Copy: &want}) // one that was under way
		a.code(err, kwadrans.CodeNotFound)
		r, err := a.s.Reading(a.ctx, c.ID)
		a.ok(err)
		equal(a, "reading", r, kwadrans.Reading{})
		a.copied(c.ID, 0, nil)
		a.objects(c.ID, 0)
		a.copied(other.ID, 1, &want)
		a.objects(other.ID, 1, page("/a", "1"))
		a.add(c, "")
		a.copied(c.ID, 0, nil)
	}},
	{"a look is kept whole or not at all", func(a *asker) {
		c, want := a.add(server(1), ""), busyAt(1)
		a.look(c.ID, want, page("/a", "1"))
		_, err := a.s.KeepLook(a.ctx, kwadrans.SourceZoom("x"), kwadrans.Look{Reading: kwadrans.Reading{Fails: 1}, Copy: &want,
			Change: &kwadrans.CalendarChange{Changed: []kwadrans.CalendarObject{page("/b", "1")}}}) // Zoom has no objects
		if err == nil {
			a.Error("objects of no calendar were kept")
		}
		a.copied(kwadrans.SourceZoom("x"), 0, nil)
		a.copied(c.ID, 1, &want)
	}},
}
