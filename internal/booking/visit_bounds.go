package booking

import (
	"context"

	"kwadrans/internal/kwadrans"
)

// The bounds of held seats: who only asks must not keep the host's whole week, nor
// make us write letters to strangers.
const (
	MostHolds        = 40
	MostHoldsTopic   = 20
	MostHoldsAddress = 2
	MostGuests       = 6 // the visitor and who comes along
)

// ErrCrowded says that too many seats wait for a confirmation at this moment.
var ErrCrowded = kwadrans.Errorf(kwadrans.CodeInUse, "booking: too many visitors have not confirmed their address yet").WithHint("try again in half an hour")

// ErrBound says that Bound lets no more in.
var ErrBound = kwadrans.Errorf(kwadrans.CodeInUse, "booking: too many bookings came at once").WithHint("try again later")

// room says whether one more seat may be taken, and how to give it back.
func (v *Visits) room(ctx context.Context, b kwadrans.Booking) (back func(), err error) {
	if b.State == kwadrans.Held {
		list, err := v.Guests.Holds(ctx)
		if err != nil {
			return nil, err
		}
		if crowded(list, b) {
			return nil, ErrCrowded
		}
	}
	if v.Bound == nil {
		return func() {}, nil
	}
	back, ok := v.Bound(b)
	if !ok {
		return nil, ErrBound
	}
	return back, nil
}

// crowded says whether the seats that are held leave no room for one more.
func crowded(held []kwadrans.Booking, b kwadrans.Booking) bool {
	topic, address := 0, 0
	for _, h := range held {
		if h.Topic == b.Topic {
			topic++
		}
		if kwadrans.SameEmail(h.Attendees[0].Email, b.Attendees[0].Email) {
			address++
		}
	}
	return len(held) >= MostHolds || topic >= MostHoldsTopic || address >= MostHoldsAddress
}

// FreeHolds forgets the seats whose visitors did not confirm in time, and returns
// how many. They leave nothing behind: the address was nobody's word.
func (v *Visits) FreeHolds(ctx context.Context) (freed int, err error) {
	list, err := v.Guests.Holds(ctx)
	if err != nil {
		return 0, err
	}
	now := v.Now()
	for _, b := range list {
		if now.Before(b.HeldUntil()) {
			continue
		}
		done, err := v.Guests.DropHold(ctx, b.ID)
		if err != nil {
			return freed, err
		}
		if done {
			freed++
		}
	}
	if freed > 0 {
		v.Log.Info("booking: seats are free again", "count", freed)
	}
	return freed, nil
}
