package kwadrans

import "time"

// LetterKind says what a letter tells.
type LetterKind string

// The letters.
const (
	LetterInvitation LetterKind = "invitation" // to an attendee: METHOD:REQUEST
	LetterHost       LetterKind = "host"       // the host's own copy: METHOD:PUBLISH
	LetterMoved      LetterKind = "moved"      // to an attendee: METHOD:REQUEST, higher SEQUENCE
	LetterCancelled  LetterKind = "cancelled"  // to an attendee: METHOD:CANCEL; to the host: STATUS:CANCELLED
	LetterConfirm    LetterKind = "confirm"    // to who took a seat on the page: a question, without a calendar part
)

// Letter is everything that one letter about a booking says. The booking is as
// it was when the revision was claimed; Stamp, Sequence and MessageID are fixed then.
type Letter struct {
	Kind      LetterKind
	Booking   Booking
	To        Attendee // for the host's copy: the host's name, address, zone and language
	ToHost    bool
	From      string // the sending account's address: From and ORGANIZER
	Org       string // shown at the top
	Sequence  int
	Stamp     time.Time // DTSTAMP and Date, UTC
	Short     string    // the booking's short id
	MessageID string    // without angle brackets
	InReplyTo string    // the first letter's, for updates; may be empty
	OldStart  time.Time // for LetterMoved
	Shelf     string    // name of the host's calendar that the booking is written into; the host's letter then carries no file
	ManageURL string    // of the page: where To moves or cancels, for LetterConfirm where To confirms; empty without a page
}

// Envelope is a finished letter: what SMTP is told and the bytes that go out.
type Envelope struct {
	From      string
	To        string
	MessageID string
	Bytes     []byte
}
