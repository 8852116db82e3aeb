package desk

// The shapes of the form of a new booking: which starts are offered, and what becomes of one.

// Conflict is one reason why a start is not free.
type Conflict struct {
	Start     string   `json:"start"`
	Code      string   `json:"code"`
	Item      string   `json:"item"`
	ItemStart string   `json:"itemStart"`
	ItemEnd   string   `json:"itemEnd"`
	Source    string   `json:"source"`
	CheckedAt string   `json:"checkedAt"`
	Overlap   int      `json:"overlap"` // minutes
	Nearest   []string `json:"nearest"`
}

// Cell is one start of the slot picker.
type Cell struct {
	Start  string `json:"start"`
	Minute int    `json:"minute"` // of the local day, by the clock on the wall
	Free   bool   `json:"free"`
	Code   string `json:"code"` // why not, when it is not free
	Item   string `json:"item"`
}

// Block is a stretch in which the host is taken. Kind is booking, zoom, calendar
// or unknown (a source that could not be read).
type Block struct {
	Start string `json:"start"`
	End   string `json:"end"`
	Title string `json:"title"`
	Kind  string `json:"kind"`
	Topic string `json:"topic"`

	Source    string `json:"source"`    // a calendar's name
	CheckedAt string `json:"checkedAt"` // when that was last read
	Colour    string `json:"colour"`    // #rrggbb, of a calendar
}

// DayOffer is a day of the slot picker.
type DayOffer struct {
	Date   string  `json:"date"`
	Load   int     `json:"load"` // quarters of the opening hours that are taken, 0 to 4
	Free   int     `json:"free"`
	Cells  []Cell  `json:"cells"`
	Blocks []Block `json:"blocks"`
}

// Offer is some days of the slot picker that have opening hours, in Zone.
type Offer struct {
	Zone      string     `json:"zone"`
	Days      []DayOffer `json:"days"`
	Earlier   bool       `json:"earlier"` // there are days before these
	Later     bool       `json:"later"`
	CheckedAt string     `json:"checkedAt"` // when the sources were read
	Sources   []string   `json:"sources"`   // bookings, zoom, …
	Unknown   []string   `json:"unknown"`   // sources that could not be read
}

// BookForm is what the booking form holds.
type BookForm struct {
	Topic     string     `json:"topic"`
	Start     string     `json:"start"`
	Attendees []Attendee `json:"attendees"`
	Note      string     `json:"note"`
	Reason    string     `json:"reason"` // to book over conflicts; empty: do not
	OverZoom  bool       `json:"overZoom"`
}

// BookResult is the booking, or why it was not made. Until UndoUntil nothing goes
// out, and Bookings.Undo takes it back.
type BookResult struct {
	Booking   *Booking   `json:"booking"`
	Conflicts []Conflict `json:"conflicts"`
	OverZoom  bool       `json:"overZoom"` // booking anyway needs the stronger yes
	UndoUntil string     `json:"undoUntil"`
}
