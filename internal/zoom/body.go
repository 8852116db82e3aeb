package zoom

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// number is a JSON integer that Zoom sometimes sends as text.
type number int64

// UnmarshalJSON reads 5, "5", "" and null.
func (n *number) UnmarshalJSON(b []byte) error {
	s := strings.Trim(string(b), `"`)
	if s == "" || s == "null" {
		return nil
	}
	v, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return fmt.Errorf("%s is not a whole number", clip(s))
	}
	*n = number(v)
	return nil
}

func clip(s string) string {
	if len(s) > 40 {
		return s[:40] + "…"
	}
	return s
}

// meeting is what we read of a meeting; every field may be missing in a list.
type meeting struct {
	ID          number       `json:"id"`
	Type        number       `json:"type"`
	Topic       string       `json:"topic"`
	Agenda      string       `json:"agenda"`
	StartTime   string       `json:"start_time"`
	Duration    number       `json:"duration"` // minutes
	Timezone    string       `json:"timezone"`
	CreatedAt   string       `json:"created_at"`
	JoinURL     string       `json:"join_url"`
	Password    string       `json:"password"`
	HostEmail   string       `json:"host_email"`
	Occurrences []occurrence `json:"occurrences"`
	Recurrence  *recurrence  `json:"recurrence"`
}

type occurrence struct {
	ID        json.RawMessage `json:"occurrence_id"`
	StartTime string          `json:"start_time"`
	Duration  number          `json:"duration"`
	Status    string          `json:"status"` // available or deleted
}

// planned is when the occurrence would take place by the rule of its series: one
// that was moved keeps its id, which is the first start in milliseconds.
func (o occurrence) planned(start time.Time) time.Time {
	ms, err := strconv.ParseInt(strings.Trim(string(o.ID), `"`), 10, 64)
	if t := time.UnixMilli(ms).UTC(); err == nil && t.Sub(start).Abs() < 366*24*time.Hour {
		return t
	}
	return start
}

// start returns the meeting's instant; false where Zoom gives none or a zero date.
func (m meeting) start() (time.Time, bool) { return instant(m.StartTime, m.Timezone) }

// instant reads Zoom's times: UTC with Z; without it local in the zone
// (Zoom API: create a meeting, start_time).
func instant(s, zone string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), t.Year() > 1971
	}
	t, err := time.Parse("2006-01-02T15:04:05", s)
	if err != nil || t.Year() <= 1971 {
		return time.Time{}, false
	}
	loc, err := kwadrans.Zone(zone)
	if err != nil {
		return time.Time{}, false
	}
	r, _ := kwadrans.Resolve(kwadrans.DateOf(t), t.Hour()*60+t.Minute(), loc)
	return r.UTC(), true
}

// word turns Zoom's meeting into ours.
func (m meeting) word() kwadrans.Meeting {
	start, _ := m.start()
	created, _ := instant(m.CreatedAt, "UTC")
	return kwadrans.Meeting{
		ID: int64(m.ID), Kind: kwadrans.MeetingKind(m.Type), Topic: kwadrans.CleanLine(m.Topic), Start: start,
		Duration: time.Duration(m.Duration) * time.Minute, Agenda: m.Agenda, JoinURL: m.JoinURL,
		Passcode: kwadrans.CleanLine(m.Password), HostMail: kwadrans.CleanLine(m.HostEmail), Created: created,
	}
}

// plan is the body of create and update. The passcode is left to the account's
// own policy; Zoom itself is told to mail nobody.
type plan struct {
	Topic     string       `json:"topic"`
	Type      int          `json:"type,omitempty"`
	StartTime string       `json:"start_time"`
	Duration  int          `json:"duration"`
	Timezone  string       `json:"timezone"`
	Agenda    string       `json:"agenda"`
	Settings  planSettings `json:"settings"`
}

type planSettings struct {
	EmailNotification                 bool  `json:"email_notification"`
	AlternativeHostsEmailNotification bool  `json:"alternative_hosts_email_notification"`
	WaitingRoom                       *bool `json:"waiting_room,omitempty"`
	JoinBeforeHost                    *bool `json:"join_before_host,omitempty"`
}

// Zoom's limits of texts, in characters.
const (
	maxTopic  = 200
	maxAgenda = 2000
)

func body(p kwadrans.MeetingPlan) plan {
	return plan{
		Topic: cut(p.Topic, maxTopic), StartTime: p.Start.UTC().Format("2006-01-02T15:04:05Z"),
		Duration: int(p.Duration / time.Minute), Timezone: zoneName(p.Zone, p.Start), Agenda: cut(p.Agenda, maxAgenda),
		Settings: planSettings{WaitingRoom: p.WaitingRoom, JoinBeforeHost: p.JoinBeforeHost},
	}
}

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
