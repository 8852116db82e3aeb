package slots

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// item is one busy or unknown stretch as the starts that it forbids.
type item struct {
	span
	reach int64 // the largest hi up to here
	i     int   // number in the host's spans
}

// taken is what forbids the starts of one host, in order: for questions about one
// start, on the grid or not.
type taken struct {
	items []item // by lo
	shut  []span // all forbidden starts, with the full days and weeks: ascending, apart
}

// taken sorts what forbids the host's starts, once, when it is first asked for.
func (h *host) taken() *taken {
	h.once.Do(func() {
		k := taken{items: make([]item, 0, len(h.spans))}
		for _, i := range order(h.spans) {
			k.items = append(k.items, item{span: h.spans[i], i: int(i)})
		}
		k.merge(h.fullDays, h.fullWeeks)
		h.sorted = k
	})
	return &h.sorted
}

// order returns the numbers of the spans that are not empty, by lo. It sorts plain
// numbers, lo in front and the number behind, which takes a third of the time.
func order(list []span) []int64 {
	low, width := int64(math.MaxInt64), bits.Len(uint(len(list)))
	for _, s := range list {
		low = min(low, s.lo)
	}
	keys := make([]int64, 0, len(list))
	for i, s := range list {
		if s.lo < s.hi {
			keys = append(keys, (s.lo-low)<<width|int64(i))
		}
	}
	slices.Sort(keys)
	for i := range keys {
		keys[i] &= 1<<width - 1
	}
	return keys
}

// merge makes shut and the reach of the items.
func (k *taken) merge(fullDays, fullWeeks []span) {
	k.shut = make([]span, 0, len(k.items)+len(fullDays)+len(fullWeeks))
	for i := range k.items {
		it := &k.items[i]
		if it.reach = it.hi; i > 0 {
			it.reach = max(it.hi, k.items[i-1].reach)
		}
		k.shut = join(k.shut, it.span)
	}
	if len(fullDays)+len(fullWeeks) == 0 {
		return
	}
	all := append(append(k.shut, fullDays...), fullWeeks...)
	slices.SortFunc(all, func(a, b span) int { return cmp.Compare(a.lo, b.lo) })
	k.shut = all[:0]
	for _, s := range all {
		k.shut = join(k.shut, s)
	}
}

// at calls see with each item that forbids the start t, latest first.
func (k *taken) at(t int64, see func(i int)) {
	n, _ := slices.BinarySearchFunc(k.items, t+1, func(it item, t int64) int { return cmp.Compare(it.lo, t) })
	for n--; n >= 0 && k.items[n].reach > t; n-- {
		if k.items[n].hi > t {
			see(k.items[n].i)
		}
	}
}
