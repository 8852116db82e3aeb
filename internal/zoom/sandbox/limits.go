package sandbox

import (
	"net/http"
	"strconv"
	"time"

	"golang.org/x/time/rate"
)

// label is Zoom's weight of a call (§6).
type label string

const (
	light  label = "Light"
	medium label = "Medium"
)

// perSecond and perDay are the table of §6; no entry means no limit.
var (
	perSecond = map[Plan]map[label]int{
		Free: {light: 4, medium: 2}, Pro: {light: 30, medium: 20}, Business: {light: 80, medium: 60},
	}
	perDay = map[Plan]map[label]int{Free: {light: 6000, medium: 2000}}
)

// limits counts what was called: per account and label, and per host and day.
type limits struct {
	buckets map[bucketKey]*bucket
	hosts   map[*user]*tally
}

type bucketKey struct {
	account *account
	label   label
}

type bucket struct {
	rate  *rate.Limiter
	today tally
}

// tally counts within one UTC day.
type tally struct {
	day string
	n   int
}

func (t *tally) on(now time.Time) *tally {
	if day := now.Format(time.DateOnly); t.day != day {
		t.day, t.n = day, 0
	}
	return t
}

func newLimits() limits {
	return limits{buckets: map[bucketKey]*bucket{}, hosts: map[*user]*tally{}}
}

func (w *World) bucket(c *call) *bucket {
	k := bucketKey{c.grant.user.account, c.op.label}
	b := w.limits.buckets[k]
	if b == nil {
		n := perSecond[k.account.plan][k.label]
		b = &bucket{rate: rate.NewLimiter(rate.Limit(n), n)}
		w.limits.buckets[k] = b
	}
	return b
}

// limited is step 5 of §12.3.
func (w *World) limited(c *call) (answer, bool) {
	b := w.bucket(c)
	plan := c.grant.user.account.plan
	c.limit = http.Header{}
	if w.knobs.RateHeaders {
		left := max(0, int(b.rate.TokensAt(c.now))-1)
		c.limit.Set("X-RateLimit-Category", string(c.op.label))
		c.limit.Set("X-RateLimit-Type", "QPS")
		c.limit.Set("X-RateLimit-Limit", strconv.Itoa(perSecond[plan][c.op.label]))
		c.limit.Set("X-RateLimit-Remaining", strconv.Itoa(left))
	}
	if most := perDay[plan][c.op.label]; most > 0 {
		if b.today.on(c.now).n >= most {
			return w.tooManyToday(c, most), false
		}
		b.today.n++
	}
	if w.knobs.PerSecond && !b.rate.AllowN(c.now, 1) {
		return refuse(http.StatusTooManyRequests, 429, textPerSecond), false
	}
	return answer{}, true
}

const (
	textPerSecond = "You have reached the maximum per-second rate limit for this API. Try again later."
	textPerDay    = "You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request."
)

func (w *World) tooManyToday(c *call, most int) answer {
	a := refuse(http.StatusTooManyRequests, 429, textPerDay)
	a.header.Set("Retry-After", stamp(midnight(c.now))) // an ISO date, not seconds (§6)
	if w.knobs.RateHeaders {
		a.header.Set("X-RateLimit-Type", "Daily-limit")
		a.header.Set("X-RateLimit-Limit", strconv.Itoa(most))
		a.header.Set("X-RateLimit-Remaining", "0")
	}
	return a
}

// midnight is the next 00:00 UTC.
func midnight(now time.Time) time.Time { return now.UTC().Truncate(24*time.Hour).AddDate(0, 0, 1) }

// counted counts a create or update towards the host's 100 of the day; false
// when they are used up. That answer carries no Retry-After: its text is the
// only sign (§6).
func (w *World) counted(u *user) (answer, bool) {
	t := w.limits.hosts[u]
	if t == nil {
		t = &tally{}
		w.limits.hosts[u] = t
	}
	if t.on(w.now()).n >= w.knobs.DailyLimit {
		a := refuse(http.StatusTooManyRequests, 429, dailyText(w.knobs.DailyLimit))
		a.header.Set("X-RateLimit-Category", string(light))
		return a, false
	}
	t.n++ // assumed(daily-count): a request that is refused for its content does not count
	return answer{}, true
}

func dailyText(n int) string {
	return "You have exceeded the daily rate limit (" + strconv.Itoa(n) + ") of Meeting Create/Update API requests permitted for this particular user. You may resume these requests at GMT 00:00:00."
}

// ExhaustDaily uses up the user's creates and updates of this UTC day.
func (w *World) ExhaustDaily() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.limits.hosts[w.signed] = &tally{day: w.now().Format(time.DateOnly), n: w.knobs.DailyLimit}
}
