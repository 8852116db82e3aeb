package booking_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/busy"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"
	"kwadrans/internal/zoom/sandbox"
)

// counted counts how often the sources are read.
type counted struct {
	booking.Busy
	n *int
}

func (c counted) Read(ctx context.Context, ask busy.Ask) (busy.Report, error) {
	*c.n++
	return c.Busy.Read(ctx, ask)
}

func (d *desk) picture(topic string, span kwadrans.Span) booking.Picture {
	d.Helper()
	p, err := d.s.Picture(d.ctx, topic, span)
	d.ok(err)
	return p
}

// day is the Tuesday after monday, in Warsaw.
var day = kwadrans.Span{Start: monday.Add(15 * time.Hour), End: monday.Add(39 * time.Hour)}

// items names what takes the time, in its order.
func items(list []kwadrans.Busy) string {
	var text []string
	for _, b := range list {
		text = append(text, string(b.Kind)+" "+b.Item)
	}
	return strings.Join(text, ", ")
}

func TestPicture(t *testing.T) {
	d := open(t)
	office := d.topic("office", "default", kwadrans.Place{Kind: kwadrans.PlacePhone, Detail: "+48"})
	office.BufferBefore, office.BufferAfter = kwadrans.Duration(15*time.Minute), kwadrans.Duration(30*time.Minute)
	d.ok(d.store.SaveTopic(d.ctx, office))
	d.book("phone", 26*time.Hour)
	d.book("phone", 14*time.Hour+30*time.Minute) // ends when the day begins
	d.book("phone", 39*time.Hour)                // begins when it ends
	d.world.AddMeeting(sandbox.NewMeeting{Topic: "Narada", Start: day.Start.Add(-time.Hour), Duration: 2 * time.Hour})
	d.world.AddMeeting(sandbox.NewMeeting{Topic: "Jutro", Start: day.End.Add(time.Hour), Duration: time.Hour})
	reads := 0
	d.s.Busy = counted{d.s.Busy, &reads}
	p := d.picture("office", day)
	if reads != 1 {
		t.Errorf("the sources were read %d times", reads)
	}
	if got := items(p.Busy); got != "zoom Narada, booking phone" || !p.Busy[0].Start.Equal(day.Start.Add(-time.Hour)) {
		t.Errorf("busy: %s", got)
	}
	hours := kwadrans.Span{Start: monday.Add(24 * time.Hour), End: monday.Add(32 * time.Hour)}
	if want := []kwadrans.Span{hours}; !reflect.DeepEqual(p.Open, want) || p.Zone != host.Zone || len(p.Unknown) != 0 {
		t.Errorf("open %v in %s, unknown %v", p.Open, p.Zone, p.Unknown)
	}
	free, why, err := d.s.Offer(d.ctx, "office", day)
	d.ok(err)
	if !reflect.DeepEqual(free, p.Slots) || !reflect.DeepEqual(why, p.Reasons) || len(free) == 0 || len(why) == 0 {
		t.Errorf("offered %d and %d, pictured %d and %d", len(free), len(why), len(p.Slots), len(p.Reasons))
	}
	for _, s := range p.Slots {
		meeting := kwadrans.Span{Start: s.Start, End: s.End}
		if !hours.Contains(meeting) || p.Busy[1].Overlaps(meeting.Widen(15*time.Minute, 30*time.Minute)) {
			t.Errorf("%v is offered", s.Start)
		}
	}
	half := kwadrans.Span{Start: hours.Start.Add(time.Hour), End: hours.Start.Add(150 * time.Minute)}
	if p := d.picture("office", half); !reflect.DeepEqual(p.Open, []kwadrans.Span{half}) || items(p.Busy) != "booking phone" {
		t.Errorf("open %v, busy %s", p.Open, items(p.Busy))
	}
}

// The buffers that a booking brings along are part of the picture.
func TestPictureShowsBuffers(t *testing.T) {
	d := open(t)
	topic := d.topic("padded", "always", kwadrans.Place{Kind: kwadrans.PlacePhone, Detail: "+48"})
	topic.BufferAfter = kwadrans.Duration(2 * time.Hour)
	d.ok(d.store.SaveTopic(d.ctx, topic))
	d.book("padded", 14*time.Hour)
	p := d.picture("phone", day)
	if items(p.Busy) != "booking padded" || p.Busy[0].After != 2*time.Hour || len(p.Slots) == 0 || p.Slots[0].Start.Before(monday.Add(16*time.Hour+30*time.Minute)) {
		t.Errorf("%+v, first free %v", p.Busy, p.Slots[0].Start)
	}
}

