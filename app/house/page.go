package house

import (
	"context"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/ical"
	"kwadrans/internal/kwadrans"
)

// Visits is the act with an attendee as its actor, for the booking page. A page keeps
// the one that it was given.
func (h *House) Visits() *booking.Visits {
	return &booking.Visits{Service: h.Booking, Guests: h.Store}
}

// GuestCalendar writes a booking as a file for an attendee's own calendar: it names
// nobody else and invites nobody. manage is where the attendee moves and cancels. Errors:
// CodeWaiting while there is no Zoom link.
func (h *House) GuestCalendar(b kwadrans.Booking, who kwadrans.Attendee, manage string) ([]byte, error) {
	b.Attendees = []kwadrans.Attendee{who}
	l := kwadrans.Letter{Kind: kwadrans.LetterInvitation, Booking: b, To: who, ManageURL: manage, From: b.Host.Email, Sequence: b.Sequence(), Short: b.Short(),
		Stamp: h.Now().UTC().Truncate(time.Second)}
	return ical.Copy(l)
}

// WaitForLink gives a booking that was just made a moment to get its Zoom link; it
// returns the booking as it is then.
func (h *House) WaitForLink(ctx context.Context, b kwadrans.Booking, most time.Duration) kwadrans.Booking {
	ctx, stop := context.WithTimeout(ctx, most)
	defer stop()
	tick := time.NewTicker(look)
	defer tick.Stop()
	for b.State == kwadrans.Provisioning && b.Zoom == nil {
		select {
		case <-ctx.Done():
			return b
		case <-tick.C:
		}
		if now, err := h.Store.Booking(ctx, b.ID); err == nil {
			b = now
		}
	}
	return b
}
