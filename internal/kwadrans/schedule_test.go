package kwadrans

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseWindow(t *testing.T) {
	for text, want := range map[string]Window{
		"9:00-17:00":    {540, 1020},
		"09:00-17:30":   {540, 1050},
		" 9:00 - 17:00": {540, 1020},
		"0:00-24:00":    {0, 1440},
		"22:00-24:00":   {1320, 1440},
		"22:00-2:00":    {1320, 1560},
		"9:00-9:00":     {540, 1980},
		"0:00-0:00":     {0, 1440},
		"23:59-0:00":    {1439, 1440},
	} {
		if got, err := ParseWindow(text); err != nil || got != want {
			t.Errorf("%q: %v %v, want %v", text, got, err, want)
		}
	}
	for _, bad := range []string{"", "-", "9-17", "9:00", "9:00-", "-17:00", "24:00-25:00", "24:00-1:00", "9:60-10:00", "9:00-24:01", "9:00-17:00-18:00", "9:00x-17:00", "a:b-c:d", "9:00–17:00", "99999999999999999999:00-1:00"} {
		if got, err := ParseWindow(bad); CodeOf(err) != CodeInvalid {
			t.Errorf("%q: %v %v", bad, got, err)
		}
	}
}

func TestWindowRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, 1439).Draw(t, "from")
		w := Window{from, from + rapid.IntRange(1, 1440).Draw(t, "length")}
		text, err := w.MarshalText()
		var back Window
		if err != nil || back.UnmarshalText(text) != nil || back != w {
			t.Fatalf("%v is %s, then %v", w, text, back)
		}
	})
}

func TestWindowsOfADay(t *testing.T) {
	s := DefaultSchedule("default", "Europe/Warsaw")
	monday := Date{2027, 6, 14}
	s.Exceptions = []Exception{{Date: monday.AddDays(1)}, {Date: monday.AddDays(5), Windows: []Window{{600, 660}}}}
	for n, want := range [][]Window{{{540, 1020}}, nil, {{540, 1020}}, {{540, 1020}}, {{540, 1020}}, {{600, 660}}, nil} {
		if got := s.Windows(monday.AddDays(n)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", monday.AddDays(n).Weekday(), got, want)
		}
	}
	if err := s.Validate(); err != nil {
		t.Error(err)
	}
}

func TestScheduleJSON(t *testing.T) {
	s := DefaultSchedule("default", "Europe/Warsaw")
	s.Weekly[time.Sunday] = []Window{{1320, 1560}}
	s.Exceptions = []Exception{{Date: Date{2027, 12, 24}, Windows: []Window{}, Reason: "Wigilia"}}
	text, err := json.Marshal(s)
	const want = `{"name":"default","zone":"Europe/Warsaw","weekly":{"mon":["9:00-17:00"],"tue":["9:00-17:00"],"wed":["9:00-17:00"],"thu":["9:00-17:00"],"fri":["9:00-17:00"],"sun":["22:00-2:00"]},"exceptions":[{"date":"2027-12-24","windows":[],"reason":"Wigilia"}]}`
	if err != nil || string(text) != want {
		t.Errorf("wrote %s (%v)\nwant  %s", text, err, want)
	}
	var back Schedule
	if err := json.Unmarshal(text, &back); err != nil || !reflect.DeepEqual(back, s) {
		t.Errorf("came back as %+v (%v)", back, err)
	}
	for _, bad := range []string{`{"monday":["9:00-17:00"]}`, `{"mon":["9-17"]}`, `{"mon":"9:00-17:00"}`, `[]`} {
		if err := json.Unmarshal([]byte(bad), &back.Weekly); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

func TestScheduleRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*Schedule){
		"no name":              func(s *Schedule) { s.Name = " " },
		"long name":            func(s *Schedule) { s.Name = string(make([]byte, 65)) },
		"no zone":              func(s *Schedule) { s.Zone = "" },
		"overlap":              func(s *Schedule) { s.Weekly[1] = []Window{{600, 700}, {540, 601}} },
		"backward":             func(s *Schedule) { s.Weekly[1] = []Window{{600, 600}} },
		"begins tomorrow":      func(s *Schedule) { s.Weekly[1] = []Window{{1440, 1500}} },
		"longer than a day":    func(s *Schedule) { s.Weekly[1] = []Window{{0, 1441}} },
		"bad exception window": func(s *Schedule) { s.Exceptions = []Exception{{Date: Date{2027, 1, 1}, Windows: []Window{{-1, 5}}}} },
		"two for one day":      func(s *Schedule) { s.Exceptions = []Exception{{Date: Date{2027, 1, 1}}, {Date: Date{2027, 1, 1}}} },
	} {
		s := DefaultSchedule("default", "Europe/Warsaw")
		spoil(&s)
		if err := s.Validate(); err == nil || CodeOf(err) != CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	s := DefaultSchedule("default", "Europe/Warsaw")
	s.Weekly[1] = []Window{{540, 600}, {600, 700}, {1320, 1560}}
	if err := s.Validate(); err != nil {
		t.Errorf("touching windows: %v", err)
	}
}

func TestSpan(t *testing.T) {
	at := func(n int) time.Time { return time.Unix(int64(n), 0) }
	for _, c := range []struct {
		a, b, c, d int
		want       bool
	}{{0, 2, 1, 3, true}, {0, 2, 2, 3, false}, {2, 3, 0, 2, false}, {0, 9, 3, 4, true}, {0, 9, 3, 3, false}, {3, 3, 0, 9, false}, {5, 1, 2, 3, false}} {
		s, o := Span{at(c.a), at(c.b)}, Span{at(c.c), at(c.d)}
		if s.Overlaps(o) != c.want || o.Overlaps(s) != c.want {
			t.Errorf("%v: want %v", c, c.want)
		}
	}
	s := Span{at(10), at(20)}
	if w := s.Widen(2*time.Second, 3*time.Second); w != (Span{at(8), at(23)}) || !w.Contains(s) || s.Contains(w) || w.Duration() != 15*time.Second {
		t.Errorf("widened to %v", w)
	}
}
