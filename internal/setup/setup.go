// Package setup is the act of setting up: who the host is, the mail account,
// the schedules and the topics.
package setup

import (
	"context"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// Store is what the act asks of the data file.
type Store interface {
	People
	Schedules
	Topics
}

// People keeps the host and the mail account.
type People interface {
	Profile(ctx context.Context) (kwadrans.Profile, bool, error)
	SaveProfile(ctx context.Context, p kwadrans.Profile) error
	SaveMailAccount(ctx context.Context, a kwadrans.MailAccount) error
	// ChangeMailAccount changes all but the password; false when server or user is another.
	ChangeMailAccount(ctx context.Context, a kwadrans.MailAccount) (bool, error)
}

// Schedules keeps the schedules.
type Schedules interface {
	Schedules(ctx context.Context) ([]kwadrans.Schedule, error)
	Schedule(ctx context.Context, name string) (kwadrans.Schedule, error)
	SaveSchedule(ctx context.Context, s kwadrans.Schedule) error
	AddSchedule(ctx context.Context, s kwadrans.Schedule) error
	// RenameSchedule puts s in the place of the one called name, also for its topics.
	RenameSchedule(ctx context.Context, name string, s kwadrans.Schedule) error
	RemoveSchedule(ctx context.Context, name string) error
}

// Topics keeps the topics.
type Topics interface {
	Topics(ctx context.Context) ([]kwadrans.Topic, error)
	Topic(ctx context.Context, slug string) (kwadrans.Topic, error)
	AddTopic(ctx context.Context, t kwadrans.Topic, now time.Time) error
	SaveTopic(ctx context.Context, t kwadrans.Topic) error
	RemoveTopic(ctx context.Context, slug string) error
}

// Connections tells whether Zoom is connected.
type Connections interface {
	Connection(ctx context.Context, kind kwadrans.ConnectionKind) (kwadrans.Connection, error)
}

// Service is the act with what it needs.
type Service struct {
	Store       Store
	Connections Connections
	Sources     Sources // nil without other calendars
	Now         func() time.Time
}

// Sources are the busy sources, in which zone and addresses of the host count.
type Sources interface {
	Rework(ctx context.Context) error
}

// SetProfile keeps who the host is. Empty fields keep what was there. CodeInvalid.
func (s *Service) SetProfile(ctx context.Context, p kwadrans.Profile) (kwadrans.Profile, error) {
	old, _, err := s.Store.Profile(ctx)
	if err != nil {
		return p, err
	}
	p.Name, p.Org = kwadrans.CleanLine(or(p.Name, old.Name)), kwadrans.CleanLine(or(p.Org, old.Org))
	p.Email, p.Zone = strings.TrimSpace(or(p.Email, old.Email)), or(p.Zone, old.Zone)
	p.Lang = kwadrans.Lang(or(string(p.Lang), string(old.Lang)))
	if err := p.Validate(); err != nil {
		return p, err
	}
	if p.Email, err = kwadrans.CleanEmail(p.Email); err != nil {
		return p, err
	}
	if err := s.Store.SaveProfile(ctx, p); err != nil || p.Zone == old.Zone && p.Email == old.Email {
		return p, err
	}
	return p, s.rework(ctx)
}

// Profile returns who the host is, or CodeInvalid when that was never said.
func (s *Service) Profile(ctx context.Context) (kwadrans.Profile, error) {
	p, ok, err := s.Store.Profile(ctx)
	if err == nil && !ok {
		err = kwadrans.Errorf(kwadrans.CodeInvalid, "setup: who hosts is not known yet").
			WithHint("say it with: kwadrans profile set --name N --email E --zone Europe/Warsaw --lang pl")
	}
	return p, err
}

func or(a, b string) string {
	if strings.TrimSpace(a) != "" {
		return a
	}
	return b
}
