package foreign

import (
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// oracle is the slow and obvious reading of a rule: it looks at every day from
// the start on and asks what RFC 5545 §3.3.10 says of it. It shares nothing with
// the guard, the library or the moves of walk.
type oracle struct {
	parts map[string]string
	start time.Time
}

func newOracle(text string, start time.Time) oracle {
	o := oracle{parts: map[string]string{}, start: start}
	for cell := range strings.SplitSeq(text, ";") {
		name, value, _ := strings.Cut(cell, "=")
		o.parts[name] = value
	}
	return o
}

func (o oracle) numbers(name string) (list []int) {
	for cell := range strings.SplitSeq(o.parts[name], ",") {
		if n, err := strconv.Atoi(cell); err == nil {
			list = append(list, n)
		}
	}
	return list
}

// occurrences are those up to an end.
func (o oracle) occurrences(end time.Time) (list []time.Time) {
	interval := 1
	if n := o.numbers("INTERVAL"); len(n) > 0 {
		interval = n[0]
	}
	first := o.period(o.start)
	var set []time.Time
	for day := midnight(o.start).AddDate(-1, 0, 0); day.Before(end.AddDate(1, 0, 1)); day = day.AddDate(0, 0, 1) {
		if p := o.period(day); p < first || (p-first)%interval != 0 {
			continue
		}
		if o.fits(day) {
			for _, h := range o.hours() {
				set = append(set, day.Add(time.Duration(h)*time.Hour+time.Duration(o.start.Minute())*time.Minute))
			}
		}
		if o.period(day.AddDate(0, 0, 1)) != o.period(day) {
			list = append(list, o.positions(set)...)
			set = nil
		}
	}
	list = slices.DeleteFunc(list, func(t time.Time) bool { return t.Before(o.start) })
	if n := o.numbers("COUNT"); len(n) > 0 {
		list = list[:min(len(list), n[0])]
	}
	until, err := time.Parse("20060102T150405Z", o.parts["UNTIL"])
	return slices.DeleteFunc(list, func(t time.Time) bool { return !t.Before(end) || err == nil && t.After(until) })
}

func (o oracle) hours() []int {
	list := o.numbers("BYHOUR")
	if len(list) == 0 {
		return []int{o.start.Hour()}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// positions picks what BYSETPOS wants of a period.
func (o oracle) positions(set []time.Time) (list []time.Time) {
	wanted := o.numbers("BYSETPOS")
	if len(wanted) == 0 {
		return set
	}
	for i, t := range set {
		if slices.Contains(wanted, i+1) || slices.Contains(wanted, i-len(set)) {
			list = append(list, t)
		}
	}
	return list
}

// period numbers the years, months, weeks or days.
func (o oracle) period(t time.Time) int {
	switch o.parts["FREQ"] {
	case "YEARLY":
		return t.Year()
	case "MONTHLY":
		return t.Year()*12 + int(t.Month())
	case "WEEKLY":
		return int(o.weekStart(t).Unix() / (7 * 86400))
	default:
		return int(t.Unix() / 86400)
	}
}

func (o oracle) weekStart(t time.Time) time.Time {
	first := time.Monday
	if w := o.parts["WKST"]; w != "" {
		first = weekday(w)
	}
	day := midnight(t)
	for day.Weekday() != first {
		day = day.AddDate(0, 0, -1)
	}
	return day
}

func weekday(s string) time.Weekday {
	return time.Weekday(slices.Index([]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}, s))
}

// fits says whether a day is one of the rule's, what it leaves open taken from the start.
func (o oracle) fits(d time.Time) bool {
	year := d.YearDay()
	month := d.Day()
	last := time.Date(d.Year(), d.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	days := time.Date(d.Year(), 12, 31, 0, 0, 0, 0, time.UTC).YearDay()
	has := func(name string) bool { return o.parts[name] != "" }
	either := func(name string, up, down int) bool {
		return !has(name) || slices.Contains(o.numbers(name), up) || slices.Contains(o.numbers(name), down)
	}
	if !either("BYMONTH", int(d.Month()), 99) || !either("BYMONTHDAY", month, month-last-1) || !either("BYYEARDAY", year, year-days-1) {
		return false
	}
	if has("BYWEEKNO") && !o.inWeek(d) || has("BYDAY") && !o.onDay(d) {
		return false
	}
	if has("BYMONTHDAY") || has("BYYEARDAY") || has("BYDAY") {
		return true
	}
	switch {
	case has("BYWEEKNO"), o.parts["FREQ"] == "WEEKLY":
		return d.Weekday() == o.start.Weekday()
	case o.parts["FREQ"] == "YEARLY":
		return d.Day() == o.start.Day() && (has("BYMONTH") || d.Month() == o.start.Month())
	case o.parts["FREQ"] == "MONTHLY":
		return d.Day() == o.start.Day()
	}
	return true
}

// inWeek looks at the number of the week in the calendar year of the day: the
// rule is YEARLY, and the days of its set lie in that year. Week 1 is the first
// with four days in the year.
func (o oracle) inWeek(d time.Time) bool {
	week := o.weekStart(d)
	owner := week.AddDate(0, 0, 3).Year()
	number := func(w time.Time) int { return (w.AddDate(0, 0, 3).YearDay()-1)/7 + 1 }
	last := o.weekStart(time.Date(owner, 12, 28, 0, 0, 0, 0, time.UTC))
	// The fourth day decides; December 28 is in the last week whichever day begins it.
	for number(last.AddDate(0, 0, 7)) > number(last) {
		last = last.AddDate(0, 0, 7)
	}
	n := number(week)
	return slices.Contains(o.numbers("BYWEEKNO"), n) || slices.Contains(o.numbers("BYWEEKNO"), n-number(last)-1)
}

// onDay looks at the day of the week and at its number in the month or year.
func (o oracle) onDay(d time.Time) bool {
	monthly := o.parts["FREQ"] == "MONTHLY" || o.parts["BYMONTH"] != ""
	for cell := range strings.SplitSeq(o.parts["BYDAY"], ",") {
		n, _ := strconv.Atoi(cell[:len(cell)-2])
		if d.Weekday() != weekday(cell[len(cell)-2:]) {
			continue
		}
		from, to := time.Date(d.Year(), 1, 1, 0, 0, 0, 0, time.UTC), time.Date(d.Year(), 12, 31, 0, 0, 0, 0, time.UTC)
		if monthly {
			from, to = time.Date(d.Year(), d.Month(), 1, 0, 0, 0, 0, time.UTC), time.Date(d.Year(), d.Month()+1, 0, 0, 0, 0, 0, time.UTC)
		}
		before, after := int(d.Sub(from).Hours())/(24*7), int(to.Sub(d).Hours())/(24*7)
		if n == 0 || n == before+1 || n == -after-1 {
			return true
		}
	}
	return false
}

// found is what the room finds for the same.
func found(text string, start time.Time, in stretch) (list []time.Time, end ending, err error) {
	r, err := parseRule(text, moment{wall: start, loc: time.UTC})
	if err != nil {
		return nil, broke, err
	}
	end = r.walk(start, in, newBudget(context.Background()), func(t time.Time) bool {
		list = append(list, t)
		return true
	})
	return list, end, nil
}

// The room and the oracle agree on every invented rule, wherever the stretch
// lies: so beginning the library near it, and moving both to the end of its
// time, change nothing.
func TestRulesMeanWhatTheySay(t *testing.T) {
	seen := 0
	rapid.Check(t, func(t *rapid.T) {
		text := inventRule(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "rule"), 1)))
		start := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 25*366*24*12).Draw(t, "start")) * 5 * time.Minute)
		from := start.AddDate(0, 0, rapid.IntRange(-400, 12*366).Draw(t, "from"))
		in := stretch{from, from.AddDate(0, 0, rapid.IntRange(1, 500).Draw(t, "days"))}
		got, end, err := found(text, start, in)
		if err != nil || end != walked {
			t.Fatalf("%s from %v: %v, %v", text, start, end, err)
		}
		want := slices.DeleteFunc(newOracle(text, start).occurrences(in.to), func(t time.Time) bool { return t.Before(in.from) })
		if !slices.Equal(got, want) {
			t.Fatalf("%s from %v in %v:\ngot  %v\nwant %v", text, start, in, got, want)
		}
		seen += len(got)
	})
	if seen < 100 {
		t.Errorf("only %d occurrences were compared", seen)
	}
}

