package kwadrans

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"time"
)

// Window is an opening on a local day, in minutes after that day's midnight.
// To may lie past 1440: the window then crosses midnight.
type Window struct {
	From, To int
}

// ParseWindow reads "9:00-17:00"; an end at or before the start means the next
// day, "24:00" is midnight at the day's end.
func ParseWindow(s string) (Window, error) {
	bad := Errorf(CodeInvalid, "%q is not a window of hours", s).WithHint("write it as 9:00-17:00")
	from, to, ok := strings.Cut(s, "-")
	if !ok {
		return Window{}, bad
	}
	f, err1 := parseClock(from)
	t, err2 := parseClock(to)
	if err1 != nil || err2 != nil || f == 1440 {
		return Window{}, bad
	}
	if t <= f {
		t += 1440
	}
	return Window{f, t}, nil
}

func parseClock(s string) (int, error) {
	var h, m int
	var rest string
	n, _ := fmt.Sscanf(strings.TrimSpace(s)+" ", "%d:%2d%s", &h, &m, &rest)
	if n != 2 || h < 0 || h > 24 || m < 0 || m > 59 || h == 24 && m != 0 {
		return 0, fmt.Errorf("bad clock %q", s)
	}
	return h*60 + m, nil
}

// String writes "9:00-17:00".
func (w Window) String() string {
	to := w.To
	if to > 1440 {
		to -= 1440
	}
	return fmt.Sprintf("%d:%02d-%d:%02d", w.From/60, w.From%60, to/60, to%60)
}

// MarshalText writes "9:00-17:00".
func (w Window) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads "9:00-17:00".
func (w *Window) UnmarshalText(b []byte) (err error) {
	*w, err = ParseWindow(string(b))
	return err
}

// Exception replaces the weekly hours of one local day; no windows means closed.
type Exception struct {
	Date    Date     `json:"date"`
	Windows []Window `json:"windows"`
	Reason  string   `json:"reason,omitempty"`
}

// Week holds the windows of each day of the week, indexed by time.Weekday.
type Week [7][]Window

var dayNames = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// MarshalJSON writes {"mon":["9:00-17:00"],…}, Monday first, closed days left out.
func (w Week) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i := 1; i <= 7; i++ {
		day := i % 7
		if len(w[day]) == 0 {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		list, err := json.Marshal(w[day])
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%q:%s", dayNames[day], list)
	}
	b.WriteByte('}')
	return []byte(b.String()), nil
}

// UnmarshalJSON reads the form that MarshalJSON writes.
func (w *Week) UnmarshalJSON(b []byte) error {
	var days map[string][]Window
	if err := json.Unmarshal(b, &days); err != nil {
		return err
	}
	*w = Week{}
	for name, list := range days {
		day := -1
		for i, n := range dayNames {
			if n == name {
				day = i
			}
		}
		if day < 0 {
			return Errorf(CodeInvalid, "%q is not a day of the week", name).WithHint("use mon, tue, wed, thu, fri, sat, sun")
		}
		w[day] = list
	}
	return nil
}

// Schedule says when bookings are possible: weekly hours and exceptions, local
// time in a named zone.
type Schedule struct {
	Name       string      `json:"name"`
	Zone       string      `json:"zone"` // IANA name
	Weekly     Week        `json:"weekly"`
	Exceptions []Exception `json:"exceptions"`
}

// DefaultSchedule is Monday to Friday, 9:00 to 17:00.
func DefaultSchedule(name, zone string) Schedule {
	s := Schedule{Name: name, Zone: zone, Exceptions: []Exception{}}
	for day := time.Monday; day <= time.Friday; day++ {
		s.Weekly[day] = []Window{{9 * 60, 17 * 60}}
	}
	return s
}

// Windows returns the openings of a local day: the exception's when there is
// one, else the weekday's.
func (s Schedule) Windows(d Date) []Window {
	if w, ok := s.Exception(d); ok {
		return w
	}
	return s.Weekly[d.Weekday()]
}

// Exception returns the windows that replace the weekly hours of a day, if any.
func (s Schedule) Exception(d Date) ([]Window, bool) {
	for _, e := range s.Exceptions {
		if e.Date == d {
			return e.Windows, true
		}
	}
	return nil, false
}

// Validate says what is wrong with the schedule, with CodeInvalid.
func (s Schedule) Validate() error {
	if strings.TrimSpace(s.Name) == "" || len(s.Name) > 64 {
		return Errorf(CodeInvalid, "schedule: the name must have 1 to 64 characters")
	}
	if _, err := Zone(s.Zone); err != nil {
		return err
	}
	for day, list := range s.Weekly {
		if err := validWindows(dayNames[day], list); err != nil {
			return err
		}
	}
	seen := map[Date]bool{}
	for _, e := range s.Exceptions {
		if seen[e.Date] {
			return Errorf(CodeInvalid, "schedule: %s has two exceptions", e.Date).WithHint("put both windows into one exception")
		}
		seen[e.Date] = true
		if err := validWindows(e.Date.String(), e.Windows); err != nil {
			return err
		}
	}
	return nil
}

func validWindows(day string, list []Window) error {
	sorted := append([]Window(nil), list...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].From < sorted[j].From })
	for i, w := range sorted {
		if w.From < 0 || w.From >= 1440 || w.To <= w.From || w.To > w.From+1440 {
			return Errorf(CodeInvalid, "schedule: %s has the impossible window %s", day, w)
		}
		if i > 0 && w.From < sorted[i-1].To {
			return Errorf(CodeInvalid, "schedule: on %s the windows %s and %s overlap", day, sorted[i-1], w)
		}
	}
	return nil
}
