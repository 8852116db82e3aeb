package page

import (
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"kwadrans/internal/kwadrans"
)

// limits keep one neighbourhood from asking for everything, and everybody together
// from more letters and bookings than a host can have. They live in memory.
type limits struct {
	now func() time.Time

	mu      sync.Mutex
	visits  table // looking, by neighbourhood
	posts   table // sending, by neighbourhood
	letters table // asked to confirm, by address
	booked  table // booked without a question, by address
	made    *rate.Limiter
	asked   *rate.Limiter
}

// The rates: what may come at once, and how fast it comes back.
const (
	visitBurst, visitEvery   = 240, time.Second / 4
	postBurst, postEvery     = 30, 10 * time.Second
	letterBurst, letterEvery = 2, 10 * time.Minute
	bookedBurst, bookedEvery = 3, 8 * time.Hour
	madeBurst, madeEvery     = 20, 15 * time.Minute // 96 a day: Zoom makes a hundred
	askedBurst, askedEvery   = 60, time.Minute
)

func (l *limits) visit(block string) bool {
	return l.take(&l.visits, block, visitBurst, visitEvery)
}

func (l *limits) post(block string) bool {
	return l.take(&l.posts, block, postBurst, postEvery)
}

// bound is booking.Visits.Bound: letters that ask to confirm, and bookings made
// without asking, each by address and all together.
func (l *limits) bound(b kwadrans.Booking) (back func(), ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	email := strings.ToLower(b.Attendees[0].Email)
	one, all := l.of(&l.letters, email, letterBurst, letterEvery), l.all(&l.asked, askedBurst, askedEvery)
	if b.State != kwadrans.Held {
		one, all = l.of(&l.booked, email, bookedBurst, bookedEvery), l.all(&l.made, madeBurst, madeEvery)
	}
	now := l.now()
	if one.TokensAt(now) < 1 || all.TokensAt(now) < 1 {
		return nil, false
	}
	x, y := one.ReserveN(now, 1), all.ReserveN(now, 1)
	return func() { x.CancelAt(now); y.CancelAt(now) }, true
}

func (l *limits) all(one **rate.Limiter, burst int, every time.Duration) *rate.Limiter {
	if *one == nil {
		*one = rate.NewLimiter(rate.Every(every), burst)
	}
	return *one
}

// table holds a limiter for each name.
type table struct {
	of    map[string]*rate.Limiter
	swept time.Time
}

// mostNames bounds a table. Those who come when it is full share one limiter; now and
// then room is made for others.
const (
	mostNames  = 20_000
	overflow   = "\x00"
	sweepEvery = 10 * time.Second
)

func (l *limits) take(t *table, name string, burst int, every time.Duration) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.of(t, name, burst, every).AllowN(l.now(), 1)
}

// of returns the limiter of a name.
func (l *limits) of(t *table, name string, burst int, every time.Duration) *rate.Limiter {
	if t.of == nil {
		t.of = map[string]*rate.Limiter{}
	}
	if one := t.of[name]; one != nil {
		return one
	}
	if now := l.now(); len(t.of) >= mostNames && now.Sub(t.swept) >= sweepEvery {
		t.sweep(now, burst)
	}
	if len(t.of) >= mostNames {
		name = overflow
	}
	if t.of[name] == nil {
		t.of[name] = rate.NewLimiter(rate.Every(every), burst)
	}
	return t.of[name]
}

// sweep drops those who have everything back.
func (t *table) sweep(now time.Time, burst int) {
	t.swept = now
	for name, one := range t.of {
		if one.TokensAt(now) >= float64(burst) {
			delete(t.of, name)
		}
	}
}
