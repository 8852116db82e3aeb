package foreign

import (
	"errors"
	"slices"
	"time"

	"github.com/teambition/rrule-go"
)

// settle spells out what a rule takes from the start of its event, so that the
// rule means the same wherever the library is told to begin, and refuses what
// the library stumbles over.
func (r *rule) settle(start time.Time) error {
	if err := r.settleDays(start); err != nil {
		return err
	}
	o := &r.opt
	if len(o.Byhour) == 0 && o.Freq < rrule.HOURLY {
		o.Byhour = []int{start.Hour()}
	}
	if len(o.Byminute) == 0 {
		o.Byminute = []int{start.Minute()}
	}
	if len(o.Bysecond) == 0 {
		o.Bysecond = []int{start.Second()}
	}
	r.never = o.Freq == rrule.HOURLY && !reachable(start.Hour(), o.Interval, o.Byhour)
	if r.period() > maxPeriod {
		return errors.New("too many occurrences at once")
	}
	r.settlePositions()
	return nil
}

// settleDays settles the parts about days.
func (r *rule) settleDays(start time.Time) error {
	o := &r.opt
	today := []rrule.Weekday{{}}
	today[0] = []rrule.Weekday{rrule.SU, rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA}[start.Weekday()]
	if len(o.Byweekday)+len(o.Bymonthday)+len(o.Byyearday) == 0 {
		switch {
		case len(o.Byweekno) > 0 && o.Freq == rrule.YEARLY:
			// The library takes all seven days; what a rule does not say comes from the start.
			o.Byweekday = today
		case len(o.Byweekno) > 0:
		case o.Freq == rrule.YEARLY && len(o.Bymonth) == 0:
			o.Bymonth, o.Bymonthday = []int{int(start.Month())}, []int{start.Day()}
		case o.Freq == rrule.YEARLY, o.Freq == rrule.MONTHLY:
			o.Bymonthday = []int{start.Day()}
		case o.Freq == rrule.WEEKLY:
			o.Byweekday = today
		}
	}
	if len(o.Byweekno) > 0 && o.Freq != rrule.YEARLY || len(o.Byyearday) > 0 && (o.Freq == rrule.MONTHLY || o.Freq == rrule.WEEKLY) {
		return errors.New("a part that its FREQ does not have")
	}
	return r.settleNth()
}

// settleNth looks at the numbers of BYDAY. Where a day of the week has no number
// it is dropped, as everybody reads "1MO" in a week.
func (r *rule) settleNth() error {
	o := &r.opt
	most := 53
	if o.Freq == rrule.MONTHLY || len(o.Bymonth) > 0 {
		most = 5
	}
	for i, day := range o.Byweekday {
		switch n := day.N(); {
		case n == 0:
		case o.Freq > rrule.MONTHLY:
			o.Byweekday[i] = day.Nth(0)
		case o.Freq == rrule.YEARLY && len(o.Byweekno) > 0:
			o.Byweekday[i], r.loose = day.Nth(0), true
		case n > most || n < -most:
			return errors.New("BYDAY beyond the month")
		}
	}
	return nil
}

// settlePositions drops positions of BYSETPOS that no period can have: the
// library would look for them hour by hour.
func (r *rule) settlePositions() {
	o, most := &r.opt, r.period()
	if len(o.Bysetpos) == 0 {
		return
	}
	o.Bysetpos = slices.DeleteFunc(o.Bysetpos, func(n int) bool { return n > most || n < -most })
	r.never = r.never || len(o.Bysetpos) == 0
}

// period bounds how many occurrences the library holds at once.
func (r *rule) period() int {
	n := len(r.opt.Byminute) * len(r.opt.Bysecond)
	if r.opt.Freq != rrule.HOURLY {
		n *= len(r.opt.Byhour)
	}
	switch r.opt.Freq {
	case rrule.YEARLY:
		return 366 * n
	case rrule.MONTHLY:
		return 31 * n
	case rrule.WEEKLY:
		return 7 * n
	}
	return n
}

// reachable says whether steps of interval hours ever meet one of the hours:
// where they do not, the library looks for ever.
func reachable(from, interval int, hours []int) bool {
	if len(hours) == 0 {
		return true
	}
	g := gcd(interval, 24)
	for _, h := range hours {
		if (h-from)%g == 0 {
			return true
		}
	}
	return false
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
