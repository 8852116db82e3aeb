package desk

// ChangeForm is a change of a booking that the host wishes.
type ChangeForm struct {
	ID       string `json:"id"`
	Act      string `json:"act"`      // move, cancel, restore
	Start    string `json:"start"`    // of a move
	Reason   string `json:"reason"`   // of a cancellation, told to the attendees; else to go over conflicts, empty: do not
	OverZoom bool   `json:"overZoom"` // the stronger yes
	Silent   bool   `json:"silent"`   // the attendees get no letter
}

// SendPlan is what a change would send, or why it cannot be made.
type SendPlan struct {
	Start     string     `json:"start"` // after the change, in the booking's zone
	End       string     `json:"end"`
	Conflicts []Conflict `json:"conflicts"`
	OverZoom  bool       `json:"overZoom"`
	Parts     []PlanPart `json:"parts"`
}

// PlanPart is one thing that would go out: to Zoom, as a letter, or into a calendar.
type PlanPart struct {
	Kind   string      `json:"kind"`  // zoom, letter, calendar
	Act    string      `json:"act"`   // create, change, delete, send
	Place  string      `json:"place"` // the meeting id, or the name of the calendar
	Call   string      `json:"call"`  // to Zoom, as its documentation writes it
	Name   string      `json:"name"`
	Email  string      `json:"email"`
	Lang   string      `json:"lang"`
	ToHost bool        `json:"toHost"`
	Code   string      `json:"code"` // why the letter cannot be shown yet
	Letter *PlanLetter `json:"letter"`
}

// PlanLetter is a letter of a plan, but for the moment it is sent.
type PlanLetter struct {
	From     string         `json:"from"`
	To       string         `json:"to"`
	ReplyTo  string         `json:"replyTo"`
	Subject  string         `json:"subject"`
	Text     string         `json:"text"`
	Calendar []CalendarLine `json:"calendar"`
}

// CalendarLine is a line of an invitation; Changed says that the letter before had another.
type CalendarLine struct {
	Text    string `json:"text"`
	Changed bool   `json:"changed"`
}
