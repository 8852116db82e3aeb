package storetest

import (
	"fmt"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// own is a sample of a host of its own, so that it is in nobody's way.
func own(n, minutes int) kwadrans.Booking {
	b := Sample(n, minutes)
	b.Host.ID = fmt.Sprint("host ", n)
	return b
}

// numbers writes bookings by their numbers.
func numbers(list []kwadrans.Booking) string {
	var text []string
	for _, b := range list {
		text = append(text, strings.TrimLeft(b.ID[:8], "0"))
	}
	return strings.Join(text, " ")
}

func (a *asker) list(ask kwadrans.ListAsk) (string, bool) {
	a.Helper()
	ask.Now = a.now
	page, more, err := a.s.BookingList(a.ctx, ask)
	a.ok(err)
	return numbers(page), more
}

func (a *asker) lists(when kwadrans.ListWhen, search, want string) {
	a.Helper()
	got, more := a.list(kwadrans.ListAsk{When: when, Search: search})
	equal(a, string(when)+" "+search, got, want)
	equal(a, "more", more, false)
}

var listQuestions = []question{
	{"to come, past, cancelled", func(a *asker) {
		a.reserve(own(1, 60))
		a.reserve(own(2, -30)) // ends now
		a.reserve(own(3, -29))
		long := own(4, -24*60+1)
		long.End = long.Start.Add(kwadrans.MaxMeeting)
		long.Blocked = long.Span()
		a.reserve(long)
		a.reserve(own(5, 60)) // as soon as the first
		a.reserve(own(6, -3000))
		for n, minutes := range map[int]int{7: 30, 8: -500, 9: 700} {
			a.reserve(own(n, minutes))
			a.cancel(id(n))
		}
		a.lists(kwadrans.ListUpcoming, "", "4 3 1 5")
		a.lists(kwadrans.ListPast, "", "2 6")
		a.lists(kwadrans.ListCancelled, "", "9 7 8")
		a.pass(90 * time.Minute)
		a.lists(kwadrans.ListUpcoming, "", "")
		a.lists(kwadrans.ListPast, "", "5 1 3 2 4 6")
		_, _, err := a.s.BookingList(a.ctx, kwadrans.ListAsk{When: "all"})
		a.code(err, kwadrans.CodeInvalid)
	}},
	{"a page as it is kept", func(a *asker) {
		b := Sample(1, 60)
		a.reserve(b, Steps(b)...)
		a.complete(a.claim(kwadrans.TargetZoom), done(1, 7))
		page, _, err := a.s.BookingList(a.ctx, kwadrans.ListAsk{When: kwadrans.ListUpcoming, Now: a.now, Limit: 1})
		a.ok(err)
		equal(a, "page", page, []kwadrans.Booking{a.booking(b.ID)})
	}},
	{"pages", func(a *asker) {
		for n := range 7 {
			a.reserve(own(n+1, n/2*60))
		}
		pages := func(when kwadrans.ListWhen, want ...string) {
			a.Helper()
			for i, page := range want {
				got, more := a.list(kwadrans.ListAsk{When: when, Limit: 3, Offset: 3 * i})
				equal(a, fmt.Sprint(when, " page ", i), got, page)
				equal(a, fmt.Sprint(when, " more ", i), more, i < 2)
			}
		}
		pages(kwadrans.ListUpcoming, "1 2 3", "4 5 6", "7", "")
		a.pass(24 * time.Hour)
		pages(kwadrans.ListPast, "7 6 5", "4 3 2", "1", "")
		got, more := a.list(kwadrans.ListAsk{When: kwadrans.ListPast, Limit: 7})
		equal(a, "whole", got, "7 6 5 4 3 2 1")
		equal(a, "more", more, false)
		got, more = a.list(kwadrans.ListAsk{When: kwadrans.ListPast, Search: "jan", Limit: 2, Offset: 4})
		equal(a, "searched", got, "3 2")
		equal(a, "more", more, true)
	}},
	{"a search", func(a *asker) {
		people := []kwadrans.Attendee{
			{Name: "Świętosława ŻÓŁKIEWSKA", Email: "swieta@example.com"}, {Name: "Jan O'Hara 100%", Email: "jan_x@Example.ORG"}, {Name: "Émile Straße", Email: "emile@example.fr"},
		}
		for n, p := range people {
			b := own(n+1, n*60)
			b.TopicName = []string{"Łączność", "Rozmowa o łące", "Konsultacja"}[n]
			b.Attendees = []kwadrans.Attendee{p}
			b.Note, b.Form = []string{"", "", "Proszę zabrać umowę"}[n], []string{"Sygnatura: II C 12/26", "", ""}[n]
			a.reserve(b)
		}
		for search, want := range map[string]string{
			"": "1 2 3", "  ": "1 2 3", "żółkiewska": "1", "ŻÓŁK": "1", "zolkiewska": "1", "święto": "1", "ŁĄ": "1 2", "łąCE": "2", "rozmowa ŁĄCE": "2", "łące hara": "2",
			"SWIETA@EXAMPLE": "1", "example.org": "2", "émile": "3", "ÉMILE": "3", "straße": "3", "nobody": "", "hara nobody": "", "o'hara": "2", "100%": "2", "%": "2",
			"_": "2", "*": "", "jan x": "2", "łącznośćx": "", "kie\u0328wska": "1", strings.Repeat("jan ", 5000): "2",
			"ąświętosława": "", "łączność świętosława": "1", "UMOWE": "3", "sygnatura 12/26": "1", "świętosława łączność": "1",
		} {
			a.lists(kwadrans.ListUpcoming, search, want)
		}
		a.pass(24 * time.Hour)
		a.lists(kwadrans.ListPast, "ŁĄ", "2 1")
		a.cancel(id(1))
		a.lists(kwadrans.ListPast, "ŁĄ", "2")
		a.lists(kwadrans.ListCancelled, "ŁĄ", "1")
		a.lists(kwadrans.ListCancelled, "hara", "")
	}},
	{"a search after a change", func(a *asker) {
		a.reserve(own(1, 60))
		a.lists(kwadrans.ListUpcoming, "anna", "1")
		a.revise(id(1), func(b *kwadrans.Booking) {
			b.Attendees = []kwadrans.Attendee{{Name: "Zoë", Email: "zoe@example.com", Zone: "UTC", Lang: kwadrans.English, Answer: kwadrans.NoAnswer}}
		})
		a.lists(kwadrans.ListUpcoming, "anna", "")
		a.lists(kwadrans.ListUpcoming, "ZOË", "1")
	}},
	{"the steps of many", func(a *asker) {
		for n := range 3 {
			b := Sample(n+1, n*60)
			a.reserve(b, Steps(b)...)
		}
		of, err := a.s.StepsOf(a.ctx, []string{id(3), id(1), id(9), "%"})
		a.ok(err)
		equal(a, "bookings", len(of), 2)
		for _, n := range []int{1, 3} {
			want, err := a.s.Steps(a.ctx, id(n))
			a.ok(err)
			equal(a, "steps", of[id(n)], want)
		}
		for _, none := range [][]string{nil, {}} {
			of, err = a.s.StepsOf(a.ctx, none)
			a.ok(err)
			equal(a, "nothing asked", len(of), 0)
		}
	}},
	{"whether something changed", func(a *asker) {
		last := int64(-1)
		changed := func(what string) {
			a.Helper()
			now, err := a.s.Changes(a.ctx)
			a.ok(err)
			if now == last {
				a.Errorf("not seen: %s", what)
			}
			last = now
		}
		changed("the first look")
		b := Sample(1, 0)
		a.reserve(b, Steps(b)...)
		changed("a booking")
		st := a.claim(kwadrans.TargetZoom)
		changed("a claim")
		a.complete(st, done(1, 7))
		changed("a success")
		a.ok(a.s.SetMeta(a.ctx, "a", "1"))
		changed("a fact")
		a.ok(a.s.SaveProfile(a.ctx, kwadrans.Profile{Name: "Ola", Email: host, Zone: "UTC", Lang: kwadrans.Polish}))
		changed("the profile")
		a.cancel(b.ID)
		changed("a cancellation")
	}},
}
