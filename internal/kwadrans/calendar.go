package kwadrans

import "time"

// CalendarKind says how another calendar is read.
type CalendarKind string

// The kinds of calendars.
const (
	CalendarFile   CalendarKind = "file"   // an .ics file on this computer
	CalendarFeed   CalendarKind = "feed"   // the address of an .ics file
	CalendarServer CalendarKind = "caldav" // one collection of a CalDAV server (RFC 4791)
)

// Calendar is another calendar of the host, whose events make the host busy.
type Calendar struct {
	ID      string // UUIDv7
	Kind    CalendarKind
	Name    string // as it is shown
	Address string // absolute path, or absolute URL; of CalDAV that of the collection
	Login   string // who signs in; empty when nobody does, or with a token
	Colour  string // "#rrggbb" or empty
	AllDay  bool   // its all-day events make the host busy as well
	Publish bool   // bookings are written into it; at most one has it
	Near    bool   // the user allowed an address in the own network
	Added   time.Time
	Reading Reading
}

// Reading is what the last looks at a calendar said.
type Reading struct {
	Good  time.Time // when it was last read whole; zero for never
	Tried time.Time // when that was last tried
	Next  time.Time // not before this instant; zero for at once
	Fails int       // failed attempts since it was last read
	Code  Code      // of the last failure; empty after a success
	Words string    // what the outside said, or ours in English; short, free of secrets
	Doubt int       // events that were not understood, and count as busy
	Mark  SourceMark
}

// SourceMark is what a source gave to tell whether it has changed.
type SourceMark struct {
	ETag     string // of HTTP (RFC 9110 §8.8.3)
	Modified string // of HTTP, as the server wrote it; of a file its time and size
	Token    string // of CalDAV: DAV:sync-token (RFC 6578)
	CTag     string // of CalDAV: CS:getctag
}

// Freshness is how far what is known of a source can be trusted.
type Freshness string

// The states of a source.
const (
	Fresh      Freshness = "fresh"      // the last look succeeded
	Stale      Freshness = "stale"      // it failed, and the copy before it still counts
	Unreadable Freshness = "unreadable" // there is no copy, or it is too old: what it holds is not known
)

// Freshness returns the state at now; a copy counts for keep after it was read.
func (r Reading) Freshness(now time.Time, keep time.Duration) Freshness {
	switch {
	case r.Good.IsZero() || now.Sub(r.Good) > keep:
		return Unreadable
	case r.Code != "":
		return Stale
	default:
		return Fresh
	}
}

// Instance is one occurrence of an event of another calendar that makes the host busy.
type Instance struct {
	UID     string // of the event (RFC 5545 §3.8.4.7)
	Span           // UTC
	AllDay  bool
	Summary string
	Doubt   bool // the event was not understood whole: the stretch counts as busy to be safe
}

// CalendarObject is one resource of a calendar as the outside has it. A file and
// a feed have one, with an empty Href.
type CalendarObject struct {
	Href string // path on the server
	ETag string
	Body []byte // iCalendar (RFC 5545), as it came
}

// CalendarChange is what a look at a calendar found.
type CalendarChange struct {
	Same    bool // nothing changed; the rest but Mark is empty
	Whole   bool // objects that are not in Changed are gone
	Changed []CalendarObject
	Gone    []string // hrefs
	Mark    SourceMark
	Refresh time.Duration // how often the source asks to be read (RFC 7986 §5.7); zero when it does not say
}

// Copy is what a source holds in a stretch of time, every recurrence expanded.
type Copy struct {
	Span
	Rules     string     // what it was worked out by, as a text that differs when that does; of Zoom the account
	Instances []Instance // ascending by start; those that meet Span
	Unknown   []Unknown  // stretches for which it cannot be told
}

// Look is what one look at a source leaves in the data file: parts that are nil
// stay as they were, but a change without a copy voids the copy.
type Look struct {
	Reading Reading
	Change  *CalendarChange
	Copy    *Copy
}

// SourceZoom is the name of the source that the Zoom meetings of a host are;
// that of another calendar is its id.
func SourceZoom(host string) string { return "zoom/" + host }
