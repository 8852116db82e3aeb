package desk

// The shapes that cross to the page, and here those that several screens know; those of one
// screen stand in shapes_<screen>.go. Times are RFC 3339 text; the zone that they are written
// in stands beside them. Lengths are whole minutes.

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
	Unread    int      `json:"unread"`    // other calendars that cannot be read
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

// Place is where a topic's meetings are held. Settings are "", "on" or "off"; ""
// leaves them to the Zoom account.
type Place struct {
	Kind           string `json:"kind"`
	Detail         string `json:"detail"`
	WaitingRoom    string `json:"waitingRoom"`
	JoinBeforeHost string `json:"joinBeforeHost"`
}

// Attendee is who is invited.
type Attendee struct {
	Name   string `json:"name"`
	Email  string `json:"email"`
	Zone   string `json:"zone"`
	Lang   string `json:"lang"`
	Answer string `json:"answer"`
}

// Stretch is a stretch of time.
type Stretch struct {
	Start string `json:"start"`
	End   string `json:"end"`
}

// Restored says what came of a restore; File is empty when the user cancelled.
type Restored struct {
	File        string `json:"file"`
	Kept        string `json:"kept"` // where the old data file went
	SignInAgain bool   `json:"signInAgain"`
}
