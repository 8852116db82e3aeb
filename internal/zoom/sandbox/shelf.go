package sandbox

import (
	"slices"
	"time"
)

// The types of meetings (§3.1).
const (
	Instant     = 1
	Scheduled   = 2
	NoFixedTime = 3
	FixedTime   = 8
)

// meeting is a meeting or a series.
type meeting struct {
	id             int64
	uuid           string
	host           *user
	topic, agenda  string
	typ            int
	start          time.Time // zero for a series without a fixed time
	minutes        int
	zone           string
	created        time.Time
	password, pwd  string
	settings       map[string]any
	tracking       []any
	recurrence     *recurrence
	occurrences    []*occurrence
	source         string // open_api or web_portal
	pmi            bool   // held in the host's personal room
	deleted        bool
	remindHost     bool // its deletion asked for mails to the hosts
	remindEveryone bool // … and to the registrants
}

type occurrence struct {
	id      string // epoch milliseconds of its first start
	start   time.Time
	minutes int
	deleted bool
	agenda  string
}

func (o *occurrence) end() time.Time { return o.start.Add(time.Duration(o.minutes) * time.Minute) }

// shelf holds the meetings, by host and UTC day, so that a list over a few days
// does not walk over all of them.
type shelf struct {
	byID   map[int64]*meeting
	order  []*meeting
	days   map[dayKey][]*meeting // one-time meetings
	loose  map[*user][]*meeting  // series and whatever has no day
	pages  map[string]*reading
	tokens []string // of pages, oldest first
}

type dayKey struct {
	host *user
	day  int64 // days since 1970 in UTC
}

func newShelf() shelf {
	return shelf{byID: map[int64]*meeting{}, days: map[dayKey][]*meeting{}, loose: map[*user][]*meeting{}, pages: map[string]*reading{}}
}

func dayOf(t time.Time) int64 { return t.Unix() / 86400 }

func (m *meeting) single() bool { return m.typ == Scheduled && !m.start.IsZero() }

func (s *shelf) put(m *meeting) {
	s.byID[m.id] = m
	s.order = append(s.order, m)
	s.index(m)
}

func (s *shelf) index(m *meeting) {
	if m.single() {
		k := dayKey{m.host, dayOf(m.start)}
		s.days[k] = append(s.days[k], m)
		return
	}
	s.loose[m.host] = append(s.loose[m.host], m)
}

// forget takes a meeting out of the lists; its record stays.
func (s *shelf) forget(m *meeting) {
	gone := func(o *meeting) bool { return o == m }
	if m.single() {
		k := dayKey{m.host, dayOf(m.start)}
		s.days[k] = slices.DeleteFunc(s.days[k], gone)
		return
	}
	s.loose[m.host] = slices.DeleteFunc(s.loose[m.host], gone)
}

// of returns a host's meetings that may touch the span; zero times mean no bound.
func (s *shelf) of(host *user, from, to time.Time) []*meeting {
	found := slices.Clone(s.loose[host])
	if from.IsZero() || to.IsZero() || to.Sub(from) > 800*24*time.Hour {
		for k, list := range s.days {
			if k.host == host {
				found = append(found, list...)
			}
		}
		return found
	}
	for day := dayOf(from) - 2; day <= dayOf(to); day++ { // no meeting lasts longer than that
		found = append(found, s.days[dayKey{host, day}]...)
	}
	return found
}

func (m *meeting) end() time.Time {
	last := m.start.Add(time.Duration(m.minutes) * time.Minute)
	for _, o := range m.occurrences {
		if o.end().After(last) {
			last = o.end()
		}
	}
	return last
}

// expired: one-time ids live 30 days past their date, series 365 days past
// their last use (§3.5).
func (m *meeting) expired(now time.Time) bool {
	switch m.typ {
	case NoFixedTime:
		// assumed(type3-expiry): a series without times that nobody used counts from its creation
		return !now.Before(m.created.AddDate(0, 0, 365))
	case FixedTime:
		return !now.Before(m.end().AddDate(0, 0, 365))
	}
	return !now.Before(m.end().AddDate(0, 0, 30))
}

func (m *meeting) occurrence(id string) *occurrence {
	for _, o := range m.occurrences {
		if o.id == id && !o.deleted {
			return o
		}
	}
	return nil
}
