package foreign

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"
)

const warsaw = "BEGIN:VTIMEZONE\r\nTZID:Europe/Warsaw\r\n" +
	"BEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nDTSTART:19700329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n" +
	"BEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\n" +
	"END:VTIMEZONE\r\n"

// ruled is a page of events that recur by invented rules, the same in every run.
func ruled(n int) (text []byte, rules map[string]string) {
	r := rand.New(rand.NewPCG(3, 4))
	rules = map[string]string{}
	b := bytes.NewBufferString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n" + warsaw)
	for len(rules) < n {
		rule, uid := inventRule(r), strconv.Itoa(len(rules))
		start := time.Date(2023+r.IntN(5), time.Month(1+r.IntN(12)), 1+r.IntN(31), 4+r.IntN(18), 5*r.IntN(12), 0, 0, time.UTC)
		first, ok := firstOf(rule, start)
		if !ok {
			continue
		}
		rules[uid] = rule
		fmt.Fprintf(b, "BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Warsaw:%s\r\nDURATION:PT1H\r\nRRULE:%s\r\nEND:VEVENT\r\n",
			uid, first.Format("20060102T150405"), rule)
	}
	b.WriteString("END:VCALENDAR\r\n")
	return b.Bytes(), rules
}

// firstOf moves a start to the first occurrence: what a rule means for a start
// that it does not meet is undefined (RFC 5545 §3.8.5.3).
func firstOf(text string, start time.Time) (first time.Time, ok bool) {
	r, err := parseRule(text, moment{wall: start, loc: time.UTC})
	if err != nil {
		return first, false
	}
	r.walk(start, stretch{start, start.AddDate(9, 0, 0)}, newBudget(context.Background()), func(t time.Time) bool {
		first, ok = t, true
		return false
	})
	return first, ok && first.Year() < 2028
}

func inventRule(r *rand.Rand) string {
	days := []string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}
	some := func(most int, pick func() string) string {
		list := []string{}
		for range 1 + r.IntN(most) {
			if s := pick(); !slices.Contains(list, s) {
				list = append(list, s)
			}
		}
		return strings.Join(list, ",")
	}
	signed := func(most int) string {
		n := 1 + r.IntN(most)
		if r.IntN(4) == 0 {
			n = -n
		}
		return strconv.Itoa(n)
	}
	day := func() string { return days[r.IntN(7)] }
	nth := func() string { return signed(5) + day() }
	month := func() string { return strconv.Itoa(1 + r.IntN(12)) }
	b := []string{}
	add := func(one int, name string, most int, pick func() string) {
		if r.IntN(one) == 0 {
			b = append(b, name+"="+some(most, pick))
		}
	}
	freq := []string{"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}[r.IntN(4)]
	switch freq {
	case "YEARLY":
		switch r.IntN(6) {
		case 0:
			add(1, "BYWEEKNO", 2, func() string { return signed(52) })
			add(2, "BYDAY", 3, day)
		case 1:
			add(1, "BYYEARDAY", 4, func() string { return signed(366) })
		case 2:
			add(1, "BYMONTH", 3, month)
			add(1, "BYDAY", 3, nth)
		case 3:
			add(1, "BYDAY", 2, func() string { return signed(53) + day() })
		case 4:
			add(1, "BYMONTH", 3, month)
			add(1, "BYMONTHDAY", 3, func() string { return signed(31) })
		default:
			add(2, "BYMONTH", 3, month)
		}
	case "MONTHLY":
		add(4, "BYMONTH", 4, month)
		switch r.IntN(4) {
		case 0:
			add(1, "BYDAY", 3, nth)
		case 1:
			add(1, "BYDAY", 4, day)
		case 2:
			add(1, "BYMONTHDAY", 3, func() string { return signed(31) })
			add(2, "BYDAY", 4, day)
		}
	case "WEEKLY":
		add(4, "BYMONTH", 4, month)
		add(2, "BYDAY", 4, day)
	case "DAILY":
		add(4, "BYMONTH", 4, month)
		add(4, "BYDAY", 4, day)
		add(6, "BYMONTHDAY", 4, func() string { return signed(31) })
	}
	add(8, "BYHOUR", 3, func() string { return strconv.Itoa(4 + r.IntN(18)) })
	if len(b) > 0 {
		add(8, "BYSETPOS", 2, func() string { return signed(3) })
	}
	b = append([]string{"FREQ=" + freq}, b...)
	add(2, "INTERVAL", 1, func() string { return strconv.Itoa(1 + r.IntN(5)) })
	add(4, "WKST", 1, day)
	switch r.IntN(4) {
	case 0:
		b = append(b, "COUNT="+strconv.Itoa(1+r.IntN(200)))
	case 1:
		b = append(b, fmt.Sprintf("UNTIL=2027%02d%02dT%02d0000Z", 1+r.IntN(12), 1+r.IntN(28), r.IntN(24)))
	}
	return strings.Join(b, ";")
}
