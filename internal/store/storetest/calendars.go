package storetest

import (
	"fmt"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

const secretFeed = "https://calendar.example.com/ical/ola/private-5f2c/basic.ics"

// Feed is a calendar that is a feed; those of different numbers differ in the first
// eight characters of their ids and in their addresses.
func Feed(n int) kwadrans.Calendar {
	return kwadrans.Calendar{ID: id(n), Kind: kwadrans.CalendarFeed, Name: "Dom „Ż”", Address: fmt.Sprint(secretFeed, "?", n),
		Login: "ola", Colour: "#12ab34", AllDay: true, Near: true, Added: start.Add(time.Duration(-n) * time.Hour)}
}

// server is a CalDAV calendar.
func server(n int) kwadrans.Calendar {
	return kwadrans.Calendar{ID: id(n), Kind: kwadrans.CalendarServer, Name: "Praca", Address: fmt.Sprintf("https://dav.example.com/%d/", n), Login: "ola", Added: start}
}

func (a *asker) add(c kwadrans.Calendar, secret kwadrans.Secret) kwadrans.Calendar {
	a.Helper()
	a.ok(a.s.AddCalendar(a.ctx, c, secret))
	return c
}

func (a *asker) calendar(id string) kwadrans.Calendar {
	a.Helper()
	c, err := a.s.Calendar(a.ctx, id)
	a.ok(err)
	return c
}

// secret expects the kept secret; "" for none.
func (a *asker) secret(id string, want kwadrans.Secret) {
	a.Helper()
	got, ok, err := a.s.CalendarSecret(a.ctx, id)
	a.ok(err)
	equal(a, "there is a secret", ok, want != "")
	equal(a, "secret", got.Reveal(), want.Reveal())
}

var calendarQuestions = []question{
	{"calendars as they were added", func(a *asker) {
		list, err := a.s.Calendars(a.ctx)
		a.ok(err)
		equal(a, "calendars", list, []kwadrans.Calendar{})
		file := kwadrans.Calendar{ID: id(3), Kind: kwadrans.CalendarFile, Name: "Plik", Address: "/home/ola/żółw.ics", Added: start.Add(-2 * time.Hour)}
		feed, dav := a.add(Feed(1), "zażółć\x00"), a.add(server(2), "")
		a.add(file, "")
		for _, want := range []kwadrans.Calendar{feed, dav, file} {
			equal(a, "calendar", a.calendar(want.ID), want)
			equal(a, "by a prefix", a.calendar(strings.ToUpper(want.ID[:8])), want)
		}
		list, err = a.s.Calendars(a.ctx)
		a.ok(err)
		feed.Address = "https://calendar.example.com/…"
		equal(a, "calendars", list, []kwadrans.Calendar{file, feed, dav})
		a.secret(feed.ID, "zażółć\x00")
		a.secret(dav.ID, "")
	}},
	{"a calendar that is not there", func(a *asker) {
		_, err := a.s.Calendar(a.ctx, id(1))
		a.code(err, kwadrans.CodeNotFound)
		_, err = a.s.Calendar(a.ctx, "0000000")
		a.code(err, kwadrans.CodeInvalid)
		_, _, err = a.s.CalendarSecret(a.ctx, id(1))
		a.code(err, kwadrans.CodeNotFound)
		a.code(a.s.ChangeCalendar(a.ctx, Feed(1)), kwadrans.CodeNotFound)
		a.code(a.s.ChangeCalendarSecret(a.ctx, id(1), "x"), kwadrans.CodeNotFound)
		a.code(a.s.RemoveCalendar(a.ctx, id(1)), kwadrans.CodeNotFound)
		a.add(Feed(1), "")
		other := Feed(2)
		other.ID = id(1)[:9] + "1" + id(1)[10:]
		a.add(other, "")
		_, err = a.s.Calendar(a.ctx, id(1)[:8])
		a.code(err, kwadrans.CodeAmbiguous)
	}},
	{"an address is added once", func(a *asker) {
		for _, c := range []kwadrans.Calendar{Feed(1), server(2)} {
			a.add(c, "one")
			again := c
			again.ID = id(9)
			a.code(a.s.AddCalendar(a.ctx, again, "two"), kwadrans.CodeExists)
			third := c
			third.ID, third.Address = id(a.fresh()+20), c.Address+"other"
			a.add(third, "")
			third.Address = c.Address
			a.code(a.s.ChangeCalendar(a.ctx, third), kwadrans.CodeExists)
			a.secret(c.ID, "one")
		}
	}},
	{"a calendar is changed", func(a *asker) {
		for _, c := range []kwadrans.Calendar{Feed(1), server(2)} {
			a.add(c, "secret")
			c.Name, c.Colour, c.AllDay, c.Near, c.Login = "Inny", "#000000", !c.AllDay, !c.Near, "jan"
			a.ok(a.s.ChangeCalendar(a.ctx, c))
			equal(a, "calendar", a.calendar(c.ID), c)
			c.Address += "/elsewhere"
			a.ok(a.s.ChangeCalendar(a.ctx, c))
			equal(a, "calendar", a.calendar(c.ID), c)
			a.secret(c.ID, "secret")
			a.ok(a.s.ChangeCalendarSecret(a.ctx, c.ID, "another"))
			a.secret(c.ID, "another")
			a.ok(a.s.ChangeCalendarSecret(a.ctx, c.ID, ""))
			a.secret(c.ID, "")
		}
	}},
	{"a feed that is changed as it is shown keeps its address", func(a *asker) {
		want := a.add(Feed(1), "")
		list, err := a.s.Calendars(a.ctx)
		a.ok(err)
		c := list[0]
		c.Name, want.Name = "Inny", "Inny"
		a.ok(a.s.ChangeCalendar(a.ctx, c))
		equal(a, "calendar", a.calendar(c.ID), want)
	}},
	{"forget the secrets of calendars", func(a *asker) {
		feed, dav := a.add(Feed(1), "one"), server(2)
		dav.Publish = true
		a.add(dav, "two")
		open := a.add(server(3), "")
		a.ok(a.s.ForgetSecrets(a.ctx, a.now))
		for _, c := range []kwadrans.Calendar{feed, dav} {
			_, _, err := a.s.CalendarSecret(a.ctx, c.ID)
			a.code(err, kwadrans.CodeKeyChanged)
		}
		a.secret(open.ID, "")
		a.pauses(kwadrans.Pause{Lane: kwadrans.LaneCalendar + dav.ID, Until: kwadrans.Forever, Code: kwadrans.CodeCalendarAuth})
		equal(a, "address", a.calendar(feed.ID).Address, "https://calendar.example.com/…")
		a.ok(a.s.ChangeCalendarSecret(a.ctx, dav.ID, "new"))
		a.secret(dav.ID, "new")
		a.pauses()
		a.ok(a.s.ChangeCalendarSecret(a.ctx, feed.ID, ""))
		_, _, err := a.s.CalendarSecret(a.ctx, feed.ID)
		a.code(err, kwadrans.CodeKeyChanged) // its address is still missing
		a.ok(a.s.ChangeCalendar(a.ctx, feed))
		a.secret(feed.ID, "")
		equal(a, "calendar", a.calendar(feed.ID), feed)
	}},
	{"everything about calendars is heard", func(a *asker) {
		a.heard("nothing", func() error { return nil }, false)
		c := Feed(1)
		a.heard("an added calendar", func() error { return a.s.AddCalendar(a.ctx, c, "x") }, true)
		c.Name = "Inny"
		a.heard("a changed calendar", func() error { return a.s.ChangeCalendar(a.ctx, c) }, true)
		a.heard("another secret", func() error { return a.s.ChangeCalendarSecret(a.ctx, c.ID, "y") }, true)
		a.heard("a look that failed", func() error {
			_, err := a.s.KeepLook(a.ctx, c.ID, kwadrans.Look{Reading: kwadrans.Reading{Tried: a.now, Code: kwadrans.CodeOffline}})
			return err
		}, true)
		a.heard("a look", func() error { a.look(c.ID, busyAt(1)); return nil }, true)
		a.heard("another copy", func() error { _, err := a.s.KeepCopy(a.ctx, c.ID, 1, busyAt(2)); return err }, true)
		a.heard("an old copy", func() error { _, err := a.s.KeepCopy(a.ctx, c.ID, 0, busyAt(2)); return err }, false)
		a.heard("reading", func() error { _, _, _, err := a.s.Copy(a.ctx, c.ID); return err }, false)
		a.heard("a removed calendar", func() error { return a.s.RemoveCalendar(a.ctx, c.ID) }, true)
	}},
}

// heard does something and expects whether it counts as a change.
func (a *asker) heard(what string, do func() error, want bool) {
	a.Helper()
	before, err := a.s.Changes(a.ctx)
	a.ok(err)
	a.ok(do())
	after, err := a.s.Changes(a.ctx)
	a.ok(err)
	equal(a, what+" is heard", after != before, want)
}
