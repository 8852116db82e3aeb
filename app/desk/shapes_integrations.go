package desk

// The shapes of the screen Integrations: Zoom and mail.

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

// Letter is a letter that the sandbox caught.
type Letter struct {
	From    string   `json:"from"`
	To      []string `json:"to"`
	Subject string   `json:"subject"`
	At      string   `json:"at"`
	File    string   `json:"file"`
}
