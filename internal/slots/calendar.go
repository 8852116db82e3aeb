package slots

import (
	"cmp"
	"slices"
	"time"

	"kwadrans/internal/kwadrans"
)

// pattern is the weekly hours of a zone; schedules that differ only in their
// exceptions share one.
type pattern struct {
	n       int // place in the index
	name    string
	loc     *time.Location
	resolve resolver
	weekly  kwadrans.Week
	perWeek int // windows
	users   int // calendars with these hours
}

// calendar is a schedule made ready for many questions.
type calendar struct {
	*pattern
	id         int         // place in the index
	exceptions []exception // by day, one each
}

type exception struct {
	day     int64
	windows []kwadrans.Window
	reason  string
}

// opening is a window on the time line. A start t is on its grid when the clock
// reading at t is a whole number of steps away from anchor.
type opening struct {
	lo, hi int64
	anchor int64
}

// shelf finds the calendar of a schedule that came before. Exceptions are the
// same when they are one list: comparing them all would cost more than it saves.
type shelf map[shelfKey]*calendar

type shelfKey struct {
	pattern int
	first   *kwadrans.Exception
	n       int
}

// calendar makes a schedule ready; hosts with the same hours share it.
func (x *index) calendar(s *kwadrans.Schedule, made shelf) (*calendar, error) {
	p, err := x.pattern(s)
	if err != nil {
		return nil, err
	}
	key := shelfKey{pattern: p.n, n: len(s.Exceptions)}
	if key.n > 0 {
		key.first = &s.Exceptions[0]
	}
	if c, ok := made[key]; ok {
		return c, nil
	}
	c := &calendar{pattern: p, id: len(x.cals), exceptions: make([]exception, 0, key.n)}
	for i := range s.Exceptions {
		e := &s.Exceptions[i]
		if err := possible(e.Windows); err != nil {
			return nil, err
		}
		c.exceptions = append(c.exceptions, exception{day: dayNumber(e.Date), windows: e.Windows, reason: e.Reason})
	}
	slices.SortStableFunc(c.exceptions, func(a, b exception) int { return cmp.Compare(a.day, b.day) })
	c.exceptions = slices.CompactFunc(c.exceptions, func(a, b exception) bool { return a.day == b.day })
	p.users++
	x.cals, made[key] = append(x.cals, c), c
	return c, nil
}

func (x *index) pattern(s *kwadrans.Schedule) (*pattern, error) {
	for _, p := range x.patterns {
		if p.name == s.Zone && sameWeek(&p.weekly, &s.Weekly) {
			return p, nil
		}
	}
	loc, err := location(s.Zone)
	if err != nil {
		return nil, err
	}
	p := &pattern{n: len(x.patterns), name: s.Zone, loc: loc, resolve: kwadrans.Resolve, weekly: s.Weekly}
	for i := range s.Weekly {
		if err := possible(s.Weekly[i]); err != nil {
			return nil, err
		}
		p.perWeek += len(s.Weekly[i])
	}
	x.patterns = append(x.patterns, p)
	return p, nil
}

func sameWeek(a, b *kwadrans.Week) bool {
	for day := range a {
		if !slices.Equal(a[day], b[day]) {
			return false
		}
	}
	return true
}

// possible refuses windows that reach further than the days around a start.
func possible(list []kwadrans.Window) error {
	for _, w := range list {
		if w.From < 0 || w.From >= 1440 || w.To <= w.From || w.To > w.From+1440 {
			return kwadrans.Errorf(kwadrans.CodeInvalid, "slots: the window %s is impossible", w)
		}
	}
	return nil
}

func (p *pattern) zone() zone { return zone{loc: p.loc, resolve: p.resolve} }

// exception returns the exception of a day, if there is one.
func (c *calendar) exception(day int64) (exception, bool) {
	i, ok := slices.BinarySearchFunc(c.exceptions, day, func(e exception, day int64) int { return cmp.Compare(e.day, day) })
	if !ok {
		return exception{}, false
	}
	return c.exceptions[i], true
}

func (c *calendar) windows(day int64) []kwadrans.Window {
	if e, ok := c.exception(day); ok {
		return e.windows
	}
	return c.weekly[weekday(day)]
}

// openings appends to buf the openings that meet the stretch from lo to hi,
// ascending by lo.
func (c *calendar) openings(buf []opening, lo, hi int64) []opening {
	z := c.zone()
	first, last := z.days(lo, hi)
	for day := first; day <= last; day++ {
		for _, w := range c.windows(day) {
			if o := z.opening(day, w); o.lo < o.hi && o.lo < hi && lo < o.hi {
				buf = insert(buf, o)
			}
		}
	}
	return buf
}

// insert keeps the order. Openings nearly always come ascending; clock changes
// and unsorted windows are why not always.
func insert(list []opening, o opening) []opening {
	i := len(list)
	for i > 0 && list[i-1].lo > o.lo {
		i--
	}
	return slices.Insert(list, i, o)
}

// days returns the first and the last day whose windows may meet the stretch: a
// window is at most a day long and begins on its day, so it ends on the next.
func (z *zone) days(lo, hi int64) (first, last int64) {
	return floorDiv(z.reading(lo), daySeconds) - 2, floorDiv(z.reading(hi), daySeconds) + 1
}

// opening returns what a window of a day is on the time line.
func (z *zone) opening(day int64, w kwadrans.Window) opening {
	anchor := day*daySeconds + int64(w.From)*60
	return opening{lo: z.instant(anchor), hi: z.instant(day*daySeconds + int64(w.To)*60), anchor: anchor}
}

// reach returns how far the hours that contain t last without a break, and t
// when it lies outside of them.
func (c *calendar) reach(t, length int64) int64 {
	var room [16]opening
	end := t
	for _, o := range c.openings(room[:0], t, t+length) {
		if o.lo <= end && o.hi > end {
			end = o.hi
		}
	}
	return end
}