func TestPictureOfWhatCannotBeRead(t *testing.T) {
	d := open(t)
	d.line.down = &kwadrans.Fault{Code: kwadrans.CodeOffline}
	p := d.picture("zoom", day)
	if len(p.Slots) != 0 || len(p.Unknown) != 1 || p.Unknown[0].Source != "zoom" || len(p.Reasons) != 96 || len(p.Open) != 1 {
		t.Errorf("%d free, unknown %v, %d reasons, open %v", len(p.Slots), p.Unknown, len(p.Reasons), p.Open)
	}
	_, err := d.s.Picture(d.ctx, "nothing", day)
	d.code(err, kwadrans.CodeNotFound)
}

// weekly is a schedule with the same windows on every day.
func weekly(zone string, windows ...kwadrans.Window) kwadrans.Schedule {
	s := kwadrans.Schedule{Name: "x", Zone: zone}
	for i := range s.Weekly {
		s.Weekly[i] = windows
	}
	return s
}

// The opening hours of the picture are those of the engine, to the minute: a
// meeting can start where it lies whole in them, and nowhere else.
func TestOpeningHoursAreTheEngines(t *testing.T) {
	const length = 20 * time.Minute
	changes := map[string]time.Time{ // days on which the clocks are odd
		"Europe/Warsaw":       time.Date(2027, 3, 28, 0, 0, 0, 0, time.UTC),
		"America/New_York":    time.Date(2027, 11, 7, 0, 0, 0, 0, time.UTC),
		"Australia/Lord_Howe": time.Date(2027, 4, 4, 0, 0, 0, 0, time.UTC),
		"Africa/Cairo":        time.Date(2027, 4, 30, 0, 0, 0, 0, time.UTC),  // no midnight
		"Pacific/Apia":        time.Date(2011, 12, 30, 0, 0, 0, 0, time.UTC), // no such day
		"UTC":                 time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	for zone, at := range changes {
		closed := weekly(zone, kwadrans.Window{From: 540, To: 1020})
		closed.Exceptions = []kwadrans.Exception{{Date: kwadrans.DateOf(at)}, {Date: kwadrans.DateOf(at).AddDays(1), Windows: []kwadrans.Window{{From: 600, To: 615}, {From: 1300, To: 1500}}}}
		for name, s := range map[string]kwadrans.Schedule{
			"days": weekly(zone, kwadrans.Window{From: 540, To: 720}, kwadrans.Window{From: 780, To: 1020}), "nights": weekly(zone, kwadrans.Window{From: 1320, To: 1320 + 300}),
			"touching": weekly(zone, kwadrans.Window{From: 60, To: 150}, kwadrans.Window{From: 150, To: 200}), "always": weekly(zone, kwadrans.Window{From: 0, To: 1440}),
			"over each other": weekly(zone, kwadrans.Window{From: 1200, To: 1200 + 1440}), "never": weekly(zone), "exceptions": closed,
		} {
			in := kwadrans.Span{Start: at.Add(-40 * time.Hour), End: at.Add(60*time.Hour + 7*time.Minute)}
			topic := kwadrans.DefaultTopic("x", kwadrans.Duration(length))
			topic.Step, topic.MaxDays = kwadrans.Duration(time.Minute), 10
			e, err := slots.New(slots.Query{Topic: topic, Now: in.Start, Hosts: []slots.Host{{ID: "me", Active: true, Schedule: s}}})
			if err != nil {
				t.Fatal(err)
			}
			free := map[time.Time]bool{}
			for _, v := range e.Slots(in.Start, in.End) {
				free[v.Start] = true
			}
			hours, err := s.Open(kwadrans.Span{Start: in.Start, End: in.End.Add(length)})
			if err != nil {
				t.Fatal(err)
			}
			for m := in.Start; m.Before(in.End); m = m.Add(time.Minute) {
				meeting, open := kwadrans.Span{Start: m, End: m.Add(length)}, false
				for _, o := range hours {
					open = open || o.Contains(meeting)
				}
				if open != free[m] {
					t.Fatalf("%s, %s: at %v open %v, the engine says %v; hours %v", zone, name, m, open, free[m], hours)
				}
			}
			if (len(free) == 0) != (name == "never") {
				t.Errorf("%s, %s: %d starts", zone, name, len(free))
			}
		}
	}
}
