package busy

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"kwadrans/internal/kwadrans"
)

// memory is a data file without a file.
type memory struct {
	mu         sync.Mutex
	list       []kwadrans.Calendar
	secrets    map[string]kwadrans.Secret
	objects    map[string]map[string]kwadrans.CalendarObject
	readings   map[string]kwadrans.Reading
	copies     map[string]kwadrans.Copy
	gens       map[string]int64
	own        map[string]bool
	bookings   []kwadrans.Busy
	joint      map[int64]bool
	broken     error  // of secrets
	unwritable error  // of secrets
	between    func() // runs once before something is kept
}

func newMemory() *memory {
	return &memory{
		secrets: map[string]kwadrans.Secret{}, objects: map[string]map[string]kwadrans.CalendarObject{}, readings: map[string]kwadrans.Reading{},
		copies: map[string]kwadrans.Copy{}, gens: map[string]int64{}, own: map[string]bool{}, joint: map[int64]bool{},
	}
}

func (m *memory) locked() func() { m.mu.Lock(); return m.mu.Unlock }

// meanwhile lets a test act just before something is kept.
func (m *memory) meanwhile() {
	m.mu.Lock()
	f := m.between
	m.between = nil
	m.mu.Unlock()
	if f != nil {
		f()
	}
}

func (m *memory) OwnBusy(context.Context, string, kwadrans.Span, string) ([]kwadrans.Busy, error) {
	return slices.Clone(m.bookings), nil
}

func (m *memory) OwnMeetings(context.Context, kwadrans.Span) (map[int64]bool, error) {
	return m.joint, nil
}

func (m *memory) OwnUIDs(context.Context) (map[string]bool, error) { return m.own, nil }

func (m *memory) Calendars(ctx context.Context) ([]kwadrans.Calendar, error) {
	defer m.locked()()
	list := slices.Clone(m.list)
	for i := range list {
		list[i].Reading = m.readings[list[i].ID]
	}
	return list, ctx.Err()
}

func (m *memory) Calendar(ctx context.Context, prefix string) (kwadrans.Calendar, error) {
	list, err := m.Calendars(ctx)
	for _, c := range list {
		if strings.HasPrefix(c.ID, prefix) {
			return c, err
		}
	}
	return kwadrans.Calendar{}, kwadrans.Errorf(kwadrans.CodeNotFound, "store: no calendar")
}

func (m *memory) AddCalendar(_ context.Context, c kwadrans.Calendar, secret kwadrans.Secret) error {
	defer m.locked()()
	if slices.ContainsFunc(m.list, func(o kwadrans.Calendar) bool { return o.Address == c.Address }) {
		return kwadrans.Errorf(kwadrans.CodeExists, "store: it is there")
	}
	m.list, m.secrets[c.ID] = append(m.list, c), secret
	return nil
}

func (m *memory) ChangeCalendar(_ context.Context, c kwadrans.Calendar) error {
	defer m.locked()()
	for i := range m.list {
		if m.list[i].ID == c.ID {
			m.list[i] = c
		}
	}
	return nil
}

func (m *memory) ChangeCalendarSecret(_ context.Context, id string, secret kwadrans.Secret) error {
	defer m.locked()()
	m.secrets[id] = secret
	return m.unwritable
}

func (m *memory) WriteBookings(context.Context, string, time.Time) error { return nil }

func (m *memory) RemoveCalendar(_ context.Context, id string) error {
	defer m.locked()()
	m.list = slices.DeleteFunc(m.list, func(c kwadrans.Calendar) bool { return c.ID == id })
	delete(m.objects, id)
	delete(m.readings, id)
	delete(m.copies, id)
	return nil
}

func (m *memory) CalendarSecret(_ context.Context, id string) (kwadrans.Secret, bool, error) {
	defer m.locked()()
	return m.secrets[id], m.secrets[id] != "", m.broken
}

func (m *memory) Objects(ctx context.Context, id string) ([]kwadrans.CalendarObject, int64, error) {
	defer m.locked()()
	return slices.Collect(maps.Values(m.objects[id])), m.gens[id], ctx.Err()
}

func (m *memory) Tags(_ context.Context, id string) (map[string]string, error) {
	defer m.locked()()
	tags := map[string]string{}
	for href, o := range m.objects[id] {
		tags[href] = o.ETag
	}
	return tags, nil
}

func (m *memory) Reading(_ context.Context, source string) (kwadrans.Reading, error) {
	defer m.locked()()
	return m.readings[source], nil
}

func (m *memory) KeepLook(ctx context.Context, source string, look kwadrans.Look) (int64, error) {
	m.meanwhile()
	defer m.locked()()
	m.readings[source] = look.Reading
	if c := look.Change; c != nil && !c.Same {
		m.gens[source]++
		delete(m.copies, source)
		if c.Whole || m.objects[source] == nil {
			m.objects[source] = map[string]kwadrans.CalendarObject{}
		}
		for _, href := range c.Gone {
			delete(m.objects[source], href)
		}
		for _, o := range c.Changed {
			m.objects[source][o.Href] = o
		}
	}
	if look.Copy != nil {
		m.copies[source] = *look.Copy
		if look.Change == nil {
			m.gens[source]++
		}
	}
	return m.gens[source], ctx.Err()
}

func (m *memory) Copy(_ context.Context, source string) (kwadrans.Copy, int64, bool, error) {
	defer m.locked()()
	c, found := m.copies[source]
	return c, m.gens[source], found, nil
}

func (m *memory) KeepCopy(_ context.Context, source string, gen int64, c kwadrans.Copy) (bool, error) {
	m.meanwhile()
	defer m.locked()()
	if gen != m.gens[source] {
		return false, nil
	}
	m.copies[source] = c
	return true, nil
}

func (m *memory) Generation(_ context.Context, source string) (int64, error) {
	defer m.locked()()
	return m.gens[source], nil
}
