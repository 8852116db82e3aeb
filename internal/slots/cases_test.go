package slots_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"
)

// at reads "2027-03-27 23:30" in a zone, by its offset: "2027-03-27 23:30 +0100".
func at(t testing.TB, text string) time.Time {
	t.Helper()
	v, err := time.Parse("2006-01-02 15:04 -0700", text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// clock writes starts as local readings with their offset hours.
func clock(list []slots.Slot, loc *time.Location) string {
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strings.TrimSuffix(s.Start.In(loc).Format("15:04-0700"), "00"))
	}
	return b.String()
}

var (
	longAgo = time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
	newYear = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
)

func far(t kwadrans.Topic) kwadrans.Topic {
	t.MaxDays = 36500
	return t
}

func TestSlotsOfADay(t *testing.T) {
	for _, c := range []struct {
		name, zone, day string
		length, step    int
		windows         []string
		want            string
	}{
		{"plain", "Europe/Warsaw", "2027-06-16", 60, 60, []string{"9:00-12:00"}, "09:00+02 10:00+02 11:00+02"},
		{"must fit", "Europe/Warsaw", "2027-06-16", 50, 30, []string{"9:00-11:00"}, "09:00+02 09:30+02 10:00+02"},
		{"grid of each window", "Europe/Warsaw", "2027-06-16", 30, 30, []string{"9:00-9:40", "10:10-11:00"}, "09:00+02 10:10+02"},
		{"touching windows are one", "Europe/Warsaw", "2027-06-16", 60, 30, []string{"9:00-10:00", "10:00-11:00"}, "09:00+02 09:30+02 10:00+02"},
		{"across midnight", "Europe/Warsaw", "2027-06-16", 90, 60, []string{"22:00-24:00", "0:00-2:00"}, "00:00+02 22:00+02 23:00+02"},
		{"window past midnight", "Europe/Warsaw", "2027-06-16", 60, 60, []string{"23:00-1:00"}, "00:00+02 23:00+02"},
		{"spring forward", "Europe/Warsaw", "2027-03-28", 30, 30, []string{"1:00-4:00"}, "01:00+01 01:30+01 03:00+02 03:30+02"},
		{"over the gap", "Europe/Warsaw", "2027-03-28", 60, 30, []string{"1:00-3:30"}, "01:00+01 01:30+01"},
		{"fall back", "Europe/Warsaw", "2027-10-31", 30, 30, []string{"1:30-3:30"}, "01:30+02 02:00+02 02:30+02 02:00+01 02:30+01 03:00+01"},
		{"begins in the repeated hour", "Europe/Warsaw", "2027-10-31", 30, 30, []string{"2:30-3:00"}, "02:30+02 02:00+01 02:30+01"},
		{"New York back", "America/New_York", "2027-11-07", 60, 60, []string{"0:00-3:00"}, "00:00-04 01:00-04 01:00-05 02:00-05"},
		{"Lord Howe forward by 30", "Australia/Lord_Howe", "2027-10-03", 30, 30, []string{"1:00-3:30"}, "01:00+1030 01:30+1030 02:30+11 03:00+11"},
		{"Lord Howe back by 30", "Australia/Lord_Howe", "2027-04-04", 30, 30, []string{"1:00-3:00"}, "01:00+11 01:30+11 01:30+1030 02:00+1030 02:30+1030"},
		{"Cairo loses midnight", "Africa/Cairo", "2027-04-30", 30, 30, []string{"0:00-2:00"}, "01:00+03 01:30+03"},
		{"Beirut loses midnight", "Asia/Beirut", "2027-03-28", 60, 60, []string{"0:00-3:00"}, "01:00+03 02:00+03"},
		{"Beirut repeats 23:00", "Asia/Beirut", "2027-10-30", 60, 60, []string{"22:00-24:00"}, "22:00+03 23:00+03 23:00+02"},
		{"Troll jumps two hours", "Antarctica/Troll", "2027-03-28", 60, 60, []string{"0:00-5:00"}, "00:00+00 03:00+02 04:00+02"},
		{"half an hour off", "Asia/Kolkata", "2027-06-16", 60, 60, []string{"9:00-11:00"}, "09:00+0530 10:00+0530"},
		{"quarter off", "Asia/Kathmandu", "2027-06-16", 60, 60, []string{"9:00-11:00"}, "09:00+0545 10:00+0545"},
	} {
		t.Run(c.name, func(t *testing.T) {
			loc := load(t, c.zone)
			day, err := kwadrans.ParseDate(c.day)
			if err != nil {
				t.Fatal(err)
			}
			minute := func(n int) time.Duration { return time.Duration(n) * time.Minute }
			e := engine(t, one(far(topic(minute(c.length), minute(c.step))), longAgo, hours(c.zone, c.windows...)))
			from, _ := kwadrans.Resolve(day, 0, loc)
			to, _ := kwadrans.Resolve(day.AddDays(1), 0, loc)
			if got := clock(e.Slots(from, to), loc); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Every zone, every change of its clock from 2024 to 2037: the day around it has
// a start for each step of real time, at readings of the grid, and none else.
func TestEveryChangeOfEveryClock(t *testing.T) {
	n := 0
	for _, name := range zones(t) {
		loc := load(t, name)
		list := jumps(loc)
		if len(list) == 0 {
			continue
		}
		e := engine(t, one(far(topic(30*time.Minute, 30*time.Minute)), longAgo, hours(name, "0:00-24:00")))
		for _, jump := range list {
			n++
			if err := wholeDay(e, jump, loc); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if n < 2000 {
		t.Errorf("only %d changes", n)
	}
	t.Logf("%d changes", n)
}

func wholeDay(e *slots.Engine, jump time.Time, loc *time.Location) error {
	day := kwadrans.DateOf(jump.In(loc))
	from, _ := kwadrans.Resolve(day, 0, loc)
	to, _ := kwadrans.Resolve(day.AddDays(1), 0, loc)
	got := e.Slots(from, to)
	if want := int(to.Sub(from) / (30 * time.Minute)); len(got) != want {
		return fmt.Errorf("%s has %d starts, want %d", day, len(got), want)
	}
	for i, s := range got {
		if want := from.Add(time.Duration(i) * 30 * time.Minute); !s.Start.Equal(want) || s.Start.In(loc).Minute()%30 != 0 {
			return fmt.Errorf("%s: start %d is %v, want %v", day, i, s.Start, want)
		}
	}
	return nil
}

func TestBuffers(t *testing.T) {
	noon := at(t, "2027-06-16 12:00 +0200")
	talk := topic(30*time.Minute, 15*time.Minute)
	talk.BufferBefore, talk.BufferAfter = kwadrans.Duration(10*time.Minute), kwadrans.Duration(20*time.Minute)
	lunch := kwadrans.Busy{Span: kwadrans.Span{Start: noon, End: noon.Add(time.Hour)}, Before: 25 * time.Minute, After: 5 * time.Minute, Kind: kwadrans.FromCalendar, Item: "lunch"}
	e := engine(t, one(talk, newYear, hours("Europe/Warsaw", "9:00-17:00"), lunch))
	for _, c := range []struct {
		start string
		want  kwadrans.WhyNot
	}{
		{"11:05", ""}, // ends 25 minutes before: the larger of 20 and 25
		{"11:06", kwadrans.BufferHit},
		{"11:30", kwadrans.BufferHit},
		{"11:31", kwadrans.BusyCalendar},
		{"12:59", kwadrans.BusyCalendar},
		{"13:00", kwadrans.BufferHit},
		{"13:09", kwadrans.BufferHit},
		{"13:10", ""}, // the larger of 10 and 5
	} {
		got := e.Check(at(t, "2027-06-16 "+c.start+" +0200"))
		if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || got[0].Code != c.want) {
			t.Errorf("%s: %v, want %q", c.start, got, c.want)
		}
	}
}

func TestEmptyBusyBlocksNothing(t *testing.T) {
	noon := at(t, "2027-06-16 12:00 +0200")
	talk := topic(30*time.Minute, 30*time.Minute)
	talk.BufferBefore, talk.DailyLimit = kwadrans.Duration(time.Hour), 1
	e := engine(t, one(talk, newYear, hours("Europe/Warsaw", "9:00-17:00"),
		kwadrans.Busy{Span: kwadrans.Span{Start: noon, End: noon}, Kind: kwadrans.FromBooking, Topic: "talk"},
		kwadrans.Busy{Span: kwadrans.Span{Start: noon, End: noon.Add(-time.Hour)}, Kind: kwadrans.FromZoom}))
	if got := e.Check(noon); got != nil {
		t.Error(got)
	}
}

// Fractions of a second are never given away.
func TestSecondsAreRoundedOutward(t *testing.T) {
	noon := at(t, "2027-06-16 12:00 +0200")
	short := kwadrans.Busy{Span: kwadrans.Span{Start: noon.Add(-time.Millisecond), End: noon.Add(time.Millisecond)}, Kind: kwadrans.FromZoom}
	e := engine(t, one(topic(30*time.Minute, 30*time.Minute), newYear, hours("Europe/Warsaw", "9:00-17:00"), short))
	for _, start := range []time.Time{noon, noon.Add(-30 * time.Minute)} {
		if got := e.Check(start); len(got) != 1 || got[0].Code != kwadrans.BusyZoom {
			t.Errorf("%v: %v", start, got)
		}
	}
	if got := clock(e.Slots(noon.Add(-31*time.Minute), noon.Add(time.Hour)), noon.Location()); got != "12:30+02" {
		t.Error(got)
	}
}

// The days of a limit are the host's, 23 and 25 hours long when the clock changes.
func TestLimitsAcrossClockChanges(t *testing.T) {
	const zone = "Europe/Warsaw"
	booked := func(text string) kwadrans.Busy {
		s := at(t, text)
		return kwadrans.Busy{Span: kwadrans.Span{Start: s, End: s.Add(30 * time.Minute)}, Kind: kwadrans.FromBooking, Topic: "talk"}
	}
	for _, c := range []struct {
		name          string
		daily, weekly int
		busy          kwadrans.Busy
		shut, free    []string // first and last instants inside, nearest instants outside
	}{
		{"25 hours", 1, 0, booked("2027-10-31 12:00 +0100"),
			[]string{"2027-10-31 00:00 +0200", "2027-10-31 23:59 +0100"}, []string{"2027-10-30 23:59 +0200", "2027-11-01 00:00 +0100"}},
		{"23 hours", 1, 0, booked("2027-03-28 12:00 +0200"),
			[]string{"2027-03-28 00:00 +0100", "2027-03-28 23:59 +0200"}, []string{"2027-03-27 23:59 +0100", "2027-03-29 00:00 +0200"}},
		{"ISO week to Sunday's last minute", 0, 1, booked("2027-03-22 00:00 +0100"),
			[]string{"2027-03-28 23:59 +0200"}, []string{"2027-03-21 23:30 +0100", "2027-03-29 00:00 +0200"}},
		{"booked just after midnight", 1, 0, booked("2027-06-16 00:00 +0200"),
			[]string{"2027-06-16 23:59 +0200"}, []string{"2027-06-15 23:30 +0200", "2027-06-17 00:00 +0200"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			talk := topic(30*time.Minute, 15*time.Minute)
			talk.DailyLimit, talk.WeeklyLimit = c.daily, c.weekly
			e := engine(t, one(talk, newYear, hours(zone, "0:00-24:00"), c.busy))
			for _, text := range c.shut {
				got := e.Check(at(t, text))
				if !slices.ContainsFunc(got, func(c kwadrans.Conflict) bool { return c.Code == kwadrans.DayLimit || c.Code == kwadrans.WeekLimit }) {
					t.Errorf("%s is within the limit: %v", text, got)
				}
			}
			for _, text := range c.free {
				if got := e.Check(at(t, text)); len(got) > 0 {
					t.Errorf("%s: %v", text, got)
				}
			}
		})
	}
}
