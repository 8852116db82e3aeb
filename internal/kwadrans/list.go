package kwadrans

import (
	"strings"
	"time"
	"unicode"
)

// ListWhen says which bookings a list shows.
type ListWhen string

// The lists of bookings.
const (
	ListUpcoming  ListWhen = "upcoming"  // not over and not cancelled, soonest first
	ListPast      ListWhen = "past"      // over and not cancelled, latest first
	ListCancelled ListWhen = "cancelled" // latest first
)

// ListAsk asks for one page of a list of bookings.
type ListAsk struct {
	When   ListWhen
	Search string // words that must all stand in the topic's name, or an attendee's name or address; compared by Fold
	Now    time.Time
	Limit  int // 0 is all
	Offset int
}

// BookingCounts says how many bookings there are: to come, and in need of a person.
type BookingCounts struct {
	Upcoming  int
	Attention int
}

// VideoCounts says what hangs on the Zoom connection.
type VideoCounts struct {
	Meetings int // bookings to come that have a Zoom meeting
	Waiting  int // bookings to come that wait for theirs
	Topics   int // topics that meet in Zoom
}

// Fold returns a text as a search compares it: in small letters, Polish ones
// without their marks, so that "zolw" finds "ŻÓŁW".
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if r = unicode.ToLower(r); unicode.Is(unicode.Mn, r) {
			continue // a mark of its own: the letter before it stays
		}
		if p, ok := polish[r]; ok {
			r = p
		}
		b.WriteRune(r)
	}
	return b.String()
}

// maxWords bounds what a search compares.
const maxWords = 20

// Words returns the words of a search, folded; more than twenty are left out.
func (a ListAsk) Words() []string {
	words := strings.Fields(Fold(a.Search))
	return words[:min(len(words), maxWords)]
}

// PersonCodes are the failures that end only by what a person does: to sign in, to
// set something up, to unlock, to make room.
func PersonCodes() []Code {
	return []Code{
		CodeNotConnected, CodeReconnect, CodeRemovedAtZoom, CodeMissingPermissions, CodeOtherAccount,
		CodeMailNotSet, CodeMailAuth, CodeMailTLS, CodeMailRefused, CodeCalendarAuth, CodeCalendarNear, CodeCalendarChanged, CodeKeyLocked, CodeKeyAbsent, CodeKeyChanged, CodeReadOnly, CodeDiskFull,
	}
}
