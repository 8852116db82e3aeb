package kwadrans

import "time"

// Done is what a step achieved, to be written in one transaction.
type Done struct {
	Rev      int          // the revision the outside has now
	RemoteID string       // kept for later changes; empty keeps what was known
	Account  string       // Account.Key of who has it; kept where none was known before
	Forget   bool         // the outside has nothing of ours any more: RemoteID and Account are cleared
	Never    bool         // the outside never had anything of ours: Ever is cleared
	Meeting  *ZoomMeeting // of the booking, when the step made or found it
	Event    Event        // for the history; empty Kind writes none
}

// Stray is a Zoom meeting that carries our mark and is not the meeting of its booking.
type Stray struct {
	MeetingID int64
	Booking   string // id in the mark
	Why       StrayWhy
	Topic     string
	Start     time.Time
	First     time.Time // first seen
	Last      time.Time // last seen
	Seen      int       // in how many sweeps
}

// StrayWhy says why a marked meeting is stray.
type StrayWhy string

// The kinds of strays. An unknown one is shown and never deleted by the program.
const (
	StrayDouble    StrayWhy = "double"    // the booking has another meeting
	StrayCancelled StrayWhy = "cancelled" // the booking is cancelled
	StrayUnknown   StrayWhy = "unknown"   // no such booking here: an older backup, another computer
)

// StateOf returns the state a booking has with these steps: cancelled and held
// stay, a step that was given up needs attention, Zoom makes it confirmed.
func StateOf(state BookingState, steps []Step) BookingState {
	if state == Cancelled || state == Held {
		return state
	}
	next := Confirmed
	for _, s := range steps {
		if s.Dead && !s.Done() {
			return Attention
		}
		if s.Target == TargetZoom && !s.Done() {
			next = Provisioning
		}
	}
	return next
}
