package busy

import (
	"errors"
	"time"

	"kwadrans/internal/kwadrans"
)

// How often sources are looked at while they can be read. A feed may ask for more
// or less; nobody is asked more often than least.
const (
	everyFile   = time.Minute
	everyFeed   = 30 * time.Minute
	everyServer = 10 * time.Minute
	everyZoom   = 5 * time.Minute

	leastFeed   = 15 * time.Minute
	leastServer = time.Minute
)

// How long a source rests that could not be read.
const (
	firstRest   = 15 * time.Minute
	longestRest = 6 * time.Hour

	firstZoom   = time.Minute // Zoom is one's own account, and nothing can be booked until it answers
	longestZoom = 15 * time.Minute
)

// kindZoom stands beside the kinds of calendars.
const kindZoom kwadrans.CalendarKind = "zoom"

// interval returns how long a good reading lasts. A feed that wants to be read
// rarely is read more often than that, before its copy stops to count.
func (k *Keeper) interval(kind kwadrans.CalendarKind, hint time.Duration) time.Duration {
	switch kind {
	case kwadrans.CalendarFile:
		return everyFile
	case kwadrans.CalendarServer:
		return everyServer
	case kindZoom:
		return everyZoom
	}
	if hint <= 0 {
		hint = everyFeed
	}
	return max(min(hint, k.keep()/4), leastFeed)
}

// hint returns how often a source asked to be read, last time or the time before.
func (k *Keeper) hint(source string, now time.Duration, r kwadrans.Reading) time.Duration {
	k.mu.Lock()
	defer k.mu.Unlock()
	if now > 0 {
		if k.hints == nil {
			k.hints = map[string]time.Duration{}
		}
		k.hints[source] = now
	}
	if kept := k.hints[source]; kept > 0 {
		return kept
	}
	if r.Code == "" && !r.Good.IsZero() {
		return r.Next.Sub(r.Good)
	}
	return 0
}

// good is the reading after a look that began at an instant and succeeded.
func good(began time.Time, every time.Duration, doubt int, mark kwadrans.SourceMark) kwadrans.Reading {
	return kwadrans.Reading{Good: began, Tried: began, Next: began.Add(every), Doubt: doubt, Mark: mark}
}

// failed is the reading after a look that failed. Nobody is bothered by a look
// that does not leave this computer, so that is repeated soon.
func failed(r kwadrans.Reading, kind kwadrans.CalendarKind, now time.Time, err error) kwadrans.Reading {
	r.Tried, r.Code, r.Words = now, kwadrans.CodeOf(err), kwadrans.WordsOf(err)
	r.Fails++
	rest := min(firstRest<<min(r.Fails-1, 10), longestRest)
	switch {
	case kind == kwadrans.CalendarFile && r.Code != kwadrans.CodeTimeout:
		rest = everyFile
	case kind == kindZoom:
		rest = min(firstZoom<<min(r.Fails-1, 10), longestZoom)
	case r.Code == kwadrans.CodeOffline:
		rest = firstRest
	}
	r.Next = now.Add(rest)
	var f *kwadrans.Fault
	if errors.As(err, &f) && f.Until.After(r.Next) {
		r.Next = f.Until
	}
	return r
}

// due says whether a source should be looked at: its time has come, or its copy is
// older than wished and it may be asked that soon. A clock that was set back
// makes everything due.
func due(r kwadrans.Reading, kind kwadrans.CalendarKind, now time.Time, age time.Duration) bool {
	if !now.Before(r.Next) || r.Tried.After(now) {
		return true
	}
	least := time.Duration(0)
	switch kind {
	case kwadrans.CalendarFeed:
		least = leastFeed
	case kwadrans.CalendarServer:
		least = leastServer
	}
	return age > 0 && r.Code == "" && now.Sub(r.Good) > age && now.Sub(r.Tried) >= least
}
