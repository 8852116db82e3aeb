package slots

// span is a stretch of seconds, lo included, hi not. Lists of spans are ascending,
// and their spans are apart, where nothing else is said.
type span struct{ lo, hi int64 }

// join adds a span that begins no earlier than the last one.
func join(list []span, s span) []span {
	if n := len(list); n > 0 && s.lo <= list[n-1].hi {
		list[n-1].hi = max(list[n-1].hi, s.hi)
		return list
	}
	return append(list, s)
}

// within says whether t lies in one of the spans.
func within(list []span, t int64) bool {
	lo, hi := 0, len(list)
	for lo < hi {
		if m := int(uint(lo+hi) >> 1); list[m].hi > t {
			hi = m
		} else {
			lo = m + 1
		}
	}
	return lo < len(list) && list[lo].lo <= t
}
