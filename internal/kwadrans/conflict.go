package kwadrans

import "time"

// WhyNot is the reason why a start cannot be booked.
type WhyNot string

// The closed set of reasons.
const (
	Past          WhyNot = "past"
	TooSoon       WhyNot = "too-soon"
	TooFar        WhyNot = "too-far"
	OffHours      WhyNot = "off-hours"
	DateClosed    WhyNot = "date-closed"
	BufferHit     WhyNot = "buffer"
	BusyBooking   WhyNot = "busy-booking"
	BusyZoom      WhyNot = "busy-zoom"
	BusyCalendar  WhyNot = "busy-calendar"
	DayLimit      WhyNot = "day-limit"
	WeekLimit     WhyNot = "week-limit"
	HostNotActive WhyNot = "host-not-active"
	SourceUnknown WhyNot = "source-unknown"
	TopicOff      WhyNot = "topic-off"
)

// Conflict is the answer that a start is not free: the rule, the item it meets,
// where that item was read and when.
type Conflict struct {
	Start     time.Time
	Code      WhyNot
	Item      string    // title of what is in the way; empty for a rule
	Span      Span      // of that item; zero for a rule
	Source    string    // "bookings", "zoom", a calendar's name, or the rule's home ("topic", "schedule")
	CheckedAt time.Time // how old the knowledge is; zero for a rule
	Nearest   []time.Time
}

// BusyKind says what kind of source a busy stretch is from.
type BusyKind string

// The kinds of busy sources.
const (
	FromBooking  BusyKind = "booking"
	FromZoom     BusyKind = "zoom"
	FromCalendar BusyKind = "calendar"
)

// WhyNot returns the reason code that an overlap with this kind of source has.
func (k BusyKind) WhyNot() WhyNot {
	switch k {
	case FromBooking:
		return BusyBooking
	case FromZoom:
		return BusyZoom
	default:
		return BusyCalendar
	}
}

// Busy is one stretch in which a host is taken. Before and After are the
// buffers that it brings along itself.
type Busy struct {
	Span
	Before, After time.Duration
	Kind          BusyKind
	ID            string // the source's own id of the item: booking id, Zoom meeting id
	Item          string // title
	Source        string
	CheckedAt     time.Time
	AllDay        bool   // an all-day event of a calendar
	Assumed       bool   // the length is an assumption, since the source gave none
	Topic         string // slug, for own bookings: limits count them
	Zoom          bool   // it has a Zoom meeting: a Zoom user can usually run only one at a time
}

// Unknown is a stretch that a source should cover and could not be read for.
type Unknown struct {
	Span
	Source    string
	CheckedAt time.Time // when reading last failed
	Code      Code
	Words     string
}
