package kwadrans

import (
	"strings"
	"time"
)

// Step is one promise of a booking towards one outside target: which revision
// the outside should have and which it has. The outbox closes the gap. There
// is one row per subject and target, so edits coalesce.
type Step struct {
	Subject string // booking id
	Target  string // "zoom", "letter:<email>", "calendar:<account>", "user:<email>"
	Lane    string // what may be paused together: "zoom/me", "mail"
	Needs   string // a target of the same subject that must have the revision first; empty for none

	Want int // revision wanted
	Have int // revision the outside has; 0 for none

	RemoteID   string    // the outside's own name of what was made
	Account    string    // Account.Key of the outside account that has it; empty when not known
	MaybeSent  bool      // an attempt may have reached the outside without our knowing
	MaybeSince time.Time // when that attempt was given up
	Ever       bool      // something was ever sent: a cancellation must be told
	Attempt    int       // failed attempts since the last success
	NotBefore  time.Time
	Fence      int64     // grows with every claim; only the newest claimant may complete
	Lease      time.Time // until when somebody works on it; zero for nobody

	Code  Code   // of the last failure; empty after a success
	Words string // the outside's words of the last failure
	Dead  bool   // given up until a person asks again
}

// Done says whether the outside has what is wanted.
func (s Step) Done() bool { return s.Have >= s.Want }

// Kind returns the target without its address: zoom, letter, calendar, user.
func (s Step) Kind() string {
	kind, _, _ := strings.Cut(s.Target, ":")
	return kind
}

// Address returns the part of the target behind the colon.
func (s Step) Address() string {
	_, addr, _ := strings.Cut(s.Target, ":")
	return addr
}

// Targets of steps.
const TargetZoom = "zoom"

// EventIn returns the target of the event in a calendar, named by its id.
func EventIn(calendar string) string { return "calendar:" + calendar }

// LetterTo returns the target of the letter to an address.
func LetterTo(email string) string { return "letter:" + strings.ToLower(email) }

// Lanes of steps.
const (
	LaneMail     = "mail"
	LaneCalendar = "calendar/"  // prefix of a calendar's lane, + its id
	LaneZoom     = "zoom/"      // prefix of every Zoom lane
	LaneZoomMake = "zoom/make/" // + host: creates and updates, which have a daily limit
	LaneZoomDrop = "zoom/drop/" // + host: deletes, which have none
)

// Light is what a step shows to people.
type Light string

// The lights of a step.
const (
	LightDone      Light = "done"
	LightWaiting   Light = "waiting"
	LightFailed    Light = "failed"
	LightNotNeeded Light = "not-needed"
)

// Pause keeps a lane back.
type Pause struct {
	Lane  string
	Until time.Time
	Code  Code
	Words string
}

// Holds says whether the pause keeps a lane back: it names the lane or every
// lane, or ends in a slash and names those under it. A name that only begins
// alike is another lane.
func (p Pause) Holds(lane string) bool {
	return p.Lane == lane || p.Lane == "" || strings.HasSuffix(p.Lane, "/") && strings.HasPrefix(lane, p.Lane)
}

// Light returns what the step shows. One that is done although nothing was ever
// sent was a cancellation of what the outside never had: there was nothing to do.
func (s Step) Light() Light {
	switch {
	case s.Done() && !s.Ever:
		return LightNotNeeded
	case s.Done():
		return LightDone
	case s.Dead:
		return LightFailed
	default:
		return LightWaiting
	}
}

// PauseOf returns the pause that holds the step back for the longest, if any does.
func PauseOf(s Step, pauses []Pause) (longest Pause, held bool) {
	for _, p := range pauses {
		if p.Holds(s.Lane) && (!held || p.Until.After(longest.Until)) {
			longest, held = p, true
		}
	}
	return longest, held
}
