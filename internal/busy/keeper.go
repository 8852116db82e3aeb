package busy

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"kwadrans/internal/kwadrans"
)

// Store is what the keeper asks of the data file. A source is a calendar's id, or
// kwadrans.SourceZoom of a host. Its generation grows with everything that makes
// another copy of it.
type Store interface {
	Calendars(ctx context.Context) ([]kwadrans.Calendar, error)
	Calendar(ctx context.Context, idPrefix string) (kwadrans.Calendar, error)
	AddCalendar(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret) error
	ChangeCalendar(ctx context.Context, c kwadrans.Calendar) error
	ChangeCalendarSecret(ctx context.Context, id string, secret kwadrans.Secret) error
	RemoveCalendar(ctx context.Context, id string) error
	// WriteBookings wants the bookings to come written into a calendar.
	WriteBookings(ctx context.Context, id string, now time.Time) error
	CalendarSecret(ctx context.Context, id string) (kwadrans.Secret, bool, error)

	Objects(ctx context.Context, id string) (list []kwadrans.CalendarObject, gen int64, err error)
	Tags(ctx context.Context, id string) (map[string]string, error)
	Reading(ctx context.Context, source string) (kwadrans.Reading, error)
	KeepLook(ctx context.Context, source string, look kwadrans.Look) (gen int64, err error)
	Copy(ctx context.Context, source string) (c kwadrans.Copy, gen int64, found bool, err error)
	KeepCopy(ctx context.Context, source string, gen int64, c kwadrans.Copy) (kept bool, err error)
	Generation(ctx context.Context, source string) (gen int64, err error)

	// OwnUIDs returns the UIDs of all our bookings, cancelled ones too: where they
	// stand in a calendar, the bookings themselves say what they hold.
	OwnUIDs(ctx context.Context) (map[string]bool, error)
}

// Edge reads calendars of one kind; have tells the tag of each object of the copy
// that is kept. It fails with a *kwadrans.Error; a *kwadrans.Fault in its chain
// may say in Until when to come back.
type Edge interface {
	Read(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret, have map[string]string) (kwadrans.CalendarChange, error)
}

// Rules say which events of a calendar make the host busy.
type Rules struct {
	Zone   *time.Location        // of floating and all-day times
	Self   []string              // the host's addresses: what they declined does not block
	AllDay bool                  // all-day events block
	Except func(uid string) bool // events that are left out
}

// Expansion is what the pages of a calendar hold in a stretch of time.
type Expansion struct {
	Instances []kwadrans.Instance // what blocks; those that meet the stretch
	Unknown   []kwadrans.Span     // for these it cannot be told
	Doubt     int                 // events that were not understood whole
	Refresh   time.Duration       // how often the calendar asks to be read; zero when it does not say
	Name      string              // what the calendar calls itself; may be empty
	Err       error               // no page could be read at all
}

// ZoomUser is a host whose Zoom meetings count.
type ZoomUser struct {
	Host    string
	Account string // kwadrans.Account.Key: a copy of another account does not count
}

// Keeper keeps a copy of every source but the own bookings: it looks at what is
// due, writes down what it found or why it did not, and answers from that. All
// its fields are set before its first use; those with a default may be zero.
type Keeper struct {
	Store  Store
	Edges  map[kwadrans.CalendarKind]Edge
	Expand func(ctx context.Context, pages [][]byte, in kwadrans.Span, r Rules) Expansion
	Rules  func(ctx context.Context) (Rules, error) // zone and addresses of the host; the rest is the keeper's
	Zoom   Zoom
	Zooms  func(ctx context.Context) ([]ZoomUser, error) // nil for nobody
	NewID  func() string
	Now    func() time.Time
	Log    *slog.Logger

	Keep     time.Duration // how long a copy counts after it was read; zero is DefaultKeep
	Deadline time.Duration // of one look at one source; zero is DefaultDeadline

	mu     sync.Mutex
	copies map[string]*held         // by source
	looks  map[string]*flight       // under way, by source
	reach  kwadrans.Span            // as far as was asked for
	hints  map[string]time.Duration // how often a source asks to be read
	closed bool
	ended  sync.WaitGroup
}

// The defaults.
const (
	DefaultKeep     = 24 * time.Hour
	DefaultDeadline = 2 * time.Minute
)

// atOnce is how many sources are looked at at the same time.
const atOnce = 4

func (k *Keeper) keep() time.Duration {
	if k.Keep > 0 {
		return k.Keep
	}
	return DefaultKeep
}

func (k *Keeper) deadline() time.Duration {
	if k.Deadline > 0 {
		return k.Deadline
	}
	return DefaultDeadline
}

// Reach tells the keeper that questions up to an instant are to be expected, so
// that the next looks go that far (three years at most); it never goes back.
func (k *Keeper) Reach(until time.Time) {
	if most := k.Now().AddDate(0, 0, outermost); until.After(most) {
		until = most
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if until.After(k.reach.End) {
		k.reach.End = until
	}
}

// Close calls off the looks that are under way and waits for them, a few seconds
// at most: a file on a drive that hangs cannot be called off. What comes after it
// fails.
func (k *Keeper) Close() {
	k.mu.Lock()
	k.closed = true
	for _, f := range k.looks {
		f.cancel()
	}
	k.mu.Unlock()
	done := make(chan struct{})
	go func() { k.ended.Wait(); close(done) }()
	t := time.NewTimer(5 * time.Second)
	defer t.Stop()
	select {
	case <-done:
	case <-t.C:
	}
}
