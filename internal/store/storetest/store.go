package storetest

import (
	"context"
	"time"

	"kwadrans/internal/kwadrans"
)

// Store is the union of what the acts, the outbox and the doors ask.
type Store interface {
	People
	Recipes
	Ledger
	Lists
	Work
	Lanes
	Letterbox
	Connections
	Vault
	Strays
	Facts
	Calendars
	Sources
}

// People keeps the host and the account that letters are sent from.
type People interface {
	Profile(ctx context.Context) (kwadrans.Profile, bool, error)
	SaveProfile(ctx context.Context, p kwadrans.Profile) error
	MailAccount(ctx context.Context) (kwadrans.MailAccount, bool, error)
	MailAccountWithPassword(ctx context.Context) (kwadrans.MailAccount, bool, error)
	HasMailPassword(ctx context.Context) (bool, error)
	SaveMailAccount(ctx context.Context, m kwadrans.MailAccount) error
	ChangeMailAccount(ctx context.Context, m kwadrans.MailAccount) (bool, error)
}

// Recipes keeps schedules and topics.
type Recipes interface {
	Schedules(ctx context.Context) ([]kwadrans.Schedule, error)
	Schedule(ctx context.Context, name string) (kwadrans.Schedule, error)
	SaveSchedule(ctx context.Context, s kwadrans.Schedule) error
	AddSchedule(ctx context.Context, s kwadrans.Schedule) error
	RenameSchedule(ctx context.Context, name string, s kwadrans.Schedule) error
	RemoveSchedule(ctx context.Context, name string) error
	Topics(ctx context.Context) ([]kwadrans.Topic, error)
	Topic(ctx context.Context, slug string) (kwadrans.Topic, error)
	AddTopic(ctx context.Context, t kwadrans.Topic, now time.Time) error
	SaveTopic(ctx context.Context, t kwadrans.Topic) error
	RemoveTopic(ctx context.Context, slug string) error
}

// Ledger keeps the bookings and knows what they hold.
type Ledger interface {
	Booking(ctx context.Context, prefix string) (kwadrans.Booking, error)
	BookingAndSteps(ctx context.Context, prefix string) (kwadrans.Booking, []kwadrans.Step, error)
	Bookings(ctx context.Context, span kwadrans.Span, limit, offset int) ([]kwadrans.Booking, error)
	Reserve(ctx context.Context, b kwadrans.Booking, steps []kwadrans.Step, e kwadrans.Event) ([]kwadrans.Busy, error)
	Revise(ctx context.Context, b kwadrans.Booking, rev int, steps []kwadrans.Step, e kwadrans.Event) (bool, error)
	Holds(ctx context.Context) ([]kwadrans.Booking, error)
	DropHold(ctx context.Context, id string) (bool, error)
	Met(ctx context.Context, email string) (bool, error)
	BookingByUID(ctx context.Context, uid string) (kwadrans.Booking, bool, error)
	KeepAnswer(ctx context.Context, id, email string, answer kwadrans.Answer, stamp time.Time, e kwadrans.Event) (bool, error)
	Before(ctx context.Context, id string, rev int) (b kwadrans.Booking, found bool, err error)
	TakeBack(ctx context.Context, b kwadrans.Booking, rev int, steps []kwadrans.Step, e kwadrans.Event) (bool, error)
	History(ctx context.Context, booking string) ([]kwadrans.Event, error)
	OwnBusy(ctx context.Context, host string, span kwadrans.Span, except string) ([]kwadrans.Busy, error)
	OwnMeetings(ctx context.Context, span kwadrans.Span) (map[int64]bool, error)
	OwnUIDs(ctx context.Context) (map[string]bool, error)
	WallDue(ctx context.Context, tzdb string, now time.Time) ([]kwadrans.Booking, error)
}

// Lists are what the screens of the window ask.
type Lists interface {
	BookingList(ctx context.Context, ask kwadrans.ListAsk) (page []kwadrans.Booking, more bool, err error)
	Attention(ctx context.Context, now time.Time) ([]kwadrans.Booking, error)
	CountBookings(ctx context.Context, now time.Time) (kwadrans.BookingCounts, error)
	CountVideo(ctx context.Context, now time.Time) (kwadrans.VideoCounts, error)
	StepsOf(ctx context.Context, ids []string) (map[string][]kwadrans.Step, error)
	Changes(ctx context.Context) (int64, error)
}

