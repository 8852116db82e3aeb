package booking

import (
	"context"
	"time"

	"kwadrans/internal/kwadrans"
)

// Verdict is what an attendee's answer means for a booking.
type Verdict string

// The verdicts. Only the first two change anything.
const (
	ReplyApplies  Verdict = "applies"  // yes, no or maybe to the booking as it is
	ReplyProposes Verdict = "proposes" // another time; moving there is the host's choice
	ReplyAsks     Verdict = "asks"     // the invitation once more
	ReplyOld      Verdict = "old"      // an answer to an older time, or one that a later answer replaced
	ReplyStranger Verdict = "stranger" // who answers was not invited
	ReplyUnknown  Verdict = "unknown"  // no booking of this data file
	ReplyOff      Verdict = "off"      // the booking is cancelled
	ReplyNone     Verdict = "none"     // nothing that an attendee says
)

// Said is an answer beside the booking that it is about.
type Said struct {
	kwadrans.Reply
	Booking kwadrans.Booking // empty for ReplyUnknown and ReplyNone
	Who     kwadrans.Attendee
	Verdict Verdict
	Sender  string // of the letter, where it is another than who answers; empty otherwise
}

// Weigh says what an answer means. It changes nothing: a file proves nothing of who sent
// it, so a person confirms. sender is who sent the letter, empty when it is not known.
func (s *Service) Weigh(ctx context.Context, r kwadrans.Reply, sender string) (Said, error) {
	said := Said{Reply: r, Verdict: ReplyNone}
	if sender != "" && !kwadrans.SameEmail(sender, r.Email) {
		said.Sender = sender
	}
	switch r.Method {
	case kwadrans.MethodReply, kwadrans.MethodCounter, kwadrans.MethodRefresh:
	default:
		return said, nil
	}
	b, found, err := s.Store.BookingByUID(ctx, r.UID)
	if err != nil || !found {
		said.Verdict = ReplyUnknown
		return said, err
	}
	said.Booking = b
	said.Who, found = b.Attendee(r.Email)
	said.Verdict = verdict(b, said.Who, found, r)
	return said, nil
}

func verdict(b kwadrans.Booking, who kwadrans.Attendee, invited bool, r kwadrans.Reply) Verdict {
	switch {
	case !invited:
		return ReplyStranger
	case b.State == kwadrans.Cancelled:
		return ReplyOff
	case r.Method == kwadrans.MethodRefresh:
		return ReplyAsks
	case r.Method == kwadrans.MethodCounter && (r.Start.IsZero() || r.Start.Equal(b.Start)):
		return ReplyOld
	case r.Method == kwadrans.MethodCounter:
		return ReplyProposes
	case r.Answer == kwadrans.NoAnswer:
		return ReplyNone
	case older(b, r), !r.Stamp.IsZero() && !r.Stamp.After(who.Answered):
		return ReplyOld
	}
	return ReplyApplies
}

// older says whether an answer is to the booking at another time. Not every revision
// changes the time, so the time itself counts where it is said (RFC 5546 §3.2.3).
func older(b kwadrans.Booking, r kwadrans.Reply) bool {
	if r.Sequence >= 0 && r.Sequence > b.Sequence() {
		return true // of an invitation that nobody wrote
	}
	if !r.Start.IsZero() {
		return !r.Start.Equal(b.Start)
	}
	return r.Sequence >= 0 && r.Sequence < b.Sequence()
}

// Heed keeps an answer, or notes a proposed time, and returns the booking as it is then.
// Nobody is told: the attendee knows. Errors: CodeInvalid for an answer that does not
// apply, or does not any more.
func (s *Service) Heed(ctx context.Context, said Said) (kwadrans.Booking, error) {
	now, err := s.Weigh(ctx, said.Reply, "")
	if err != nil {
		return kwadrans.Booking{}, err
	}
	e := kwadrans.Event{At: s.Now().UTC(), Actor: now.Who.Email, Target: kwadrans.LetterTo(now.Who.Email)}
	switch now.Verdict {
	case ReplyApplies:
		e.Kind, e.Detail = "answered", joinedText(string(now.Answer), now.Comment)
	case ReplyProposes:
		e.Kind, e.Detail = "proposed", joinedText(inZone(now.Start, now.Booking.Wall.Zone), now.Comment)
	default:
		return now.Booking, kwadrans.Errorf(kwadrans.CodeInvalid, "booking: this answer does not apply").WithHint("look at what it says and at the booking")
	}
	stamp := now.Stamp
	if stamp.IsZero() {
		stamp = e.At.Truncate(time.Second)
	}
	answer := now.Answer
	if now.Verdict == ReplyProposes { // who proposes another time has not said yes to this one
		answer = kwadrans.Tentative
	}
	done, err := s.Store.KeepAnswer(ctx, now.Booking.ID, now.Who.Email, answer, stamp, e)
	if err == nil && !done {
		err = kwadrans.Errorf(kwadrans.CodeInvalid, "booking: a later answer is there already")
	}
	if err != nil {
		return now.Booking, err
	}
	return s.Store.Booking(ctx, now.Booking.ID)
}

func joinedText(a, b string) string {
	if b = kwadrans.CleanLine(b); b == "" {
		return a
	}
	return joined(a, b)
}

// unanswered takes the answers back: they were to another time (RFC 5546 §3.2.2.1).
func unanswered(list []kwadrans.Attendee) []kwadrans.Attendee {
	out := make([]kwadrans.Attendee, len(list))
	for i, a := range list {
		a.Answer = kwadrans.NoAnswer
		out[i] = a
	}
	return out
}
