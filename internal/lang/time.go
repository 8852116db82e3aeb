package lang

import (
	"fmt"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// All functions here print t in t's own zone: the caller chooses the reader's
// with t.In first.

// Date writes "piątek, 27 listopada 2026" or "Friday, 27 November 2026".
func Date(l kwadrans.Lang, t time.Time) string {
	return fmt.Sprintf("%s, %d %s %d", Weekday(l, t), t.Day(), month(l, t), t.Year())
}

// Day writes "piątek 27 listopada" or "Friday 27 November", for subjects; with
// the year when it is another than that of now.
func Day(l kwadrans.Lang, t, now time.Time) string {
	s := fmt.Sprintf("%s %d %s", Weekday(l, t), t.Day(), month(l, t))
	if t.Year() != now.In(t.Location()).Year() {
		s += fmt.Sprintf(" %d", t.Year())
	}
	return s
}

// Weekday writes "piątek" or "Friday".
func Weekday(l kwadrans.Lang, t time.Time) string {
	return T(l, "weekday."+strings.ToLower(t.Weekday().String()[:3]))
}

func month(l kwadrans.Lang, t time.Time) string {
	return T(l, "month."+strings.ToLower(t.Month().String()[:3]))
}

// Clock writes "9:15".
func Clock(t time.Time) string { return t.Format("15:04")[btoi(t.Hour() < 10):] }

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Range writes "9:15–10:15".
func Range(start, end time.Time) string {
	return Clock(start) + "–" + Clock(end.In(start.Location()))
}

// Offset writes the distance from Greenwich at t: "GMT+1", "GMT−5", "GMT+5:30", "GMT".
func Offset(t time.Time) string {
	_, sec := t.Zone()
	if sec == 0 {
		return "GMT"
	}
	sign := "+"
	if sec < 0 {
		sign, sec = "−", -sec
	}
	s := fmt.Sprintf("GMT%s%d", sign, sec/3600)
	if m := sec % 3600 / 60; m != 0 {
		s += fmt.Sprintf(":%02d", m)
	}
	return s
}

// City writes the place that names a zone: "Nowy Jork" or "New York" for
// America/New_York.
func City(l kwadrans.Lang, zone string) string {
	if key := "zone." + zone; Has(key) {
		return T(l, key)
	}
	if i := strings.LastIndex(zone, "/"); i >= 0 {
		zone = zone[i+1:]
	}
	return strings.ReplaceAll(zone, "_", " ")
}

// Place writes a zone with its offset at t: "Warszawa (GMT+1)".
func Place(l kwadrans.Lang, zone string, t time.Time) string {
	return City(l, zone) + " (" + Offset(t) + ")"
}
