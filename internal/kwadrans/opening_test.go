package kwadrans

import (
	"fmt"
	"testing"
	"time"
)

// The engine's own hours are compared in the room booking.
func TestOpen(t *testing.T) {
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	at := func(hours float64) time.Time { return monday.Add(time.Duration(hours * float64(time.Hour))) }
	s := DefaultSchedule("x", "UTC")
	s.Weekly[time.Monday] = []Window{{13 * 60, 17 * 60}, {9 * 60, 12 * 60}, {12 * 60, 12*60 + 30}}
	s.Weekly[time.Tuesday] = []Window{{22 * 60, 24 * 60}}
	s.Weekly[time.Wednesday] = []Window{{0, 2 * 60}}
	s.Exceptions = []Exception{{Date: Date{2026, 11, 26}}}
	for name, c := range map[string]struct {
		from, to float64
		want     []Span
	}{
		"windows that touch are one": {0, 24, []Span{{at(9), at(12.5)}, {at(13), at(17)}}},
		"also over midnight":         {24, 72, []Span{{at(46), at(50)}}},
		"cut at both ends":           {10, 14, []Span{{at(10), at(12.5)}, {at(13), at(14)}}},
		"in one window":              {10, 11, []Span{{at(10), at(11)}}},
		"touching":                   {17, 33, nil},
		"a closed day":               {72, 96, nil},
		"nothing asked":              {10, 10, nil},
		"backwards":                  {14, 10, nil},
	} {
		got, err := s.Open(Span{at(c.from), at(c.to)})
		if err != nil || fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %v %v, want %v", name, got, err, c.want)
		}
	}
	s.Zone = "Nowhere/City"
	if _, err := s.Open(Span{at(0), at(1)}); CodeOf(err) != CodeInvalid || err == nil {
		t.Error(err)
	}
}
