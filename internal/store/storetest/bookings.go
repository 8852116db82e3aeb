package storetest

import (
	"fmt"
	"sync"
	"time"

	"kwadrans/internal/kwadrans"
)

var bookingQuestions = []question{
	{"prefix of an id", func(a *asker) {
		one, two := Sample(1, 0), Sample(2, 60)
		two.ID = one.ID[:12] + "9" + one.ID[13:] // alike in twelve characters
		two.UID = two.ID
		three := Sample(0xabcdef12, 120)
		for _, b := range []kwadrans.Booking{one, two, three} {
			a.reserve(b)
		}
		for _, c := range []struct {
			prefix string
			want   string
			code   kwadrans.Code
		}{
			{one.ID, one.ID, ""}, {two.ID, two.ID, ""}, {"ABCDEF12", three.ID, ""}, {one.ID[:13], one.ID, ""},
			{"abcdef1", "", kwadrans.CodeInvalid}, {"", "", kwadrans.CodeInvalid},
			{one.ID[:8], "", kwadrans.CodeAmbiguous}, {one.ID[:12], "", kwadrans.CodeAmbiguous},
			{"99999999", "", kwadrans.CodeNotFound}, {one.ID + "0", "", kwadrans.CodeNotFound},
			{"________", "", kwadrans.CodeNotFound}, {"%%%%%%%%", "", kwadrans.CodeNotFound}, {"abcdef1'", "", kwadrans.CodeNotFound},
		} {
			b, err := a.s.Booking(a.ctx, c.prefix)
			if c.code != "" {
				a.code(err, c.code)
				continue
			}
			a.ok(err)
			equal(a, c.prefix, b.ID, c.want)
		}
	}},
	{"a range of bookings", func(a *asker) {
		for i := range 4 {
			a.reserve(Sample(i+1, i*60))
		}
		ask := func(from, to, limit, offset int, want ...int) {
			a.Helper()
			span := kwadrans.Span{Start: start.Add(time.Duration(from) * time.Minute), End: start.Add(time.Duration(to) * time.Minute)}
			list, err := a.s.Bookings(a.ctx, span, limit, offset)
			a.ok(err)
			got := []string{}
			for _, b := range list {
				got = append(got, b.ID)
			}
			ids := []string{}
			for _, n := range want {
				ids = append(ids, id(n))
			}
			equal(a, fmt.Sprint(from, " to ", to), got, ids)
		}
		ask(0, 240, 0, 0, 1, 2, 3, 4)
		ask(0, 60, 0, 0, 1)
		ask(29, 61, 0, 0, 1, 2)
		ask(30, 60, 0, 0)
		ask(0, 240, 2, 1, 2, 3)
		ask(0, 240, 0, 3, 4)
		long := Sample(9, 600)
		long.End = long.Start.Add(kwadrans.MaxMeeting)
		long.Blocked = long.Span()
		a.reserve(long)
		ask(600+23*60, 600+24*60, 0, 0, 9)
		ask(600+24*60, 600+25*60, 0, 0)
	}},
	{"what the bookings hold", func(a *asker) {
		a.reserve(padded(Sample(1, 0), 10, 20))
		phone := Sample(2, 120)
		phone.Place = kwadrans.Place{Kind: kwadrans.PlacePhone, Detail: "+48"}
		a.reserve(phone)
		other := Sample(3, 0)
		other.Host.ID = "other"
		a.reserve(other)
		a.reserve(Sample(4, 300))
		a.cancel(id(4))
		ask := func(from, to int, except string, want ...string) {
			a.Helper()
			span := kwadrans.Span{Start: start.Add(time.Duration(from) * time.Minute), End: start.Add(time.Duration(to) * time.Minute)}
			list, err := a.s.OwnBusy(a.ctx, kwadrans.Me, span, except)
			a.ok(err)
			got := []string{}
			for _, b := range list {
				got = append(got, fmt.Sprint(b.ID, " ", b.Before.Minutes(), " ", b.After.Minutes(), " ", b.Zoom))
			}
			equal(a, fmt.Sprint(from, " to ", to), append([]string{}, want...), got)
		}
		one, two := id(1)+" 10 20 true", id(2)+" 0 0 false"
		ask(-600, 600, "", one, two)
		ask(-600, 600, id(1), two)
		ask(49, 50, "", one)
		ask(50, 120, "")
		ask(-20, -10, "")
		ask(-20, -9, "", one)
	}},
	{"our meetings in Zoom", func(a *asker) {
		for i := range 3 {
			b := Sample(i+1, i*60)
			a.reserve(b, Steps(b)[0])
			a.complete(a.claim(kwadrans.TargetZoom), done(1, int64(100+i)))
		}
		a.cancel(id(2)) // its meeting is ours until it is gone, and after
		got, err := a.s.OwnMeetings(a.ctx, kwadrans.Span{Start: start, End: start.Add(2 * time.Hour)})
		a.ok(err)
		equal(a, "meetings", got, map[int64]bool{100: true, 101: true})
	}},
	{"a change", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		a.pass(time.Hour)
		moved := Sample(1, 90)
		want := a.revise(b.ID, func(b *kwadrans.Booking) {
			b.Start, b.End, b.Wall, b.Blocked = moved.Start, moved.End, moved.Wall, padded(moved, 5, 5).Blocked
			b.Note, b.Over, b.Host.Name = "nowe", "powód", "Inna"
			b.Place, b.Change = kwadrans.Place{Kind: kwadrans.PlaceLink, Detail: "https://example.com"}, kwadrans.ChangePolicy{MayCancel: true}
			b.Attendees[0].Answer = kwadrans.Accepted
			b.Attendees = append(b.Attendees, kwadrans.Attendee{Name: "Ewa", Email: "ewa@example.com", Zone: "UTC", Lang: kwadrans.English, Answer: kwadrans.NoAnswer})
		})
		equal(a, "booking", a.booking(b.ID), want)
		a.reserve(Sample(2, 0)) // the old time is free
		history, err := a.s.History(a.ctx, b.ID)
		a.ok(err)
		equal(a, "history", history, []kwadrans.Event{created, {At: a.now, Actor: "host", Kind: "changed"}})
	}},
	{"a change to where it is not free", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		a.reserve(Sample(2, 60))
		c := b
		c.Rev, c.Start, c.End = 2, b.Start.Add(time.Hour), b.End.Add(time.Hour)
		c.Blocked = c.Span()
		_, err := a.s.Revise(a.ctx, c, 1, Steps(c), kwadrans.Event{Kind: "changed"})
		a.code(err, kwadrans.CodeNotFree)
		equal(a, "booking", a.booking(b.ID), b)
		equal(a, "wanted", a.step(b.ID, kwadrans.TargetZoom).Want, 1)
	}},
	{"a lost update", func(a *asker) {
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		const n = 8
		var wg sync.WaitGroup
		var won [n]bool
		for i := range n {
			wg.Go(func() {
				c := b
				c.Rev, c.Note = 2, fmt.Sprint(i)
				var err error
				if won[i], err = a.s.Revise(a.ctx, c, 1, Steps(c), kwadrans.Event{Kind: "changed"}); err != nil {
					a.Error(err)
				}
			})
		}
		wg.Wait()
		winners := 0
		for i := range n {
			if won[i] {
				winners++
				equal(a, "note", a.booking(b.ID).Note, fmt.Sprint(i))
			}
		}
		equal(a, "winners", winners, 1)
		equal(a, "revision", a.booking(b.ID).Rev, 2)
		b.Rev = 9
		done, err := a.s.Revise(a.ctx, b, 8, Steps(b), kwadrans.Event{Kind: "changed"})
		a.ok(err)
		equal(a, "a change of a revision that never was", done, false)
		equal(a, "wanted", a.step(b.ID, kwadrans.TargetZoom).Want, 2)
	}},
}
