package booking

import (
	"context"
	"sync"
	"time"

	"kwadrans/internal/kwadrans"
)

// Visits is the act with an attendee as its actor, for the booking page: the same
// engine and the same steps, and no way to book over anything.
type Visits struct {
	*Service
	Guests Guestbook
	// Bound says whether one more seat may be taken, and how to give that back when
	// it was not taken after all; nil for no bound beside those of this room.
	Bound func(b kwadrans.Booking) (back func(), ok bool)

	seats sync.Mutex // counting the held seats and taking one is one thing
}

// Guestbook is what visits ask of the data file beside Store.
type Guestbook interface {
	// Holds returns the bookings that wait for a confirmation, oldest first.
	Holds(ctx context.Context) ([]kwadrans.Booking, error)
	// DropHold forgets a booking that still waits for a confirmation, with its steps
	// and letters; false when it does not wait any more.
	DropHold(ctx context.Context, id string) (bool, error)
	// Met says whether the address attends a booking that was more than a held seat.
	Met(ctx context.Context, email string) (bool, error)
}

// Visit is what a visitor of the page wants to book.
type Visit struct {
	ID        string // of the booking, made with the form: sent twice, it is one booking
	Topic     string // slug
	Start     time.Time
	Attendees []kwadrans.Attendee // the visitor first
	Form      string              // the answers to the topic's questions
}

// Book reserves a start for a visitor, as a held seat when the address is to be
// confirmed first. A visit that was booked already is answered with its booking; a
// start that is not free is an answer. Errors: CodeInvalid, CodeNotFound,
// CodeNotConnected, CodeMailNotSet when nobody could be asked to confirm, ErrCrowded
// and ErrBound.
func (v *Visits) Book(ctx context.Context, r Visit) (Answer, error) {
	if b, err := v.Store.Booking(ctx, r.ID); kwadrans.CodeOf(err) != kwadrans.CodeNotFound {
		return Answer{Booking: b, Booked: err == nil}, err
	}
	draft, err := v.draftOf(ctx, r)
	if err != nil {
		return Answer{}, err
	}
	for range 5 {
		a, taken, err := v.seat(ctx, draft)
		if twin, e := v.Store.Booking(ctx, r.ID); e == nil { // this one, or the same form sent twice
			return Answer{Booking: twin, Booked: true}, nil
		}
		if err != nil || !taken {
			return a, err
		}
		if a.Conflicts, err = v.Check(ctx, r.Topic, r.Start); err != nil || len(a.Conflicts) > 0 {
			return a, err
		}
	}
	return Answer{}, errRestless
}

// draftOf checks a visit and writes it down as the booking that it is to be.
func (v *Visits) draftOf(ctx context.Context, r Visit) (b kwadrans.Booking, err error) {
	profile, topic, schedule, err := v.recipe(ctx, r.Topic)
	if err != nil {
		return b, err
	}
	people, err := cleanAttendees(r.Attendees, profile)
	switch {
	case err != nil:
		return b, err
	case len(people) > MostGuests:
		return b, kwadrans.Errorf(kwadrans.CodeInvalid, "booking: at most %d attendees", MostGuests)
	case len([]rune(r.Form)) > MaxForm:
		return b, kwadrans.Errorf(kwadrans.CodeInvalid, "booking: the answers are longer than %d characters", MaxForm)
	}
	if err = wholeMinute(r.Start); err == nil {
		err = v.canProvision(ctx, topic)
	}
	if err != nil {
		return b, err
	}
	if b, err = v.draft(profile, topic, schedule, Request{Start: r.Start, form: r.Form}, people, ""); err != nil {
		return b, err
	}
	b.ID, b.UID = r.ID, r.ID+"@kwadrans"
	ask, err := v.mustConfirm(ctx, topic, people[0].Email)
	if ask {
		b.State = kwadrans.Held
	}
	return b, err
}

// MaxForm is how long all answers of a visitor together may be, in characters.
const MaxForm = 1800

// mustConfirm says whether the visitor has to confirm the address first.
func (v *Visits) mustConfirm(ctx context.Context, t kwadrans.Topic, email string) (bool, error) {
	switch t.Confirm {
	case kwadrans.ConfirmNever:
		return false, nil
	case kwadrans.ConfirmFirst:
		if known, err := v.Guests.Met(ctx, email); err != nil || known {
			return false, err
		}
	}
	_, ok, err := v.Store.MailAccount(ctx)
	if err == nil && !ok {
		err = kwadrans.Errorf(kwadrans.CodeMailNotSet, "booking: no mail account is set up, so nobody can be asked to confirm").
			WithHint("set it with: kwadrans mail set")
	}
	return true, err
}

// seat asks the engine and then the data file; taken says that the start was lost
// to somebody between the two.
func (v *Visits) seat(ctx context.Context, b kwadrans.Booking) (a Answer, taken bool, err error) {
	// Zoom is asked only for a start that is free as far as is known, and for whom there
	// is room: who sends forms by the thousand must not use up the host's calls.
	for _, look := range []func(context.Context, string, kwadrans.Span, *kwadrans.Booking) (view, error){v.look, v.lookAnew} {
		known, err := look(ctx, b.Topic, b.Span(), nil)
		if err != nil {
			return a, false, err
		}
		if a.Conflicts = known.engine.Check(b.Start); len(a.Conflicts) > 0 {
			return a, false, nil
		}
		back, err := v.room(ctx, b)
		if err != nil {
			return a, false, err
		}
		back()
	}
	return v.sit(ctx, b)
}

// sit keeps the seat: within the bounds, and unless somebody has it.
func (v *Visits) sit(ctx context.Context, b kwadrans.Booking) (a Answer, taken bool, err error) {
	v.seats.Lock()
	defer v.seats.Unlock()
	back, err := v.room(ctx, b)
	if err != nil {
		return a, false, err
	}
	kind := "created"
	if b.State == kwadrans.Held {
		kind = "held"
	}
	inTheWay, err := v.take(ctx, b, 0, kwadrans.Event{At: b.Created, Actor: attendee, Kind: kind})
	if err == nil && len(inTheWay) == 0 {
		v.Log.Info("booking: "+kind+" by a visitor", "booking", b.ID, "topic", b.Topic, "attendees", len(b.Attendees))
		return Answer{Booking: b, Booked: true}, false, nil
	}
	back()
	return a, err == nil, err
}

// attendee is the actor of what a visitor does.
const attendee = "attendee"
