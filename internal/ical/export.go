package ical

import (
	"cmp"
	"slices"
	"time"

	"kwadrans/internal/kwadrans"
)

// Export writes bookings as one file for the host's own calendars, in the
// language and zone of the profile, ordered by start; stamp is its DTSTAMP. The
// UIDs are those of the letters, so that importing a later file replaces. There
// is no ATTENDEE and no ORGANIZER in it: an importing program would send
// invitations of its own, or lock the entries. A booking whose Zoom link is not
// there yet is written without one, and says so. No bookings make an empty
// calendar. It fails with CodeInvalid for a link that cannot be used and with
// CodeInternal for a booking that no calendar could keep.
func Export(list []kwadrans.Booking, p kwadrans.Profile, stamp time.Time) ([]byte, error) {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b kwadrans.Booking) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.UID, b.UID))
	})
	events := make([]event, 0, len(list))
	for _, b := range list {
		e, err := fromBooking(b, p, stamp)
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	return write(publish, events)
}

func fromBooking(b kwadrans.Booking, p kwadrans.Profile, stamp time.Time) (event, error) {
	e := event{
		booking: b, status: statusOf(b.State), sequence: b.Sequence(), stamp: stamp, modified: b.Updated,
		reader: newReader(p.Lang, p.Zone, b.Wall.Zone, true),
	}
	var err error
	if e.link, err = linkOf(b, e.status); err != nil {
		return e, err
	}
	return e, e.sound()
}

func statusOf(s kwadrans.BookingState) string {
	switch s {
	case kwadrans.Cancelled:
		return cancelled
	case kwadrans.Held:
		return tentative
	}
	return confirmed
}
