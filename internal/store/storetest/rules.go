package storetest

import (
	"time"

	"kwadrans/internal/kwadrans"
)

// factRules is the small fact that says by which rules instants were worked out.
const factRules = "tzdb"

// due expects the bookings whose instants have to be worked out anew.
func (a *asker) due(tzdb string, want ...kwadrans.Booking) {
	a.Helper()
	got, err := a.s.WallDue(a.ctx, tzdb, a.now)
	a.ok(err)
	equal(a, "due under "+tzdb, append([]kwadrans.Booking{}, got...), append([]kwadrans.Booking{}, want...))
}

var ruleQuestions = []question{
	{"new rules of the zones", func(a *asker) {
		past, running, later, soon, gone := Sample(1, -600), Sample(2, -10), Sample(3, 600), Sample(4, 60), Sample(5, 120)
		for _, b := range []kwadrans.Booking{past, running, later, soon, gone} {
			a.reserve(b)
		}
		a.cancel(gone.ID)
		a.due("2026b", running, soon, later) // nothing was ever said
		a.ok(a.s.SetMeta(a.ctx, factRules, "2026b"))
		a.due("2026b")
		a.due("2026c", running, soon, later)
	}},
	{"a booking keeps its clock reading under new rules", func(a *asker) {
		b := Sample(1, 60)
		b.Wall.Fold = 1
		a.reserve(b)
		a.ok(a.s.SetMeta(a.ctx, factRules, "2026b"))
		list, err := a.s.WallDue(a.ctx, "2026c", a.now)
		a.ok(err)
		equal(a, "due", list, []kwadrans.Booking{b})
		want := a.revise(b.ID, func(b *kwadrans.Booking) {
			b.Start, b.End = b.Start.Add(time.Hour), b.End.Add(time.Hour)
			b.Blocked = b.Span()
		})
		a.due("2026c", want)
		equal(a, "clock reading", want.Wall, b.Wall)
		a.claim(kwadrans.TargetZoom) // Zoom is told
	}},
	{"the uids of all bookings", func(a *asker) {
		own, err := a.s.OwnUIDs(a.ctx)
		a.ok(err)
		equal(a, "uids", own, map[string]bool{})
		one, two := a.reserve(Sample(1, 0)), a.reserve(Sample(2, 60))
		a.cancel(two.ID)
		own, err = a.s.OwnUIDs(a.ctx)
		a.ok(err)
		equal(a, "uids", own, map[string]bool{one.UID: true, two.UID: true})
	}},
}
