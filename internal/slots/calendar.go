package slots

import (
	"cmp"
	"slices"
	"time"

	"kwadrans/internal/kwadrans"
)

// calendar is a schedule made ready for many questions.
type calendar struct {
	from       *kwadrans.Schedule
	n          int   // place in the engine's list
	latest     int64 // first start that is too far ahead
	loc        *time.Location
	resolve    resolver
	weekly     [7][]kwadrans.Window
	exceptions []exception // by day
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

func newCalendar(s *kwadrans.Schedule, loc *time.Location) (*calendar, error) {
	c := &calendar{from: s, loc: loc, resolve: kwadrans.Resolve, weekly: s.Weekly}
	for i := range s.Weekly {
		if err := possible(s.Weekly[i]); err != nil {
			return nil, err
		}
	}
	for _, e := range s.Exceptions {
		if err := possible(e.Windows); err != nil {
			return nil, err
		}
		c.exceptions = append(c.exceptions, exception{day: dayNumber(e.Date), windows: e.Windows, reason: e.Reason})
	}
	slices.SortStableFunc(c.exceptions, func(a, b exception) int { return cmp.Compare(a.day, b.day) })
	return c, nil
}

// is says whether the calendar has the hours of s; the zones are the same.
func (c *calendar) is(s *kwadrans.Schedule) bool {
	for day := range s.Weekly {
		if !slices.Equal(c.weekly[day], s.Weekly[day]) {
			return false
		}
	}
	return slices.EqualFunc(c.from.Exceptions, s.Exceptions, func(a, b kwadrans.Exception) bool {
		return a.Date == b.Date && a.Reason == b.Reason && slices.Equal(a.Windows, b.Windows)
	})
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

func (c *calendar) zone() zone { return zone{loc: c.loc, resolve: c.resolve} }

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

// closed returns the weekly windows that an exception without windows takes away.
func (c *calendar) closed(day int64) []kwadrans.Window {
	if e, ok := c.exception(day); ok && len(e.windows) == 0 {
		return c.weekly[weekday(day)]
	}
	return nil
}

// openings appends to buf the openings that meet the stretch from lo to hi,
// ascending by lo. of is windows or closed.
func (c *calendar) openings(buf []opening, lo, hi int64, of func(day int64) []kwadrans.Window) []opening {
	z := c.zone()
	// a window is at most a day long and begins on its day, so it ends on the next
	first, last := floorDiv(z.reading(lo), daySeconds)-2, floorDiv(z.reading(hi), daySeconds)+1
	for day := first; day <= last; day++ {
		for _, w := range of(day) {
			anchor := day*daySeconds + int64(w.From)*60
			o := opening{lo: z.instant(anchor), hi: z.instant(day*daySeconds + int64(w.To)*60), anchor: anchor}
			if o.lo < o.hi && o.lo < hi && lo < o.hi {
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

// reach returns how far the hours that contain t last without a break, and t
// when it lies outside of them.
func (c *calendar) reach(t, length int64) int64 {
	var room [16]opening
	end := t
	for _, o := range c.openings(room[:0], t, t+length, c.windows) {
		if o.lo <= end && o.hi > end {
			end = o.hi
		}
	}
	return end
}
