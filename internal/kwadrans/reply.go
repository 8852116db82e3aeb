package kwadrans

import (
	"strings"
	"time"
)

// ReplyMethod is what an attendee's calendar program sends back (RFC 5546 §3.2).
type ReplyMethod string

// The methods that an attendee may send; any other is nothing that an attendee says.
const (
	MethodReply   ReplyMethod = "REPLY"   // yes, no or maybe
	MethodCounter ReplyMethod = "COUNTER" // another time is proposed
	MethodRefresh ReplyMethod = "REFRESH" // the invitation is asked for once more
)

// Reply is what one attendee's calendar program says of one invitation. It proves nothing
// of who sent it.
type Reply struct {
	Method   ReplyMethod
	UID      string
	Sequence int // of the invitation that is answered; -1 when it is not said
	Stamp    time.Time
	Email    string
	Answer   Answer // NoAnswer where none of ours was said
	Comment  string
	Span     // of the meeting as the attendee knows it, for MethodCounter as proposed; zero when not said
}

// AnswerOf reads PARTSTAT (RFC 5545 §3.2.12); NoAnswer for anything else.
func AnswerOf(partstat string) Answer {
	switch a := Answer(strings.ToLower(strings.TrimSpace(partstat))); a {
	case Accepted, Declined, Tentative:
		return a
	}
	return NoAnswer
}
