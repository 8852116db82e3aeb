package slots_test

import (
	"reflect"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"
)

const wednesday = "2027-06-16 "

func codes(list []kwadrans.Conflict) (names []kwadrans.WhyNot) {
	for _, c := range list {
		names = append(names, c.Code)
	}
	return names
}

func TestCheckTellsEveryReason(t *testing.T) {
	noon := at(t, wednesday+"12:00 +0200")
	read := noon.Add(-time.Minute)
	talk := topic(time.Hour, time.Hour)
	talk.On, talk.MinNotice, talk.DailyLimit, talk.WeeklyLimit = false, kwadrans.Duration(24*time.Hour), 1, 1
	whole := kwadrans.Span{Start: noon, End: noon.Add(time.Hour)}
	q := one(talk, noon.Add(-time.Hour), hours("Europe/Warsaw", "9:00-12:30"),
		kwadrans.Busy{Span: whole, Kind: kwadrans.FromZoom, Item: "Stand-up", Source: "zoom", CheckedAt: read},
		kwadrans.Busy{Span: whole, Kind: kwadrans.FromBooking, Item: "Talk with Anna", Source: "bookings", CheckedAt: read, Topic: "talk"},
		kwadrans.Busy{Span: kwadrans.Span{Start: whole.End, End: whole.End.Add(time.Hour)}, Before: time.Minute, Kind: kwadrans.FromCalendar, Item: "Dentist", Source: "Home", CheckedAt: read})
	q.Hosts[0].Active = false
	q.Hosts[0].Unknown = []kwadrans.Unknown{{Span: whole, Source: "zoom", CheckedAt: read, Words: "no network"}}
	want := []kwadrans.Conflict{
		{Code: kwadrans.TopicOff, Source: "topic"},
		{Code: kwadrans.HostNotActive, Source: "host"},
		{Code: kwadrans.TooSoon, Source: "topic"},
		{Code: kwadrans.OffHours, Source: "schedule"},
		{Code: kwadrans.BusyBooking, Item: "Talk with Anna", Span: whole, Source: "bookings", CheckedAt: read},
		{Code: kwadrans.BusyZoom, Item: "Stand-up", Span: whole, Source: "zoom", CheckedAt: read},
		{Code: kwadrans.BufferHit, Item: "Dentist", Span: q.Hosts[0].Busy[2].Span, Source: "Home", CheckedAt: read},
		{Code: kwadrans.DayLimit, Source: "topic"},
		{Code: kwadrans.WeekLimit, Source: "topic"},
		{Code: kwadrans.SourceUnknown, Item: "no network", Span: whole, Source: "zoom", CheckedAt: read},
	}
	for i := range want {
		want[i].Start = noon
	}
	if got := engine(t, q).Check(noon); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestTimeRules(t *testing.T) {
	now := at(t, wednesday+"12:00 +0200")
	talk := topic(time.Hour, time.Hour)
	talk.MinNotice, talk.MaxDays = kwadrans.Duration(2*time.Hour), 3
	s := hours("Europe/Warsaw", "0:00-24:00")
	s.Exceptions = []kwadrans.Exception{{Date: kwadrans.Date{Year: 2027, Month: 6, Day: 18}, Reason: "holiday"}}
	e := engine(t, one(talk, now, s))
	for _, c := range []struct {
		start string
		want  kwadrans.WhyNot
	}{
		{wednesday + "11:59 +0200", kwadrans.Past},
		{wednesday + "12:00 +0200", kwadrans.TooSoon},
		{wednesday + "13:59 +0200", kwadrans.TooSoon},
		{wednesday + "14:00 +0200", ""},
		{wednesday + "14:07 +0200", ""}, // off the grid is no conflict
		{"2027-06-17 23:00 +0200", ""},
		{"2027-06-17 23:01 +0200", kwadrans.DateClosed}, // runs into the closed day
		{"2027-06-18 12:00 +0200", kwadrans.DateClosed},
		{"2027-06-19 23:59 +0200", ""}, // the host's third day is whole
		{"2027-06-20 00:00 +0200", kwadrans.TooFar},
	} {
		got := e.Check(at(t, c.start))
		if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || got[0].Code != c.want) {
			t.Errorf("%s: %v, want %q", c.start, codes(got), c.want)
		}
	}
	why := e.Why(at(t, "2027-06-18 00:00 +0200"), at(t, "2027-06-19 00:00 +0200"))
	if len(why) != 24 || why[0].Code != kwadrans.DateClosed || why[0].Item != "holiday" {
		t.Errorf("the closed day has %v", why)
	}
}

