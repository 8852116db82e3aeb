package kwadrans

import (
	"net/url"
	"strings"
	"time"
	"unicode"
)

// Duration is a length of time that people write as 30m or 1h30m.
type Duration time.Duration

// Std returns the length as a time.Duration.
func (d Duration) Std() time.Duration { return time.Duration(d) }

// Minutes returns the length in whole minutes.
func (d Duration) Minutes() int { return int(time.Duration(d) / time.Minute) }

// String writes 30m, 1h, 1h30m.
func (d Duration) String() string {
	s := time.Duration(d).String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// MarshalText writes 30m.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads 30m.
func (d *Duration) UnmarshalText(b []byte) error {
	v, err := ParseDuration(string(b))
	*d = v
	return err
}

// ParseDuration reads 30m, 1h, 1h30m; negative lengths are refused.
func ParseDuration(s string) (Duration, error) {
	v, err := time.ParseDuration(s)
	if err != nil || v < 0 {
		return 0, Errorf(CodeInvalid, "%q is not a length of time", s).WithHint("write it as 30m or 1h30m")
	}
	return Duration(v), nil
}

// PlaceKind says where a meeting is held.
type PlaceKind string

// The places of a meeting.
const (
	PlaceZoom    PlaceKind = "zoom"    // a Zoom meeting is made for each booking
	PlacePhone   PlaceKind = "phone"   // Detail is the number, or who calls
	PlaceAddress PlaceKind = "address" // Detail is where to come
	PlaceLink    PlaceKind = "link"    // Detail is an https address of the host's own
)

// Place is one place of a topic. The Zoom settings are nil where the account's
// own defaults are to be kept.
type Place struct {
	Kind           PlaceKind `json:"kind"`
	Detail         string    `json:"detail,omitempty"`
	WaitingRoom    *bool     `json:"waiting_room,omitempty"`
	JoinBeforeHost *bool     `json:"join_before_host,omitempty"`
}

// ChangePolicy says what an attendee may change, and until when.
type ChangePolicy struct {
	MayMove      bool     `json:"may_move"`
	MoveBefore   Duration `json:"move_before"`
	MaxMoves     int      `json:"max_moves"`
	MayCancel    bool     `json:"may_cancel"`
	CancelBefore Duration `json:"cancel_before"`
}

// Topic is the recipe of a meeting.
type Topic struct {
	Slug         string       `json:"slug"`
	Name         string       `json:"name"`
	Description  string       `json:"description"`
	Colour       string       `json:"colour"`
	On           bool         `json:"on"`
	Listed       bool         `json:"listed"`
	Duration     Duration     `json:"duration"`
	Places       []Place      `json:"places"`
	Schedule     string       `json:"schedule"` // name of a Schedule
	Step         Duration     `json:"step"`
	BufferBefore Duration     `json:"buffer_before"`
	BufferAfter  Duration     `json:"buffer_after"`
	MinNotice    Duration     `json:"min_notice"`
	MaxDays      int          `json:"max_days"`     // how many days ahead
	DailyLimit   int          `json:"daily_limit"`  // 0 is no limit
	WeeklyLimit  int          `json:"weekly_limit"` // 0 is no limit
	Change       ChangePolicy `json:"change"`
	Confirm      Confirm      `json:"confirm,omitempty"`   // when a visitor of the page confirms the address; empty is always
	Questions    []Question   `json:"questions,omitempty"` // that a visitor of the page is asked
}

// Colours are the topic hues of the design, in its order.
var Colours = []string{"green", "teal", "blue", "violet", "heather", "coral", "amber", "slate", "olive"}

// DefaultTopic fills what a new topic has when nothing more is said.
func DefaultTopic(name string, duration Duration) Topic {
	return Topic{
		Slug: Slug(name), Name: name, Colour: "green", On: true, Listed: true,
		Duration: duration, Schedule: "default", Step: Duration(15 * time.Minute), MaxDays: 90,
		Change: ChangePolicy{MayMove: true, MaxMoves: 2, MayCancel: true, MoveBefore: Duration(24 * time.Hour), CancelBefore: Duration(24 * time.Hour)},
	}
}

// Place returns the place that bookings of the topic get unless told otherwise: the first.
func (t Topic) Place() Place {
	if len(t.Places) == 0 {
		return Place{}
	}
	return t.Places[0]
}

// MaxMeeting is the longest meeting; Zoom itself ends a meeting after 30 h, and
// the store's overlap search relies on a bound.
const MaxMeeting = 24 * time.Hour

// Validate says what is wrong with the topic, with CodeInvalid.
func (t Topic) Validate() error {
	bad := func(format string, args ...any) *Error { return Errorf(CodeInvalid, "topic: "+format, args...) }
	switch {
	case strings.TrimSpace(t.Name) == "" || len([]rune(t.Name)) > 120:
		return bad("the name must have 1 to 120 characters")
	case hasControl(t.Name):
		return bad("the name must be one line")
	case t.Slug != Slug(t.Slug) || t.Slug == "":
		return bad("%q cannot be a short name", t.Slug).WithHint("use small letters, digits and hyphens")
	case t.Duration < Duration(time.Minute) || t.Duration.Std() > MaxMeeting || t.Duration.Std()%time.Minute != 0:
		return bad("the duration must be whole minutes, at most 24h")
	case t.Step < Duration(time.Minute) || t.Step > Duration(24*time.Hour) || t.Step.Std()%time.Minute != 0:
		return bad("the slot step must be whole minutes, at most 24h")
	case t.BufferBefore.Std() > MaxMeeting || t.BufferAfter.Std() > MaxMeeting || t.BufferBefore < 0 || t.BufferAfter < 0:
		return bad("a buffer must be between 0 and 24h")
	case t.MinNotice < 0 || t.MinNotice > Duration(365*24*time.Hour):
		return bad("the notice must be between 0 and one year")
	case t.MaxDays < 1 || t.MaxDays > 730:
		return bad("the days ahead must be between 1 and 730")
	case t.DailyLimit < 0 || t.WeeklyLimit < 0:
		return bad("a limit cannot be negative")
	case t.Change.MaxMoves < 0 || t.Change.MoveBefore < 0 || t.Change.CancelBefore < 0:
		return bad("the change policy cannot have negative values")
	case t.Schedule == "":
		return bad("a schedule is needed")
	case len(t.Places) == 0:
		return bad("a place is needed").WithHint("zoom, phone, address or link")
	case len([]rune(t.Description)) > 2000:
		return bad("the description is longer than 2000 characters")
	}
	if err := t.validatePage(); err != nil {
		return err
	}
	for _, p := range t.Places {
		if err := p.validate(); err != nil {
			return err
		}
	}
	return nil
}

func (p Place) validate() error {
	switch p.Kind {
	case PlaceZoom:
		return nil
	case PlacePhone, PlaceAddress:
		if strings.TrimSpace(p.Detail) == "" || len([]rune(p.Detail)) > 500 || hasControl(p.Detail) {
			return Errorf(CodeInvalid, "topic: the place %s needs one line that says where", p.Kind).
				WithHint("for example --place-detail \"+48 600 000 000\"")
		}
		return nil
	case PlaceLink:
		u, err := url.Parse(p.Detail)
		if err != nil || u.Scheme != "https" || u.Host == "" || len(p.Detail) > 1000 || hasControl(p.Detail) {
			return Errorf(CodeInvalid, "topic: the place link needs an https address")
		}
		return nil
	}
	return Errorf(CodeInvalid, "topic: %q is not a place", p.Kind).WithHint("use zoom, phone, address or link")
}

func hasControl(s string) bool { return strings.ContainsFunc(s, unicode.IsControl) }

// Slug makes a short name of small letters, digits and hyphens; Polish letters
// lose their marks.
func Slug(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		if p, ok := polish[r]; ok {
			r = p
		}
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 60 {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}

var polish = map[rune]rune{'ą': 'a', 'ć': 'c', 'ę': 'e', 'ł': 'l', 'ń': 'n', 'ó': 'o', 'ś': 's', 'ź': 'z', 'ż': 'z'}
