package sandbox

import "time"

// Presentation is how a list shows a series (§3.5, not certain).
type Presentation string

// The presentations that were seen in the field.
const (
	ParentOnly    Presentation = "parent-only"    // one row with a start that is nobody's
	PerOccurrence Presentation = "per-occurrence" // one row for each occurrence, the same id
	Duplicates    Presentation = "duplicates"     // both, every row twice
)

// Revoking is what becomes of the call that ends a grant.
type Revoking string

// The modes of revoking: how a public client shows who it is is not documented (§1.2).
const (
	RevokeAccepted Revoking = "accepted"
	RevokeRejected Revoking = "rejected"
)

// Knobs are the behaviours that nobody has seen for certain ([U] in the fact
// sheet) and the numbers that Zoom may change. New sets the defaults.
type Knobs struct {
	// Sign-in.
	DeclineRedirect        bool          // Decline leads back with error=access_denied; else a page
	StrictPublic           bool          // a public client with an Authorization header is refused
	ExactPort              bool          // the port of a loopback redirect must match too
	LoopbackRefused        bool          // as after a review that forbids loopback
	ErrorNumbers           bool          // refusals of a token carry Zoom's number beside the word
	BareErrors             bool          // refusals of a token are {"error":…} alone
	LegacyStatus           bool          // a refused refresh answers 401, as before August 2022
	OmitScopeOnRefresh     bool          // the answer of a refresh names no scope
	RefreshKillsAccess     bool          // a refresh ends the older access tokens too
	ScopeChangeEndsRefresh bool          // after ChangeScopes a refresh fails with 4711
	RevokeMode             Revoking      // of a public client
	APIURL                 string        // api_url of the token answer
	CodeLife               time.Duration // of an authorization code
	AccessLife             time.Duration // of an access token
	RefreshLife            time.Duration // of a refresh token

	// Every call.
	ScopeStatus int  // HTTP status of a missing scope: 400 or 401
	ForeignCode int  // refusal of another's user id: 1001 or 4711
	RateHeaders bool // X-RateLimit-* are sent
	PerSecond   bool // per-second limits count; off by default when Options.Now is set, since a clock that stands never refills them
	DailyLimit  int  // creates and updates per host and UTC day

	// Meetings.
	OffsetRefused   bool          // a start with a numeric offset is an error, not a UTC wall clock
	FractionRefused bool          // fractions of a second are an error
	CannotHost      bool          // 3161 for every create, update and list
	Bare            bool          // create answers without uuid, host_id, status
	Sparse          bool          // fields that the schema does not promise are left out at random
	ZeroDate        bool          // rows without a time carry 0001-01-01T00:00:00Z
	DSTBug          bool          // occurrences keep the UTC time of the first
	ClampPageSize   bool          // page_size past 300 counts as 300, not as an error
	RangeIgnored    bool          // from and to have no effect
	Presentation    Presentation  // of series in lists
	ListLag         time.Duration // how long after its creation a meeting shows in lists
	PageTokenLife   time.Duration // of next_page_token
	MoreZones       []string      // zone names that are taken beside Zoom's table

	// Rules.
	Grace time.Duration // how long after invalid_grant a call that was under way may still arrive
}

func defaults() Knobs {
	return Knobs{
		DeclineRedirect: true, StrictPublic: true, ErrorNumbers: true, RevokeMode: RevokeAccepted, APIURL: "https://api.zoom.us",
		CodeLife: 5 * time.Minute, AccessLife: time.Hour, RefreshLife: 90 * 24 * time.Hour,
		ScopeStatus: 400, ForeignCode: 1001, RateHeaders: true, DailyLimit: 100,
		Sparse: true, Presentation: ParentOnly, PageTokenLife: 15 * time.Minute, Grace: time.Second,
	}
}

// Knobs returns how the knobs stand.
func (w *World) Knobs() Knobs {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.knobs
}

// Turn changes knobs.
func (w *World) Turn(change func(*Knobs)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change(&w.knobs)
}

// Presentation sets how lists show series.
func (w *World) Presentation(p Presentation) { w.Turn(func(k *Knobs) { k.Presentation = p }) }

// OmitScopeOnRefresh sets whether the answer of a refresh leaves the scope out.
func (w *World) OmitScopeOnRefresh(on bool) { w.Turn(func(k *Knobs) { k.OmitScopeOnRefresh = on }) }

// LegacyStatus sets whether a refused refresh answers 401.
func (w *World) LegacyStatus(on bool) { w.Turn(func(k *Knobs) { k.LegacyStatus = on }) }

// RevokeMode sets what becomes of a public client's revoke.
func (w *World) RevokeMode(m Revoking) { w.Turn(func(k *Knobs) { k.RevokeMode = m }) }