func TestUnknownIsWidenedByTheBuffers(t *testing.T) {
	noon := at(t, wednesday+"12:00 +0200")
	talk := topic(30*time.Minute, 30*time.Minute)
	talk.BufferAfter = kwadrans.Duration(10 * time.Minute)
	q := one(talk, newYear, hours("Europe/Warsaw", "9:00-17:00"))
	q.Hosts[0].Unknown = []kwadrans.Unknown{{Span: kwadrans.Span{Start: noon, End: noon.Add(time.Hour)}, Source: "zoom"}}
	got := clock(engine(t, q).Slots(at(t, wednesday+"11:00 +0200"), at(t, wednesday+"14:00 +0200")), noon.Location())
	if got != "11:00+02 13:00+02 13:30+02" {
		t.Error(got)
	}
}

func TestNearest(t *testing.T) {
	busy := func(from, to string) kwadrans.Busy {
		return kwadrans.Busy{Span: kwadrans.Span{Start: at(t, from), End: at(t, to)}, Kind: kwadrans.FromZoom}
	}
	week := kwadrans.DefaultSchedule("default", "Europe/Warsaw")
	for _, c := range []struct {
		name, now, start string
		busy             []kwadrans.Busy
		want             []string
	}{
		{"same day twice, then tomorrow at that time", wednesday + "08:00 +0200", wednesday + "12:00 +0200",
			[]kwadrans.Busy{busy(wednesday+"11:30 +0200", wednesday+"13:30 +0200"), busy("2027-06-17 12:00 +0200", "2027-06-17 13:00 +0200")},
			[]string{wednesday + "10:30 +0200", wednesday + "13:30 +0200", "2027-06-17 11:00 +0200"}},
		{"nothing earlier on Monday", "2027-06-14 08:00 +0200", "2027-06-14 09:00 +0200",
			[]kwadrans.Busy{busy("2027-06-14 08:00 +0200", "2027-06-14 16:30 +0200")}, []string{"2027-06-15 09:00 +0200"}},
		{"Friday is before Monday", "2027-06-10 08:00 +0200", "2027-06-14 09:00 +0200",
			[]kwadrans.Busy{busy("2027-06-14 08:00 +0200", "2027-06-14 16:30 +0200")},
			[]string{"2027-06-11 16:00 +0200", "2027-06-15 09:00 +0200"}},
		{"the weekend is jumped over", "2027-06-18 08:00 +0200", "2027-06-18 16:00 +0200",
			[]kwadrans.Busy{busy("2027-06-18 15:00 +0200", "2027-06-18 17:00 +0200")},
			[]string{"2027-06-18 14:00 +0200", "2027-06-21 09:00 +0200", "2027-06-21 16:00 +0200"}},
		{"nothing for two weeks", wednesday + "08:00 +0200", wednesday + "12:00 +0200",
			[]kwadrans.Busy{busy(wednesday+"00:00 +0200", "2027-07-01 00:00 +0200")}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := engine(t, one(topic(time.Hour, 30*time.Minute), at(t, c.now), week, c.busy...)).Check(at(t, c.start))
			if len(got) == 0 {
				t.Fatal("the start is free")
			}
			var want []time.Time
			for _, text := range c.want {
				want = append(want, at(t, text).UTC())
			}
			if !reflect.DeepEqual(got[0].Nearest, want) {
				t.Errorf("got %v, want %v", got[0].Nearest, want)
			}
		})
	}
}

