package kwadrans

import (
	"strconv"
	"time"
)

// BookingState is where a booking stands. Every state but cancelled holds its time.
type BookingState string

// The states of a booking.
const (
	Held         BookingState = "held"         // the seat is kept until the attendee confirms
	Provisioning BookingState = "provisioning" // reserved; the outside is being told
	Confirmed    BookingState = "confirmed"    // the place exists
	Attention    BookingState = "attention"    // a step failed and needs a person
	Cancelled    BookingState = "cancelled"    // the time is free again
)

// Answer is an attendee's reply to the invitation (RFC 5545 PARTSTAT).
type Answer string

// The answers of an attendee.
const (
	NoAnswer  Answer = "none"
	Accepted  Answer = "accepted"
	Declined  Answer = "declined"
	Tentative Answer = "tentative"
)

// Attendee is who is invited to a booking.
type Attendee struct {
	Name   string `json:"name"`
	Email  string `json:"email"`
	Zone   string `json:"zone"` // IANA name, for showing only
	Lang   Lang   `json:"lang"`
	Answer Answer `json:"answer"`

	Answered time.Time `json:"answered,omitzero"` // DTSTAMP of the newest answer; zero for none
}

// ZoomMeeting is the Zoom meeting of a booking. The start link of the host is
// a credential and is never part of it (Zoom API: start_url).
type ZoomMeeting struct {
	ID       int64
	JoinURL  string
	Passcode string
	HostMail string // with which login the host starts it; empty when not known
}

// MeetingID writes the id as people read it in JSON: a decimal text.
func (m ZoomMeeting) MeetingID() string { return strconv.FormatInt(m.ID, 10) }

// Booking is one arranged meeting. Start and End are UTC instants derived from
// Wall, which is what the booking promises; Blocked adds the topic's buffers.
type Booking struct {
	ID        string // UUIDv7
	UID       string // of the invitation; fixed for life
	Topic     string // slug
	TopicName string
	Host      Host
	Wall      Wall
	Start     time.Time
	End       time.Time
	Blocked   Span
	Place     Place
	Change    ChangePolicy
	Note      string // the host's message to the attendees
	Form      string // what a visitor of the page answered to the topic's questions; for the host only
	State     BookingState
	Rev       int // 1 at creation; +1 with every change that is sent
	Attendees []Attendee
	Zoom      *ZoomMeeting // nil until Zoom has answered
	Over      string       // the reason for booking over a conflict; empty when there was none
	Reason    string       // of the cancellation
	Created   time.Time
	Updated   time.Time
}

// Span returns the time of the meeting without buffers.
func (b Booking) Span() Span { return Span{b.Start, b.End} }

// Sequence is the iCalendar SEQUENCE of the present revision (RFC 5546 §2.1.4).
func (b Booking) Sequence() int { return b.Rev - 1 }

// Attendee returns the attendee with the address, if invited.
func (b Booking) Attendee(email string) (Attendee, bool) {
	for _, a := range b.Attendees {
		if SameEmail(a.Email, email) {
			return a, true
		}
	}
	return Attendee{}, false
}

// Short returns the first eight characters of the id, which people use.
func (b Booking) Short() string {
	if len(b.ID) < 8 {
		return b.ID
	}
	return b.ID[:8]
}

// Event is one line of a booking's history.
type Event struct {
	At     time.Time
	Actor  string // "host", "attendee", "program"
	Kind   string // created, zoom-created, zoom-adopted, letter-sent, cancelled, …
	Target string // the step concerned; may be empty
	Detail string
}