// Work hands out the steps of the bookings.
type Work interface {
	Claim(ctx context.Context, now time.Time, lease time.Duration) (kwadrans.Step, bool, error)
	Complete(ctx context.Context, s kwadrans.Step, d kwadrans.Done, now time.Time) (bool, error)
	Failed(ctx context.Context, s kwadrans.Step, p *kwadrans.Pause, e kwadrans.Event, now time.Time) (bool, error)
	Recover(ctx context.Context, now time.Time, settle time.Duration) (int, error)
	NextDue(ctx context.Context, now time.Time) (time.Time, bool, error)
	Steps(ctx context.Context, booking string) ([]kwadrans.Step, error)
	OpenSteps(ctx context.Context) ([]kwadrans.Step, error)
	RetryStep(ctx context.Context, subject, target string) error
	RetryBooking(ctx context.Context, id string) error
	KeepAccount(ctx context.Context, s kwadrans.Step, account string) error
}

// Lanes holds steps back and lets them go.
type Lanes interface {
	PauseLanes(ctx context.Context, prefix string, p kwadrans.Pause) error
	ResumeLanes(ctx context.Context, prefix string) error
	Pauses(ctx context.Context, now time.Time) ([]kwadrans.Pause, error)
}

// Letterbox keeps finished letters.
type Letterbox interface {
	Letter(ctx context.Context, booking, target string, rev int) (kwadrans.Envelope, bool, error)
	KeepLetter(ctx context.Context, booking, target string, rev int, e kwadrans.Envelope, stamp time.Time) (kwadrans.Envelope, error)
	ToldStart(ctx context.Context, booking, target string) (time.Time, error)
	FirstLetter(ctx context.Context, booking, target string) (messageID string, newest time.Time, err error)
}

// Connections keeps what is known of each connection.
type Connections interface {
	Connection(ctx context.Context, kind kwadrans.ConnectionKind) (kwadrans.Connection, error)
	SaveConnection(ctx context.Context, c kwadrans.Connection) error
	MarkConnection(ctx context.Context, kind kwadrans.ConnectionKind, gen int64, state kwadrans.ConnectionState, now time.Time) (bool, error)
	TouchConnection(ctx context.Context, kind kwadrans.ConnectionKind, now time.Time) error
}

// Vault keeps tokens, sealed.
type Vault interface {
	CanSeal(ctx context.Context) error
	Tokens(ctx context.Context, kind kwadrans.ConnectionKind) (kwadrans.Tokens, error)
	TokenGen(ctx context.Context, kind kwadrans.ConnectionKind) (int64, error)
	SaveTokens(ctx context.Context, kind kwadrans.ConnectionKind, gen int64, next kwadrans.Tokens) (bool, error)
	ForgetTokens(ctx context.Context, kind kwadrans.ConnectionKind) error
	ForgetSecrets(ctx context.Context, now time.Time) error
}

// Strays remembers marked meetings that belong to no booking.
type Strays interface {
	SeeStray(ctx context.Context, v kwadrans.Stray, now time.Time) (kwadrans.Stray, error)
	ForgetStray(ctx context.Context, meeting int64) error
	Strays(ctx context.Context) ([]kwadrans.Stray, error)
}

// Facts keeps small facts by name.
type Facts interface {
	Meta(ctx context.Context, key string) (string, error)
	SetMeta(ctx context.Context, key, value string) error
	InstallID(ctx context.Context) (string, error)
}

// Calendars keeps the other calendars of the host, their secrets sealed.
type Calendars interface {
	Calendars(ctx context.Context) ([]kwadrans.Calendar, error)
	Calendar(ctx context.Context, idPrefix string) (kwadrans.Calendar, error)
	AddCalendar(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret) error
	ChangeCalendar(ctx context.Context, c kwadrans.Calendar) error
	ChangeCalendarSecret(ctx context.Context, id string, secret kwadrans.Secret) error
	WriteBookings(ctx context.Context, id string, now time.Time) error
	RemoveCalendar(ctx context.Context, id string) error
	CalendarSecret(ctx context.Context, id string) (kwadrans.Secret, bool, error)
}

// Sources keeps what was read from the calendars and from Zoom.
type Sources interface {
	Objects(ctx context.Context, id string) (list []kwadrans.CalendarObject, gen int64, err error)
	Tags(ctx context.Context, id string) (map[string]string, error)
	Reading(ctx context.Context, source string) (kwadrans.Reading, error)
	KeepLook(ctx context.Context, source string, look kwadrans.Look) (gen int64, err error)
	Copy(ctx context.Context, source string) (c kwadrans.Copy, gen int64, found bool, err error)
	KeepCopy(ctx context.Context, source string, gen int64, c kwadrans.Copy) (kept bool, err error)
	Generation(ctx context.Context, source string) (gen int64, err error)
}
