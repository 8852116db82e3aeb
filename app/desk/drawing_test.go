package desk

import (
	"slices"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// The page of yesterday was shown no days at all, and no way on.
func TestDaysFromYesterdayBeginToday(t *testing.T) {
	sch := kwadrans.DefaultSchedule("default", "Europe/Warsaw")
	topic := kwadrans.DefaultTopic("Porada", kwadrans.Duration(30*time.Minute))
	topic.MaxDays = 20
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC) // a Wednesday
	days := func(from string, back bool) []kwadrans.Date {
		t.Helper()
		_, p, err := shown(topic, sch, now, from, back)
		check(t, err)
		return p.days
	}
	fresh := days("", false)
	if len(fresh) != shownDays || fresh[0].String() != "2026-11-25" {
		t.Fatalf("today begins with %v", fresh)
	}
	if stale := days("2026-11-20", false); !slices.Equal(stale, fresh) {
		t.Errorf("from last week: %v", stale)
	}
	if last := days("2027-03-01", true); len(last) != shownDays || last[shownDays-1].String() != "2026-12-15" {
		t.Errorf("back from far away: %v", last)
	}
	if none := days("2026-11-25", true); len(none) != 0 {
		t.Errorf("before today: %v", none)
	}
}

// In a zone half an hour off, each hour was counted from its middle.
func TestTheLoadOfADayInIndia(t *testing.T) {
	loc, err := kwadrans.Zone("Asia/Kolkata")
	check(t, err)
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 25, hour, minute, 0, 0, loc) }
	open := []kwadrans.Span{{Start: at(9, 30).UTC(), End: at(12, 0).UTC()}}
	busy := []kwadrans.Busy{{Span: kwadrans.Span{Start: at(10, 0), End: at(11, 0)}}}
	v := loadDay(kwadrans.DateOf(at(0, 0)), open, loc, busy)
	if v.From != 9 || !slices.Equal(v.Hours, []int{0, 4, 0}) {
		t.Errorf("from %d: %v", v.From, v.Hours)
	}
}

func TestTheNameOfAnExport(t *testing.T) {
	wall := kwadrans.Wall{Date: kwadrans.Date{Year: 2026, Month: 12, Day: 2}, Zone: "Europe/Warsaw"}
	start := time.Date(2026, 12, 1, 23, 30, 0, 0, time.UTC)
	for name, want := range map[string]string{"Porada prawna": "porada-prawna-2026-12-02.ics", "Консультація": "2026-12-02.ics"} {
		if got := exportName(kwadrans.Booking{TopicName: name, Start: start, Wall: wall}); got != want {
			t.Errorf("%s is written to %s", name, got)
		}
	}
}
