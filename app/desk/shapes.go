package desk

// The shapes that cross to the page. Times are RFC 3339 text; the zone that they
// are written in stands beside them. Lengths are whole minutes.

// Profile is who the host is.
type Profile struct {
	Name  string `json:"name"`
	Email string `json:"email"`
	Zone  string `json:"zone"`
	Lang  string `json:"lang"`
	Org   string `json:"org"`
}

// Start is what the window needs to know first. Fault says why the data file could
// not be opened; then nothing is said of what is in it, and DataFile is its directory.
type Start struct {
	Version   string   `json:"version"`
	Lang      string   `json:"lang"`
	Theme     string   `json:"theme"`  // system, light, dark
	Zone      string   `json:"zone"`   // of the profile; empty without one
	Clocks    []Clock  `json:"clocks"` // of that zone, around now
	Sandbox   bool     `json:"sandbox"`
	ReadOnly  bool     `json:"readOnly"`
	Profile   *Profile `json:"profile"`
	DataFile  string   `json:"dataFile"`
	Zoom      string   `json:"zoom"` // state of the personal connection
	Mail      bool     `json:"mail"` // a mail account is set
	Topics    int      `json:"topics"`
	Upcoming  int      `json:"upcoming"`
	Attention int      `json:"attention"` // bookings that need a person
	Link      *Link    `json:"link"`
	Fault     *Fault   `json:"fault"`
}

// Clock is how the clocks of a zone go for a while: so many minutes before Greenwich.
type Clock struct {
	From    string `json:"from"`
	To      string `json:"to"`
	Minutes int    `json:"minutes"`
}

// Link is what a kwadrans:// address asks to show.
type Link struct {
	Connect bool   `json:"connect"`
	Booking string `json:"booking"`
}

// Letter is a letter that the sandbox caught.
type Letter struct {
	From    string   `json:"from"`
	To      []string `json:"to"`
	Subject string   `json:"subject"`
	At      string   `json:"at"`
	File    string   `json:"file"`
}

// Permission is one thing that Zoom is asked to allow; title and reason are the
// words permission.<key>.title and .why.
type Permission struct {
	Key     string   `json:"key"`
	Writes  bool     `json:"writes"`
	Scopes  []string `json:"scopes"`
	Granted bool     `json:"granted"`
	Missing []string `json:"missing"`
}

// Connection is the state of the link to Zoom.
type Connection struct {
	State       string         `json:"state"`
	Name        string         `json:"name"`
	Email       string         `json:"email"`
	AccountType int            `json:"accountType"` // 1 Basic, 2 Licensed
	ClientID    string         `json:"clientId"`    // in use, or that would be used; empty for none
	OwnID       string         `json:"ownId"`       // the user's own; empty for the program's
	Permissions []Permission   `json:"permissions"`
	ConnectedAt string         `json:"connectedAt"`
	LastUsed    string         `json:"lastUsed"`
	Changed     string         `json:"changed"`
	Upcoming    int            `json:"upcoming"` // bookings to come that have a Zoom meeting
	Waiting     []Booking      `json:"waiting"`  // bookings that wait for their link
	ZoomTopics  []TopicInShort `json:"zoomTopics"`
	Topics      int            `json:"topics"`
	Key         Key            `json:"key"`
	Offline     bool           `json:"offline"` // Zoom did not answer: the last known state
}

// TopicInShort is a topic in lists.
type TopicInShort struct {
	Slug   string `json:"slug"`
	Name   string `json:"name"`
	Colour string `json:"colour"`
	On     bool   `json:"on"`
}

// Key is how the key of the sealed sign-ins and passwords stands: ok, none, locked, absent,
// changed, unknown; Source is keychain, file or throw-away.
type Key struct {
	State  string `json:"state"`
	Source string `json:"source"`
}

// SignIn is how a sign-in ended: with an account, with a fault, or cancelled by
// the user.
type SignIn struct {
	Name         string `json:"name"`
	Email        string `json:"email"`
	OtherAccount bool   `json:"otherAccount"` // another Zoom user than before
	Cancelled    bool   `json:"cancelled"`
	Fault        *Fault `json:"fault"`
}

