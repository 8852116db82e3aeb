package booking

import (
	"context"
	"time"

	"kwadrans/internal/kwadrans"
)

// Clocks are the bookings to come, by the rules of their zones.
type Clocks interface {
	// WallDue returns the bookings to come when rules are others than those they were last
	// worked out by; none when they are the same.
	WallDue(ctx context.Context, rules string, now time.Time) ([]kwadrans.Booking, error)
	// SetWallRules notes the rules that all bookings were worked out by.
	SetWallRules(ctx context.Context, rules string) error
}

// KeepWallClocks works out the instants of the bookings to come anew, when the rules of
// time zones may have changed since: rules names the ones that are known now. A booking
// keeps its clock reading; where that means another instant, everybody is told, by a new
// revision. Where it falls on another booking, both stay, and the history says why. It
// returns how many were changed.
func (s *Service) KeepWallClocks(ctx context.Context, rules string) (changed int, err error) {
	list, err := s.Store.WallDue(ctx, rules, s.Now())
	if err != nil {
		return 0, err
	}
	for _, b := range list {
		moved, err := s.keepWallClock(ctx, b)
		if err != nil {
			return changed, err
		}
		if moved {
			changed++
		}
	}
	return changed, s.Store.SetWallRules(ctx, rules)
}

func (s *Service) keepWallClock(ctx context.Context, b kwadrans.Booking) (bool, error) {
	start, err := b.Wall.Time()
	if err != nil {
		s.Log.Warn("booking: the zone of a booking is not known any more", "booking", b.ID, "zone", b.Wall.Zone)
		return false, nil
	}
	by := start.Sub(b.Start)
	if by == 0 {
		return false, nil
	}
	next := b
	next.Start, next.End = b.Start.Add(by).UTC(), b.End.Add(by).UTC()
	next.Blocked = kwadrans.Span{Start: b.Blocked.Start.Add(by), End: b.Blocked.End.Add(by)}
	next.Rev, next.Updated = b.Rev+1, s.Now().UTC()
	e := kwadrans.Event{At: next.Updated, Actor: "program", Kind: "zone-rules", Detail: b.Wall.Zone + ": " + b.Start.UTC().Format(time.RFC3339) + " → " + next.Start.Format(time.RFC3339)}
	done, err := s.keep(ctx, next, b.Rev, 0, e)
	if kwadrans.CodeOf(err) == kwadrans.CodeNotFree {
		next.Over = "zone rules changed"
		done, err = s.keep(ctx, next, b.Rev, 0, e)
	}
	if err == nil && done {
		s.Log.Info("booking: the rules of a zone changed", "booking", b.ID, "zone", b.Wall.Zone, "by", by)
	}
	return done, err
}
