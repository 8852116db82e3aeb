package kwadrans

import "time"

// ConnectionKind keeps a person's own connection and the team's apart.
type ConnectionKind string

// The kinds of connections.
const (
	Personal ConnectionKind = "personal"
	Team     ConnectionKind = "team"
)

// ConnectionState is one of a closed set.
type ConnectionState string

// The states of a connection.
const (
	NotConnected       ConnectionState = "not connected"
	Connecting         ConnectionState = "connecting"
	Connected          ConnectionState = "connected"
	MissingPermissions ConnectionState = "missing permissions"
	SignInAgain        ConnectionState = "sign in again"
	RemovedAtZoom      ConnectionState = "removed at Zoom"
)

// Account is who is connected, as Zoom says (GET /users/me).
type Account struct {
	UserID    string `json:"user_id"`
	AccountID string `json:"account_id"`
	Email     string `json:"email"`
	Name      string `json:"name"`
	Type      int    `json:"type"` // 1 Basic, 2 Licensed
	Zone      string `json:"zone"`
}

// Key names the user in the account; empty when Zoom has not said who it is.
func (a Account) Key() string {
	if a.UserID == "" {
		return ""
	}
	return a.AccountID + "/" + a.UserID
}

// Connection is what is known of the link to one Zoom account. It never holds a token.
type Connection struct {
	Kind      ConnectionKind
	State     ConnectionState
	Account   Account
	ClientID  string
	APIURL    string   // as Zoom gave it; empty for the default
	Granted   []string // scopes
	Connected time.Time
	LastUsed  time.Time
	Changed   time.Time // when State last changed
}

// Usable says whether calls can be made with it now.
func (c Connection) Usable() bool { return c.State == Connected || c.State == MissingPermissions }

// Tokens is one generation of the rotating token pair of a connection.
type Tokens struct {
	Gen     int64 // grows by one with every rotation
	Access  Secret
	Refresh Secret
	Expires time.Time // of Access
	Scope   string    // space separated; kept when a refresh does not repeat it
	APIURL  string
}