// Disabled is the connection after Disable; Revoked says that Zoom confirmed it.
type Disabled struct {
	Revoked    bool       `json:"revoked"`
	Connection Connection `json:"connection"`
}

// IDCheck says what a client id turned out to be.
type IDCheck struct {
	Kind   string `json:"kind"`
	Usable bool   `json:"usable"`
}

// MailAccount is the account that letters are sent from; Password is only ever
// sent to Go, empty keeps the stored one.
type MailAccount struct {
	From     string `json:"from"`
	Host     string `json:"host"`
	Port     int    `json:"port"`
	TLS      string `json:"tls"`
	User     string `json:"user"`
	Password string `json:"password"`
	Set      bool   `json:"set"`    // an account is kept
	Secret   bool   `json:"secret"` // a password is kept
}

// MailPreset is what the provider of an address is known to want.
type MailPreset struct {
	Known   bool        `json:"known"`
	Account MailAccount `json:"account"`
	Note    string      `json:"note"` // what to do there first, in the user's language
}

// MailReport is what a test letter found out.
type MailReport struct {
	To          string `json:"to"`
	Server      string `json:"server"`
	TLS         string `json:"tls"`
	Certificate string `json:"certificate"`
}

// Sources are all that tells when the host is taken.
type Sources struct {
	Zone      string     `json:"zone"`
	Keep      int        `json:"keep"`     // minutes that a copy counts after it was read
	Bookings  int        `json:"bookings"` // own ones to come
	Zoom      *Reading   `json:"zoom"`     // of the host's Zoom meetings; null until Zoom was connected
	Calendars []Calendar `json:"calendars"`
}

// Calendar is another calendar of the host. Kind is file, feed or caldav; Address is what
// may be shown of it.
type Calendar struct {
	ID      string  `json:"id"`
	Kind    string  `json:"kind"`
	Name    string  `json:"name"`
	Address string  `json:"address"`
	Login   string  `json:"login"`
	Colour  string  `json:"colour"` // #rrggbb or empty
	AllDay  bool    `json:"allDay"`
	Publish bool    `json:"publish"`
	Near    bool    `json:"near"`
	Reading Reading `json:"reading"`
}

// Reading is what the last looks at a source said. State is fresh, stale or unreadable; Until
// is how long what was read last counts.
type Reading struct {
	State   string `json:"state"`
	Good    string `json:"good"`  // when it was last read whole
	Tried   string `json:"tried"` // when that was last tried
	Next    string `json:"next"`  // when it is tried again; empty for at once
	Until   string `json:"until"`
	Fails   int    `json:"fails"`
	Code    string `json:"code"` // why it could not be read
	Words   string `json:"words"`
	Doubt   int    `json:"doubt"`   // entries that were not understood, and count as busy
	Entries int    `json:"entries"` // that make the host busy in the next 90 days
}

// CalendarForm is what the form of a calendar holds; ID is empty for a new one. Password is
// only ever sent to Go, empty keeps the stored one.
type CalendarForm struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	Address  string `json:"address"`
	Login    string `json:"login"`
	Password string `json:"password"`
	Colour   string `json:"colour"`
	AllDay   bool   `json:"allDay"`
	Near     bool   `json:"near"`
}

// Found are the calendars of an account; Elsewhere is the address at which the server says
// they lie, where the password was not sent.
type Found struct {
	Collections []Collection `json:"collections"`
	Elsewhere   string       `json:"elsewhere"`
}

// Collection is one calendar of an account on a server.
type Collection struct {
	Address  string `json:"address"`
	Name     string `json:"name"`
	Colour   string `json:"colour"`
	Writable bool   `json:"writable"`
	Known    bool   `json:"known"` // it was added already
}

// Removed is a calendar that counts no more; it can be brought back until UndoUntil, and not
// at all when that is empty.
type Removed struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	UndoUntil string `json:"undoUntil"`
}

// Place is where a topic's meetings are held. Settings are "", "on" or "off"; ""
// leaves them to the Zoom account.
type Place struct {
	Kind           string `json:"kind"`
	Detail         string `json:"detail"`
	WaitingRoom    string `json:"waitingRoom"`
	JoinBeforeHost string `json:"joinBeforeHost"`
}

