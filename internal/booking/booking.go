// Package booking is the act at the heart of the program: it finds slots,
// reserves a start, and sees to it that the Zoom meeting and the letters follow,
// whatever happens in between.
package booking

import (
	"context"
	"log/slog"
	"time"

	"kwadrans/internal/busy"
	"kwadrans/internal/kwadrans"
)

// Store is what the act asks of the data file.
type Store interface {
	Recipes
	Ledger
	Letterbox
	Strays
	Calendars
	Clocks
}

// Recipes are what the host has set up.
type Recipes interface {
	Profile(ctx context.Context) (kwadrans.Profile, bool, error)
	Topic(ctx context.Context, slug string) (kwadrans.Topic, error)
	Schedule(ctx context.Context, name string) (kwadrans.Schedule, error)
}

// Ledger keeps the bookings.
type Ledger interface {
	Booking(ctx context.Context, prefix string) (kwadrans.Booking, error)
	Steps(ctx context.Context, id string) ([]kwadrans.Step, error)
	// BookingAndSteps reads a booking and its steps as they were at one moment.
	BookingAndSteps(ctx context.Context, prefix string) (kwadrans.Booking, []kwadrans.Step, error)
	// Reserve keeps the booking, or returns what is in the way, in one transaction.
	Reserve(ctx context.Context, b kwadrans.Booking, steps []kwadrans.Step, e kwadrans.Event) ([]kwadrans.Busy, error)
	// Revise keeps a change if the stored revision is still rev.
	Revise(ctx context.Context, b kwadrans.Booking, rev int, steps []kwadrans.Step, e kwadrans.Event) (bool, error)
	// BookingByUID returns the booking of an invitation; false when there is none.
	BookingByUID(ctx context.Context, uid string) (kwadrans.Booking, bool, error)
	// KeepAnswer keeps what an attendee answered; false when a later answer is there.
	KeepAnswer(ctx context.Context, id, email string, answer kwadrans.Answer, stamp time.Time, e kwadrans.Event) (bool, error)
	// Before is what a booking was before a revision that can be taken back; false for a new one.
	Before(ctx context.Context, id string, rev int) (b kwadrans.Booking, found bool, err error)
	// TakeBack keeps b in place of the revision rev, if nothing of that one went out yet.
	TakeBack(ctx context.Context, b kwadrans.Booking, rev int, steps []kwadrans.Step, e kwadrans.Event) (bool, error)
	// KeepAccount notes in which account of the outside a claimed step is about to act.
	KeepAccount(ctx context.Context, st kwadrans.Step, account string) error
}

// Calendars are the other calendars of the host.
type Calendars interface {
	Calendars(ctx context.Context) ([]kwadrans.Calendar, error)
	Calendar(ctx context.Context, prefix string) (kwadrans.Calendar, error)
	CalendarSecret(ctx context.Context, id string) (kwadrans.Secret, bool, error)
}

// Letterbox keeps finished letters, so that a resend sends the same bytes.
type Letterbox interface {
	Letter(ctx context.Context, booking, target string, rev int) (kwadrans.Envelope, bool, error)
	KeepLetter(ctx context.Context, booking, target string, rev int, e kwadrans.Envelope, stamp time.Time) (kwadrans.Envelope, error)
	// ToldStart is the start that the last letter which went out told; zero when none did.
	ToldStart(ctx context.Context, booking, target string) (time.Time, error)
	FirstLetter(ctx context.Context, booking, target string) (messageID string, newest time.Time, err error)
	MailAccountWithPassword(ctx context.Context) (kwadrans.MailAccount, bool, error)
	MailAccount(ctx context.Context) (kwadrans.MailAccount, bool, error)
}

// Strays remembers Zoom meetings that carry our mark and belong to no booking.
type Strays interface {
	SeeStray(ctx context.Context, v kwadrans.Stray, now time.Time) (kwadrans.Stray, error)
	ForgetStray(ctx context.Context, meeting int64) error
	Strays(ctx context.Context) ([]kwadrans.Stray, error)
	Meta(ctx context.Context, key string) (string, error)
	SetMeta(ctx context.Context, key, value string) error
}

// Busy reads when a host is taken.
type Busy interface {
	Read(ctx context.Context, ask busy.Ask) (busy.Report, error)
}

// Zoom is what the act asks of Zoom, for the host's own Zoom user. Failures are
// kwadrans.Fault.
type Zoom interface {
	Create(ctx context.Context, user string, plan kwadrans.MeetingPlan) (kwadrans.Meeting, error)
	Get(ctx context.Context, id int64) (kwadrans.Meeting, error)
	Update(ctx context.Context, id int64, plan kwadrans.MeetingPlan) error
	Delete(ctx context.Context, id int64) error // a meeting that is gone already counts as deleted
	List(ctx context.Context, user string, from, to time.Time) ([]kwadrans.Meeting, error)
	Gone(err error) bool // the error says that the meeting does not exist
}

// Connections tells whether Zoom can be used.
type Connections interface {
	Connection(ctx context.Context, kind kwadrans.ConnectionKind) (kwadrans.Connection, error)
}

// Marker signs the marks of our Zoom meetings with the key of this data file.
type Marker interface {
	MAC(ctx context.Context, data []byte) ([]byte, error) // HMAC-SHA256
}

// Composer writes letters.
type Composer interface {
	Compose(l kwadrans.Letter) (kwadrans.Envelope, error)
	Draft(l kwadrans.Letter) (kwadrans.Envelope, error)
}

// Post sends finished letters. Failures are kwadrans.Fault.
type Post interface {
	Send(ctx context.Context, a kwadrans.MailAccount, e kwadrans.Envelope) error
}

// Service is the act with what it needs.
type Service struct {
	Store       Store
	Busy        Busy
	Zoom        Zoom
	Connections Connections
	Marker      Marker
	Composer    Composer
	Post        Post
	Shelf       Shelf
	Pages       Pages
	Install     string // eight characters that name this data file in marks
	NewID       func() string
	Now         func() time.Time
	Log         *slog.Logger
}

// zoomUser is the Zoom user that a personal connection acts as (Zoom API: userId "me").
const zoomUser = "me"

// Booking returns a booking by an id prefix of eight characters or more, with its
// steps of the same moment.
func (s *Service) Booking(ctx context.Context, prefix string) (kwadrans.Booking, []kwadrans.Step, error) {
	return s.Store.BookingAndSteps(ctx, prefix)
}
