package slots_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"
)

// Many may ask one engine at a time, each for another stretch.
func TestManyAskAtOnce(t *testing.T) {
	s := shape{"", slots.Any, 8, 30, 100}
	q, from, _ := s.query()
	e := engine(t, q)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			day := from.AddDate(0, 0, 3*(i*5%8))
			want := engine(t, q)
			got, free := e.Slots(day, day.AddDate(0, 0, 2)), want.Slots(day, day.AddDate(0, 0, 2))
			if len(got) == 0 || !slices.EqualFunc(got, free, equal) {
				t.Errorf("%v: %d slots, want %d", day, len(got), len(free))
			}
			for _, c := range want.Why(day, day.AddDate(0, 0, 1)) {
				if why := e.Check(c.Start); len(why) == 0 || why[0].Code != c.Code {
					t.Errorf("%v: %v, want %s", c.Start, codes(why), c.Code)
				}
			}
		})
	}
	all.Wait()
}

// Go 1.26 puts the end of the zone's stretch before the last day of a leap year after
// 2037. Walking from stretch to stretch did not come past it.
func TestLastDayOfALeapYearAfter2037(t *testing.T) {
	loc := load(t, "Europe/Warsaw")
	day := time.Date(2040, 12, 31, 0, 0, 0, 0, loc)
	e := engine(t, one(far(topic(time.Hour, time.Hour)), day.AddDate(0, 0, -5), hours("Europe/Warsaw", "0:00-24:00")))
	if got := e.Slots(day, day.AddDate(0, 0, 2)); len(got) != 48 || !got[0].Start.Equal(day) {
		t.Errorf("%d slots: %v", len(got), got)
	}
}

// A start between two seconds would end in the second after.
func TestFractionOfASecondIsNotOffered(t *testing.T) {
	noon := at(t, wednesday+"12:00 +0200")
	busy := kwadrans.Busy{Span: kwadrans.Span{Start: noon, End: noon.Add(time.Hour)}, Kind: kwadrans.FromZoom}
	e := engine(t, one(topic(time.Hour, time.Hour), newYear, hours("Europe/Warsaw", "9:00-17:00"), busy))
	if got := e.Check(noon.Add(-time.Hour)); got != nil {
		t.Error(got)
	}
	if got := e.Check(noon.Add(-time.Hour + time.Millisecond)); len(got) != 1 || got[0].Code != kwadrans.BusyZoom {
		t.Error(got)
	}
}

// Two lists of exceptions may begin at the same place.
func TestExceptionsThatShareAnArray(t *testing.T) {
	day := kwadrans.Date{Year: 2027, Month: 6, Day: 16}
	s := hours("Europe/Warsaw", "9:00-17:00")
	s.Exceptions = []kwadrans.Exception{{Date: day}, {Date: day.AddDays(1)}}
	q := one(topic(time.Hour, time.Hour), newYear, s)
	q.Mode = slots.Any
	s.Exceptions = s.Exceptions[:1]
	q.Hosts = append(q.Hosts, slots.Host{ID: "you", Active: true, Schedule: s})
	from := at(t, wednesday+"00:00 +0200")
	got := engine(t, q).Slots(from, from.AddDate(0, 0, 2))
	if len(got) != 8 || !slices.Equal(got[0].Hosts, []string{"you"}) {
		t.Errorf("%v", got)
	}
}