// Topic is a meeting topic.
type Topic struct {
	Slug         string  `json:"slug"`
	Name         string  `json:"name"`
	Description  string  `json:"description"`
	Colour       string  `json:"colour"`
	On           bool    `json:"on"`
	Listed       bool    `json:"listed"`
	Duration     int     `json:"duration"`
	Places       []Place `json:"places"`
	Schedule     string  `json:"schedule"`
	Step         int     `json:"step"`
	BufferBefore int     `json:"bufferBefore"`
	BufferAfter  int     `json:"bufferAfter"`
	Notice       int     `json:"notice"`
	MaxDays      int     `json:"maxDays"`
	DailyLimit   int     `json:"dailyLimit"`
	WeeklyLimit  int     `json:"weeklyLimit"`
	MayMove      bool    `json:"mayMove"`
	MoveBefore   int     `json:"moveBefore"`
	MaxMoves     int     `json:"maxMoves"`
	MayCancel    bool    `json:"mayCancel"`
	CancelBefore int     `json:"cancelBefore"`
	Page         Asking  `json:"page"`
}

// Asking is what the booking page asks of a visitor. Confirm is always, first or never.
type Asking struct {
	Confirm   string     `json:"confirm"`
	Questions []Question `json:"questions"`
}

// Question is what a visitor is asked beside name and address.
type Question struct {
	Label    string `json:"label"`
	Required bool   `json:"required"`
	Long     bool   `json:"long"`
}

// Schedule is one schedule in short.
type Schedule struct {
	Name  string     `json:"name"`
	Zone  string     `json:"zone"`
	Hours [][]string `json:"hours"` // windows of Monday to Sunday, "9:00-17:00"
}

// Opening is a stretch of opening hours, in minutes after midnight of its day by the
// clock on the wall. To may lie past 1440: it then ends on the next day.
type Opening struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// DayHours are the hours of one day, instead of those of its day of the week; none is
// closed.
type DayHours struct {
	Date   string    `json:"date"` // YYYY-MM-DD
	Hours  []Opening `json:"hours"`
	Reason string    `json:"reason"`
}

// Hours is a schedule as its editor has it.
type Hours struct {
	Name   string         `json:"name"`
	Zone   string         `json:"zone"`
	Week   [][]Opening    `json:"week"` // Monday to Sunday
	Days   []DayHours     `json:"days"` // by date
	Topics []TopicInShort `json:"topics"`
}

// Outlook is what a schedule comes to in a week: From its Monday To its Sunday.
type Outlook struct {
	From    string `json:"from"`
	To      string `json:"to"`
	Minutes int    `json:"minutes"` // that are open
}

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

// Attendee is who is invited.
type Attendee struct {
	Name   string `json:"name"`
	Email  string `json:"email"`
	Zone   string `json:"zone"`
	Lang   string `json:"lang"`
	Answer string `json:"answer"`
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
	Over      string     `json:"over"`
	Reason    string     `json:"reason"`
	Steps     []Step     `json:"steps"`
	UndoUntil string     `json:"undoUntil"` // until then the last change can be undone; empty when it cannot
	Zoom      Light      `json:"zoom"`
	Letters   Light      `json:"letters"`
	Calendar  Light      `json:"calendar"`
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

// Stretch is a stretch of time.
type Stretch struct {
	Start string `json:"start"`
	End   string `json:"end"`
}

// Event is one line of a booking's history.
type Event struct {
	At     string `json:"at"`
	Actor  string `json:"actor"`
	Kind   string `json:"kind"`
	Target string `json:"target"`
	Detail string `json:"detail"`
}

// BookingDetail is a booking with its history.
type BookingDetail struct {
	Booking Booking `json:"booking"`
	History []Event `json:"history"`
}

// Restored says what came of a restore; File is empty when the user cancelled.
type Restored struct {
	File        string `json:"file"`
	Kept        string `json:"kept"` // where the old data file went
	SignInAgain bool   `json:"signInAgain"`
}
