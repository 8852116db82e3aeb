package slots_test

import (
	"archive/zip"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"

	"pgregory.net/rapid"
)

// edges are zones whose clocks do everything that clocks do: changes at 1:00,
// 2:00, 3:00 and midnight, by 30, 60 and 120 minutes, west and east of
// Greenwich, offsets of a half and a quarter hour, none at all.
var edges = []string{
	"Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Beirut", "America/Havana",
	"Asia/Kolkata", "Asia/Kathmandu", "Pacific/Chatham", "America/St_Johns", "Antarctica/Troll", "Atlantic/Azores",
	"America/Santiago", "America/Nuuk", "Africa/Casablanca", "Europe/Dublin", "Pacific/Kiritimati", "UTC",
}

// jumps returns the instants from 2024 to 2037 at which the clocks of a zone change.
func jumps(loc *time.Location) (list []time.Time) {
	end := time.Date(2038, 1, 1, 0, 0, 0, 0, time.UTC)
	for t := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).In(loc); ; {
		_, next := t.ZoneBounds()
		if next.IsZero() || !next.Before(end) {
			return list
		}
		list, t = append(list, next), next
	}
}

// zones lists every zone that the Go toolchain brings along.
func zones(t *testing.T) (names []string) {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, "/") && f.Name != "Factory" {
			names = append(names, f.Name)
		}
	}
	if len(names) < 400 {
		t.Fatalf("only %d zones", len(names))
	}
	return names
}

