package booking

import (
	"context"
	"time"

	"kwadrans/internal/kwadrans"
)

// Wish is another start for a booking that there is.
type Wish struct {
	Start    time.Time
	Over     string        // the host's reason to go over conflicts; empty: do not
	OverZoom bool          // the stronger yes: also over a Zoom meeting of the same host
	Hold     time.Duration // keep the steps back so long, for Undo
	Silent   bool          // the attendees get no letter
}

// Move gives a booking another start. It keeps its length, its Zoom meeting and its
// link; everybody gets the new time. The clock reading it promises from now on is the
// one that the new start has in the booking's zone. A start that is not free is an
// answer, not an error; a booking that stands there already is left as it is. Errors:
// CodeNotFound, CodeAmbiguous, CodeInvalid for a cancelled booking.
func (s *Service) Move(ctx context.Context, prefix string, w Wish) (Answer, error) {
	if err := wholeMinute(w.Start); err != nil {
		return Answer{}, err
	}
	return s.change(ctx, prefix, w, moveTo(w))
}

// moveTo gives a booking the wished start.
func moveTo(w Wish) alteration {
	return func(b kwadrans.Booking, v view) (kwadrans.Booking, kwadrans.Event, error) {
		if b.State == kwadrans.Cancelled {
			return b, kwadrans.Event{}, kwadrans.Errorf(kwadrans.CodeInvalid, "booking: a cancelled booking cannot move").WithHint("restore it first, or book the time again")
		}
		if w.Start.Equal(b.Start) {
			return b, kwadrans.Event{}, nil
		}
		e := kwadrans.Event{Actor: "host", Kind: "moved", Detail: inZone(b.Start, b.Wall.Zone) + " → " + inZone(w.Start, b.Wall.Zone)}
		moved, err := at(b, v.topic, w.Start)
		moved.Attendees = unanswered(b.Attendees)
		return moved, e, err
	}
}

// Restore makes a cancelled booking live again, at its old start: a new Zoom meeting
// is made, and everybody is invited anew with a higher SEQUENCE. A start that is not
// free any more is an answer; a booking that is not cancelled is left as it is. Errors:
// CodeNotFound, CodeAmbiguous, CodeNotConnected for a Zoom booking without a connection.
func (s *Service) Restore(ctx context.Context, prefix string, w Wish) (Answer, error) {
	return s.change(ctx, prefix, w, s.revive(ctx))
}

// revive makes a cancelled booking live.
func (s *Service) revive(ctx context.Context) alteration {
	return func(b kwadrans.Booking, v view) (kwadrans.Booking, kwadrans.Event, error) {
		if b.State != kwadrans.Cancelled {
			return b, kwadrans.Event{}, nil
		}
		if err := s.canProvision(ctx, v.topic); err != nil {
			return b, kwadrans.Event{}, err
		}
		b.State, b.Reason, b.Zoom = kwadrans.Confirmed, "", nil
		if b.Place.Kind == kwadrans.PlaceZoom {
			b.State = kwadrans.Provisioning
		}
		return b, kwadrans.Event{Actor: "host", Kind: "restored"}, nil
	}
}

// alteration is what a change makes of a booking, and how history tells it; an event
// without a kind changes nothing.
type alteration func(kwadrans.Booking, view) (kwadrans.Booking, kwadrans.Event, error)

// proposal is a change that nobody has kept yet.
type proposal struct {
	view
	was, next kwadrans.Booking
	event     kwadrans.Event
}

// propose asks the engine about the start that alter gives a booking.
func (s *Service) propose(ctx context.Context, prefix string, w Wish, alter alteration) (c proposal, err error) {
	if c.was, err = s.Store.Booking(ctx, prefix); err != nil {
		return c, err
	}
	start := w.Start
	if start.IsZero() {
		start = c.was.Start
	}
	c.view, err = s.lookAnew(ctx, c.was.Topic, kwadrans.Span{Start: start, End: start.Add(c.was.Span().Duration())}, &c.was)
	if err == nil {
		c.next, c.event, err = alter(c.was, c.view)
	}
	return c, err
}

// may says whether the change is free to be made; if not, the answer says why.
func (c proposal) may(w Wish) (a Answer, may bool) {
	a.Conflicts = c.engine.Check(c.next.Start)
	if mayGoOn(a.Conflicts, c.report, c.topic, Request{Start: c.next.Start, OverZoom: w.OverZoom}, kwadrans.CleanLine(w.Over)) {
		return a, true
	}
	a.OverZoom = overZoom(c.report, c.topic, c.next.Start)
	return a, false
}

// change keeps what alter makes of a booking as its next revision, unless the start is
// not free.
func (s *Service) change(ctx context.Context, prefix string, w Wish, alter alteration) (Answer, error) {
	for range 5 {
		c, err := s.propose(ctx, prefix, w, alter)
		if err != nil {
			return Answer{}, err
		}
		if c.event.Kind == "" {
			return Answer{Booking: c.was, Booked: true}, nil
		}
		a, done, err := s.revise(ctx, c, w)
		if err != nil || done {
			return a, err
		}
	}
	return Answer{}, errRestless
}

// revise keeps a proposal, unless its start is not free; done is false when somebody
// else was faster and all has to be looked at anew.
func (s *Service) revise(ctx context.Context, c proposal, w Wish) (a Answer, done bool, err error) {
	a, may := c.may(w)
	if !may {
		return a, true, nil
	}
	next, e, over := c.next, c.event, ""
	if len(a.Conflicts) > 0 {
		over = kwadrans.CleanLine(w.Over)
	}
	next.Rev, next.Over, next.Updated = c.was.Rev+1, over, s.Now().UTC()
	e.At = next.Updated
	if over != "" {
		e.Detail = joined(e.Detail, over)
	}
	done, err = s.keepTold(ctx, next, c.was.Rev, telling{hold: w.Hold, silent: w.Silent}, e)
	if kwadrans.CodeOf(err) == kwadrans.CodeNotFree {
		return Answer{}, false, nil
	}
	if err != nil || !done {
		return Answer{}, done, err
	}
	s.Log.Info("booking: "+e.Kind, "booking", next.ID, "rev", next.Rev)
	a.Booking, err = s.Store.Booking(ctx, next.ID)
	a.Booked = err == nil
	return a, true, err
}

// at gives a booking a start, with the buffers that its topic has now.
func at(b kwadrans.Booking, t kwadrans.Topic, start time.Time) (kwadrans.Booking, error) {
	length := b.Span().Duration()
	wall, err := kwadrans.WallOf(start, b.Wall.Zone)
	if err != nil {
		return b, err
	}
	b.Wall, b.Start, b.End = wall, start.UTC(), start.UTC().Add(length)
	b.Blocked = b.Span().Widen(t.BufferBefore.Std(), t.BufferAfter.Std())
	return b, nil
}

func inZone(t time.Time, zone string) string {
	if loc, err := kwadrans.Zone(zone); err == nil {
		t = t.In(loc)
	}
	return t.Format(time.RFC3339)
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + " · " + b
}
