package setup

import (
	"context"
	"strings"

	"kwadrans/internal/kwadrans"
)

// SetSchedule makes or replaces a schedule. CodeInvalid.
func (s *Service) SetSchedule(ctx context.Context, sch kwadrans.Schedule) error {
	sch, err := tidy(sch)
	if err != nil {
		return err
	}
	return s.Store.SaveSchedule(ctx, sch)
}

// AddSchedule keeps a new schedule. CodeInvalid, CodeExists.
func (s *Service) AddSchedule(ctx context.Context, sch kwadrans.Schedule) (kwadrans.Schedule, error) {
	sch, err := tidy(sch)
	if err != nil {
		return sch, err
	}
	return sch, s.Store.AddSchedule(ctx, sch)
}

// ChangeSchedule replaces the schedule called name. When sch has another name it is
// renamed, and its topics go on with it. CodeInvalid, CodeNotFound, CodeExists for
// the new name.
func (s *Service) ChangeSchedule(ctx context.Context, name string, sch kwadrans.Schedule) (kwadrans.Schedule, error) {
	sch, err := tidy(sch)
	if err != nil {
		return sch, err
	}
	if sch.Name != name {
		return sch, s.Store.RenameSchedule(ctx, name, sch)
	}
	if _, err := s.Store.Schedule(ctx, name); err != nil {
		return sch, err
	}
	return sch, s.Store.SaveSchedule(ctx, sch)
}

// CopySchedule keeps a copy of the schedule called name under another name.
// CodeInvalid, CodeNotFound, CodeExists.
func (s *Service) CopySchedule(ctx context.Context, name, as string) (kwadrans.Schedule, error) {
	sch, err := s.Store.Schedule(ctx, name)
	if err != nil {
		return sch, err
	}
	sch.Name = as
	return s.AddSchedule(ctx, sch)
}

// RemoveSchedule removes a schedule and returns it, for undo. CodeNotFound; CodeInUse
// with the names of the topics that use it.
func (s *Service) RemoveSchedule(ctx context.Context, name string) (kwadrans.Schedule, error) {
	sch, err := s.Store.Schedule(ctx, name)
	if err != nil {
		return sch, err
	}
	topics, err := s.Store.Topics(ctx)
	if err != nil {
		return sch, err
	}
	var users []string
	for _, t := range topics {
		if t.Schedule == name {
			users = append(users, t.Name)
		}
	}
	if len(users) > 0 {
		return sch, kwadrans.Errorf(kwadrans.CodeInUse, "schedule %q is used by the topics: %s", name, strings.Join(users, ", ")).
			WithHint("give those topics another schedule first")
	}
	return sch, s.Store.RemoveSchedule(ctx, name)
}

// tidy brings a schedule into the form in which it is kept.
func tidy(sch kwadrans.Schedule) (kwadrans.Schedule, error) {
	sch.Name = kwadrans.CleanLine(sch.Name)
	if sch.Exceptions == nil {
		sch.Exceptions = []kwadrans.Exception{}
	}
	return sch, sch.Validate()
}