// The control: the oracle tells rules apart that mean something else.
func TestOracleFindsMutants(t *testing.T) {
	start := time.Date(2026, 1, 5, 9, 30, 0, 0, time.UTC)
	in := stretch{start, start.AddDate(5, 0, 0)}
	for rule, mutant := range map[string]string{
		"FREQ=WEEKLY;INTERVAL=2":                     "FREQ=WEEKLY;INTERVAL=3",
		"FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=MO": "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU",
		"FREQ=MONTHLY;BYDAY=1MO":                     "FREQ=MONTHLY;BYDAY=-1MO",
		"FREQ=MONTHLY;BYMONTHDAY=30":                 "FREQ=MONTHLY;BYMONTHDAY=-2",
		"FREQ=YEARLY;BYDAY=20MO":                     "FREQ=YEARLY;BYDAY=21MO",
		"FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO":            "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO",
		"FREQ=DAILY;COUNT=9":                         "FREQ=DAILY;COUNT=10",
		"FREQ=DAILY;UNTIL=20260109T093000Z":          "FREQ=DAILY;UNTIL=20260109T092959Z",
		"FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=2":        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-2",
		"FREQ=YEARLY;BYYEARDAY=-1":                   "FREQ=YEARLY;BYYEARDAY=365",
		"FREQ=DAILY;BYHOUR=9,10":                     "FREQ=DAILY;BYHOUR=9,11",
	} {
		got, _, err := found(rule, start, in)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, newOracle(rule, start).occurrences(in.to)) {
			t.Errorf("%s is not what it says", rule)
		}
		if slices.Equal(got, newOracle(mutant, start).occurrences(in.to)) {
			t.Errorf("%s and %s are told to be the same", rule, mutant)
		}
	}
}