func TestHostsTogether(t *testing.T) {
	noon := at(t, wednesday+"12:00 +0200")
	busy := []kwadrans.Busy{{Span: kwadrans.Span{Start: noon, End: noon.Add(time.Hour)}, Kind: kwadrans.FromZoom}}
	q := slots.Query{Topic: topic(time.Hour, time.Hour), Now: noon.Add(-24 * time.Hour), Hosts: []slots.Host{
		{ID: "anna", Active: true, Schedule: hours("Europe/Warsaw", "12:00-15:00"), Busy: busy},
		{ID: "ravi", Active: true, Schedule: hours("Asia/Kolkata", "15:30-17:30")}, // 12:00-14:00 in Warsaw
		{ID: "gone", Schedule: hours("Europe/Warsaw", "12:00-15:00")},
	}}
	from, to := noon.Add(-time.Hour), noon.Add(6*time.Hour)
	q.Mode = slots.Any
	e := engine(t, q)
	want := []slots.Slot{
		{Start: noon.UTC(), End: noon.Add(time.Hour).UTC(), Hosts: []string{"ravi"}},
		{Start: noon.Add(time.Hour).UTC(), End: noon.Add(2 * time.Hour).UTC(), Hosts: []string{"anna", "ravi"}},
		{Start: noon.Add(2 * time.Hour).UTC(), End: noon.Add(3 * time.Hour).UTC(), Hosts: []string{"anna"}},
	}
	if got := e.Slots(from, to); !reflect.DeepEqual(got, want) {
		t.Errorf("any: %v", got)
	}
	if got := codes(e.Check(noon.Add(3 * time.Hour))); !reflect.DeepEqual(got, []kwadrans.WhyNot{kwadrans.OffHours}) {
		t.Errorf("any: two hosts share one reason: %v", got)
	}
	q.Mode = slots.All
	if got := engine(t, q).Slots(from, to); got != nil {
		t.Errorf("all with one who is not active: %v", got)
	}
	q.Hosts = q.Hosts[:2]
	want = []slots.Slot{{Start: noon.Add(time.Hour).UTC(), End: noon.Add(2 * time.Hour).UTC(), Hosts: []string{"anna", "ravi"}}}
	if got := engine(t, q).Slots(from, to); !reflect.DeepEqual(got, want) {
		t.Errorf("all: %v", got)
	}
}

func TestNewRefuses(t *testing.T) {
	s := hours("Europe/Warsaw", "9:00-17:00")
	for name, c := range map[string]struct {
		spoil func(*slots.Query)
		want  kwadrans.Code
	}{
		"no length":       {func(q *slots.Query) { q.Topic.Duration = 0 }, kwadrans.CodeInvalid},
		"over a day":      {func(q *slots.Query) { q.Topic.Duration = kwadrans.Duration(25 * time.Hour) }, kwadrans.CodeInvalid},
		"no step":         {func(q *slots.Query) { q.Topic.Step = 0 }, kwadrans.CodeInvalid},
		"step of seconds": {func(q *slots.Query) { q.Topic.Step = kwadrans.Duration(90 * time.Second) }, kwadrans.CodeInvalid},
		"negative buffer": {func(q *slots.Query) { q.Topic.BufferAfter = -1 }, kwadrans.CodeInvalid},
		"negative days":   {func(q *slots.Query) { q.Topic.MaxDays = -1 }, kwadrans.CodeInvalid},
		"no zone":         {func(q *slots.Query) { q.Hosts[0].Schedule.Zone = "" }, kwadrans.CodeInvalid},
		"backward window": {func(q *slots.Query) { q.Hosts[0].Schedule.Weekly[1] = []kwadrans.Window{{From: 60, To: 30}} }, kwadrans.CodeInvalid},
		"endless window":  {func(q *slots.Query) { q.Hosts[0].Schedule.Weekly[1] = []kwadrans.Window{{From: 0, To: 9999}} }, kwadrans.CodeInvalid},
		"nobody":          {func(q *slots.Query) { q.Hosts = nil }, kwadrans.CodeInternal},
		"two in mode one": {func(q *slots.Query) { q.Hosts = append(q.Hosts, q.Hosts[0]) }, kwadrans.CodeInternal},
		"no such mode":    {func(q *slots.Query) { q.Mode = 7 }, kwadrans.CodeInternal},
		"exception window": {func(q *slots.Query) {
			q.Hosts[0].Schedule.Exceptions = []kwadrans.Exception{{Windows: []kwadrans.Window{{From: -1, To: 5}}}}
		}, kwadrans.CodeInvalid},
	} {
		q := one(topic(time.Hour, time.Hour), longAgo, s)
		c.spoil(&q)
		if _, err := slots.New(q); err == nil || kwadrans.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// Far and upside-down ranges are answered, not computed forever.
func TestStrangeRanges(t *testing.T) {
	e := engine(t, one(topic(time.Hour, time.Hour), at(t, wednesday+"12:00 +0200"), hours("Europe/Warsaw", "9:00-17:00")))
	first, last := time.Time{}, time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	if n := len(e.Slots(first, last)); n < 8*700 || n > 8*731 {
		t.Errorf("%d slots in all of time", n)
	}
	if got := e.Slots(last, first); got != nil {
		t.Error(got)
	}
	if got := e.Why(last, first); got != nil {
		t.Error(got)
	}
	for _, start := range []time.Time{first, last} {
		if got := e.Check(start); len(got) == 0 {
			t.Errorf("%v is free", start)
		}
	}
}
