package kwadrans

import "time"

// MeetingKind is Zoom's meeting type.
type MeetingKind int

// Zoom's meeting types (Zoom API: meetings, type).
const (
	InstantMeeting     MeetingKind = 1
	ScheduledMeeting   MeetingKind = 2
	RecurringNoTime    MeetingKind = 3
	RecurringFixedTime MeetingKind = 8
)

// Meeting is a meeting as Zoom has it.
type Meeting struct {
	ID       int64
	Kind     MeetingKind
	Topic    string
	Start    time.Time // zero where Zoom gives none
	Duration time.Duration
	Agenda   string // cut at 250 characters in lists
	JoinURL  string
	Passcode string
	HostMail string
	Created  time.Time
}

// MeetingPlan is a meeting as we want it.
type MeetingPlan struct {
	Topic          string
	Agenda         string
	Start          time.Time
	Duration       time.Duration
	Zone           string // IANA name, for Zoom's own display
	WaitingRoom    *bool
	JoinBeforeHost *bool
}
