package busy

import (
	"time"

	"kwadrans/internal/kwadrans"
)

// A copy covers this much of the past and the future, or as far as was asked for
// within the outermost bounds. What lies beyond those is worked out when it is
// asked for and not kept: one odd question would use up the budget of a copy.
const (
	back      = 7
	ahead     = 400
	outermost = 3 * 366
	slack     = 30 // a copy that is not renewed may end this many days early
)

func horizon(now time.Time) kwadrans.Span {
	day := now.UTC().Truncate(24 * time.Hour)
	return kwadrans.Span{Start: day.AddDate(0, 0, -back), End: day.AddDate(0, 0, ahead+1)}
}

// enough is what a copy must cover to need no renewal for that reason.
func enough(now time.Time) kwadrans.Span {
	return kwadrans.Span{Start: now, End: now.AddDate(0, 0, ahead-slack)}
}

func within(now time.Time, s kwadrans.Span) bool {
	return kwadrans.Span{Start: now.AddDate(0, 0, -outermost), End: now.AddDate(0, 0, outermost)}.Contains(s)
}

// both is the stretch from the first start to the last end; an empty span adds nothing.
func both(a, b kwadrans.Span) kwadrans.Span {
	if a.Start.IsZero() || b.Start.Before(a.Start) && !b.Start.IsZero() {
		a.Start = b.Start
	}
	if b.End.After(a.End) {
		a.End = b.End
	}
	return a
}

// asked notes how far a question goes and returns what a copy should cover now.
func (k *Keeper) asked(span kwadrans.Span) kwadrans.Span {
	now := k.Now()
	k.mu.Lock()
	defer k.mu.Unlock()
	if within(now, span) {
		k.reach = both(k.reach, span)
	}
	return k.covered(now)
}

// asking returns how far was asked for: what a copy of Zoom must cover not to be
// read before its time.
func (k *Keeper) asking() kwadrans.Span {
	k.mu.Lock()
	defer k.mu.Unlock()
	return both(enough(k.Now()), k.reach)
}

// wanted returns what a look should cover.
func (k *Keeper) wanted() kwadrans.Span {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.covered(k.Now())
}

// covered needs the lock.
func (k *Keeper) covered(now time.Time) kwadrans.Span {
	whole := horizon(now)
	reach := both(whole, k.reach)
	far := kwadrans.Span{Start: now.AddDate(0, 0, -outermost), End: now.AddDate(0, 0, outermost)}
	return clip(reach, far)
}

// clip returns the part of s that lies in bounds; it may be empty.
func clip(s, bounds kwadrans.Span) kwadrans.Span {
	if s.Start.Before(bounds.Start) {
		s.Start = bounds.Start
	}
	if s.End.After(bounds.End) {
		s.End = bounds.End
	}
	return s
}

// beyond returns the parts of s that lie outside of a copy's stretch.
func beyond(s, covered kwadrans.Span) (list []kwadrans.Span) {
	if !s.Overlaps(covered) {
		return []kwadrans.Span{s}
	}
	if s.Start.Before(covered.Start) {
		list = append(list, kwadrans.Span{Start: s.Start, End: covered.Start})
	}
	if s.End.After(covered.End) {
		list = append(list, kwadrans.Span{Start: covered.End, End: s.End})
	}
	return list
}
