package busy

import (
	"slices"
	"sort"
	"time"

	"kwadrans/internal/kwadrans"
)

// held is the copy of a source in memory, ready for questions.
type held struct {
	kwadrans.Copy
	gen  int64
	last []time.Time // the latest end of an instance up to and including this one
}

func hold(c kwadrans.Copy, gen int64) *held {
	sorted := func(a, b kwadrans.Instance) int { return a.Start.Compare(b.Start) }
	if !slices.IsSortedFunc(c.Instances, sorted) {
		c.Instances = slices.Clone(c.Instances)
		slices.SortStableFunc(c.Instances, sorted)
	}
	h := &held{Copy: c, gen: gen, last: make([]time.Time, len(c.Instances))}
	var last time.Time
	for i, in := range c.Instances {
		if in.End.After(last) {
			last = in.End
		}
		h.last[i] = last
	}
	return h
}

// each calls f with the instances that meet the span, ascending by start.
func (h *held) each(span kwadrans.Span, f func(*kwadrans.Instance)) {
	from := sort.Search(len(h.last), func(i int) bool { return h.last[i].After(span.Start) })
	for i := from; i < len(h.Instances) && h.Instances[i].Start.Before(span.End); i++ {
		if h.Instances[i].Overlaps(span) {
			f(&h.Instances[i])
		}
	}
}

// holding returns the copy in memory of a source, as long as it is the one that the
// data file has.
func (k *Keeper) holding(source string, gen int64) *held {
	k.mu.Lock()
	defer k.mu.Unlock()
	if h := k.copies[source]; h != nil && h.gen == gen {
		return h
	}
	return nil
}

func (k *Keeper) remember(source string, h *held) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.copies == nil {
		k.copies = map[string]*held{}
	}
	k.copies[source] = h
}

func (k *Keeper) forget(source string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.copies, source)
	delete(k.hints, source)
}
