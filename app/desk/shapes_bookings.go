package desk

// The shapes of the screen of bookings.

// Booking is one arranged meeting.
type Booking struct {
	ID        string     `json:"id"`
	Short     string     `json:"short"`
	Topic     string     `json:"topic"`
	TopicName string     `json:"topicName"`
	Colour    string     `json:"colour"`
	State     string     `json:"state"`
	Start     string     `json:"start"`
	End       string     `json:"end"`
	Zone      string     `json:"zone"`
	Place     Place      `json:"place"`
	HostName  string     `json:"hostName"`
	HostEmail string     `json:"hostEmail"`
	Attendees []Attendee `json:"attendees"`
	JoinURL   string     `json:"joinUrl"`
	MeetingID string     `json:"meetingId"`
	Passcode  string     `json:"passcode"`
	Note      string     `json:"note"`
	Form      string     `json:"form"` // what a visitor answered to the topic's questions
	Over      string     `json:"over"`
	Reason    string     `json:"reason"`
	Steps     []Step     `json:"steps"`
	UndoUntil string     `json:"undoUntil"` // until then the last change can be undone; empty when it cannot
	Zoom      Light      `json:"zoom"`
	Letters   Light      `json:"letters"`
	Calendar  Light      `json:"calendar"`
}

// Step is one promise towards the outside.
type Step struct {
	Target    string `json:"target"`
	Kind      string `json:"kind"`
	To        string `json:"to"`
	State     string `json:"state"`
	Code      string `json:"code"`
	Words     string `json:"words"`
	Attempts  int    `json:"attempts"`
	NotBefore string `json:"notBefore"` // of the next try; empty when it waits for something else
	MaybeSent bool   `json:"maybeSent"`
}

// Light is one of the three lights of a booking: Zoom, letters, calendar.
type Light struct {
	State string `json:"state"` // done, waiting, failed, not-needed
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Code  string `json:"code"` // for what it waits, or why it failed
}

// BookingList asks for one page of a list. When is upcoming, past or cancelled.
type BookingList struct {
	When   string `json:"when"`
	Search string `json:"search"`
	Offset int    `json:"offset"`
	Limit  int    `json:"limit"`
}

// BookingPage is one page of a list.
type BookingPage struct {
	Rows []Booking `json:"rows"`
	More bool      `json:"more"`
}

// BookingDetail is a booking with its history.
type BookingDetail struct {
	Booking Booking `json:"booking"`
	History []Event `json:"history"`
}

// Event is one line of a booking's history.
type Event struct {
	At     string `json:"at"`
	Actor  string `json:"actor"`
	Kind   string `json:"kind"`
	Target string `json:"target"`
	Detail string `json:"detail"`
}

// Load is how full a week is, for the picture beside the list.
type Load struct {
	Zone    string    `json:"zone"`
	Week    int       `json:"week"` // ISO 8601
	Days    []LoadDay `json:"days"`
	Busy    int       `json:"busy"` // minutes
	Open    int       `json:"open"` // minutes
	Longest *Stretch  `json:"longest"`
}

// LoadDay is one day of Load: for each hour from From the quarters that are taken;
// -1 is closed.
type LoadDay struct {
	Date  string `json:"date"`
	From  int    `json:"from"`
	Hours []int  `json:"hours"`
}