func load(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := kwadrans.Zone(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// topic is a valid recipe to start from.
func topic(length, step time.Duration) kwadrans.Topic {
	t := kwadrans.DefaultTopic("Talk", kwadrans.Duration(length))
	t.Step, t.MaxDays = kwadrans.Duration(step), 730
	t.Places = []kwadrans.Place{{Kind: kwadrans.PlaceZoom}}
	return t
}

// hours is a schedule with the same windows on every day.
func hours(zone string, windows ...string) kwadrans.Schedule {
	s := kwadrans.Schedule{Name: "default", Zone: zone}
	for _, text := range windows {
		w, err := kwadrans.ParseWindow(text)
		if err != nil {
			panic(err)
		}
		for day := range s.Weekly {
			s.Weekly[day] = append(s.Weekly[day], w)
		}
	}
	return s
}

func one(t kwadrans.Topic, now time.Time, s kwadrans.Schedule, busy ...kwadrans.Busy) slots.Query {
	return slots.Query{Topic: t, Now: now, Hosts: []slots.Host{{ID: "me", Active: true, Schedule: s, Busy: busy}}}
}

func engine(t testing.TB, q slots.Query) *slots.Engine {
	t.Helper()
	e, err := slots.New(q)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// world is a random query and a range around which its life turns.
type world struct {
	q        slots.Query
	from, to time.Time
}

var worlds = rapid.Custom(func(t *rapid.T) world {
	name := rapid.SampledFrom(edges).Draw(t, "zone")
	loc, _ := kwadrans.Zone(name)
	centre := time.Date(2027, 6, 16, 12, 0, 0, 0, time.UTC)
	if list := jumps(loc); len(list) > 0 {
		centre = rapid.SampledFrom(list).Draw(t, "jump")
	}
	from := centre.Add(-time.Duration(rapid.IntRange(0, 40).Draw(t, "before")) * time.Hour).Truncate(time.Minute)
	w := world{from: from, to: from.Add(time.Duration(rapid.IntRange(20, 60).Draw(t, "hours")) * time.Hour)}
	w.q = slots.Query{Topic: drawTopic(t), Mode: rapid.SampledFrom([]slots.Mode{slots.One, slots.One, slots.Any, slots.All}).Draw(t, "mode")}
	w.q.Now = centre.Add(-time.Duration(rapid.IntRange(-20, 24*20).Draw(t, "now")) * time.Hour)
	n := 1
	if w.q.Mode != slots.One {
		n = rapid.IntRange(1, 3).Draw(t, "hosts")
	}
	for i := range n {
		zone := name
		if i > 0 && rapid.Bool().Draw(t, "abroad") {
			zone = rapid.SampledFrom(edges).Draw(t, "zone abroad")
		}
		h := drawHost(t, string(rune('a'+i)), zone, centre)
		if i > 0 && rapid.Bool().Draw(t, "same hours") {
			h.Schedule.Zone, h.Schedule.Weekly = name, w.q.Hosts[0].Schedule.Weekly
		}
		w.q.Hosts = append(w.q.Hosts, h)
	}
	return w
})

func minutes(t *rapid.T, name string, choices ...int) kwadrans.Duration {
	return kwadrans.Duration(time.Duration(rapid.SampledFrom(choices).Draw(t, name)) * time.Minute)
}

func drawTopic(t *rapid.T) kwadrans.Topic {
	k := topic(time.Hour, time.Hour)
	k.On = rapid.IntRange(0, 30).Draw(t, "on") > 0
	k.Duration = minutes(t, "length", 15, 20, 30, 45, 60, 90, 480, 1440)
	k.Step = minutes(t, "step", 5, 15, 15, 20, 30, 45, 60, 7)
	k.BufferBefore = minutes(t, "buffer before", 0, 0, 10, 30)
	k.BufferAfter = minutes(t, "buffer after", 0, 0, 5, 60)
	k.MinNotice = minutes(t, "notice", 0, 0, 30, 600)
	k.MaxDays = rapid.SampledFrom([]int{0, 1, 7, 730, 730}).Draw(t, "days")
	k.DailyLimit = rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "daily")
	k.WeeklyLimit = rapid.SampledFrom([]int{0, 0, 1, 4}).Draw(t, "weekly")
	return k
}

func drawHost(t *rapid.T, id, zone string, centre time.Time) slots.Host {
	h := slots.Host{ID: id, Active: rapid.IntRange(0, 20).Draw(t, "active") > 0, Schedule: kwadrans.Schedule{Name: "default", Zone: zone}}
	for day := range h.Schedule.Weekly {
		h.Schedule.Weekly[day] = drawWindows(t)
	}
	loc, _ := kwadrans.Zone(zone)
	for range rapid.IntRange(0, 2).Draw(t, "exceptions") {
		day := kwadrans.DateOf(centre.In(loc)).AddDays(rapid.IntRange(-1, 2).Draw(t, "exception"))
		x := kwadrans.Exception{Date: day, Reason: "holiday"}
		if rapid.Bool().Draw(t, "open") {
			x.Windows = drawWindows(t)
		}
		if _, ok := h.Schedule.Exception(day); !ok {
			h.Schedule.Exceptions = append(h.Schedule.Exceptions, x)
		}
	}
	span := func() kwadrans.Span {
		start := centre.Add(time.Duration(rapid.IntRange(-60*60, 60*60).Draw(t, "start")) * time.Minute)
		return kwadrans.Span{Start: start, End: start.Add(minutes(t, "taken", 0, 1, 15, 30, 60, 300).Std())}
	}
	for range rapid.IntRange(0, 8).Draw(t, "busy") {
		b := kwadrans.Busy{Span: span(), Item: "talk", Topic: "talk"}
		b.Kind = rapid.SampledFrom([]kwadrans.BusyKind{kwadrans.FromBooking, kwadrans.FromZoom, kwadrans.FromCalendar}).Draw(t, "kind")
		b.Before, b.After = minutes(t, "before", 0, 20).Std(), minutes(t, "after", 0, 15).Std()
		h.Busy = append(h.Busy, b)
	}
	for _, source := range []string{"zoom", "home"}[:rapid.IntRange(0, 2).Draw(t, "times")] {
		by := slots.Times{Kind: kwadrans.FromCalendar, Source: source}
		for range rapid.IntRange(0, 4).Draw(t, "stretches") {
			s := span()
			by.Spans = append(by.Spans, slots.Stretch{Start: s.Start.Unix(), End: s.End.Unix()})
		}
		h.Times = append(h.Times, by)
	}
	if rapid.IntRange(0, 3).Draw(t, "unknown") == 0 {
		h.Unknown = append(h.Unknown, kwadrans.Unknown{Span: span(), Source: "zoom"})
	}
	return h
}

// drawWindows gives up to three windows of a day that do not overlap; the last
// may run past midnight, and the first may then meet it.
func drawWindows(t *rapid.T) (list []kwadrans.Window) {
	if rapid.IntRange(0, 3).Draw(t, "whole day") == 0 {
		return []kwadrans.Window{{From: 0, To: 1440}}
	}
	cuts := rapid.SliceOfNDistinct(rapid.IntRange(0, 1439/5), 0, 6, rapid.ID[int]).Draw(t, "cuts")
	slices.Sort(cuts)
	for i := 0; i+1 < len(cuts); i += 2 {
		list = append(list, kwadrans.Window{From: cuts[i] * 5, To: cuts[i+1] * 5})
	}
	if len(cuts)%2 == 1 {
		from := cuts[len(cuts)-1] * 5
		list = append(list, kwadrans.Window{From: from, To: 1440 + rapid.IntRange(0, from).Draw(t, "past midnight")})
	}
	return list
}
