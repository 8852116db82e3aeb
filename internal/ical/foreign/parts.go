package foreign

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/teambition/rrule-go"
)

// take reads one part.
func (r *rule) take(name, value string, date bool) (err error) {
	switch name {
	case "FREQ":
		freq, ok := frequencies[value]
		if !ok {
			return fmt.Errorf("FREQ=%s", clip(value, 40))
		}
		r.opt.Freq = freq
	case "INTERVAL":
		if r.opt.Interval, err = strconv.Atoi(value); err != nil || r.opt.Interval < 1 || r.opt.Interval > maxInterval {
			return fmt.Errorf("INTERVAL=%s", clip(value, 40))
		}
	case "COUNT":
		return r.takeCount(value)
	case "WKST":
		day, ok := weekdays[value]
		if !ok {
			return fmt.Errorf("WKST=%s", clip(value, 40))
		}
		r.opt.Wkst = day
	case "BYDAY":
		r.opt.Byweekday, err = parseDays(value)
	case "UNTIL":
	case "RSCALE":
		if value != "GREGORIAN" {
			return errors.New("RSCALE")
		}
	case "SKIP":
		if value != "OMIT" {
			return errors.New("SKIP")
		}
	default:
		return r.takeList(name, value, date)
	}
	return err
}

// takeCount reads COUNT. More than is followed counts as endless.
func (r *rule) takeCount(value string) error {
	n, err := strconv.Atoi(value)
	if err != nil && strings.Trim(value, "0123456789") != "" || n < 1 {
		return fmt.Errorf("COUNT=%s", clip(value, 40))
	}
	if n > maxCount {
		n, r.loose = 0, true
	}
	r.count = n
	return nil
}

// takeList reads a part that is a list of numbers.
func (r *rule) takeList(name, value string, date bool) error {
	into, top, signed := r.list(name)
	if into == nil {
		return fmt.Errorf("%s is not known", clip(name, 40))
	}
	if clock := strings.Contains("BYHOUR BYMINUTE BYSECOND", name); clock && date {
		return nil // a day has no clock (RFC 5545 §3.3.10)
	}
	for cell := range strings.SplitSeq(value, ",") {
		n, err := strconv.Atoi(cell)
		if name == "BYSECOND" && n == 60 {
			n = 59
		}
		if zero := strings.HasPrefix(name, "BYHOUR") || name == "BYMINUTE" || name == "BYSECOND"; err != nil || n > top || n < -top || n < 0 && !signed || n == 0 && !zero {
			return fmt.Errorf("%s=%s", name, clip(value, 40))
		}
		*into = append(*into, n)
		if len(*into) > maxList {
			return fmt.Errorf("%s is too long", name)
		}
	}
	slices.Sort(*into)
	*into = slices.Compact(*into)
	return nil
}

func (r *rule) list(name string) (into *[]int, top int, signed bool) {
	switch name {
	case "BYMONTH":
		return &r.opt.Bymonth, 12, false
	case "BYMONTHDAY":
		return &r.opt.Bymonthday, 31, true
	case "BYYEARDAY":
		return &r.opt.Byyearday, 366, true
	case "BYWEEKNO":
		return &r.opt.Byweekno, 53, true
	case "BYSETPOS":
		return &r.opt.Bysetpos, 366, true
	case "BYHOUR":
		return &r.opt.Byhour, 23, false
	case "BYMINUTE":
		return &r.opt.Byminute, 59, false
	case "BYSECOND":
		return &r.opt.Bysecond, 59, false
	}
	return nil, 0, false
}

// parseDays reads BYDAY.
func parseDays(value string) (list []rrule.Weekday, err error) {
	for cell := range strings.SplitSeq(value, ",") {
		if len(cell) < 2 {
			return nil, fmt.Errorf("BYDAY=%s", clip(value, 40))
		}
		day, ok := weekdays[cell[len(cell)-2:]]
		n := 0
		if nth := cell[:len(cell)-2]; nth != "" {
			if n, err = strconv.Atoi(nth); err != nil || n == 0 || n > 53 || n < -53 {
				ok = false
			}
		}
		if !ok || len(list) >= maxList {
			return nil, fmt.Errorf("BYDAY=%s", clip(value, 40))
		}
		if day = day.Nth(n); !slices.Contains(list, day) {
			list = append(list, day)
		}
	}
	return list, nil
}
