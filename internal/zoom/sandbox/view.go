package sandbox

import (
	"maps"
	"time"
)

// MeetingView is a meeting as a test sees it.
type MeetingView struct {
	ID          int64            `json:"id"`
	UUID        string           `json:"uuid"`
	Host        string           `json:"host"` // address
	Topic       string           `json:"topic"`
	Agenda      string           `json:"agenda"`
	Mark        string           `json:"mark"` // first line of the agenda
	Type        int              `json:"type"`
	Start       time.Time        `json:"start"` // UTC; zero for a series without times
	Duration    time.Duration    `json:"duration_ns"`
	Zone        string           `json:"zone"`
	Created     time.Time        `json:"created"`
	JoinURL     string           `json:"join_url"`
	Password    string           `json:"password"`
	ByAPI       bool             `json:"by_api"` // made through the API, not by hand
	Deleted     bool             `json:"deleted"`
	Reminded    bool             `json:"reminded"` // its deletion asked Zoom to write to people
	Settings    map[string]any   `json:"settings"`
	Occurrences []OccurrenceView `json:"occurrences,omitempty"`
}

// OccurrenceView is one time of a series.
type OccurrenceView struct {
	ID       string        `json:"id"` // epoch milliseconds
	Start    time.Time     `json:"start"`
	Duration time.Duration `json:"duration_ns"`
	Deleted  bool          `json:"deleted"`
}

// Meetings returns the meetings that exist now, in the order of their making.
func (w *World) Meetings() []MeetingView { return w.views(false) }

// AllMeetings returns the deleted ones too.
func (w *World) AllMeetings() []MeetingView { return w.views(true) }

func (w *World) views(deleted bool) []MeetingView {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := []MeetingView{}
	for _, m := range w.meetings.order {
		if deleted || !m.deleted {
			list = append(list, m.view())
		}
	}
	return list
}

func (m *meeting) view() MeetingView {
	v := MeetingView{
		ID: m.id, UUID: m.uuid, Host: m.host.email, Topic: m.topic, Agenda: m.agenda, Mark: mark(m.agenda), Type: m.typ, Start: m.start,
		Duration: time.Duration(m.minutes) * time.Minute, Zone: m.zone, Created: m.created, JoinURL: joinURL(m.id, m.pwd), Password: m.password,
		ByAPI: m.source == "open_api", Deleted: m.deleted, Reminded: m.remindHost || m.remindEveryone, Settings: maps.Clone(m.settings),
	}
	for _, o := range m.occurrences {
		v.Occurrences = append(v.Occurrences, OccurrenceView{o.id, o.start, time.Duration(o.minutes) * time.Minute, o.deleted})
	}
	return v
}
