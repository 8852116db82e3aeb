package slots

import "kwadrans/internal/kwadrans"

// against says what stands against t, in no order; only the rules that hold for
// everybody where they are broken, since all others come later in the order of telling.
func (e *Engine) against(list []kwadrans.Conflict, t int64) []kwadrans.Conflict {
	if e.lacking {
		list = append(list, kwadrans.Conflict{Code: kwadrans.HostNotActive, Source: "host"})
	}
	if list = append(list, e.common(t)...); len(list) > 0 {
		return list
	}
	return e.ofHosts(list, t)
}

// common are the reasons that do not depend on the host.
func (e *Engine) common(t int64) []kwadrans.Conflict {
	var list []kwadrans.Conflict
	if !e.topic.On {
		list = append(list, kwadrans.Conflict{Code: kwadrans.TopicOff, Source: "topic"})
	}
	switch {
	case t < e.now:
		list = append(list, kwadrans.Conflict{Code: kwadrans.Past, Source: "topic"})
	case t < e.earliest:
		list = append(list, kwadrans.Conflict{Code: kwadrans.TooSoon, Source: "topic"})
	}
	return list
}

// ofHosts appends what the hosts have against t: nothing, when the mode has the
// hosts that it needs.
func (e *Engine) ofHosts(list []kwadrans.Conflict, t int64) []kwadrans.Conflict {
	before := len(list)
	for i := range e.hosts {
		h := &e.hosts[i]
		if e.mode == Any && !h.active && !e.lacking {
			continue
		}
		n := len(list)
		list = e.ofHost(list, h, t)
		if e.mode == Any && len(list) == n {
			return list[:before]
		}
	}
	return list
}

// ofHost appends the reasons of one host.
func (e *Engine) ofHost(list []kwadrans.Conflict, h *host, t int64) []kwadrans.Conflict {
	if !h.active {
		list = append(list, kwadrans.Conflict{Code: kwadrans.HostNotActive, Source: "host"})
	}
	if t >= e.latest[h.cal.n] {
		list = append(list, kwadrans.Conflict{Code: kwadrans.TooFar, Source: "topic"})
	}
	if !e.inHours(h.cal, t) {
		if end := h.cal.reach(t, e.length); end < t+e.length {
			list = append(list, h.cal.off(end))
		}
	}
	if within(h.taken().shut, t) {
		list = e.inTheWay(list, h, t)
	}
	return list
}

// off says why the host is not open at t: the day is closed, or the hours are over.
func (c *calendar) off(t int64) kwadrans.Conflict {
	z := c.zone()
	x, ok := c.exception(z.dayOf(t))
	if ok && len(x.windows) == 0 {
		return kwadrans.Conflict{Code: kwadrans.DateClosed, Item: x.reason, Source: "schedule"}
	}
	return kwadrans.Conflict{Code: kwadrans.OffHours, Item: x.reason, Source: "schedule"}
}

// inTheWay appends the meetings, unknown stretches and limits that forbid t.
func (e *Engine) inTheWay(list []kwadrans.Conflict, h *host, t int64) []kwadrans.Conflict {
	h.taken().at(t, func(i int) { list = append(list, e.item(h, i, t)) })
	if within(h.fullDays, t) {
		list = append(list, kwadrans.Conflict{Code: kwadrans.DayLimit, Source: "topic"})
	}
	if within(h.fullWeeks, t) {
		list = append(list, kwadrans.Conflict{Code: kwadrans.WeekLimit, Source: "topic"})
	}
	return list
}

// item returns the reason that what has the number i in the host's spans is.
func (e *Engine) item(h *host, i int, t int64) kwadrans.Conflict {
	if i < len(h.busy) {
		b := &h.busy[i]
		return kwadrans.Conflict{Code: e.meets(b.Kind, floor(b.Start), ceil(b.End), t), Item: b.Item, Span: b.Span, Source: b.Source, CheckedAt: b.CheckedAt}
	}
	if i -= len(h.busy); i < len(h.unknown) {
		u := &h.unknown[i]
		return kwadrans.Conflict{Code: kwadrans.SourceUnknown, Item: u.Words, Span: u.Span, Source: u.Source, CheckedAt: u.CheckedAt}
	}
	i -= len(h.unknown)
	k := 0
	for ; i >= len(h.times[k].Spans); k++ {
		i -= len(h.times[k].Spans)
	}
	by, s := &h.times[k], h.times[k].Spans[i]
	return kwadrans.Conflict{Code: e.meets(by.Kind, s.Start, s.End, t), Span: kwadrans.Span{Start: utc(s.Start), End: utc(s.End)}, Source: by.Source, CheckedAt: by.CheckedAt}
}

// meets says how something busy forbids the start t: itself, or by a buffer.
func (e *Engine) meets(kind kwadrans.BusyKind, lo, hi, t int64) kwadrans.WhyNot {
	if lo >= t+e.length || hi <= t {
		return kwadrans.BufferHit
	}
	return kind.WhyNot()
}
