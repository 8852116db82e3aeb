package page

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// weeks is how many weeks the sheet of days shows.
const weeks = 3

// sheet is some weeks of days, and the free starts of one of them.
type sheet struct {
	Weeks          [][]day
	Weekdays       []weekday
	Earlier, Later string // links; empty where there is nothing
	Chosen         string // the day whose starts are shown, as people write it
	Hours          []hour
	None           string // what is said in place of starts
	Doubt          bool   // of some days it cannot be told
}

type weekday struct{ Short, Long string }

// day is one day of the sheet. Level says in quarters how much of it is free.
type day struct {
	Number int
	Month  string // on the first of the sheet and of each month
	Free   int
	Level  int
	Link   string
	Label  string
	On     bool
}

// Meter is the level as four marks.
func (d day) Meter() []bool { return meter(d.Level) }

func meter(level int) []bool { return []bool{level > 0, level > 1, level > 2, level > 3} }

// hour is a row of starts; a quarter without a start keeps its place.
type hour struct {
	Label string
	Gap   bool // the row above it is not the hour before
	Cells []cell
}

type cell struct{ Text, Link string }

// tally counts the starts of each day of a zone.
type tally struct {
	free, all map[kwadrans.Date]int
	doubt     map[kwadrans.Date]bool
}

func count(pic booking.Picture, loc *time.Location) tally {
	n := tally{map[kwadrans.Date]int{}, map[kwadrans.Date]int{}, map[kwadrans.Date]bool{}}
	for _, s := range pic.Slots {
		d := kwadrans.DateOf(s.Start.In(loc))
		n.free[d]++
		n.all[d]++
	}
	for _, c := range pic.Reasons {
		d := kwadrans.DateOf(c.Start.In(loc))
		n.all[d]++
		n.doubt[d] = n.doubt[d] || c.Code == kwadrans.SourceUnknown
	}
	return n
}

// level is the free share of a day in quarters, never none when something is free.
func level(free, all int) int {
	if free == 0 || all == 0 {
		return 0
	}
	return min(4, max(1, (4*free+all/2)/all))
}

// firstFree is the earliest day with a free start.
func firstFree(pic booking.Picture, loc *time.Location) (kwadrans.Date, bool) {
	if len(pic.Slots) == 0 {
		return kwadrans.Date{}, false
	}
	return kwadrans.DateOf(pic.Slots[0].Start.In(loc)), true
}

// monday is the first day of the week of d.
func monday(d kwadrans.Date) kwadrans.Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

// midnight is when a day begins in a zone.
func midnight(d kwadrans.Date, loc *time.Location) time.Time {
	t, _ := kwadrans.Resolve(d, 0, loc)
	return t
}

// sheetOf draws the weeks from a Monday on. links make the addresses of days and starts.
func (v *visitor) sheetOf(pic booking.Picture, from kwadrans.Date, chosen kwadrans.Date, links links) sheet {
	n := count(pic, v.loc)
	s := sheet{Weekdays: v.weekdays()}
	for w := range weeks {
		row := make([]day, 7)
		for i := range row {
			row[i] = v.day(from.AddDays(7*w+i), n, chosen, links, w+i == 0)
			s.Doubt = s.Doubt || n.doubt[from.AddDays(7*w+i)]
		}
		s.Weeks = append(s.Weeks, row)
	}
	if chosen != (kwadrans.Date{}) {
		s.Chosen = v.dayName(chosen)
		s.Hours = v.hours(pic, chosen, links)
		if len(s.Hours) == 0 {
			s.None = v.t("page.day.none")
		}
	}
	return s
}

// links are the addresses that a sheet leads to.
type links struct {
	day   func(kwadrans.Date) string
	start func(time.Time) string
}

func (v *visitor) day(d kwadrans.Date, n tally, chosen kwadrans.Date, links links, first bool) day {
	out := day{Number: d.Day, Free: n.free[d], Level: level(n.free[d], n.all[d]), On: d == chosen}
	if first || d.Day == 1 {
		out.Month = v.t("page.month." + strings.ToLower(d.Month.String()[:3]))
	}
	if out.Free > 0 {
		out.Link, out.Label = links.day(d), lang.N(v.lang, "page.day.free", out.Free, "day", v.dayName(d))
	}
	return out
}

// dayName writes "piątek, 27 listopada".
func (v *visitor) dayName(d kwadrans.Date) string {
	full := lang.Date(v.lang, time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC))
	return strings.TrimSuffix(full, " "+strconv.Itoa(d.Year))
}

func (v *visitor) weekdays() (list []weekday) {
	for i := range 7 {
		t := time.Date(2026, 11, 23+i, 12, 0, 0, 0, time.UTC) // a Monday
		list = append(list, weekday{v.t("page.weekday." + strings.ToLower(t.Weekday().String()[:3])), lang.Weekday(v.lang, t)})
	}
	return list
}

// hours sets the starts of a day in rows of an hour. Where all of them are quarters,
// each quarter has its column.
func (v *visitor) hours(pic booking.Picture, d kwadrans.Date, links links) (rows []hour) {
	var starts []time.Time
	for _, s := range pic.Slots {
		if t := s.Start.In(v.loc); kwadrans.DateOf(t) == d {
			starts = append(starts, t)
		}
	}
	quarters := !slices.ContainsFunc(starts, func(t time.Time) bool { return t.Minute()%15 != 0 })
	var row time.Time // the hour of the last row, as an instant
	for _, t := range starts {
		at := t.Add(-time.Duration(t.Minute()) * time.Minute)
		if len(rows) == 0 || !at.Equal(row) {
			rows = append(rows, hour{Label: lang.Clock(at) + "–" + lang.Clock(at.Add(59*time.Minute)), Gap: len(rows) > 0 && at.Sub(row) > time.Hour})
			if quarters {
				rows[len(rows)-1].Cells = make([]cell, 4)
			}
			row = at
		}
		c, last := cell{lang.Clock(t), links.start(t)}, &rows[len(rows)-1]
		if quarters {
			last.Cells[t.Minute()/15] = c
		} else {
			last.Cells = append(last.Cells, c)
		}
	}
	return rows
}
