package slots

// span is a stretch of seconds, lo included, hi not. Lists of spans are
// ascending, and their spans are apart.
type span struct{ lo, hi int64 }

// join adds a span that begins no earlier than the last one.
func join(list []span, s span) []span {
	if n := len(list); n > 0 && s.lo <= list[n-1].hi {
		list[n-1].hi = max(list[n-1].hi, s.hi)
		return list
	}
	return append(list, s)
}

// after returns the index of the first span that ends after t.
func after(list []span, t int64) int {
	lo, hi := 0, len(list)
	for lo < hi {
		if m := int(uint(lo+hi) >> 1); list[m].hi > t {
			hi = m
		} else {
			lo = m + 1
		}
	}
	return lo
}

// without returns what shut leaves of open.
func without(open, shut []span) []span {
	if len(open) == 0 {
		return nil
	}
	list := make([]span, 0, len(open))
	i := after(shut, open[0].lo)
	for _, s := range open {
		for i < len(shut) && shut[i].hi <= s.lo {
			i++
		}
		for ; i < len(shut) && shut[i].lo < s.hi; i++ {
			if s.lo < shut[i].lo {
				list = append(list, span{s.lo, shut[i].lo})
			}
			if s.lo = shut[i].hi; s.lo >= s.hi {
				break // it may reach into the next one
			}
		}
		if s.lo < s.hi {
			list = append(list, s)
		}
	}
	return list
}

// both returns what lies in a and in b.
func both(a, b []span) []span {
	var list []span
	for i, j := 0, 0; i < len(a) && j < len(b); {
		if s := (span{max(a[i].lo, b[j].lo), min(a[i].hi, b[j].hi)}); s.lo < s.hi {
			list = append(list, s)
		}
		if a[i].hi < b[j].hi {
			i++
		} else {
			j++
		}
	}
	return list
}

// either returns what lies in a or in b.
func either(a, b []span) []span {
	list := make([]span, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		if len(b) == 0 || len(a) > 0 && a[0].lo <= b[0].lo {
			list, a = join(list, a[0]), a[1:]
		} else {
			list, b = join(list, b[0]), b[1:]
		}
	}
	return list
}
