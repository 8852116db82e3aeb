package desk

// The shapes of the screen Integrations: other calendars.

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
