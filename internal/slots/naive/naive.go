// Package naive answers the questions of package slots slowly and obviously, so
// that the engine can be measured and proved against it. No program uses it.
package naive

import (
	"slices"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"
)

// World answers by trying every rule on every start.
type World struct {
	q     slots.Query
	hours [][]window // of each host, for the asked range
}

type window struct {
	kwadrans.Span
	day  kwadrans.Date
	from int // minutes after midnight of day
}

// New prepares the opening hours of the starts from one time to another.
func New(q slots.Query, from, to time.Time) (*World, error) {
	w := &World{q: Plain(q)}
	for _, h := range q.Hosts {
		loc, err := kwadrans.Zone(h.Schedule.Zone)
		if err != nil {
			return nil, err
		}
		var list []window
		last := kwadrans.DateOf(to.In(loc)).AddDays(3)
		for day := kwadrans.DateOf(from.In(loc)).AddDays(-3); day.Before(last); day = day.AddDays(1) {
			list = append(list, resolve(day, h.Schedule.Windows(day), loc)...)
		}
		w.hours = append(w.hours, list)
	}
	return w, nil
}

// Plain writes the times of the hosts out as busy times.
func Plain(q slots.Query) slots.Query {
	q.Hosts = slices.Clone(q.Hosts)
	for i := range q.Hosts {
		h := &q.Hosts[i]
		h.Busy = slices.Clip(h.Busy)
		for _, by := range h.Times {
			for _, s := range by.Spans {
				span := kwadrans.Span{Start: time.Unix(s.Start, 0).UTC(), End: time.Unix(s.End, 0).UTC()}
				h.Busy = append(h.Busy, kwadrans.Busy{Span: span, Kind: by.Kind, Source: by.Source, CheckedAt: by.CheckedAt})
			}
		}
		h.Times = nil
	}
	return q
}

func resolve(day kwadrans.Date, windows []kwadrans.Window, loc *time.Location) (list []window) {
	for _, o := range windows {
		start, _ := kwadrans.Resolve(day, o.From, loc)
		end, _ := kwadrans.Resolve(day, o.To, loc)
		list = append(list, window{kwadrans.Span{Start: start, End: end}, day, o.From})
	}
	return list
}

// Grid returns every start of the hosts' grids, minute by minute.
func (w *World) Grid(from, to time.Time) []time.Time {
	var list []time.Time
	for _, hours := range w.hours {
		for _, o := range hours {
			if !o.End.After(from) || !o.Start.Before(to) {
				continue
			}
			for t := o.Start; t.Before(o.End); t = t.Add(time.Minute) {
				if !t.Before(from) && t.Before(to) && onGrid(t, o, w.q.Topic.Step.Minutes()) {
					list = append(list, t)
				}
			}
		}
	}
	slices.SortFunc(list, time.Time.Compare)
	return slices.CompactFunc(list, time.Time.Equal)
}

func onGrid(t time.Time, o window, step int) bool {
	days := int(midnight(kwadrans.DateOf(t)).Sub(midnight(o.day)) / (24 * time.Hour))
	return (days*1440+t.Hour()*60+t.Minute()-o.from)%step == 0
}

func midnight(d kwadrans.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// Slots returns the free starts of the grid.
func (w *World) Slots(from, to time.Time) []time.Time {
	var list []time.Time
	for _, t := range w.Grid(from, to) {
		if w.Free(t) {
			list = append(list, t)
		}
	}
	return list
}

// Free says whether the mode has the hosts that it needs at t.
func (w *World) Free(t time.Time) bool {
	n := len(w.FreeHosts(t))
	if w.q.Mode == slots.Any {
		return n > 0
	}
	return n == len(w.q.Hosts)
}

// FreeHosts names the hosts who are free at t.
func (w *World) FreeHosts(t time.Time) []string {
	var ids []string
	for i, h := range w.q.Hosts {
		if !w.broken(i, t, nil) {
			ids = append(ids, h.ID)
		}
	}
	return ids
}

// Codes returns the reasons of one host against t, sorted, each once.
func (w *World) Codes(host int, t time.Time) []kwadrans.WhyNot {
	var list []kwadrans.WhyNot
	w.broken(host, t, func(c kwadrans.WhyNot) { list = append(list, c) })
	slices.Sort(list)
	return slices.Compact(list)
}
